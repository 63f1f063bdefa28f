"""`make gallery`: draw passes on the embedded chain, and render them to docs/passes.png in a headless Chromium.

Each pass is minted and its record written on the real contracts; what is rendered is what `tokenURI` answers.
Below the passes, all of them again at 64 pixels, the size of a wallet's icon.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak

from phemexia.errors import Failed, Refused
from phemexia.evm import Chain, Contract
from phemexia.toolchain import ROOT

TARGET = ROOT / "docs" / "passes.png"
DAY = 86_400
XPT = 10**18
COLUMNS, SIZE, GAP, ICON, ICON_GAP = 4, 264, 12, 64, 4
FIELDS = [
    {"name": "wallet", "type": "address"},
    {"name": "account", "type": "bytes32"},
    {"name": "nonce", "type": "uint256"},
    {"name": "deadline", "type": "uint256"},
]


@dataclass(frozen=True)
class Life:
    """What a holder has done: xPT in whole ones, counts, and days between this mint and the one before."""

    xpt: int = 0
    contribution: int = 0
    governance: int = 0
    shovels: int = 0
    revoked: bool = False
    days: int = 29


LIVES = (
    Life(),
    Life(xpt=120, contribution=1),
    Life(xpt=900, governance=3),
    Life(xpt=4_200, contribution=2, governance=5),
    Life(xpt=2_500, contribution=12, governance=21),
    Life(xpt=31_000, contribution=4, governance=2, shovels=1),
    Life(xpt=9_000, contribution=24, governance=12),
    Life(xpt=88_000, contribution=7, governance=16),
    Life(xpt=64_000, contribution=3, governance=9, revoked=True),
    Life(xpt=240_000, contribution=9, governance=30, shovels=2),
    Life(xpt=650_000, contribution=1),
    Life(xpt=90_000, contribution=60, governance=48),
    Life(xpt=1_300_000, contribution=16, governance=40, shovels=4),
    Life(xpt=3_000_000, governance=8),
    Life(xpt=400, contribution=24, governance=48),
    Life(xpt=9_400_000, contribution=24, governance=48, shovels=5),
)


def mint_all() -> list[str]:
    """The SVG of each of :data:`LIVES`, as the contracts draw it."""
    chain = Chain()
    issuer = Account.from_key(keccak(text="issuer"))
    publisher = chain.account("publisher")
    roles = [chain.account("dao"), issuer.address, chain.account("guardian"), publisher]
    soul_pass = chain.deploy("SoulPass", *roles, chain.deploy("PassArt"))
    for number, life in enumerate(LIVES, 1):
        chain.sleep(life.days * DAY)
        wallet = chain.account(f"holder {number}")
        voucher = (wallet, keccak(text=f"account {number}"), 0, chain.timestamp)
        domain = {"name": "Phemex Soul Pass", "version": "1", "chainId": chain.chain_id}
        domain["verifyingContract"] = soul_pass.address
        message = dict(zip((field["name"] for field in FIELDS), voucher, strict=True))
        typed = encode_typed_data(domain, {"Voucher": FIELDS}, message)
        soul_pass.mint(voucher, bytes(issuer.sign_message(typed).signature), sender=wallet)
        figures = {
            "xPT": life.xpt * XPT,
            "contribution": life.contribution,
            "governance": life.governance,
            "shovel": life.shovels,
        }
        for kind, value in figures.items():
            if value:
                soul_pass.write(kind.encode().ljust(32, b"\0"), number, value, sender=publisher)
        if life.revoked:
            soul_pass.revoke(number, 1, sender=issuer)
    return [picture(soul_pass, number) for number in range(1, len(LIVES) + 1)]


def picture(soul_pass: Contract, number: int) -> str:
    """The image of a pass, a data URI."""
    encoded = soul_pass.tokenURI(number).partition(",")[2]
    return str(json.loads(base64.b64decode(encoded))["image"])


def page(images: list[str]) -> str:
    """The page that is rendered."""
    large = "".join(f'<img src="{image}" width="{SIZE}" height="{SIZE}">' for image in images)
    small = "".join(f'<img src="{image}" width="{ICON}" height="{ICON}">' for image in images)
    style = (
        f"body{{margin:0;padding:{GAP}px;background:#05060a;width:{COLUMNS * (SIZE + GAP) - GAP}px}}"
        f"div{{display:flex;flex-wrap:wrap;gap:{GAP}px}}img{{border-radius:6%}}"
        f".small{{margin-top:{2 * GAP}px;gap:{ICON_GAP}px;justify-content:center}}"
    )
    return f'<!doctype html><style>{style}</style><div>{large}</div><div class="small">{small}</div>'


def render(html: str, target: Path, width: int, height: int) -> None:
    """A screenshot of a page, as PNG; :class:`Refused` where there is no Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise Refused("there is no chromium on this machine: 'apt-get install chromium' brings one")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "gallery.html"
        source.write_text(html)
        flags = (
            "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
            "--disable-component-update --disable-sync --hide-scrollbars --force-device-scale-factor=1"
        )
        command = [
            chromium,
            *flags.split(),
            f"--user-data-dir={folder}/profile",
            f"--window-size={width},{height}",
        ]
        command += [f"--screenshot={target}", source.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        if done.returncode or not target.exists():
            raise Failed(f"chromium could not render the page: {done.stderr.strip().splitlines()[-1:]}")


def shrink(target: Path) -> None:
    """Bring a PNG down to a palette of 256 colours, where `pngquant` is there to do it."""
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--ext", ".png", "--speed", "1", "256", str(target)], check=True)


def main() -> int:
    """Draw, render, say where."""
    images = mint_all()
    rows = -(-len(images) // COLUMNS)
    width = COLUMNS * (SIZE + GAP) + GAP
    icons = -(-len(images) // ((width - 2 * GAP + ICON_GAP) // (ICON + ICON_GAP)))
    height = rows * (SIZE + GAP) + icons * (ICON + ICON_GAP) + 4 * GAP
    try:
        render(page(images), TARGET, width, height)
        shrink(TARGET)
    except (Refused, Failed) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, Refused) else 1
    print(f"{len(images)} passes in {TARGET.relative_to(ROOT)}, {TARGET.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

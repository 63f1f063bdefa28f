"""`ape run passes`: attest accounts, mint and sponsor, revoke, recover, look."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from ape.api import ProviderAPI
from eth_utils import is_address, to_checksum_address
from rich.progress import Progress
from rich.table import Table

from phemexia import attest
from phemexia import cli as shared
from phemexia.attest import chain as passes
from phemexia.attest.issuing import Outcome, consented
from phemexia.attest.papers import write_paper
from phemexia.errors import Refused

KEY = Path("commitment.key")
DAY = 86_400


@click.group()
def cli() -> None:
    """Soul Passes: attest accounts, mint, sponsor, revoke, recover, look at one."""


def command(name: str, examples: str, group: click.Group = cli) -> Callable[..., Any]:
    """A command that is connected to a chain, with the options that all have, and examples in its help."""

    def wrap(function: Callable[..., Any]) -> Any:
        decorated = click.option("--contract", help="The pass, if it is not the recorded one.")(
            shared.folders(function)
        )
        epilog = f"\b\nExamples:\n  ape run passes {examples}"
        return group.command(name, cls=shared.ChainCommand, epilog=epilog)(decorated)

    return wrap


def signs(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option for who signs and sends."""
    return click.option("--account", "alias", help="The account that signs (an alias of ape).")(function)


def opened(provider: ProviderAPI, records: Path, contract: str | None) -> passes.Passes:
    """The pass of this network."""
    return passes.Passes.find(provider.web3, shared.network_name(provider), records, contract)


@cli.command(epilog="\b\nExamples:\n  ape run passes key commitment.key")
@click.argument("path", type=click.Path(path_type=Path), default=KEY)
def key(path: Path) -> None:
    """Make the commitment key: once, before the first voucher. It is never replaced."""
    with shared.sentences():
        made = attest.CommitmentKey.create(path)
        shared.out.print(f"commitment key {made.fingerprint} in {path}: keep it secret, and keep copies of it")


@command("issue", "issue accounts.csv vouchers/ --key commitment.key --account issuer")
@click.argument("source", metavar="ACCOUNTS", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--key", "key_path", type=click.Path(path_type=Path), default=KEY, help="The commitment key.")
@click.option("--days", type=click.IntRange(1, 3650), default=30, help="How long vouchers are good. [default: 30]")
@click.option("--revive", is_flag=True, help="Sign for accounts that had a pass, too: to mint it again.")
@signs
def issue(
    provider: ProviderAPI, source: Path, target: Path, key_path: Path, days: int, revive: bool,
    alias: str | None, contract: str | None, config: Path, records: Path,
) -> None:  # fmt: skip
    """Sign a voucher for each account of a CSV file (columns: account, wallet).

    TARGET is one document (a name in .json) or a folder. A run that was stopped goes on where it was.
    """
    rows = attest.read_accounts(source)
    secret = attest.CommitmentKey.read(key_path)
    soul_pass = opened(provider, records, contract)
    signer = passes.ApeSigner(shared.who(alias, provider))
    soul_pass.require_issuer(signer.address)
    now = soul_pass.now()
    members = set() if revive else soul_pass.members([secret.commit(row.account_id) for row in rows])
    with Progress(console=shared.err, transient=True) as bar:
        task = bar.add_task("signing", total=len(rows))

        def advance(line: int, outcome: Outcome) -> None:
            bar.advance(task)

        done = attest.issue(
            rows, secret, signer, soul_pass.domain, attest.Files(target), now, now + days * DAY,
            soul_pass.nonces, members, advance,
        )  # fmt: skip
    shared.out.print(
        f"{done.signed:,} vouchers signed, {done.kept:,} there already, "
        f"{done.waiting:,} accounts without a wallet, {done.members:,} with a pass"
    )


@command("mint", "mint voucher.json --account holder")
@click.argument("voucher", type=click.Path(path_type=Path))
@signs
def mint(
    provider: ProviderAPI, voucher: Path, alias: str | None, contract: str | None, config: Path, records: Path
) -> None:
    """Mint the pass of a voucher, as its wallet."""
    soul_pass, paper = opened(provider, records, contract), passes.only(voucher)
    soul_pass.require_domain([paper])
    soul_pass.send(shared.who(alias, provider), "mint", paper.voucher.as_tuple(), paper.attestation)
    shared.out.print(f"minted: pass {soul_pass.read('passOf', paper.voucher.wallet)} for {paper.voucher.wallet}")


@command("sponsor", "sponsor consented/ --account sponsor")
@click.argument("vouchers", type=click.Path(path_type=Path))
@click.option("--batch", type=click.IntRange(1, 100), default=50, help="Mints in one transaction. [default: 50]")
@signs
def sponsor(
    provider: ProviderAPI, vouchers: Path, batch: int, alias: str | None, contract: str | None, config: Path,
    records: Path,
) -> None:  # fmt: skip
    """Mint for wallets that agreed: all vouchers of a file or folder that bear a consent.

    What was minted before is left out, so a run that was stopped is simply repeated.
    """
    soul_pass, papers = opened(provider, records, contract), attest.read_papers(vouchers)
    soul_pass.require_domain(papers)
    ready = soul_pass.unused([paper for paper in papers if paper.consent is not None])
    account, minted = shared.who(alias, provider), 0
    for start in range(0, len(ready), batch):
        part = ready[start : start + batch]
        entries = [(paper.voucher.as_tuple(), paper.attestation, paper.consent) for paper in part]
        receipt = soul_pass.send(account, "sponsorMany", entries, spare=soul_pass.spare_gas(part))
        skipped = soul_pass.skipped(receipt)
        minted += len(part) - len(skipped)
        for index, reason in skipped:
            shared.err.print(f"skipped {part[index].voucher.wallet}: {reason}")
    left = len(papers) - len(ready)
    shared.out.print(
        f"{minted:,} passes minted, {len(ready) - minted:,} skipped, {left:,} used or without consent"
    )
    raise SystemExit(0 if minted == len(ready) else 1)


@command("consent", "consent voucher.json --account holder")
@click.argument("voucher", type=click.Path(path_type=Path))
@signs
def consent(
    provider: ProviderAPI, voucher: Path, alias: str | None, contract: str | None, config: Path, records: Path
) -> None:
    """Agree, as its wallet, that anyone carries a voucher; the signature is added to the file."""
    paper = passes.only(voucher)
    opened(provider, records, contract).require_domain([paper])
    agreed = consented(paper, passes.ApeSigner(shared.who(alias, provider)))
    write_paper(voucher, agreed)
    shared.out.print(f"{voucher} bears the consent of {paper.voucher.wallet}")


@command("revoke", "revoke 17 --reason 3 --account issuer")
@click.argument("number", metavar="ID", type=click.IntRange(1))
@click.option("--reason", type=click.IntRange(0, 255), required=True, help="The exchange's published code.")
@signs
def revoke(
    provider: ProviderAPI, number: int, reason: int, alias: str | None, contract: str | None, config: Path,
    records: Path,
) -> None:  # fmt: skip
    """Revoke a pass: the exchange's privileges end at once, governance follows after 30 days."""
    opened(provider, records, contract).send(shared.who(alias, provider), "revoke", number, reason)
    shared.out.print(f"pass {number} is revoked")


@command("pause", "pause --account guardian")
@signs
def pause(provider: ProviderAPI, alias: str | None, contract: str | None, config: Path, records: Path) -> None:
    """Stop all minting, as issuer or guardian; burning, revoking and recovering go on."""
    opened(provider, records, contract).send(shared.who(alias, provider), "pauseIssuance")
    shared.out.print("no pass is minted until the pause is lifted")


@command("resume", "resume --account guardian")
@signs
def resume(provider: ProviderAPI, alias: str | None, contract: str | None, config: Path, records: Path) -> None:
    """Lift the pause of one's own office, as issuer or guardian; the DAO lifts both by a proposal."""
    soul_pass = opened(provider, records, contract)
    soul_pass.send(shared.who(alias, provider), "resumeIssuance")
    still = any(soul_pass.read("issuancePaused"))
    shared.out.print("the other office's pause goes on" if still else "passes are minted again")


@cli.group()
def recover() -> None:
    """Move a pass to a new wallet: voucher, start, stop, complete."""


@command("voucher", "recover voucher ACCOUNT 0xNEW… recovery.json --account issuer", recover)
@click.argument("account_id", metavar="ACCOUNT")
@click.argument("wallet")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--key", "key_path", type=click.Path(path_type=Path), default=KEY, help="The commitment key.")
@click.option("--days", type=click.IntRange(1, 365), default=7, help="How long it can start. [default: 7]")
@signs
def recovery_voucher(
    provider: ProviderAPI, account_id: str, wallet: str, target: Path, key_path: Path, days: int,
    alias: str | None, contract: str | None, config: Path, records: Path,
) -> None:  # fmt: skip
    """As the issuer, attest an account's new wallet; that wallet then runs 'consent' on the file."""
    if not is_address(wallet):
        raise Refused(f"{wallet} is no address")
    if target.exists():
        raise Refused(f"{target} exists, and is not replaced: name another file")
    soul_pass = opened(provider, records, contract)
    signer = passes.ApeSigner(shared.who(alias, provider))
    soul_pass.require_issuer(signer.address)
    commitment = attest.CommitmentKey.read(key_path).commit(account_id)
    nonce, deadline = soul_pass.nonces([commitment])[commitment], soul_pass.now() + days * DAY
    voucher = attest.Voucher(to_checksum_address(wallet), commitment, nonce, deadline)
    signature = signer.sign(soul_pass.domain, attest.Kind.RECOVERY_VOUCHER, voucher)
    paper = attest.Paper(soul_pass.domain, voucher, signature, recovery=True)
    write_paper(target, paper)
    shared.out.print(f"{target} attests {voucher.wallet}")


@command("start", "recover start recovery.json --account anyone", recover)
@click.argument("voucher", type=click.Path(path_type=Path))
@signs
def start(
    provider: ProviderAPI, voucher: Path, alias: str | None, contract: str | None, config: Path, records: Path
) -> None:
    """Start a recovery; it can be completed seven days later."""
    soul_pass, paper = opened(provider, records, contract), passes.only(voucher)
    soul_pass.require_domain([paper])
    if not paper.recovery or paper.consent is None:
        raise Refused(f"{voucher} is no voucher for a recovery that bears the new wallet's consent")
    soul_pass.send(
        shared.who(alias, provider), "startRecovery", paper.voucher.as_tuple(), paper.attestation, paper.consent
    )
    shared.out.print(f"started: pass {soul_pass.read('idOf', paper.voucher.account)} to {paper.voucher.wallet}")


def _step(name: str, function: str, said: str, text: str) -> None:
    @command(name, f"recover {name} 17 --account ALIAS", recover)
    @click.argument("number", metavar="ID", type=click.IntRange(1))
    @signs
    def run(
        provider: ProviderAPI, number: int, alias: str | None, contract: str | None, config: Path, records: Path
    ) -> None:
        opened(provider, records, contract).send(shared.who(alias, provider), function, number)
        shared.out.print(f"pass {number}: recovery {said}")

    run.help = text


_step("stop", "stopRecovery", "stopped", "Stop what is pending, as the holder, the guardian or the DAO.")
_step("complete", "completeRecovery", "completed", "Move the pass, seven days after the start; anyone may.")


@command("show", "show 17 --svg pass.svg")
@click.argument("what", metavar="ID_OR_WALLET")
@click.option("--svg", type=click.Path(path_type=Path), help="Write its picture to this file.")
def show(
    provider: ProviderAPI, what: str, svg: Path | None, contract: str | None, config: Path, records: Path
) -> None:
    """What is known of a pass: holder, standing, recovery, record."""
    soul_pass = opened(provider, records, contract)
    number = soul_pass.number(what)
    table = Table("", "", title=f"Soul Pass {number}", show_header=False)
    for label, value in soul_pass.facts(number):
        table.add_row(label, value)
    shared.out.print(table)
    if svg is not None:
        uri = soul_pass.read("tokenURI", number)
        image = json.loads(base64.b64decode(uri.partition(",")[2]))["image"]
        svg.write_bytes(base64.b64decode(image.partition(",")[2]))
        shared.out.print(f"its picture is in {svg}")

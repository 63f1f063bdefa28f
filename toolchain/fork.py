"""`make fork`: a stand-in for Sepolia, the suite deployed on it, a fork of it, and the tests on the fork.

It is what an operator does with a real network, in a home of its own under a temporary folder: an encrypted key,
the node's address in ape's configuration, `ape run deploy`, `ape run check`, `ape test`. Whatever happens, nothing
that was started outlives this process: each command is a process group that is ended here, and on Linux the kernel
ends it, too, if this process is killed without a chance to.
"""

import contextlib
import ctypes
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from eth_account import Account

from phemexia.anvil import Anvil, NodeError
from phemexia.cli import RECORDS_VARIABLE, out
from phemexia.deployment.plan import PROXY_CODE, SAFE_PROXY
from phemexia.toolchain import ROOT

CHAIN_ID = 11_155_111
NODE = ("--network", "ethereum:sepolia:node")
FORK = ("--network", "ethereum:sepolia-fork:foundry")


class Interrupted(Exception):
    """A signal asked this process to end."""


def die_with_parent() -> None:
    """Ask the kernel to end this child when its parent is gone (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL("libc.so.6").prctl(1, signal.SIGTERM)


@contextlib.contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that leads a group of its own; the whole group is ended at the end of the block."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=die_with_parent,
    )  # fmt: skip
    try:
        yield process
    finally:
        for word in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, word)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)


def ape(environment: dict[str, str], *arguments: str) -> None:
    """Run `ape ...`; :class:`subprocess.CalledProcessError` if it fails."""
    out.print(f"[bold cyan]ape {' '.join(arguments)}[/]")
    command = [str(ROOT / ".venv" / "bin" / "ape"), *arguments]
    with started(command, environment) as process:
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, command)


def home(folder: Path, url: str, passphrase: str) -> str:
    """A home for ape: the node's address, and an encrypted key; returns the address of its account."""
    (folder / "accounts").mkdir(parents=True)
    (folder / "ape-config.yaml").write_text(f"node:\n  ethereum:\n    sepolia:\n      uri: {url}\n")
    account = Account.create()
    encrypted = Account.encrypt(account.key, passphrase)
    (folder / "accounts" / "deployer.json").write_text(json.dumps(encrypted))
    return str(account.address)


def main() -> int:
    """Everything in order; 0 if the tests on the fork passed, 130 after a signal."""

    def stop(number: int, _: object) -> None:
        for word in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(word, signal.SIG_IGN)  # once is enough: what follows is ending what was started
        raise Interrupted(signal.Signals(number).name)

    for word in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(word, stop)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="phemexia-fork-") as scratch,
            Anvil(chain_id=CHAIN_ID, block_time=1, preexec=die_with_parent) as node,
        ):
            passphrase = secrets.token_hex(16)
            deployer = home(Path(scratch) / "ape", node.url, passphrase)
            node.rpc("anvil_setCode", SAFE_PROXY, "0x" + PROXY_CODE.hex())  # public networks have it
            node.rpc("anvil_setBalance", deployer, hex(10**18))
            out.print(f"[bold cyan]a stand-in for Sepolia at {node.url}[/], deployer {deployer}")
            environment = os.environ | {
                "APE_DATA_FOLDER": str(Path(scratch) / "ape"),
                "APE_ACCOUNTS_deployer_PASSPHRASE": passphrase,
                RECORDS_VARIABLE: str(Path(scratch) / "deployments"),
            }
            environment.pop("APE_FOUNDRY_HOST", None)  # the fork is a chain of its own
            ape(environment, "run", "deploy", *NODE, "--account", "deployer", "--yes")
            ape(environment, "run", "check", *NODE)
            ape(environment, "test", *FORK)
    except Interrupted as error:
        print(f"interrupted by {error}: everything that was started is ended", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError as error:
        print(f"error: 'ape {' '.join(error.cmd[1:])}' left with {error.returncode}", file=sys.stderr)
        return 1
    except NodeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    out.print("[bold green]deployed on the stand-in, proven, forked and tested; nothing is left running[/]")
    return 0


if __name__ == "__main__":
    sys.exit(main())

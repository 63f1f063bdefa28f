"""`make fork` ends everything it started: at its end, when it is interrupted, and when it is killed."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from phemexia.toolchain import ROOT


def family(pid: int) -> dict[int, str]:
    """A process and all that came from it: pid and start time, which together are never used twice."""
    found = {}
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append((int(entry.name), fields[19]))
            if int(entry.name) == pid:
                found[pid] = fields[19]
    open_ = [pid]
    while open_:
        for child, began in parents.get(open_.pop(), []):
            found[child] = began
            open_.append(child)
    return found


def alive(processes: dict[int, str]) -> list[str]:
    left = []
    for pid, began in processes.items():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            if fields[19] == began and fields[0] != "Z":
                left.append(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return left


@pytest.fixture
def make(tmp_path):
    """`make fork`, as the leader of a group of its own, with its own folder for temporary files."""
    # Under `make test` it would be a part of that run, and say where it goes.
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    env = {name: value for name, value in os.environ.items() if name not in outer} | {"TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        ["make", "--no-print-directory", "fork"], cwd=ROOT, env=env, text=True, bufsize=1,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.stdout.close()
    process.wait()


@pytest.mark.parametrize("how", ["interrupted", "ended", "killed"])
def test_fork_leaves_nothing_behind_when_it_is_stopped(make, how):
    for line in make.stdout:
        if "run deploy" in line:
            break
    time.sleep(4)  # ape has started and is at work
    everybody = family(make.pid)
    script = next(pid for pid in everybody if "toolchain/fork.py" in Path(f"/proc/{pid}/cmdline").read_text())
    assert any("anvil" in Path(f"/proc/{pid}/cmdline").read_text() for pid in everybody)
    assert len(everybody) >= 4  # make, the script, anvil, ape
    if how == "interrupted":
        os.killpg(make.pid, signal.SIGINT)
    else:
        os.kill(script, signal.SIGTERM if how == "ended" else signal.SIGKILL)
    deadline = time.monotonic() + 30
    while left := alive(everybody):
        assert time.monotonic() < deadline, left
        time.sleep(0.2)
    assert make.wait(10) != 0


def test_fork_from_nothing_to_tests_that_pass(make, tmp_path):
    everybody, said = {}, []
    for line in make.stdout:
        said.append(line)
        everybody |= family(make.pid)
    assert make.wait(10) == 0, "".join(said)[-3000:]
    assert "2 passed" in "".join(said)
    assert "nothing is left running" in said[-1]
    assert alive(everybody) == []
    assert [path for path in tmp_path.iterdir() if path.name.startswith("phemexia-fork-")] == []

"""`ape ...` as it is typed, line after line, in one process: starting ape anew each time takes seconds.

Reads lines of JSON (words, answers) on its standard input, and writes lines of JSON (exit code, output, errors).
"""

import json
import shlex
import subprocess
import sys
from typing import Any


class Typist:
    """The process, from outside. Its environment decides where ape finds accounts and nodes."""

    def __init__(self, folder: Any, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], cwd=folder, env=environment, text=True, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def type(self, line: str, answers: str = "") -> tuple[int, str, str]:
        """Run `ape ...`; exit code, output, errors."""
        program, *words = shlex.split(line)
        assert program == "ape"
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([words, answers]) + "\n")
        self._process.stdin.flush()
        code, out, err = json.loads(self._process.stdout.readline())
        return code, out, err

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


def main() -> None:
    """The process, from inside."""
    from ape._cli import cli
    from click.testing import CliRunner

    answer = sys.stdout
    sys.stdout = sys.stderr  # what is printed aside must not come between the answers
    for line in sys.stdin:
        words, answers = json.loads(line)
        done = CliRunner(mix_stderr=False).invoke(cli, words, input=answers)
        answer.write(json.dumps([done.exit_code, done.stdout, done.stderr + _trace(done)]) + "\n")
        answer.flush()


def _trace(done: Any) -> str:
    crashed = done.exception is not None and not isinstance(done.exception, SystemExit)
    return f"Traceback: {done.exception!r}" if crashed else ""


if __name__ == "__main__":
    main()

"""The project's configuration, copied and spoilt."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from phemexia.config import FOLDER, Configuration, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's configuration, free to be spoilt."""
    return Path(shutil.copytree(FOLDER, tmp_path / "config"))


@pytest.fixture
def spoilt(folder: Path) -> Callable[..., Callable[[], Configuration]]:
    """Replace a piece of a file; returns what loads the result."""

    def spoil(file: str, old: str, new: str) -> Callable[[], Configuration]:
        path = folder / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        path.write_text(text.replace(old, new))
        return lambda: load("local", folder)

    return spoil

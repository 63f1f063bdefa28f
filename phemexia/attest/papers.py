"""Vouchers as files: one JSON document, or a folder with a document for each account.

Both can be stopped at any moment and gone on with. A folder's file appears whole or not at all. A single document
grows as lines beside its place (`vouchers.json.partial`), of which a torn last one is dropped, and is put there at
the end.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from phemexia.attest.voucher import Paper
from phemexia.errors import Failed, Refused


class Files:
    """Where vouchers are kept. ``target`` is a document if its name ends in `.json`, otherwise a folder."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.is_document = target.suffix == ".json"
        self._partial = target.with_name(target.name + ".partial")
        self._open: TextIO | None = None

    def load(self) -> dict[bytes, Paper]:
        """What is there already, by commitment; :class:`Refused` if something else is."""
        papers: dict[bytes, Paper] = {}
        if self.target.exists() and self.target.is_dir() == self.is_document:
            raise Refused(
                f"{self.target} is no {'document' if self.is_document else 'folder'}: choose another place"
            )
        if self.is_document:
            found = read_papers(self.target) if self.target.exists() else []
            for paper in [*found, *self._lines()]:
                papers[paper.voucher.account] = paper
        elif self.target.exists():
            for paper in read_papers(self.target, empty=True):
                papers[paper.voucher.account] = paper
        return papers

    def add(self, paper: Paper) -> None:
        """Keep one more; it is on its way to the disk when this returns."""
        with self._writing():
            if self.is_document:
                if self._open is None:
                    self._open = self._appending()
                self._open.write(json.dumps(paper.to_json()) + "\n")
                self._open.flush()
            else:
                self.target.mkdir(parents=True, exist_ok=True)
                write_paper(self.target / f"0x{paper.voucher.account.hex()}.json", paper)

    def finish(self, papers: Iterable[Paper]) -> None:
        """All are there: put the document in its place."""
        if not self.is_document:
            return
        if self._open is not None:
            self._open.close()
            self._open = None
        scratch = self.target.with_name(self.target.name + ".scratch")
        with self._writing():
            with scratch.open("w", encoding="utf-8") as file:
                file.write("[\n" + ",\n".join(json.dumps(paper.to_json()) for paper in papers) + "\n]\n")
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(self.target)
            self._partial.unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Failed(f"{self.target} could not be written: {error.strerror}") from None

    def _appending(self) -> TextIO:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if self._partial.exists():
            # Without a torn last line, which would spoil the next one. Cut off, never written anew: whatever stops
            # this run, the whole lines stay.
            os.truncate(self._partial, self._partial.read_bytes().rfind(b"\n") + 1)
        return self._partial.open("a", encoding="utf-8")

    def _lines(self) -> list[Paper]:
        if not self._partial.exists():
            return []
        complete = self._partial.read_bytes().split(b"\n")[:-1]  # the last one is torn, or empty
        try:
            return [Paper.from_json(json.loads(line)) for line in complete]
        except (ValueError, RecursionError) as error:
            raise Refused(f"{self._partial} is damaged: {error}") from None


def read_papers(path: Path, empty: bool = False) -> list[Paper]:
    """The vouchers of a document (one, or a list) or of a folder; :class:`Refused`, also if there are none."""
    if not path.exists():
        raise Refused(f"there is nothing at {path}")
    papers = []
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            papers += [Paper.from_json(entry) for entry in (content if isinstance(content, list) else [content])]
        except (OSError, ValueError, RecursionError) as error:
            raise Refused(f"{file} is not a voucher: {error}") from None
    if not papers and not empty:
        raise Refused(f"there are no vouchers in {path}")
    return papers


def write_paper(place: Path, paper: Paper) -> None:
    """Put one voucher into a file, which has it whole or is as it was before."""
    scratch = place.with_suffix(".partial")
    try:
        scratch.write_text(json.dumps(paper.to_json(), indent=2) + "\n", encoding="utf-8")
        scratch.replace(place)
    except OSError as error:
        raise Failed(f"{place} could not be written: {error.strerror}") from None

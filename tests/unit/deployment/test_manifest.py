"""The file is one complete record at any time."""

import os

import pytest

from phemexia.deployment.manifest import Manifest, Pending, Record, record_path


@pytest.fixture
def manifest(tmp_path):
    record = Record(network="n", chain_id=1, genesis="0x00", release="r-1", deployer="0x01")
    return Manifest(record_path("n", tmp_path / "records"), record)


def test_write_and_read_return_the_record(manifest):
    manifest.record.pending = Pending(contract="Treasury", transaction="0x02", nonce=3)
    manifest.write()
    assert Manifest.read(manifest.path).record == manifest.record


def test_read_without_a_file_is_none(manifest):
    assert Manifest.read(manifest.path) is None


def test_write_that_dies_leaves_the_old_record(manifest, monkeypatch):
    manifest.write()
    before = manifest.path.read_text()
    manifest.record.release = "r-2"

    def die(*_):
        raise KeyboardInterrupt

    for function in ("fsync", "replace"):
        monkeypatch.setattr(os, function, die)
        with pytest.raises(KeyboardInterrupt):
            manifest.write()
        monkeypatch.undo()
        assert manifest.path.read_text() == before
    manifest.write()
    assert Manifest.read(manifest.path).record.release == "r-2"


def test_set_aside_keeps_the_file_under_its_release(manifest):
    manifest.write()
    said = []
    manifest.set_aside(said.append, "is old")
    assert Manifest.read(manifest.path) is None
    assert [path.name for path in manifest.path.parent.iterdir()] == ["n.r-1.json"]
    assert len(said) == 1

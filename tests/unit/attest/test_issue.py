"""Issuing: each account gets one voucher, however often a run is stopped."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from eth_account import Account
from eth_utils import keccak
from unit.attest.conftest import NOW, wallet

from phemexia.attest import CommitmentKey, Domain, Files, Issued, KeySigner, Kind, Qualified, issue, read_papers
from phemexia.attest.issuing import consented
from phemexia.errors import Failed, Refused

DAY = 86_400


class Stopped(Exception):
    pass


@pytest.fixture
def accounts() -> list[Qualified]:
    return [Qualified(line, f"account{line}", wallet(line)) for line in range(2, 12)]


@pytest.fixture(params=["vouchers", "vouchers.json"], ids=["folder", "document"])
def target(request, tmp_path):
    return tmp_path / request.param


@pytest.fixture
def run(key, issuer, domain, target, accounts):
    def call(
        rows=accounts, key=key, signer=issuer, domain=domain, files=None, now=NOW, deadline=NOW + DAY, **options
    ):
        return issue(rows, key, signer, domain, files or Files(target), now, deadline, **options)

    return call


def test_issue(run, accounts, target, key, domain, issuer):
    assert run() == Issued(signed=10)
    papers = {paper.account_id: paper for paper in read_papers(target)}
    assert len(papers) == 10
    for row in accounts:
        paper = papers[row.account_id]
        assert (paper.voucher.wallet, paper.voucher.account) == (row.wallet, key.commit(row.account_id))
        assert (paper.voucher.nonce, paper.voucher.deadline) == (0, NOW + DAY)
        assert domain.signer(Kind.VOUCHER, paper.voucher, paper.attestation) == issuer.address


def test_issue_again_signs_nothing(run, target):
    run()
    before = {paper.attestation for paper in read_papers(target)}
    assert run(now=NOW + 5, deadline=NOW + 9 * DAY) == Issued(kept=10)
    assert {paper.attestation for paper in read_papers(target)} == before


@pytest.mark.parametrize("stop", [1, 2, 7, 10])
def test_issue_goes_on_after_a_stop(run, target, stop):
    """A run that dies anywhere leaves what it signed, and nothing is signed twice."""
    done = []

    def die(line, outcome):
        done.append(line)
        if len(done) == stop:
            raise Stopped

    with pytest.raises(Stopped):
        run(progress=die)
    assert run() == Issued(signed=10 - stop, kept=stop)
    papers = read_papers(target)
    assert len(papers) == len({paper.voucher.account for paper in papers}) == 10


def test_issue_goes_on_after_a_torn_line(run, tmp_path, target):
    if target.suffix != ".json":
        pytest.skip("a folder's files appear whole")

    def die(line, outcome):
        if line == 6:
            raise Stopped

    with pytest.raises(Stopped):
        run(progress=die)
    partial = tmp_path / "vouchers.json.partial"
    partial.write_text(partial.read_text()[:-40])
    assert not target.exists()
    assert run() == Issued(signed=6, kept=4)
    assert not partial.exists()
    assert len(json.loads(target.read_text())) == 10


def test_issue_never_rewrites_what_is_signed(run, tmp_path, target, monkeypatch):
    """A run that dies while it takes up the lines of the one before loses none of them, and signs none again."""
    if target.suffix != ".json":
        pytest.skip("a folder's files appear whole")

    def die(*arguments, **options):
        raise Stopped

    def stop_at(line):
        def progress(at, outcome):
            if at == line:
                raise Stopped

        return progress

    with pytest.raises(Stopped):
        run(progress=stop_at(6))
    partial = tmp_path / "vouchers.json.partial"
    partial.write_text(partial.read_text() + '{"id": "acc')  # torn
    written = Path.write_text
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", lambda path, text, **options: (written(path, ""), die()))
        with pytest.raises(Stopped):
            run(progress=stop_at(7))
    assert run() == Issued(signed=4, kept=6)


@pytest.mark.parametrize("content", [b"\xff\xfe\n", b"{}\n"])
def test_issue_refuses_damaged_lines(run, tmp_path, target, content):
    if target.suffix != ".json":
        pytest.skip("only a document has lines")
    (tmp_path / "vouchers.json.partial").write_bytes(content)
    with pytest.raises(Refused, match="is damaged"):
        run()


def test_issue_refuses_a_document_where_a_folder_should_be(run, tmp_path, target):
    run()
    if target.suffix == ".json":
        target.rename(tmp_path / "other")
        target = tmp_path / "other"
    else:
        target.rename(tmp_path / "other.json")
        target = tmp_path / "other.json"
    with pytest.raises(Refused, match=r"is no (folder|document)"):
        run(files=Files(target), deadline=NOW + 2 * DAY, now=NOW + DAY + 1)


def test_issue_where_nothing_can_be_written(run, tmp_path, target):
    (tmp_path / "file").write_text("")
    with pytest.raises(Failed, match="could not be written"):
        run(files=Files(tmp_path / "file" / target.name))


def test_issue_more_accounts_later(run, accounts, target):
    run(accounts[:4])
    assert run() == Issued(signed=6, kept=4)
    assert len(read_papers(target)) == 10


def test_issue_leaves_accounts_without_a_wallet(run, accounts, target):
    rows = [replace(accounts[0], wallet=None), *accounts[1:3]]
    assert run(rows) == Issued(signed=2, waiting=1)
    assert run(accounts[:3]) == Issued(signed=1, kept=2)


def test_issue_leaves_members(run, accounts, key, target):
    assert run(accounts[:3], members={key.commit(accounts[0].account_id)}) == Issued(signed=2, members=1)


def test_issue_replaces_what_is_late(run, target):
    run()
    assert run(now=NOW + DAY, deadline=NOW + 2 * DAY) == Issued(kept=10)
    assert run(now=NOW + DAY + 1, deadline=NOW + 2 * DAY) == Issued(signed=10)
    assert {paper.voucher.deadline for paper in read_papers(target)} == {NOW + 2 * DAY}


def test_issue_replaces_what_was_withdrawn(run, accounts, target, key):
    run()
    moved = {key.commit(row.account_id): i % 2 for i, row in enumerate(accounts)}
    assert run(nonces=lambda commitments: moved) == Issued(signed=5, kept=5)
    papers = read_papers(target)
    assert len(papers) == 10
    assert {paper.voucher.account: paper.voucher.nonce for paper in papers} == moved


def test_issue_refuses_another_wallet(run, accounts):
    """Two good vouchers of one account would let it choose."""
    run()
    changed = [*accounts[:3], replace(accounts[3], wallet=wallet(99)), *accounts[4:]]
    with pytest.raises(Refused, match="line 5 names another wallet"):
        run(changed)


def test_issue_refuses_another_commitment_key(run, target):
    """N4: a rotated key would give every account a second pass."""
    run()
    with pytest.raises(Refused, match="another commitment key"):
        run(key=CommitmentKey(bytes(32)))
    assert len(read_papers(target)) == 10


def test_issue_refuses_another_issuer(run):
    run()
    with pytest.raises(Refused, match="vouchers signed by"):
        run(signer=KeySigner(Account.from_key(keccak(text="next issuer"))))


@pytest.mark.parametrize("change", ["chain", "contract"])
def test_issue_refuses_another_domain(run, domain, change):
    run()
    other = Domain(1, domain.contract) if change == "chain" else Domain(domain.chain_id, wallet(5))
    with pytest.raises(Refused, match="choose another place"):
        run(domain=other)


def test_issue_refuses_a_deadline_that_has_passed(run, target):
    with pytest.raises(Refused, match="deadline"):
        run(deadline=NOW)
    assert not target.exists()


def test_issue_refuses_a_place_with_something_else(run, target):
    place = target if target.suffix else target / "x.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text("{}")
    with pytest.raises(Refused, match="is not a voucher"):
        run()


def test_consented(run, target, domain):
    signer = KeySigner(Account.from_key(keccak(text="holder")))
    run([Qualified(2, "1", signer.address)])
    (paper,) = read_papers(target)
    agreed = consented(paper, signer)
    assert domain.signer(Kind.CONSENT, paper.voucher, agreed.consent) == signer.address
    recovery = consented(replace(paper, recovery=True), signer)
    assert domain.signer(Kind.RECOVERY_CONSENT, paper.voucher, recovery.consent) == signer.address
    with pytest.raises(Refused, match="would sign"):
        consented(paper, KeySigner(Account.from_key(keccak(text="somebody"))))

"""Vouchers as the contract and independent libraries understand them."""

import json

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak
from unit.attest.conftest import NOW, wallet

from phemexia.attest import CommitmentKey, Domain, KeySigner, Kind, Paper, Voucher, read_papers
from phemexia.errors import Refused
from phemexia.evm import Chain


@pytest.fixture
def voucher(key) -> Voucher:
    return Voucher(wallet(1), key.commit("1"), 3, NOW + 60)


@pytest.mark.parametrize("kind", list(Kind))
def test_digest_is_that_of_an_independent_library(domain, voucher, kind):
    message = encode_typed_data(full_message=domain.typed_data(kind, voucher))
    assert domain.digest(kind, voucher) == keccak(b"\x19\x01" + message.header + message.body)


@pytest.mark.parametrize("kind", list(Kind))
def test_sign_and_recover(domain, voucher, issuer, kind):
    signature = issuer.sign(domain, kind, voucher)
    assert domain.signer(kind, voucher, signature) == issuer.address
    others = [other for other in Kind if other != kind]
    assert all(domain.signer(other, voucher, signature) != issuer.address for other in others)
    assert Domain(1, domain.contract).signer(kind, voucher, signature) != issuer.address


@pytest.mark.parametrize("signature", [b"", b"\x01", bytes(65), b"\xff" * 65])
def test_signer_of_nonsense(domain, voucher, signature):
    assert domain.signer(Kind.VOUCHER, voucher, signature) is None


def test_keystore(tmp_path, issuer):
    path = tmp_path / "key.json"
    path.write_text(json.dumps(Account.encrypt(keccak(text="issuer"), "open", kdf="pbkdf2", iterations=10)))
    assert KeySigner.from_keystore(path, "open").address == issuer.address
    with pytest.raises(Refused, match="passphrase"):
        KeySigner.from_keystore(path, "wrong")
    with pytest.raises(Refused, match="no keystore"):
        KeySigner.from_keystore(tmp_path / "nowhere", "")


def test_paper_survives_json(domain, voucher):
    for paper in (
        Paper(domain, voucher, b"\x01" * 65, account_id="1"),
        Paper(domain, voucher, b"\x01" * 65, consent=b"\x02" * 65, recovery=True),
    ):
        assert Paper.from_json(paper.to_json()) == paper


@pytest.mark.parametrize(
    "change",
    [
        {"wallet": "0x12"},
        {"account": "0x00"},
        {"nonce": None},
        {"kind": "Consent2"},
        {"nonce": float("inf")},
        {"nonce": 1.5},
        {"nonce": True},
        {"nonce": -1},
        {"nonce": 2**256},
        {"deadline": 2**256},
        {"deadline": "9" * 5000},
        {"chainId": -3},
        {"id": 5},
        {"attestation": "0x" + "00" * 4097},
        {"consent": "0x" + "00" * 4097},
    ],
    ids=lambda change: f"{next(iter(change))}={str(next(iter(change.values())))[:12]}",
)
def test_paper_refuses_nonsense(domain, voucher, change):
    entry = Paper(domain, voucher, b"\x01" * 65).to_json()
    with pytest.raises(ValueError, match=r".+"):
        Paper.from_json(entry | change)


def test_paper_takes_the_largest_there_is(domain, voucher):
    entry = Paper(domain, voucher, bytes(4096), consent=bytes(4096)).to_json()
    paper = Paper.from_json(entry | {"nonce": 2**256 - 1, "deadline": str(2**256 - 1)})
    assert paper.voucher.nonce == paper.voucher.deadline == 2**256 - 1


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"nonce": 1e999}', "\0", "5"], ids=["deep", "infinite", "NUL", "5"]
)
def test_papers_of_strangers_end_in_a_sentence(tmp_path, domain, voucher, content):
    """Consents come back from anyone: what is in the file can't end a run of the sponsor with a traceback."""
    path = tmp_path / "consent.json"
    path.write_text(content)
    with pytest.raises(Refused, match="is not a voucher"):
        read_papers(path)


def test_the_contract_takes_both_signatures(issuer):
    """From account number to pass, with nothing but this library."""
    chain = Chain()
    roles = [chain.account("dao"), issuer.address, chain.account("guardian"), chain.account("publisher")]
    roles.append(chain.account("contributors"))
    soul_pass = chain.deploy("SoulPass", *roles, chain.deploy("PassArt"))
    domain = Domain(chain.chain_id, soul_pass.address)
    holder = KeySigner(Account.from_key(keccak(text="holder")))
    voucher = Voucher(holder.address, CommitmentKey(bytes(32)).commit("10042"), 0, chain.timestamp)
    attestation = issuer.sign(domain, Kind.VOUCHER, voucher)
    consent = holder.sign(domain, Kind.CONSENT, voucher)
    receipt = soul_pass.sponsor((voucher.as_tuple(), attestation, consent), sender=chain.account())
    assert soul_pass.ownerOf(receipt.returned) == holder.address

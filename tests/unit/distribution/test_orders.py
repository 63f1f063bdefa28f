"""Orders as files, and the message that a holder signs: the campaign takes what an independent library signed."""

import pytest
from eth_account import Account
from eth_utils import keccak
from support.suite import PT, ROOT_DELAY

from phemexia.distribution import orders
from phemexia.distribution.orders import Order
from phemexia.errors import Refused
from phemexia.merkle import StandardTree
from phemexia.premining.results import LEAF

HOLDER, OTHER = Account.from_key(bytes([11]) * 32), Account.from_key(bytes([12]) * 32).address


def signed(order, account=HOLDER):
    """The same with a signature."""
    return Order(**{**vars(order), "signature": bytes(account.sign_message(order.message).signature)})


@pytest.fixture
def order():
    return Order(31_337, OTHER, HOLDER.address, 17, 1, OTHER, 0, 3, 1_900_000_000)


def test_orders_are_read_as_they_were_written(order, tmp_path):
    both = [signed(order), signed(Order(**{**vars(order), "nonce": 4}))]
    orders.write(tmp_path / "orders.json", both)
    assert orders.read(tmp_path / "orders.json") == both
    with pytest.raises(Refused, match="is not replaced"):
        orders.write(tmp_path / "orders.json", both)


@pytest.mark.parametrize("text", ["", "[]", '{"orders": [{}]}', '{"orders": [{"chainId": "x"}]}'])
def test_read_says_what_holds_no_orders(tmp_path, text):
    (tmp_path / "orders.json").write_text(text)
    with pytest.raises(ValueError, match="it holds no orders"):
        orders.read(tmp_path / "orders.json")


@pytest.mark.parametrize(
    "change",
    [
        {"to": HOLDER.address},
        {"kind": 0},
        {"way": 1},
        {"nonce": 4},
        {"deadline": 1},
        {"chain_id": 1},
        {"pass_id": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_signature_is_for_everything_in_an_order(order, change):
    """D9: no field that is sent is missing in what is signed."""
    good = signed(order)
    assert good.is_signed_by_key
    assert not Order(**{**vars(good), **change}).is_signed_by_key
    assert not signed(order, Account.from_key(bytes([12]) * 32)).is_signed_by_key
    assert not order.is_signed_by_key


def test_the_campaign_takes_the_message(suite):
    """D9: what is signed here is what the contract checks."""
    chain, campaign = suite.chain, suite.campaign
    wallet = suite.wallet("holder")
    number = suite.belong(wallet)
    leaf = (number, 0, 1_000 * PT)
    tree = StandardTree([leaf, (99, 0, PT)], LEAF)
    campaign.proposeRoot(tree.root, 1_001 * PT, sender=suite.publisher)
    chain.warp(max(chain.timestamp + ROOT_DELAY, suite.tge))
    order = Order(chain.chain_id, campaign.address, wallet.address, number, 0, OTHER, 0, 0, chain.timestamp + 60)
    order = signed(order, wallet)
    assert order.is_signed_by_key
    parts = (order.holder, order.to, order.way, order.nonce, order.deadline)
    campaign.claimBySig(((*leaf, tree.proof(0)), parts, order.signature), sender=chain.account("relayer"))
    assert suite.token.balanceOf(OTHER) == 1_000 * PT  # this campaign unlocks at once


def test_error_of_names_what_a_batch_skips_for():
    assert orders.error_of(bytes.fromhex("deadbeef")) == "0xdeadbeef"
    selector = keccak(text="Campaign__OrderExpired(uint256)")[:4]
    assert orders.error_of(selector) == "Campaign__OrderExpired"

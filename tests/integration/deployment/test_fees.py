"""What a deployment is said to cost, and what it may cost."""

import json

import pytest

from phemexia.config.units import GWEI
from phemexia.deployment.fees import GAS_MARGIN, ORACLES, Fees, suggest
from phemexia.deployment.plan import STEPS
from phemexia.errors import Refused

ANSWER = 12_345_678
RETURNS = f"0x63{ANSWER:08x}5f5260205ff3"
"""Code that answers every call with that number."""


@pytest.fixture
def quote(world, refuses):
    """The quote of a deployment that is then not agreed to."""

    def ask(**more):
        seen = []

        def approve(quote):
            seen.append(quote)
            raise Refused("no")

        assert refuses(lambda: world.deploy(approve=approve, **more)) == "no"
        return seen[0]

    return ask


def test_quote_covers_what_the_deployment_then_costs(world, quote):
    told = quote()
    eth = world.node.web3.eth
    before = eth.get_balance(world.signer.address)
    assert told.balance == before
    assert [estimate.contract for estimate in told.estimates] == list(world.deploy().manifest.record.contracts)
    spent = before - eth.get_balance(world.signer.address)
    assert spent <= told.most
    assert spent == sum(
        json.loads(line)["cost"]
        for line in (world.records / "ethereum-local.log").read_text().splitlines()
        if '"mined"' in line
    )


def test_quote_of_what_is_left(world, quote):
    world.deploy()
    assert world.deploy(approve=pytest.fail).deployed == []  # nothing to agree to


@pytest.mark.parametrize("layer", ["optimism", "arbitrum"])
def test_quote_has_what_publishing_costs(world, quote, layer):
    """Optimism's kind says it in wei, Arbitrum's in gas."""
    plain = quote()
    world.figure("networks/local.yaml", "publishing: included", f"publishing: {layer}")
    with pytest.raises(Refused) as refused:
        world.deploy()
    assert str(refused.value) == (
        f"the chain does not say what publishing costs: is fees.publishing: {layer} right for it?"
    )
    world.node.rpc("anvil_setCode", ORACLES[layer][0], RETURNS)
    told = quote()
    extra = len(STEPS) * ANSWER
    if layer == "arbitrum":
        assert told.gas == plain.gas + extra
        assert told.expected == told.gas * told.fees.expected
    else:
        assert told.gas == plain.gas
        assert told.expected == told.gas * told.fees.expected + extra
        assert told.most == int(told.gas * GAS_MARGIN) * told.fees.most + int(extra * GAS_MARGIN)


def test_fees_stay_below_the_ceiling(world, quote):
    price = suggest(world.node.web3, 10**18)
    assert price.most == 2 * (price.expected - price.tip) + price.tip
    assert suggest(world.node.web3, price.most - 1).most == price.most - 1
    assert quote(ceiling=price.expected).fees.most == price.expected
    with pytest.raises(Refused, match=r"more than the ceiling of .* or --max-fee\): nothing was sent"):
        world.deploy(ceiling=price.expected - 1)


def test_over_offers_what_nodes_take_for_a_replacement():
    """Ten per cent more at least, for the price and for the tip; or nothing."""
    old = Fees(100 * GWEI, 2 * GWEI, 60 * GWEI)
    now = Fees(50 * GWEI, GWEI, 30 * GWEI)
    assert now.over(None, 1) is now
    raised = now.over(old, 1_000 * GWEI)
    assert (raised.most, raised.tip) == (125 * GWEI + 1, int(2.5 * GWEI) + 1)
    assert now.over(old, 110 * GWEI).most == 110 * GWEI
    assert now.over(old, 110 * GWEI - 1) is None
    dear = Fees(300 * GWEI, 9 * GWEI, 200 * GWEI)
    assert dear.over(old, 1_000 * GWEI) == dear
    assert Fees(50, None, 50).over(Fees(100, None, 100), 1_000).fields() == {"gasPrice": 126}

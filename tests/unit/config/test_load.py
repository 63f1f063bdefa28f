"""Every way to get a file wrong ends in one sentence with file, line and key."""

import re

import pytest
from eth_account import Account
from support.anvil import key

from phemexia.config import load, networks
from phemexia.errors import Refused

ISSUER = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f"
GUARDIAN = '"0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"'


@pytest.mark.parametrize("network", networks())
def test_load_accepts_what_the_project_ships(network):
    config = load(network)
    assert sum(config.tokenomics.places().values()) == config.tokenomics.token.supply == 10**27
    assert config.tokenomics.places() == {
        "Campaign": 100_000_000 * 10**18,
        "CollaboratorCampaign": 50_000_000 * 10**18,
        "InvestorVesting": 200_000_000 * 10**18,
        "OperationsVesting": 100_000_000 * 10**18,
        "BuilderVesting": 150_000_000 * 10**18,
        "Treasury": 400_000_000 * 10**18,
    }
    assert sum(row.share for row in config.tokenomics.allocations) == 10_000
    rules = config.governance.governor.general
    assert (rules.delay, rules.period, rules.quorum) == (86_400, 432_000, 400)
    assert (rules.threshold, rules.floor) == (50_000 * 10**18, 2_000_000 * 10**18)
    assert config.governance.timelock.delay == 172_800
    assert config.governance.campaign.root_delay == 432_000


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        pytest.param(
            "governance.yaml",
            "threshold: 50_000 vePT",
            "treshold: 50_000 vePT",
            "config/governance.yaml, line 10: governor.general.treshold is not a known key "
            "(is it meant to be threshold?)",
            id="misspelt key",
        ),
        pytest.param(
            "governance.yaml",
            "  delay: 2 days # between",
            "  delay: 2 days\n  colour: red # between",
            "config/governance.yaml, line 5: timelock.colour is not a known key",
            id="unknown key",
        ),
        pytest.param(
            "governance.yaml",
            "    floor: 2_000_000 vePT",
            "#",
            "config/governance.yaml, line 9: governor.general.floor is missing",
            id="missing key",
        ),
        pytest.param(
            "governance.yaml",
            "    period: 5 days # of voting",
            "    period: 5 days\n    period: 6 days",
            "config/governance.yaml, line 13: governor.general.period is there twice",
            id="key twice",
        ),
        pytest.param(
            "governance.yaml",
            "threshold: 50_000 vePT",
            "threshold: 50_000 PT",
            "config/governance.yaml, line 10: governor.general.threshold should be an amount such as "
            '"50_000 vePT", not "50_000 PT"',
            id="wrong unit",
        ),
        pytest.param(
            "governance.yaml",
            "threshold: 50_000 vePT",
            "threshold: 50_00 vePT",
            "config/governance.yaml, line 10: governor.general.threshold should be an amount such as "
            '"50_000 vePT", not "50_00 vePT"',
            id="wrong grouping",
        ),
        pytest.param(
            "governance.yaml",
            "period: 5 days",
            "period: 432000",
            "config/governance.yaml, line 12: governor.general.period should be a duration such as "
            '"2 days" or "30 days 8 hours", not "432000"',
            id="bare number for a duration",
        ),
        pytest.param(
            "governance.yaml",
            "period: 5 days",
            "period: 50_000 days",
            "config/governance.yaml, line 12: governor.general.period is more than the contract can hold",
            id="too long for uint32",
        ),
        pytest.param(
            "governance.yaml",
            "quorum: 4 %",
            "quorum: 4",
            "config/governance.yaml, line 13: governor.general.quorum should be a share such as "
            '"12.5 %" or "1_250 bps", not "4"',
            id="bare number for a share",
        ),
        pytest.param(
            "governance.yaml",
            "quorum: 4 %",
            "quorum: 10_001 bps",
            'config/governance.yaml, line 13: governor.general.quorum should be at most 100 %, not "10_001 bps"',
            id="more than the whole",
        ),
        pytest.param(
            "governance.yaml",
            "2028-12-31 00:00 UTC",
            "2028-12-31",
            "config/governance.yaml, line 86: campaign.deadline should be a time such as "
            '"2028-12-31 00:00 UTC", not "2028-12-31"',
            id="time without a zone",
        ),
        pytest.param(
            "governance.yaml",
            "period: 5 days",
            "period: [5 days]",
            "config/governance.yaml, line 12: governor.general.period should be a single value",
            id="list for a value",
        ),
        pytest.param(
            "governance.yaml",
            "period: 5 days",
            "period:",
            "config/governance.yaml, line 12: governor.general.period is empty",
            id="empty value",
        ),
        pytest.param(
            "governance.yaml",
            "  delay: 2 days # between",
            "  delay: {2 days # between",
            "config/governance.yaml, line 6: this is not YAML: expected ',' or '}', but got '<scalar>'",
            id="not YAML",
        ),
        pytest.param(
            "tokenomics.yaml",
            "share: 20 %\n    amount: 200_000_000 PT",
            "share: 20 %\n    amount: 200_000_001 PT",
            'config/tokenomics.yaml, line 7: allocations gives "Strategic investors" 200_000_001 PT, '
            "but 20 % are 200_000_000 PT",
            id="share and amount differ",
        ),
        pytest.param(
            "tokenomics.yaml",
            "share: 20 %\n    amount: 200_000_000 PT",
            "share: 19 %\n    amount: 190_000_000 PT",
            "config/tokenomics.yaml, line 7: allocations add up to 990_000_000 PT, not to the supply of "
            "1_000_000_000 PT",
            id="sum below the supply",
        ),
        pytest.param(
            "tokenomics.yaml",
            "then: 3 weekly",
            "then: 3 daily",
            'config/tokenomics.yaml, line 13: allocations[0].schedule[0].then should be "3 weekly", "60 monthly", '
            '"20 quarterly", "linear over 60 months" or "nothing", not "3 daily"',
            id="unknown pace",
        ),
        pytest.param(
            "tokenomics.yaml",
            "cliff: 24 months",
            "cliff: 2 years",
            "config/tokenomics.yaml, line 26: allocations[2].schedule[0].cliff should be a number of months such "
            'as "24 months", not "2 years"',
            id="cliff in years",
        ),
        pytest.param(
            "tokenomics.yaml",
            "then: 20 quarterly",
            "then: nothing",
            "config/tokenomics.yaml, line 26: allocations[2].schedule[0] never unlocks all of it: then should not "
            "be nothing",
            id="schedule without an end",
        ),
        pytest.param(
            "tokenomics.yaml",
            "cliff: 24 months, then: 20 quarterly",
            "cliff: 24 months, then: 20 weekly",
            "config/tokenomics.yaml, line 26: allocations[2].schedule[0] counts weeks after a cliff of months: "
            "cliff should be 0 months",
            id="weeks after months",
        ),
        pytest.param(
            "tokenomics.yaml",
            "at_tge: 100 %, cliff: 0 months, then: nothing",
            "at_tge: 100 %, cliff: 0 months, then: 3 weekly",
            "config/tokenomics.yaml, line 32: allocations[3].schedule[0] unlocks everything at the TGE, and "
            "something afterwards",
            id="more than everything",
        ),
        pytest.param(
            "tokenomics.yaml",
            "    place: CollaboratorCampaign",
            "    place: Campaign",
            'config/tokenomics.yaml, line 7: allocations gives "xPT pre-mining" to Campaign, which has another '
            "row already",
            id="two rows for one campaign",
        ),
        pytest.param(
            "tokenomics.yaml",
            "place: BuilderVesting",
            "place: Treasury",
            "config/tokenomics.yaml, line 7: allocations gives nothing to BuilderVesting, which would have "
            "nothing to pay out",
            id="place without a row",
        ),
        pytest.param(
            "tokenomics.yaml",
            "      - {kind: investors,",
            "      - {kind: early, at_tge: 100 %, cliff: 0 months, then: nothing}\n      - {kind: investors,",
            'config/tokenomics.yaml, line 7: allocations gives "Strategic investors" 2 kinds of schedule, and '
            "InvestorVesting takes one",
            id="two kinds in a vesting contract",
        ),
        pytest.param(
            "tokenomics.yaml",
            "name: Core builders",
            "name: Trading rewards",
            'config/tokenomics.yaml, line 7: allocations names "Trading rewards" twice',
            id="row twice",
        ),
        pytest.param(
            "tokenomics.yaml",
            "place: Campaign\n",
            "place: Wallet\n",
            "config/tokenomics.yaml, line 11: allocations[0].place should be Campaign, CollaboratorCampaign, "
            'InvestorVesting, OperationsVesting, BuilderVesting or Treasury, not "Wallet"',
            id="place that does not exist",
        ),
        pytest.param(
            "networks/local.yaml",
            f'issuer: "{ISSUER}"',
            f'issuer: "{ISSUER.replace("e81E3", "e81E4")}"',
            "config/networks/local.yaml, line 7: operators.issuer has a wrong checksum, so a character of "
            f"{ISSUER.replace('e81E3', 'e81E4')} is mistyped",
            id="mistyped address",
        ),
        pytest.param(
            "networks/local.yaml",
            f'issuer: "{ISSUER}"',
            f"issuer: {ISSUER.lower()}",
            f"config/networks/local.yaml, line 7: operators.issuer should be written with its checksum: {ISSUER}",
            id="address without checksum",
        ),
        pytest.param(
            "networks/local.yaml",
            f'issuer: "{ISSUER}"',
            f"issuer: 0x{'00' * 20}",
            "config/networks/local.yaml, line 7: operators.issuer should be an address, not the zero address",
            id="zero address",
        ),
        pytest.param(
            "networks/local.yaml",
            f'issuer: "{ISSUER}"',
            "issuer: phemex.eth",
            'config/networks/local.yaml, line 7: operators.issuer should be an address such as "0x" and 40 '
            'hexadecimal digits, not "phemex.eth"',
            id="not an address",
        ),
        pytest.param(
            "networks/local.yaml",
            "rehearsal: yes",
            "rehearsal: no",
            f"config/networks/local.yaml, line 6: operators has {ISSUER} as issuer, "
            "a test account whose key everyone knows",
            id="public key outside a rehearsal",
        ),
        pytest.param(
            "networks/local.yaml",
            GUARDIAN,
            "nobody",
            "config/governance.yaml, line 84: campaign.root_delay is 5 days, in which no vote can drop a bad "
            "root: it should be 18 days or more, or config/networks/local.yaml should name a guardian",
            id="roots that nobody can drop in time",
        ),
        pytest.param(
            "networks/local.yaml",
            GUARDIAN,
            "none",
            'config/networks/local.yaml, line 8: operators.guardian should be an address such as "0x" and 40 '
            'hexadecimal digits, not "none"',
            id="neither an address nor nobody",
        ),
        pytest.param(
            "networks/local.yaml",
            "successors: []",
            "successors: [0x00]",
            'config/networks/local.yaml, line 14: successors[0] should be an address such as "0x" and 40 '
            'hexadecimal digits, not "0x00"',
            id="successor that is no address",
        ),
        pytest.param(
            "networks/local.yaml",
            "rehearsal: yes",
            "rehearsal: maybe",
            'config/networks/local.yaml, line 4: rehearsal should be yes or no, not "maybe"',
            id="neither yes nor no",
        ),
        pytest.param(
            "networks/local.yaml",
            "genesis: any",
            "genesis: 0x25a5CC",
            'config/networks/local.yaml, line 21: genesis should be "0x" and 64 hexadecimal digits in small '
            'letters, or any, not "0x25a5CC"',
            id="genesis that is no hash",
        ),
        pytest.param(
            "networks/local.yaml",
            "ceiling: 1_000 gwei",
            "ceiling: 0.000001 ether",
            "config/networks/local.yaml, line 24: fees.ceiling should be a price of gas such as "
            '"50 gwei", not "0.000001 ether"',
            id="price in ether",
        ),
        pytest.param(
            "networks/local.yaml",
            "ceiling: 1_000 gwei",
            "ceiling: 0 gwei",
            "config/networks/local.yaml, line 24: fees.ceiling should be more than 0 gwei",
            id="free gas",
        ),
        pytest.param(
            "networks/local.yaml",
            "publishing: included",
            "publishing: none",
            "config/networks/local.yaml, line 25: fees.publishing should be included, optimism or arbitrum, "
            'not "none"',
            id="unknown way to charge for publishing",
        ),
        pytest.param(
            "networks/local.yaml",
            "chain_id: 31337",
            "chain_id: x31337",
            'config/networks/local.yaml, line 2: chain_id should be a whole number, not "x31337"',
            id="not a number",
        ),
        pytest.param(
            "networks/local.yaml",
            "release: phemexia-1",
            "release: Phemexia 1",
            "config/networks/local.yaml, line 3: release should be small letters, digits, dots and hyphens, "
            'not "Phemexia 1"',
            id="release that is no file name",
        ),
    ],
)
def test_load_names_file_line_and_key(spoilt, file, old, new, sentence):
    with pytest.raises(Refused) as refused:
        spoilt(file, old, new)()
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("delay", "good"), [("18 days", True), ("17 days 23 hours 59 minutes 59 seconds", False)], ids=str
)
def test_load_without_a_guardian_wants_time_for_a_vote(spoilt, delay, good):
    """Delay, voting period, late outcomes, the timelock's delay, the core team's days, and one day to notice."""
    spoilt("networks/local.yaml", GUARDIAN, "nobody")
    spoilt("governance.yaml", "root_delay: 7 days", "root_delay: 18 days")
    attempt = spoilt("governance.yaml", "root_delay: 5 days", f"root_delay: {delay}")
    if good:
        assert int(attempt().network.operators.guardian, 16) == 0
    else:
        with pytest.raises(Refused):
            attempt()


def test_load_without_a_guardian_judges_each_campaign_by_its_own_class(spoilt):
    """A drop that the table does not name is Constitutional, and takes three days more."""
    spoilt("networks/local.yaml", GUARDIAN, "nobody")
    spoilt("governance.yaml", "root_delay: 5 days", "root_delay: 18 days")
    spoilt("governance.yaml", "    - CollaboratorCampaign.dropRoot\n", "")
    attempt = spoilt("governance.yaml", "root_delay: 7 days", "root_delay: 20 days")
    with pytest.raises(Refused, match=r"collaborators\.root_delay is 20 days.* should be 21 days or more"):
        attempt()
    spoilt("governance.yaml", "root_delay: 20 days", "root_delay: 21 days")()


OPERATOR = r'(issuer|guardian|publisher|grantor): "0x\w+"'


def unstaffed(text: str) -> str:
    """A network's file with groups in which nobody is seated."""
    text = re.sub(r"    lead: .*\n    members:\n(      - .*\n)+", "    lead: nobody\n    members: []\n", text)
    assert text.count("members: []") == 4
    return text


def test_load_refuses_any_of_the_test_accounts_outside_a_rehearsal(spoilt, folder):
    """The tools open more than ten accounts of their mnemonic when they are asked to."""
    path = folder / "networks" / "local.yaml"
    text = unstaffed(path.read_text().replace("rehearsal: yes", "rehearsal: no"))
    executive = Account.create().address
    for public in (3, 4):
        text = re.sub(rf'  - "{key(public).address}".*\n', f'  - "{executive}"\n' if public == 3 else "", text)
    private = [Account.create().address for _ in range(4)]
    for i, line in enumerate(("issuer", "guardian", "publisher", "grantor")):
        for public in (0, 63, 64):
            names = [*private]
            names[i] = key(public).address
            values = dict(zip(("issuer", "guardian", "publisher", "grantor"), names, strict=True))
            path.write_text(re.sub(OPERATOR, lambda m, v=values: f'{m[1]}: "{v[m[1]]}"', text))
            if public == 64:
                assert getattr(load("local", folder).network.operators, line) == names[i]
            else:
                with pytest.raises(Refused, match=f"{names[i]} as {line}, a test account"):
                    load("local", folder)
    values = dict(zip(("issuer", "guardian", "publisher", "grantor"), private, strict=True))
    path.write_text(re.sub(OPERATOR, lambda m: f'{m[1]}: "{values[m[1]]}"', text + "  \n"))
    assert load("local", folder).network.core_team == [executive]
    path.write_text(path.read_text().replace(executive, key(5).address))
    with pytest.raises(Refused, match=f"core_team has {key(5).address}, a test account"):
        load("local", folder)


def test_load_reads_an_address_without_quotes_as_text(spoilt):
    """YAML takes an unquoted 0x... for a number, which would lose the checksum."""
    assert spoilt("networks/local.yaml", f'"{ISSUER}"', ISSUER)().network.operators.issuer == ISSUER


def test_load_names_the_networks_when_one_is_unknown(folder):
    with pytest.raises(Refused) as refused:
        load("nowhere", folder)
    assert str(refused.value) == (
        'there is no configuration for the network "nowhere": write config/networks/nowhere.yaml, '
        "or choose from arbitrum-sepolia, base-sepolia, local, optimism-sepolia, sepolia"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(None, "config/governance.yaml can't be read: does it exist?", id="no file"),
        pytest.param(b"", "config/governance.yaml, line 1: timelock is missing", id="empty file"),
        pytest.param(
            b"- a",
            "config/governance.yaml, line 1: should hold the keys timelock, governor, actions, campaign, "
            "collaborators, groups",
            id="list",
        ),
        pytest.param(b"\xff\xfe", "config/governance.yaml is not a UTF-8 text file", id="binary"),
        pytest.param(
            b"timelock: 2 days",
            "config/governance.yaml, line 1: timelock should hold keys of its own",
            id="value for keys",
        ),
    ],
)
def test_load_refuses_a_file_of_another_kind(folder, content, sentence):
    path = folder / "governance.yaml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        load("local", folder)
    assert str(refused.value) == sentence


def test_hash_ignores_comments_and_follows_figures(spoilt, folder):
    before = load("local", folder).hash()
    assert spoilt("governance.yaml", "# of voting", "# of something else")().hash() == before
    assert spoilt("governance.yaml", "quorum: 4 %", "quorum: 400 bps")().hash() == before
    assert spoilt("governance.yaml", "quorum: 400 bps", "quorum: 401 bps")().hash() != before

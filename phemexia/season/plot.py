"""What happens in the season, chapter by chapter."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import sha256

from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from phemexia.merkle import StandardTree
from phemexia.season.cast import CAST, VOTES, Part
from phemexia.season.stage import DAY, PT, WEEK, Stage, actor, pt, sign_typed

EXECUTIVE, BYSTANDER, GUARDIAN, ISSUER, PUBLISHER, FIRST_HOLDER = 3, 6, 7, 8, 9, 10
"""Places among anvil's test accounts; executive, guardian, issuer and publisher are named in
config/networks/local.yaml."""

TEAM_WINDOW = 3 * DAY
"""For so long after the timelock's delay only the core team executes."""

XPT = 0
"""The kind of claim that pre-mining makes."""

LEAF = ("uint256", "uint8", "uint256")
"""Pass, kind, and wei of PT granted in all."""

STATES = ("Pending", "Active", "Canceled", "Defeated", "Succeeded", "Queued", "Expired", "Executed")

COMMITMENT_KEY = b"the season's key; an exchange keeps its own secret, for ever the same"


@dataclass
class Holder:
    """A part, played by an account."""

    part: Part
    account: LocalAccount
    pass_id: int = 0
    ballots: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As in the cast."""
        return self.part.name


@dataclass
class Proposal:
    """A proposal, as the governor's clients describe one."""

    title: str
    proposer: Holder
    amount: int
    recipient: str
    id: int = 0
    action: tuple[list[str], list[int], list[bytes]] = ([], [], [])

    @property
    def text_hash(self) -> bytes:
        """Hash of the description."""
        return bytes(keccak(text=self.title))


@dataclass
class Season:
    """All that the report is made from."""

    holders: list[Holder]
    proposals: list[Proposal]
    executed: Proposal | None = None


def play(stage: Stage) -> Season:
    """Play the season on a stage whose suite has just been deployed."""
    holders = [Holder(part, actor(FIRST_HOLDER + i)) for i, part in enumerate(CAST)]
    by_name = {holder.name: holder for holder in holders}
    season = Season(holders, [])

    _mint_passes(stage, holders)
    _claim_tokens(stage, holders)
    _lock_and_delegate(stage, holders, by_name)

    funding = Proposal(
        "Fund the market makers of the PT/USDT pair with 1,000,000 PT",
        by_name["community lead"], 1_000_000 * PT, by_name["market maker"].account.address,
    )  # fmt: skip
    newsletter = Proposal(
        "Pay 40,000 PT for a printed newsletter",
        by_name["sceptic"], 40_000 * PT, by_name["translator"].account.address,
    )  # fmt: skip
    season.proposals = [funding, newsletter]
    _propose(stage, season.proposals)
    _vote(stage, holders, funding, newsletter)
    _queue_and_execute(stage, season, funding)
    return season


def _mint_passes(stage: Stage, holders: list[Holder]) -> None:
    """The exchange attests, each holder mints its own pass."""
    stage.chapter("The exchange attests its accounts; their holders mint Soul Passes")
    soul_pass, issuer = stage.suite.soul_pass, actor(ISSUER)
    types = {
        "Voucher": [
            {"name": "wallet", "type": "address"},
            {"name": "account", "type": "bytes32"},
            {"name": "nonce", "type": "uint256"},
            {"name": "deadline", "type": "uint256"},
        ]
    }
    domain = {
        "name": "Phemex Soul Pass",
        "version": "1",
        "chainId": stage.web3.eth.chain_id,
        "verifyingContract": soul_pass.address,
    }
    for holder in holders:
        voucher = {
            "wallet": holder.account.address,
            "account": hmac.digest(COMMITMENT_KEY, holder.name.encode(), sha256),
            "nonce": 0,
            "deadline": stage.now() + DAY,
        }
        signature = sign_typed(issuer, domain, types, voucher)
        stage.act(holder.account, "mint a pass", soul_pass.functions.mint(tuple(voucher.values()), signature))
        holder.pass_id = soul_pass.functions.passOf(holder.account.address).call()
    stage.say(f"{len(holders)} vouchers signed, passes {holders[0].pass_id} to {holders[-1].pass_id} minted")


def _claim_tokens(stage: Stage, holders: list[Holder]) -> None:
    """Mined xPT becomes PT through a Merkle root that waits for five days."""
    stage.chapter("The exchange publishes who mined how much xPT")
    campaign = stage.suite.campaign
    leaves = [(holder.pass_id, XPT, holder.part.mined * PT) for holder in holders]
    delay = campaign.functions.terms().call()[0]

    (first, kind, mined), *others = leaves
    total = _publish(stage, [(first, kind, 2 * mined), *others])
    stage.say(f"a root over {len(leaves)} leaves, {pt(total)} PT; it can be dropped for {delay // DAY} days")
    stage.until(stage.now() + DAY)
    refusal = stage.refused(actor(BYSTANDER), campaign.functions.dropRoot())
    stage.say(f"[dim]a bystander can't drop it: {refusal.partition('(')[0]}[/]")
    stage.act(actor(GUARDIAN), "drop a root", campaign.functions.dropRoot())
    stage.say(f"the guardian drops it: it granted the {holders[0].name} twice what was mined")

    total = _publish(stage, leaves)
    stage.say(f"the corrected root: {pt(total)} PT")
    stage.until(stage.now() + delay)
    stage.chapter("The wait is over: one xPT becomes one PT")
    tree = StandardTree(leaves, LEAF)
    for i, holder in enumerate(holders):
        claim = campaign.functions.claim(*leaves[i], tree.proof(i), holder.account.address)
        stage.act(holder.account, "claim PT", claim)
    stage.say(f"{len(holders)} claims; the campaign still holds {pt(_balance(stage, campaign.address))} PT")


def _publish(stage: Stage, leaves: list[tuple[int, int, int]]) -> int:
    """Propose the root of these leaves; returns what they grant in all, in wei."""
    total = sum(leaf[2] for leaf in leaves)
    propose = stage.suite.campaign.functions.proposeRoot(StandardTree(leaves, LEAF).root, total)
    stage.act(actor(PUBLISHER), "publish a root", propose)
    return total


def _lock_and_delegate(stage: Stage, holders: list[Holder], by_name: dict[str, Holder]) -> None:
    """Locks of different terms; three holders let somebody else vote."""
    stage.chapter("Holders lock PT, for six weeks to two years")
    token, escrow = stage.suite.token, stage.suite.escrow
    for holder in holders:
        part, start = holder.part, stage.now() // WEEK * WEEK
        approve = token.functions.approve(escrow.address, part.locked * PT)
        stage.act(holder.account, "approve PT", approve)
        create = escrow.functions.create(part.locked * PT, start + part.weeks * WEEK)
        stage.act(holder.account, "lock PT", create)
    for holder in holders:
        if holder.part.delegate:
            delegatee = by_name[holder.part.delegate].account.address
            stage.act(holder.account, "delegate", escrow.functions.delegate(delegatee))
            stage.say(f"{holder.name} lets {holder.part.delegate} vote")
    stage.say(
        f"{pt(_balance(stage, escrow.address))} PT locked, "
        f"weighing {pt(escrow.functions.totalSupply().call())} vePT together"
    )
    stage.until(stage.now() + DAY)  # votes are read before the second of a proposal


def _propose(stage: Stage, proposals: list[Proposal]) -> None:
    stage.chapter("Two proposals")
    governor, treasury, token = stage.suite.governor, stage.suite.treasury, stage.suite.token
    for proposal in proposals:
        data = treasury.encode_abi(
            "spend", [token.address, proposal.recipient, proposal.amount, proposal.title[:40]]
        )
        proposal.action = ([treasury.address], [0], [bytes.fromhex(data[2:])])
        propose = governor.functions.propose(*proposal.action, proposal.title)
        stage.act(proposal.proposer.account, "propose", propose)
        proposal.id = governor.functions.hashProposal(*proposal.action, proposal.text_hash).call()
        stage.say(f'{proposal.proposer.name}: "{proposal.title}"')
    student = next(part for part in CAST if part.name == "student")
    poor = actor(FIRST_HOLDER + CAST.index(student))
    refusal = stage.refused(poor, governor.functions.propose([treasury.address], [0], [b""], "Free tea"))
    stage.say(f"[dim]the student has too little weight to propose: {refusal}[/]")


def _vote(stage: Stage, holders: list[Holder], funding: Proposal, newsletter: Proposal) -> None:
    governor = stage.suite.governor
    stage.until(governor.functions.proposalSnapshot(funding.id).call() + 1)
    stage.until(governor.functions.proposalSnapshot(newsletter.id).call() + 1)
    stage.chapter("The vote is open")
    refusal = stage.refused(actor(BYSTANDER), governor.functions.castVote(funding.id, VOTES["for"]))
    stage.say(f"[dim]a bystander without a pass is turned away: {refusal}[/]")
    for holder in holders:
        if holder.part.ballot:
            _ballot(stage, holder, funding, holder.part.ballot)
        if holder.name in ("node operator", "student"):
            _ballot(stage, holder, newsletter, "for")
    for proposal in (funding, newsletter):
        against, in_favour, abstained = governor.functions.proposalVotes(proposal.id).call()
        quorum = governor.functions.proposalQuorum(proposal.id).call()
        stage.say(
            f'"{proposal.title}": {pt(in_favour)} for, {pt(against)} against, {pt(abstained)} abstained; '
            f"quorum {pt(quorum)}"
        )
    stage.until(governor.functions.proposalDeadline(newsletter.id).call() + 1)
    stage.until(governor.functions.proposalDeadline(funding.id).call() + 1)


def _ballot(stage: Stage, holder: Holder, proposal: Proposal, choice: str) -> None:
    cast = stage.suite.governor.functions.castVote(proposal.id, VOTES[choice])
    stage.act(holder.account, "vote", cast)
    holder.ballots[proposal.title] = choice


def _queue_and_execute(stage: Stage, season: Season, funding: Proposal) -> None:
    """The proposal that passed waits in the timelock, and then moves PT out of the treasury."""
    stage.chapter("The votes are counted")
    governor = stage.suite.governor
    for proposal in season.proposals:
        state = STATES[governor.functions.state(proposal.id).call()]
        stage.say(f'"{proposal.title}": {state}')
    executor = actor(BYSTANDER)
    arguments = (*funding.action, funding.text_hash)
    stage.act(executor, "queue", governor.functions.queue(*arguments))
    ready = governor.functions.proposalEta(funding.id).call() + TEAM_WINDOW
    early = stage.refused(executor, governor.functions.execute(*arguments))
    stage.say(f"[dim]queued; executing at once is refused: {early.partition('(')[0]}[/]")
    stage.until(ready)
    stage.chapter("The timelock's delay is over, and the core team left the execution to others")
    before = _balance(stage, stage.suite.treasury.address)
    stage.act(executor, "execute", governor.functions.execute(*arguments))
    moved = before - _balance(stage, stage.suite.treasury.address)
    season.executed = funding
    stage.say(f'[green]executed: "{funding.title}"; {pt(moved)} PT left the treasury[/]')


def _balance(stage: Stage, address: str) -> int:
    return int(stage.suite.token.functions.balanceOf(address).call())

"""Second part of the season: six proposals, and every way that one can end."""

from __future__ import annotations

from web3.logs import DISCARD

from phemexia.errors import Failed
from phemexia.season.agenda import (
    AGENDA,
    CLERK,
    DESIGNER,
    FUNDING,
    REPORT,
    SEAT,
    THANKS,
    VOTES,
    Motion,
)
from phemexia.season.company import (
    BYSTANDER,
    CLASSES,
    EXECUTIVES,
    GUARDIAN,
    PUBLISHER,
    Holder,
    Proposal,
    Season,
    balance,
    state,
)
from phemexia.season.stage import DAY, PT, Stage, actor, pt, sign_typed

TEAM_WINDOW = 3 * DAY
"""For so long after the timelock's delay only the core team executes."""

EXPIRY = 14 * DAY
"""So long after a proposal became executable it has expired."""

BALLOT = {
    "SponsoredBallot": [
        {"name": "proposalId", "type": "uint256"},
        {"name": "support", "type": "uint8"},
        {"name": "voter", "type": "address"},
        {"name": "deadline", "type": "uint256"},
    ]
}


def propose(stage: Stage, season: Season) -> None:
    """Six proposals on one day; the governor says of which class each is."""
    stage.chapter("Six proposals, judged by what they do")
    governor, treasury = stage.suite.governor, stage.suite.treasury
    for motion in AGENDA:
        proposed(stage, season, motion)
    poor = season.holder("student").account
    refusal = stage.refused(poor, governor.functions.propose([treasury.address], [0], [b""], "Free tea"))
    stage.say(f"[dim]the student has too little weight to propose: {refusal}[/]")


def proposed(stage: Stage, season: Season, motion: Motion) -> Proposal:
    """Propose a motion; the governor must give it the class that it is made for."""
    governor = stage.suite.governor
    proposal = _proposal(stage, season, motion)
    season.proposals.append(proposal)
    stage.act(proposal.proposer.account, "propose", governor.functions.propose(*proposal.action, motion.title))
    by_class = CLASSES[governor.functions.proposalClass(proposal.id).call()]
    stage.say(f'{motion.proposer}: "{motion.title}" [dim]({by_class})[/]')
    if by_class != motion.by_class:
        raise Failed(f'"{motion.title}" should be {motion.by_class} and is {by_class}')
    return proposal


def _proposal(stage: Stage, season: Season, motion: Motion) -> Proposal:
    target = getattr(stage.suite, motion.contract)
    arguments = [_argument(stage, season, motion, argument) for argument in motion.arguments]
    data = bytes.fromhex(target.encode_abi(motion.function, arguments)[2:])
    proposal = Proposal(motion, season.holder(motion.proposer), 0, ([target.address], [0], [data]))
    proposal.id = stage.suite.governor.functions.hashProposal(*proposal.arguments).call()
    return proposal


def _argument(stage: Stage, season: Season, motion: Motion, argument: object) -> object:
    """What a name in angle brackets stands for; everything else as it is."""
    match argument:
        case "<token>":
            return stage.suite.token.address
        case "<PROPOSER_ROLE>":
            return stage.suite.timelock.functions.PROPOSER_ROLE().call()
        case "text":
            return stage.web3.keccak(text=motion.title)
        case str() if argument.startswith("<"):
            return season.holder(argument[1:-1]).account.address
    return argument


def vote(stage: Stage, season: Season) -> None:
    """Everybody's own ballots."""
    governor = stage.suite.governor
    stage.until(max(governor.functions.proposalSnapshot(proposal.id).call() for proposal in season.proposals) + 1)
    stage.chapter("The votes are open")
    report = season.proposal(REPORT)
    refusal = stage.refused(actor(BYSTANDER), governor.functions.castVote(report.id, VOTES["for"]))
    stage.say(f"[dim]a bystander without a pass is turned away: {refusal}[/]")
    for proposal in season.proposals:
        for name, choice in proposal.motion.ballots.items():
            ballot(stage, season.holder(name), proposal, choice)
    stage.say(f"{sum(len(motion.ballots) for motion in AGENDA)} ballots cast by {len(season.holders)} holders")


def ballot(stage: Stage, holder: Holder, proposal: Proposal, choice: str, what: str = "vote") -> None:
    """Cast or change one."""
    stage.act(holder.account, what, stage.suite.governor.functions.castVote(proposal.id, VOTES[choice]))
    holder.ballots[proposal.title] = choice


def cancel(stage: Stage, season: Season) -> None:
    """The guardian reads what a harmless title hides."""
    stage.until(stage.now() + DAY // 2)
    stage.chapter("The guardian reads the actions, not the titles")
    clerk, governor = season.proposal(CLERK), stage.suite.governor
    refusal = stage.refused(actor(BYSTANDER), governor.functions.cancel(*clerk.arguments))
    stage.say(f"[dim]a bystander can't cancel: {refusal.partition('(')[0]}[/]")
    stage.act(actor(GUARDIAN), "cancel a proposal", governor.functions.cancel(*clerk.arguments))
    stage.say(f'"{clerk.title}" would have given one holder the keys of the timelock: {state(stage, clerk)}')


def change_and_sponsor(stage: Stage, season: Season) -> None:
    """One changes its vote; two dozen sign ballots, which the exchange brings."""
    stage.until(stage.now() + DAY // 2)
    stage.chapter("A change of mind, and ballots that cost their voters nothing")
    governor, report = stage.suite.governor, season.proposal(REPORT)
    sceptic = season.holder("sceptic")
    ballot(stage, sceptic, report, "for", "change a vote")
    stage.say(f'the sceptic is for "{report.title}" after all')
    domain = {
        "name": "Phemexia DAO",
        "version": "1",
        "chainId": stage.web3.eth.chain_id,
        "verifyingContract": governor.address,
    }
    ballots = []
    for student in season.students:
        message = {
            "proposalId": report.id,
            "support": VOTES["for"],
            "voter": student.account.address,
            "deadline": stage.now() + DAY,
        }
        signature = sign_typed(student.account, domain, BALLOT, message)
        ballots.append((student.account.address, VOTES["for"], message["deadline"], signature))
        student.ballots[report.title] = "for"
    ballots.append((sceptic.account.address, *ballots[0][1:]))  # not the sceptic's signature, and it has voted
    bring = governor.functions.castBallotsBySig(report.id, ballots)
    receipt = stage.act(actor(PUBLISHER), f"bring {len(ballots)} signed ballots", bring)
    counted = len(governor.events.VoteCast().process_receipt(receipt, DISCARD))
    skipped = len(governor.events.BallotSkipped().process_receipt(receipt, DISCARD))
    if (counted, skipped) != (len(season.students), 1):
        raise Failed(f"of {len(ballots)} sponsored ballots {counted} counted and {skipped} were skipped")
    each = receipt["gasUsed"] // len(ballots)
    stage.say(f"{counted} signed ballots in one transaction, {each:,} gas each; {skipped} forged one skipped")


def count(stage: Stage, season: Season) -> None:
    """The votes end; what passed is queued."""
    governor = stage.suite.governor
    stage.until(max(governor.functions.proposalDeadline(p.id).call() for p in season.proposals[:5]) + 1)
    stage.chapter("The votes are counted")
    for proposal in season.proposals:
        against, in_favour, abstained = governor.functions.proposalVotes(proposal.id).call()
        stage.say(
            f'"{proposal.title}": {pt(in_favour)} for, {pt(against)} against, {pt(abstained)} abstained; '
            f"quorum {pt(governor.functions.proposalQuorum(proposal.id).call())}: "
            f"[bold]{state(stage, proposal)}[/]"
        )
    for motion in (REPORT, FUNDING, DESIGNER):
        stage.act(actor(BYSTANDER), "queue", governor.functions.queue(*season.proposal(motion).arguments))
    stage.say("what passed waits in the timelock, two days in which everybody can see what is coming")
    for motion in (THANKS, SEAT, CLERK):
        refusal = stage.refused(actor(BYSTANDER), governor.functions.queue(*season.proposal(motion).arguments))
        stage.say(f'[dim]"{motion.title}" can\'t be queued: {refusal.partition("(")[0]}[/]')


def execute(stage: Stage, season: Season) -> None:
    """One by the core team within its window, one by a bystander after it."""
    governor = stage.suite.governor
    funding, report = season.proposal(FUNDING), season.proposal(REPORT)
    eta = governor.functions.proposalEta(report.id).call()
    early = stage.refused(actor(EXECUTIVES[0]), governor.functions.execute(*funding.arguments))
    stage.say(f"[dim]executing at once is refused, even to the core team: {early.partition('(')[0]}[/]")
    stage.until(eta + DAY // 24)
    stage.chapter("For three days the core team alone carries out")
    before = balance(stage, stage.suite.treasury.address)
    stage.act(actor(EXECUTIVES[0]), "execute", governor.functions.execute(*funding.arguments))
    moved = before - balance(stage, stage.suite.treasury.address)
    if moved != 1_000_000 * PT:
        raise Failed(f"{pt(moved)} PT left the treasury")
    stage.say(f'[green]by the core team: "{funding.title}"; {pt(moved)} PT left the treasury[/]')
    refusal = stage.refused(actor(BYSTANDER), governor.functions.execute(*report.arguments))
    stage.say(f"[dim]a bystander has to wait: {refusal.partition('(')[0]}[/]")
    stage.until(eta + TEAM_WINDOW)
    stage.chapter("The team can't hold a decision hostage: now anyone may")
    stage.act(actor(BYSTANDER), "execute", governor.functions.execute(*report.arguments))
    stage.say(f'[green]by a bystander: "{report.title}"[/]')


def expire(stage: Stage, season: Season) -> None:
    """What nobody carries out goes stale."""
    governor, designer = stage.suite.governor, season.proposal(DESIGNER)
    stage.until(governor.functions.proposalEta(designer.id).call() + EXPIRY)
    stage.chapter("Two weeks later")
    refusal = stage.refused(actor(EXECUTIVES[0]), governor.functions.execute(*designer.arguments))
    stage.say(f'"{designer.title}" was never carried out: {state(stage, designer)}')
    stage.say(f"[dim]even the core team comes too late: {refusal.partition('(')[0]}[/]")
    stage.act(actor(BYSTANDER), "clear an expired proposal", governor.functions.clearExpired(*designer.arguments))
    for proposal in season.proposals:
        if state(stage, proposal) != proposal.motion.ends:
            raise Failed(f'"{proposal.title}" is {state(stage, proposal)}, not {proposal.motion.ends}')

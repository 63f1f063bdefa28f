"""Last part of the season: who works for the DAO, with what money, on whose word, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eth_utils import keccak

from phemexia.config import Configuration
from phemexia.config.models import BudgetTerms
from phemexia.config.units import NOBODY, Holding
from phemexia.errors import Failed
from phemexia.season import decisions
from phemexia.season.agenda import Motion
from phemexia.season.company import BYSTANDER, EXECUTIVES, Season
from phemexia.season.safe import GroupSafe
from phemexia.season.stage import DAY, PT, Stage, actor, pt

GROWTH = 3
"""The working group of the story, by its number in config/governance.yaml."""
LEAD, MEMBERS = "designer", ("collaborator", "translator")
"""Who leads it from now on, and who is seated in it by config/networks/local.yaml."""
LIMIT, BELOW, BOUNTY, TRANCHE = 300_000 * PT, 100_000 * PT, 5_000 * PT, 20_000 * PT
MONTH = 1
"""IBudgets.Period."""
TERM = 180 * DAY
SUPPORT = ("market maker", "liquidity provider", "custodian", "early trader", "community lead", "sceptic")
"""Who votes for all of it."""
DUTY = 14 * DAY
"""Within which the mandates are to be done."""


def work(stage: Stage, season: Season) -> None:
    """From four decisions to people who are paid, and mandates that are kept or not."""
    motions = _agenda(stage, season)
    _decide(stage, season, motions)
    safe = _align(stage, season)
    _pay(stage, season, safe)
    _refuse(stage, season, safe)
    _report(stage, season)


def decided(figures: Configuration, season: Season) -> Configuration:
    """The configuration as the operators let it follow what was decided."""
    network = figures.network
    staff = list(network.groups)
    lead = season.holder(LEAD).account.address
    staff[GROWTH - 1] = staff[GROWTH - 1].model_copy(update={"lead": lead})
    budget = BudgetTerms.model_construct(
        number=1, spender=staff[GROWTH - 1].name, limit=Holding("PT", LIMIT), period="month",
        start=season.budget[0], end=season.budget[1], group=staff[GROWTH - 1].name, large=False,
    )  # fmt: skip
    return replace(figures, network=network.model_copy(update={"groups": staff, "budgets": [budget]}))


def _agenda(stage: Stage, season: Season) -> list[Motion]:
    suite, begin = stage.suite, stage.now()
    season.budget = (begin, begin + TERM)
    terms = (
        suite.groups.functions.accountOf(GROWTH).call(), suite.token.address, LIMIT, MONTH, *season.budget, GROWTH,
    )  # fmt: skip
    ballots = dict.fromkeys(SUPPORT, "for")
    lead = season.holder(LEAD).account.address

    def motion(
        title: str, by: str, contract: str, function: str, arguments: tuple[Any, ...], class_: str
    ) -> Motion:
        return Motion(title, by, contract, function, arguments, class_, "Executed", ballots)

    def mandate(title: str, by: str) -> Motion:
        text, at = keccak(text=title), f"forum: {title.lower()}"
        return motion(title, by, "mandates", "issue", (GROWTH, text, at, DUTY), "General")

    return [
        motion(
            "The designer leads Growth", "community lead", "groups", "appointLead",
            (GROWTH, lead, begin + 2 * TERM), "Organization",
        ),
        motion(
            f"A budget of {pt(LIMIT)} PT a month for Growth", "early trader", "treasury", "openBudget", (terms,),
            "Treasury",
        ),
        mandate("Bring the explanation of vePT into ten languages", "researcher"),
        mandate("Win three wallets that show the votes", "custodian"),
    ]  # fmt: skip


def _decide(stage: Stage, season: Season, motions: list[Motion]) -> None:
    """All four are proposed, voted for, queued, and executed by the core team."""
    governor = stage.suite.governor.functions
    stage.chapter("Four proposals about hands: people, money, and two things to be done")
    proposals = [decisions.proposed(stage, season, motion) for motion in motions]
    stage.until(max(governor.proposalSnapshot(proposal.id).call() for proposal in proposals) + 1)
    for proposal in proposals:
        for name, choice in proposal.motion.ballots.items():
            decisions.ballot(stage, season.holder(name), proposal, choice)
    stage.until(max(governor.proposalDeadline(proposal.id).call() for proposal in proposals) + 1)
    for proposal in proposals:
        stage.act(actor(BYSTANDER), "queue", governor.queue(*proposal.arguments))
    stage.until(max(governor.proposalEta(proposal.id).call() for proposal in proposals))
    for proposal in proposals:
        stage.act(actor(EXECUTIVES[0]), "execute", governor.execute(*proposal.arguments))
        stage.say(f'[green]by the core team: "{proposal.title}"[/]')


def _align(stage: Stage, season: Season) -> GroupSafe:
    """The group's Safe becomes its members', by anyone's transaction."""
    stage.chapter("A group's account follows its people")
    groups = stage.suite.groups.functions
    if groups.inLine(GROWTH).call():
        raise Failed("the Safe of Growth should not be in line yet")
    stage.act(actor(BYSTANDER), "bring a Safe in line", groups.align(GROWTH))
    safe = GroupSafe(stage, GROWTH)
    owners = {season.named(owner) for owner in safe.contract.functions.getOwners().call()}
    if owners != {LEAD, *MEMBERS} or not groups.inLine(GROWTH).call():
        raise Failed(f"the Safe of Growth has the owners {owners}")
    threshold = safe.contract.functions.getThreshold().call()
    stage.say(f"a bystander brings Growth's Safe in line: {threshold} of {', '.join(sorted(owners))} decide")
    return safe


def _pay(stage: Stage, season: Season, safe: GroupSafe) -> None:
    """Two of three owners post a bounty and open a grant; what was done is approved, and drawn."""
    stage.chapter("Growth gives work, and pays for it")
    suite = stage.suite
    treasury, program = suite.treasury.functions, suite.contributors.functions
    signers = [season.holder(name).account for name in (LEAD, MEMBERS[0])]
    newcomer, operator = season.holder("newcomer"), season.holder("node operator")

    terms = (suite.contributors.address, NOBODY, BELOW, MONTH, stage.now(), season.budget[1], 0)
    safe.execute(signers, "a Safe opens a budget", treasury.openBudgetBelow(1, terms))
    budget = treasury.budgets().call()
    offer = (budget, BOUNTY, stage.now() + 20 * DAY, 10, keccak(text="a chart of the unlock calendar"))
    safe.execute(signers, "a Safe posts a bounty", program.postBounty(offer, "a chart of the unlock calendar"))
    bounty = program.awards().call()
    stage.act(newcomer.account, "apply for a bounty", program.applyFor(bounty, keccak(text="I have drawn it")))
    safe.execute(signers, "a Safe accepts", program.acceptApplicant(bounty, newcomer.pass_id))
    safe.execute(signers, "a Safe approves a bounty", program.approveBounty(bounty))
    stage.act(newcomer.account, "draw a bounty", program.payBounty(bounty, newcomer.account.address))
    stage.say(f"the newcomer draws a bounty of {pt(BOUNTY)} PT, with 10 points on its pass")

    milestones = [
        (TRANCHE, 0, 40, keccak(text="the first node")),
        (TRANCHE, 0, 40, keccak(text="the second node")),
    ]
    safe.execute(signers, "a Safe opens a grant", program.openGrant(operator.pass_id, budget, milestones))
    grant = program.grants().call()
    safe.execute(signers, "a Safe approves a tranche", program.approveTranche(grant, 1, "the first node runs"))
    stage.act(operator.account, "draw a tranche", program.payTranche(grant, 1, operator.account.address))
    stage.say(f"the node operator draws the first of two tranches, {pt(TRANCHE)} PT")
    spent = treasury.budgetOf(1).call()[2]
    if spent != BOUNTY + TRANCHE:
        raise Failed(f"{pt(spent)} PT count against Growth's budget")
    for holder, points in ((newcomer, 10), (operator, 40)):
        value, _ = suite.soul_pass.functions.entryOf(holder.pass_id, b"contribution".ljust(32, b"\0")).call()
        if value != points:
            raise Failed(f"{holder.name} has {value} points")


def _refuse(stage: Stage, season: Season, safe: GroupSafe) -> None:
    """What the budget does not allow."""
    treasury = stage.suite.treasury.functions
    to = season.holder("newcomer").account.address
    much = treasury.pay(1, to, LIMIT, bytes(32), "too much")
    refusal = stage.refused_from(safe.address, much)
    stage.say(f"[dim]{pt(LIMIT)} PT more in the same month are refused: {refusal}[/]")
    alone = treasury.pay(1, to, PT, bytes(32), "one hand alone")
    refusal = stage.refused(season.holder(LEAD).account, alone)
    stage.say(f"[dim]and the lead alone can't pay at all: {refusal.partition('(')[0]}[/]")


def _report(stage: Stage, season: Season) -> None:
    """One mandate is kept, the other is not."""
    stage.chapter("What was asked for, and what became of it")
    mandates = stage.suite.mandates.functions
    kept, lost = mandates.mandates().call() - 1, mandates.mandates().call()
    lead, evidence = season.holder(LEAD).account, keccak(text="ten pages in ten languages")
    for number in (kept, lost):
        stage.act(lead, "accept a mandate", mandates.accept(number))
    stage.act(lead, "report on a mandate", mandates.report(kept, evidence, ""))
    stage.act(actor(EXECUTIVES[0]), "confirm a report", mandates.confirm(kept, evidence))
    stage.until(mandates.mandateOf(lost).call()[5])
    stage.chapter("Two weeks after the decision")
    ends = [(mandates.mandateOf(number).call()[1], mandates.isOverdue(number).call()) for number in (kept, lost)]
    if ends != [(4, False), (2, True)]:
        raise Failed(f"the mandates ended as {ends}")
    stage.say("[green]the translations were reported with evidence, and confirmed by the core team[/]")
    stage.say("[red]the wallets are overdue: nobody had to call anything for everybody to see it[/]")

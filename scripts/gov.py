"""`ape run gov`: proposals from a file to their execution."""

import json
from collections.abc import Callable
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from ape.api import ProviderAPI
from eth_utils import is_address, to_checksum_address
from rich.progress import Progress

from phemexia import artifacts
from phemexia import cli as shared
from phemexia.config import units
from phemexia.deployment.manifest import shown
from phemexia.errors import Refused
from phemexia.proposals import (
    Dao,
    History,
    Life,
    Names,
    Proposal,
    Recorded,
    ballots,
    draft,
    drawing,
    identity,
    simulate,
)
from phemexia.proposals.dao import show_weight
from phemexia.proposals.life import TEAM_WINDOW
from phemexia.proposals.skeleton import skeleton

if TYPE_CHECKING:
    from ape.api import AccountAPI

PROPOSAL = "\b\nPROPOSAL is its number, its id, or the first digits of its id: 3, 0x5f1c09aa."


@click.group()
def cli() -> None:
    """Proposals of the DAO: draft, simulate, propose, vote, sponsor, queue, execute, cancel, look."""


def command(name: str, *examples: str) -> Callable[..., Any]:
    """A command that is connected to a chain, with the options that all have, and examples in its help."""

    def wrap(function: Callable[..., Any]) -> Any:
        lines = "\n".join(f"  ape run gov {example}" for example in examples)
        return cli.command(name, cls=shared.ChainCommand, epilog=f"\b\nExamples:\n{lines}")(
            shared.folders(function)
        )

    return wrap


def signs(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option for who signs and sends."""
    return click.option("--account", "alias", metavar="ALIAS", help="The account that signs (an alias of ape).")(
        function
    )


support = click.argument("support", type=click.Choice(ballots.SUPPORT))


def opened(provider: ProviderAPI, records: Path) -> Dao:
    """The DAO of this network."""
    artifacts.require_fresh()
    # ape's node provider hides the address behind a choice of several, so web3 can't tell it.
    return Dao.find(provider.web3, shared.network_name(provider), records, getattr(provider, "http_uri", None))


def found(dao: Dao, text: str) -> tuple[Recorded, Life]:
    """A proposal and its life, named in a line."""
    recorded = History(dao).find(text)
    shared.out.print(f"[dim]{drawing.one_of(recorded)}, 0x{recorded.id:064x}[/]", soft_wrap=True)
    return recorded, Life.of(dao, recorded)


def announce(text: str) -> None:
    """What is about to be sent, by whom, and within which time."""
    shared.out.print(f"[dim]{text}[/]", soft_wrap=True)


def lists_of(recorded: Recorded) -> tuple[Any, ...]:
    """What queue, execute and cancel take."""
    return (*recorded.proposal.lists, recorded.proposal.hashed)


def meant(dao: Dao, what: str) -> tuple[Proposal, Names]:
    """The proposal of a file, or one that the DAO has."""
    if Path(what).is_file():
        return draft.read(Path(what), dao.names)
    if what.endswith((".yaml", ".yml")):
        raise Refused(f"there is no file {what}: 'ape run gov draft {what}' makes one")
    return History(dao).find(what).proposal, dao.names


def simulated(dao: Dao, proposal: Proposal, names: Names) -> None:
    """Simulate, show, and refuse to go on if an action reverts."""
    with shared.err.status("simulating on a copy of the chain"):
        done = simulate(dao, proposal, names)
    shared.out.print(drawing.simulation(done, names))
    if not done.good:
        raise Refused(f"{done.sentence(names)}: nothing was proposed")


@command("draft", "draft grant.yaml --action Treasury.spend", "draft grant.yaml --account holder")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--action", "actions", multiple=True, metavar="CONTRACT.FUNCTION", help="An action of a new file.")
@click.option("--account", "who", metavar="ALIAS", help="Say whether this account (or address) may propose it.")
@click.option("--calldata", is_flag=True, help="Show the call data of each action.")
def draft_(
    provider: ProviderAPI, path: Path, actions: tuple[str, ...], who: str | None, calldata: bool, config: Path,
    records: Path,
) -> None:  # fmt: skip
    """Make a proposal's file to fill in; or read one that exists, and show what it does and what it takes."""
    dao = opened(provider, records)
    if not path.exists():
        path.write_text(skeleton(path.name, list(actions), dao.names), encoding="utf-8")
        shared.out.print(f"{path} is there to be filled in; then run 'ape run gov draft {path}' again")
        return
    if actions:
        raise Refused(f"{path} exists already: --action is for a new file")
    proposal, names = draft.read(path, dao.names)
    judged = dao.judge(proposal)
    delay = dao.read(dao.suite.timelock, "getMinDelay")
    shared.out.print(identity.plain(proposal.description), markup=False)
    shared.out.print(drawing.actions(proposal, names, calldata))
    shared.out.print(drawing.rules(proposal, judged, dao.now(), delay, TEAM_WINDOW))
    if who is not None:
        address = to_checksum_address(who) if is_address(who) else str(shared.who(who, provider).address)
        obstacle = dao.obstacle(address, proposal)
        if obstacle:
            raise Refused(obstacle)
        shared.out.print(f"[green]{address} may propose this now.[/]")


@command("simulate", "simulate grant.yaml", "simulate 3")
@click.argument("what", metavar="FILE_OR_PROPOSAL")
def simulate_(provider: ProviderAPI, what: str, config: Path, records: Path) -> None:
    """Execute a proposal on a copy of the chain, as if it passed, and show what changes; nothing is sent.

    Leaves with 2 if an action reverts, and says which and why.
    """
    dao = opened(provider, records)
    simulated(dao, *meant(dao, what))


@command("propose", "propose grant.yaml --account holder")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@signs
def propose(provider: ProviderAPI, path: Path, alias: str | None, config: Path, records: Path) -> None:
    """Simulate a file's proposal and propose it; what reverts is not proposed.

    It takes a Soul Pass, and the weight that the class of its actions asks for.
    """
    dao, account = opened(provider, records), shared.who(alias, provider)
    proposal, names = draft.read(path, dao.names)
    if obstacle := dao.obstacle(str(account.address), proposal):
        raise Refused(f"{obstacle}; nothing was proposed")
    simulated(dao, proposal, names)
    dao.send(account, "propose", *proposal.lists, proposal.description)
    recorded = History(dao).find(str(proposal.id))
    shared.out.print(
        f"[green]proposed:[/] {drawing.one_of(recorded)}, {recorded.class_}, 0x{recorded.id:064x}; the vote opens "
        f"after {units.show_moment(recorded.vote_start)}",
        soft_wrap=True,
    )


@command("vote", "vote 3 for --account holder", 'vote 3 against --reason "Too dear" --account holder')
@click.argument("what", metavar="PROPOSAL")
@support
@click.option("--reason", default="", help="Kept in the chain's events.")
@signs
def vote(
    provider: ProviderAPI, what: str, support: str, reason: str, alias: str | None, config: Path, records: Path
) -> None:
    """Vote, or change one's vote, with all of one's weight at the snapshot.

    Who: holders of a Soul Pass since before the snapshot. When: while the vote is on; a vote can be changed until
    24 hours before the announced end.
    """
    dao, account = opened(provider, records), shared.who(alias, provider)
    recorded, life = found(dao, what)
    life.require_vote()
    announce(f"voting {support} as {account.address}, until {units.show_moment(life.deadline)}")
    before = dao.ask("ballotOf", recorded.id, account.address)
    arguments = (recorded.id, ballots.SUPPORT.index(support))
    receipt = (
        dao.send(account, "castVoteWithReason", *arguments, reason)
        if reason
        else dao.send(account, "castVote", *arguments)
    )
    (event,) = dao.events(receipt, "VoteCast")
    changed = " (changed)" if before else ""
    shared.out.print(f"{account.address} voted {support}{changed} with {show_weight(event['weight'])}")


@command("ballot", "ballot 3 for ballots/mine.json --account holder")
@click.argument("what", metavar="PROPOSAL")
@support
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@signs
def ballot(
    provider: ProviderAPI, what: str, support: str, target: Path, alias: str | None, config: Path, records: Path
) -> None:
    """Sign a ballot into a file, which anyone may bring to the chain before the vote ends; nothing is sent.

    It counts only if it is the first of its pass on that proposal; a vote sent by oneself changes it.
    """
    dao, account = opened(provider, records), shared.who(alias, provider)
    recorded, life = found(dao, what)
    if life.state not in ("Pending", "Active"):
        raise Refused(f"the vote is over, the proposal is {life.state}: nothing was signed")
    if target.exists():
        raise Refused(f"{target} exists already: nothing was signed")
    voter = to_checksum_address(str(account.address))
    unsigned = ballots.Ballot(
        dao.web3.eth.chain_id, dao.governor.address, recorded.id, voter, ballots.SUPPORT.index(support),
        life.deadline,
    )  # fmt: skip
    signed = ballots.sign(unsigned, account)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(signed.to_json(), indent=2) + "\n")
    until = units.show_moment(life.deadline)
    shared.out.print(
        f"{target} is the ballot of {voter}: {support}; anyone may bring it until {until}", soft_wrap=True
    )


@command("sponsor", "sponsor ballots/ --account sponsor")
@click.argument("source", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--batch", type=click.IntRange(1, 200), default=64, help="Ballots in one transaction. [default: 64]")
@signs
def sponsor(
    provider: ProviderAPI, source: Path, batch: int, alias: str | None, config: Path, records: Path
) -> None:
    """Bring signed ballots to the chain: all files of a folder. Anyone may, while the vote is on.

    What does not count is reported with its reason, and does not stop the others. Leaves with 1 if there was any.
    """
    dao, account = opened(provider, records), shared.who(alias, provider)
    gathered, history = ballots.gather(dao, source), History(dao)
    counted, skipped = 0, list(gathered.skipped)
    for number, ready in gathered.ready.items():
        life = Life.of(dao, history.find(str(number)))
        if life.state != "Active":
            why = f"the proposal is {life.state}, its vote is not on"
            skipped += [ballots.Skip(one.voter, why) for one in ready]
            continue
        with Progress(console=shared.err, transient=True) as bar:
            task = bar.add_task("sponsoring", total=len(ready))
            for good, bad in ballots.cast(dao, number, ready, batch, _sender(dao, account)):
                counted, skipped = counted + good, skipped + bad
                bar.advance(task, good + len(bad))
    for skip in skipped:
        shared.err.print(f"skipped {skip.which}: {skip.why}", markup=False)
    shared.out.print(f"{counted:,} ballots counted, {len(skipped):,} skipped, from {shown(source)}")
    raise SystemExit(1 if skipped else 0)


def _sender(dao: Dao, account: "AccountAPI") -> Callable[..., Any]:
    return lambda function, *arguments: dao.send(account, function, *arguments)


@command("queue", "queue 3 --account anyone")
@click.argument("what", metavar="PROPOSAL")
@signs
def queue(provider: ProviderAPI, what: str, alias: str | None, config: Path, records: Path) -> None:
    """Queue what has passed in the timelock. Anyone may, within 14 days of the vote's end."""
    dao, account = opened(provider, records), shared.who(alias, provider)
    recorded, life = found(dao, what)
    life.require_queue()
    announce(f"queueing as {account.address}; anyone may, before {units.show_moment(life.expires)}")
    dao.send(account, "queue", *lists_of(recorded))
    life = Life.of(dao, recorded)
    shared.out.print(
        f"queued: executable by the core team from {units.show_moment(life.eta)}, by anyone from "
        f"{units.show_moment(life.open_to_all)}, until it expires at {units.show_moment(life.expires)}",
        soft_wrap=True,
    )


@command("execute", "execute 3 --account executive")
@click.argument("what", metavar="PROPOSAL")
@signs
def execute(provider: ProviderAPI, what: str, alias: str | None, config: Path, records: Path) -> None:
    """Execute what is queued: the core team alone for three days after the timelock's delay, then anyone."""
    dao, account = opened(provider, records), shared.who(alias, provider)
    recorded, life = found(dao, what)
    life.require_execute(bool(dao.read(dao.suite.core_team, "isMember", account.address)))
    announce(f"executing as {account.address}, before {units.show_moment(life.expires)}")
    receipt = dao.send(account, "execute", *lists_of(recorded))
    shared.out.print(f"[green]executed[/] by {account.address}, in {receipt['transactionHash'].to_0x_hex()}")


@command("cancel", "cancel 3 --account guardian")
@click.argument("what", metavar="PROPOSAL")
@signs
def cancel(provider: ProviderAPI, what: str, alias: str | None, config: Path, records: Path) -> None:
    """Cancel a proposal: its proposer until the vote ends, the guardian until it is executed."""
    dao, account = opened(provider, records), shared.who(alias, provider)
    recorded, life = found(dao, what)
    life.require_cancel(str(account.address))
    announce(f"canceling for ever, as {account.address}")
    dao.send(account, "cancel", *lists_of(recorded))
    shared.out.print(f"canceled by {account.address}")


@command("status", "status", "status 3", "status 0x5f1c09aa")
@click.argument("what", metavar="[PROPOSAL]", required=False)
@click.option("--last", type=click.IntRange(1), default=20, help="How many of the latest to list. [default: 20]")
def status(provider: ProviderAPI, what: str | None, last: int, config: Path, records: Path) -> None:
    """List the proposals; or draw the life of one: its times, its tally, and who may do what next."""
    dao = opened(provider, records)
    if what is not None:
        recorded = History(dao).find(what)
        drawing.life(shared.out, Life.of(dao, recorded), dao.names)
        return
    with Progress(console=shared.err, transient=True) as bar:
        task = bar.add_task("searching the chain", total=None)
        proposals = History(dao).proposals(lambda done, all_: bar.update(task, completed=done, total=all_))
    if not proposals:
        shared.out.print("There are no proposals yet: 'ape run gov draft FILE' begins one.")
        return
    shared.out.print(drawing.overview([Life.of(dao, one) for one in proposals[-last:]], dao.names))


for _command in ("simulate", "vote", "ballot", "queue", "execute", "cancel", "status"):
    cli.commands[_command].help = f"{cleandoc(cli.commands[_command].help or '')}\n\n{PROPOSAL}"

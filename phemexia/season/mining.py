"""Pre-mining: five stages of trading, published stage by stage; and what becomes of xPT from the TGE on."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from phemexia.attest.commitment import CommitmentKey
from phemexia.config import load, load_premining
from phemexia.config.models import Premining, StageDates
from phemexia.distribution import claims, orders, publishing
from phemexia.distribution.claims import Due, Round
from phemexia.distribution.minted import minted, write_passes
from phemexia.distribution.paying import WALLET, Target
from phemexia.distribution.proofs import Proofs, open_proofs
from phemexia.distribution.publishing import SHOVEL, XPT
from phemexia.errors import Failed
from phemexia.holder.plan import Call
from phemexia.merkle import StandardTree, TreeFile
from phemexia.premining.earnings import earnings
from phemexia.premining.generate import ROWS_OF_AN_ACCOUNT, Prominent, generate, name
from phemexia.premining.results import LEAF, TREE, Question, compute
from phemexia.season.cast import APART, SHOVELS, STAGE_DAYS
from phemexia.season.company import BYSTANDER, GUARDIAN, PUBLISHER, Holder, Season, balance
from phemexia.season.stage import DAY, WEEK, Stage, actor, pt

KEY = CommitmentKey(sha256(b"the season's key; an exchange keeps its own secret, for ever the same").digest())
FIRST_ACCOUNT = 100
"""The first of the cast has this number among the exchange's accounts; the others have those after it."""
BATCH = 20
"""Passes in one transaction: so few that there are several."""
PER_MILLION = 1_000_000


def account_of(season: Season, holder: Holder) -> str:
    """The account of the exchange that a holder trades with."""
    return name(FIRST_ACCOUNT + season.everybody.index(holder))


@dataclass(frozen=True)
class Mined:
    """A computed season: its folder, and what its report says."""

    folder: Path
    report: dict[str, Any]
    rules: Premining


def trade(stage: Stage, season: Season, folder: Path, records: int, seed: int) -> Mined:
    """Make up the trades of five stages, and compute what those earn who hold a pass."""
    rules = _rules(stage)
    first, last = (datetime.fromtimestamp(at, UTC) for at in (rules.stages[0].start, rules.stages[-1].end))
    stage.chapter(f"Five stages of pre-mining, from {first:%d %b} to {last:%d %b %Y}")
    began = time.monotonic()
    prominent = {
        FIRST_ACCOUNT + i: Prominent(holder.part.share / PER_MILLION, holder.part.is_bot)
        for i, holder in enumerate(season.everybody)
    }
    trades, _ = generate(folder / "records", records, seed, rules, prominent)
    made = time.monotonic()
    everyone = [account_of(season, holder) for holder in season.everybody]
    passes = folder / "passes.csv"
    write_passes(passes, minted(stage.dao, everyone, KEY))
    report = compute(Question(str(trades), passes, folder / "season", rules))
    everybody, rebated = records // ROWS_OF_AN_ACCOUNT, report["disqualified"]
    stage.say(
        f"{report['records']:,} records of {everybody:,} accounts, made up in {made - began:.0f} s; computed in "
        f"{time.monotonic() - made:.0f} s"
    )
    stage.say(
        f"{report['passes']} of them hold a pass and earn from the minute in which it was minted; "
        f"{rebated} that traded at a rebate would earn nothing"
    )
    return Mined(folder / "season", report, rules)


def _rules(stage: Stage) -> Premining:
    """Those of config/, with stages that begin two days from now."""
    rules, begin = load_premining(), (stage.now() // DAY + 2) * DAY
    dates = []
    for _ in rules.stages:
        dates.append(StageDates.model_construct(start=begin, end=begin + STAGE_DAYS * DAY))
        begin += (STAGE_DAYS + APART) * DAY
    shovel = rules.shovel.model_copy(update={"winners": SHOVELS})
    return rules.model_copy(update={"stages": dates, "shovel": shovel})


def publish(stage: Stage, season: Season, mined: Mined) -> None:
    """After each stage: xPT and shovels onto passes, and a root that waits."""
    campaign = stage.suite.campaign
    _, delay, *_ = campaign.functions.terms().call()
    for number, dates in enumerate(mined.rules.stages, 1):
        stage.until(dates.end)
        if number == len(mined.rules.stages):
            _drop_a_bad_root(stage, season, mined, delay)
        told = mined.report["stages"][number - 1]
        publication = publishing.prepare(stage.dao, earnings(mined.folder, number), KEY)
        if publication.root is None:
            raise Failed(f"nobody has earned anything in stage {number}")
        count = 0
        for call, _ in publication.calls(campaign, stage.suite.soul_pass, BATCH):
            what = "publish a root" if call.function == "proposeRoot" else f"write to up to {BATCH} passes"
            stage.act(actor(PUBLISHER), what, call.bound)
            count += 1
        if not publishing.prepare(stage.dao, earnings(mined.folder, number), KEY).is_done:
            raise Failed(f"stage {number} is not published")
        stage.say(
            f"stage {number}, {datetime.fromtimestamp(dates.end, UTC):%d %b}: {pt(told['mined'])} xPT mined, "
            f"{pt(told['to_treasury'])} left; {count} transactions, and a root that grants "
            f"{pt(publication.root.total)} PT"
        )
    best = season.everybody[0]
    shown, shovels = _picture(stage, best)
    stage.say(f"the pass of the {best.name} now shows {shown} xPT and {shovels} Golden Soul Shovels")
    stage.until(stage.now() + delay)


def _drop_a_bad_root(stage: Stage, season: Season, mined: Mined, delay: int) -> None:
    campaign, first = stage.suite.campaign, season.everybody[0]
    last = len(mined.rules.stages)
    with TreeFile(mined.folder / TREE.format(last)) as tree:
        leaves = [(number, kind, wei * 2 if number == first.pass_id else wei) for number, kind, wei in tree]
    propose = campaign.functions.proposeRoot(StandardTree(leaves, LEAF).root, sum(leaf[2] for leaf in leaves))
    stage.act(actor(PUBLISHER), "publish a root", propose)
    stage.say(f"a root that grants the {first.name} twice what was mined: {delay // DAY} days to drop it")
    refusal = stage.refused(actor(BYSTANDER), campaign.functions.dropRoot())
    stage.say(f"[dim]a bystander can't drop it: {refusal.partition('(')[0]}[/]")
    stage.act(actor(GUARDIAN), "drop a root", campaign.functions.dropRoot())
    stage.say("the guardian drops it")


def _picture(stage: Stage, holder: Holder) -> tuple[str, str]:
    """XPT and shovels as a pass shows them."""
    uri = stage.suite.soul_pass.functions.tokenURI(holder.pass_id).call()
    facts = json.loads(base64.b64decode(uri.partition(",")[2]))
    traits = {one["trait_type"]: one["value"] for one in facts["attributes"]}
    return f"{int(float(traits['xPT'])):,}", str(traits["Golden Soul Shovels"])


def recorded(stage: Stage, holder: Holder) -> tuple[int, int]:
    """Wei of xPT and shovels on a pass."""
    entries = stage.suite.soul_pass.functions.entriesOf(holder.pass_id, [XPT, SHOVEL]).call()
    return entries[0][0], entries[1][0]


def claim(stage: Stage, season: Season, mined: Mined) -> None:
    """At the TGE and at each weekly instalment, everybody claims what has unlocked; students by signature."""
    figures = load("local")
    round_ = Round.read(stage.dao, figures, "xpt")
    weeks = max(schedule.steps for schedule in round_.schedules)
    for week in range(weeks + 1):
        stage.until(round_.start + week * WEEK)
        if not week:
            stage.chapter("The token generation event: one xPT becomes one PT, bit by bit")
        round_ = Round.read(stage.dao, figures, "xpt")
        with open_proofs(mined.folder, round_.active[0]) as proofs:
            paid = sum(_own_claim(stage, season, round_, proofs, holder, week) for holder in season.holders)
            paid += _signed_claims(stage, season, round_, proofs, week)
        left = balance(stage, stage.suite.campaign.address)
        when = f"week {week}" if week else "at the TGE"
        stage.say(f"{when}, {stage.date()}: {pt(paid)} PT claimed; the campaign still holds {pt(left)}")
    for holder in season.everybody:
        if sum(holder.claims.values()) != recorded(stage, holder)[0]:
            raise Failed(f"the {holder.name} was paid something else than its xPT")


def _ready(stage: Stage, round_: Round, proofs: Proofs, holder: Holder) -> list[Due]:
    return [one for one in claims.due(stage.dao, round_, proofs, holder.pass_id) if one.now]


def _own_claim(
    stage: Stage, season: Season, round_: Round, proofs: Proofs, holder: Holder, week: int
) -> int:  # fmt: skip
    """One transaction for all kinds; wei paid."""
    ready = _ready(stage, round_, proofs, holder)
    if not ready:
        return 0
    call = claims.call(round_, ready, Target(WALLET, holder.account.address, ""))
    stage.act(holder.account, "claim PT", call.bound)
    holder.claims[week] = sum(one.now for one in ready)
    return holder.claims[week]


def _signed_claims(stage: Stage, season: Season, round_: Round, proofs: Proofs, week: int) -> int:
    """Students sign, and the exchange brings all of it in one transaction; wei paid."""
    gathered = orders.Gathered()
    for student in season.students:
        ready = _ready(stage, round_, proofs, student)
        target = Target(WALLET, student.account.address, "")
        signed = orders.sign(stage.dao, round_, ready, target, DAY, student.account)
        gathered.ready.extend(zip(signed, ready, strict=True))
        if ready:
            student.claims[week] = sum(one.now for one in ready)
    if not gathered.ready:
        return 0

    def send(call: Call, spare: int) -> Any:
        return stage.act(actor(PUBLISHER), f"bring {len(gathered.ready)} signed claims", call.bound)

    paid = 0
    for brought in orders.bring(stage.dao, round_, gathered, orders.MOST_BATCH, send):
        if brought.skipped:
            raise Failed(f"a signed claim was skipped: {brought.skipped[0].why}")
        paid += brought.paid
    return paid

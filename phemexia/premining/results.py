"""A computed season as a folder: what is shown, and what a publisher takes from it.

- `report.json`: what was computed from what, and what became of each stage's budget, in wei;
- `stage-N.parquet`: a stage's leaderboard: `rank`, `account`, `pass_id`, micro-dollars (`retail_volume`,
  `api_volume`), wei of xPT (`retail`, `api`), and `shovel` (holds one in the next stage);
- `accounts.parquet`: `account`, `pass_id`, wei of xPT of all stages (`retail`, `api`, `total`), the best first;
- `grants-N.tree`: the campaign's leaves `(pass id, kind, wei in all)` after stage N, with root and proofs, see
  :mod:`phemexia.merkle.disk`.

Amounts are decimals of 38 digits without places. `report.json` names for each stage the `root` of its tree and
its `total`: what `Campaign.proposeRoot` takes. Leaves are cumulative, so `grants-5.tree` holds what all stages
gave, and a total exceeds the one before by no more than a stage's budget.

The folder appears when it is complete. A run that broke off leaves `NAME.partial` with the stages that are done,
from which the same command goes on.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from phemexia import merkle
from phemexia.config.models import Premining
from phemexia.errors import Refused
from phemexia.premining import engine
from phemexia.premining.curve import curves
from phemexia.premining.engine import API, RETAIL, Stage, Unmined
from phemexia.premining.passes import Passes, read_passes
from phemexia.premining.records import Records, check, connect, open_records

FORMAT = 1
REPORT, ACCOUNTS, TREE, BOARD, STARTED = (
    "report.json", "accounts.parquet", "grants-{}.tree", "stage-{}.parquet", "started.json",
)  # fmt: skip
PUBLISHED = "published-{}.tree"
"""A tree that publishing made, where passes have other ids on the chain than in the file of passes."""
LEAF = ("uint256", "uint8", "uint256")
WIDE = pa.decimal128(38, 0)

Amounts = npt.NDArray[np.object_]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Question:
    """What is to be computed: records, passes, rules, where; and how many stages, all by default."""

    records: str
    passes: Path
    target: Path
    rules: Premining
    backend: str = "duckdb://"
    memory: str = "3GB"
    threads: int | None = None
    stages: int | None = None

    def fingerprint(self) -> str:
        """SHA-256 over rules and inputs; files count by name, size and time of change."""
        path = Path(self.records)
        files = sorted(path.glob("*")) if path.is_dir() else [path]
        stamps = [
            (str(file), file.stat().st_size, file.stat().st_mtime_ns)
            for file in [*files, self.passes]
            if file.exists()
        ]
        facts = [FORMAT, self.rules.model_dump(), self.records, stamps, self.stages]
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def compute(question: Question, say: Say = lambda text: None) -> dict[str, Any]:
    """Compute a season into its folder; the report. Does nothing when the same is there already.

    Raises :class:`Refused` for bad records or passes and for a folder that holds something else: then nothing is
    written but, for a run that breaks off later, the partial folder.
    """
    target, rules = question.target, question.rules
    through = question.stages or len(rules.stages)
    if not 0 < through <= len(rules.stages):
        raise Refused(f"there are {len(rules.stages)} stages, not {through}")
    mark = question.fingerprint()
    if target.exists():
        if read_report(target).get("fingerprint") != mark:
            raise Refused(f"{target} holds another computation: choose another folder")
        say("computed already: nothing to do")
        return read_report(target)

    work = target.with_name(target.name + ".partial")
    started = _started(work, mark)
    if not started:
        shutil.rmtree(work, ignore_errors=True)
    spill = work.with_name(work.name + ".spill")
    try:
        backend = connect(question.backend, question.memory, spill, question.threads)
        spill.mkdir(parents=True, exist_ok=True)
        records = open_records(question.records, backend, spill)
        passes = read_passes(question.passes)
        if started:
            count, out = started["records"], set(started["disqualified"])
        else:
            say("checking the records")
            count, out = check(records, rules), engine.disqualified(records)
            work.mkdir(parents=True)
            _write_json(
                work / STARTED, {"fingerprint": mark, "records": count, "disqualified": sorted(out)}
            )  # fmt: skip
        report = _stages(question, work, records, passes.without(out), through, say)
    finally:
        shutil.rmtree(spill, ignore_errors=True)
    report = {
        "format": FORMAT, "fingerprint": mark, "records": count, "passes": len(passes), "disqualified": len(out),
        "rules": rules.model_dump(), "kinds": rules.kinds.model_dump(), "leaf": list(LEAF), **report,
    }  # fmt: skip
    _write_json(work / REPORT, report)
    (work / STARTED).unlink()
    work.replace(target)
    return report


def _stages(
    question: Question, work: Path, records: Records, passes: Passes, through: int, say: Say
) -> dict[str, Any]:
    """Compute what is not there yet, stage by stage; the part of the report that tells of them."""
    rules = question.rules
    sums = {kind: np.full(len(passes), 0, dtype=object) for kind in (RETAIL, API)}
    golden: set[int] = set()
    told, volume = [], None
    for i in range(through):
        stage = _read_stage(work, i, rules, passes)
        if stage is None:
            say(f"mining stage {i + 1}")
            if volume is None:
                volume = engine.held(records, passes, rules)
            stage = engine.mine(volume, records.backend.to_pyarrow, passes, rules, i, golden)
            _write_stage(work, stage, passes)
        golden = set(stage.rows[: stage.winners].tolist())
        for kind, amounts in stage.amounts.items():
            sums[kind][stage.rows] += np.array(amounts, dtype=object)
        told.append(_tell(stage) | _plant(work, i + 1, sums, passes, rules))
    _write_accounts(work, sums, passes)
    return {"stages": told}


def _tell(stage: Stage) -> dict[str, Any]:
    unmined = stage.unmined
    return {
        "stage": stage.number,
        "budget": stage.curve.budget,
        "mined": stage.mined,
        **{kind: sum(amounts) for kind, amounts in stage.amounts.items()},
        "unmined": {"volume": unmined.volume, "cap": unmined.cap, "rounding": unmined.rounding},
        "to_treasury": unmined.total,
        "volume": {kind: sum(volumes) for kind, volumes in stage.volumes.items()},
        "accounts": len(stage.rows),
        "shovels": stage.winners,
    }


def _plant(work: Path, number: int, sums: dict[str, Amounts], passes: Passes, rules: Premining) -> dict[str, Any]:
    """Write the tree after a stage; its root, total and number of leaves."""
    ids, kinds, amounts = [], [], []
    for kind, code in ((RETAIL, rules.kinds.retail), (API, rules.kinds.api)):
        some = np.flatnonzero(sums[kind])
        ids.append(passes.number[some])
        kinds.append(np.full(len(some), code))
        amounts.append(sums[kind][some])
    granted = np.concatenate(amounts)
    if not len(granted):
        return {"root": None, "total": 0, "leaves": 0}
    tree = merkle.build([np.concatenate(ids), np.concatenate(kinds), granted.tolist()], LEAF, key=2)
    tree.write(work / TREE.format(number))
    return {"root": "0x" + tree.root.hex(), "total": int(granted.sum()), "leaves": len(tree)}


def _write_stage(work: Path, stage: Stage, passes: Passes) -> None:
    rows = pa.array(stage.rows)
    table = pa.table(
        {
            "rank": pa.array(np.arange(1, len(stage.rows) + 1)),
            "account": passes.account.take(rows),
            "pass_id": pa.array(passes.number).take(rows),
            **{f"{kind}_volume": wide(stage.volumes[kind]) for kind in (RETAIL, API)},
            **{kind: wide(stage.amounts[kind]) for kind in (RETAIL, API)},
            "shovel": pa.array(np.arange(len(stage.rows)) < stage.winners),
        }
    )
    left = stage.unmined
    facts = {"row": json.dumps(stage.rows.tolist()), "unmined": json.dumps([left.volume, left.cap, left.rounding])}
    _write_table(work / BOARD.format(stage.number), table.replace_schema_metadata(facts))


def _read_stage(work: Path, i: int, rules: Premining, passes: Passes) -> Stage | None:
    """A stage that an earlier run has finished."""
    path = work / BOARD.format(i + 1)
    if not path.exists():
        return None
    table = pq.read_table(path)
    facts = {key.decode(): json.loads(value) for key, value in table.schema.metadata.items()}
    return Stage(
        number=i + 1,
        curve=curves(rules)[i],
        rows=np.array(facts["row"], np.int64),
        volumes={kind: engine.whole_numbers(table[f"{kind}_volume"]) for kind in (RETAIL, API)},
        amounts={kind: engine.whole_numbers(table[kind]) for kind in (RETAIL, API)},
        winners=int(np.sum(table["shovel"].to_numpy())),
        unmined=Unmined(*facts["unmined"]),
    )


def _write_accounts(work: Path, sums: dict[str, Amounts], passes: Passes) -> None:
    total = sums[RETAIL] + sums[API]
    rows = np.flatnonzero(total)
    order = sorted(rows.tolist(), key=lambda row: (-total[row], int(passes.number[row])))
    table = pa.table(
        {
            "account": passes.account.take(pa.array(order, pa.int64())),
            "pass_id": pa.array(passes.number[order]),
            "retail": wide(sums[RETAIL][order].tolist()),
            "api": wide(sums[API][order].tolist()),
            "total": wide(total[order].tolist()),
        }
    )
    _write_table(work / ACCOUNTS, table)


def wide(numbers: list[int]) -> pa.Array:
    """Whole numbers as decimals of 38 digits."""
    return pa.array([Decimal(number) for number in numbers], WIDE)


def _write_table(path: Path, table: pa.Table) -> None:
    beside = path.with_name(path.name + ".partial")
    pq.write_table(table, beside, compression="zstd")
    beside.replace(path)


def _write_json(path: Path, facts: dict[str, Any]) -> None:
    beside = path.with_name(path.name + ".partial")
    with beside.open("w") as file:
        file.write(json.dumps(facts, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _started(work: Path, mark: str) -> dict[str, Any] | None:
    """What an earlier run of the same question found out before it broke off."""
    try:
        facts: dict[str, Any] = json.loads((work / STARTED).read_text())
    except (OSError, ValueError):
        return None
    return facts if facts.get("fingerprint") == mark else None


def read_report(folder: Path) -> dict[str, Any]:
    """The report of a computed season; :class:`Refused` if the folder holds none."""
    try:
        report: dict[str, Any] = json.loads((folder / REPORT).read_text())
    except (OSError, ValueError):
        raise Refused(f"{folder} holds no computed season: 'ape run premining compute' makes one") from None
    if report.get("format") != FORMAT:
        raise Refused(f"{folder} was computed by another release")
    return report


@dataclass(frozen=True)
class Standing:
    """One account of a season: wei of xPT by kind, and the proof of each grant after the last stage."""

    account: str
    pass_id: int
    amounts: dict[str, int]
    grants: dict[str, merkle.Grant]
    root: bytes
    """That the proofs lead to."""


def standing(folder: Path, who: str) -> Standing:
    """An account by its name or the id of its pass; :class:`Refused` if it has earned nothing."""
    report = read_report(folder)
    column, value = ("pass_id", int(who)) if who.isdecimal() else ("account", who)
    found = pq.read_table(folder / ACCOUNTS, filters=[(column, "==", value)])
    if not len(found):
        raise Refused(f"{who} has no xPT in {folder}")
    amounts = {kind: engine.whole_numbers(found[kind])[0] for kind in (RETAIL, API)}
    number = found["pass_id"][0].as_py()
    last = len(report["stages"])
    published = sorted(folder.glob(PUBLISHED.format(f"{last}*")), key=lambda path: path.stat().st_mtime)
    with merkle.TreeFile(published[-1] if published else folder / TREE.format(last)) as tree:
        root = tree.root
        grants = {kind: tree.find(number, report["kinds"][kind]) for kind in (RETAIL, API)}
    return Standing(
        found["account"][0].as_py(),
        number,
        amounts,
        {kind: grant for kind, grant in grants.items() if grant},
        root,
    )


def leaderboard(folder: Path, stage: int | None, top: int) -> pa.Table:
    """The best of a stage (counted from 1; the last by default), as in `stage-N.parquet`."""
    many = len(read_report(folder)["stages"])
    number = many if stage is None else stage
    if not 0 < number <= many:
        raise Refused(f"{folder} has the stages 1 to {many}, not {number}")
    return pq.read_table(folder / BOARD.format(number)).slice(0, top)

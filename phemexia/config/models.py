"""What the files under `config/` may say. Amounts are wei, durations seconds, shares basis points."""

import re
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    field_validator,
    model_validator,
)

from phemexia.config import units
from phemexia.config.public_keys import public_accounts


def _at_most(bits: int) -> AfterValidator:
    def check(value: int) -> int:
        if value >= 2**bits:
            raise ValueError("is more than the contract can hold")
        return value

    return AfterValidator(check)


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,63}", text):
        raise ValueError(f'should be small letters, digits, dots and hyphens, not "{text}"')
    return text


Tokens = Annotated[int, BeforeValidator(lambda text: units.amount(_text(text), "PT"))]
Weight = Annotated[int, BeforeValidator(lambda text: units.amount(_text(text), "vePT"))]
Seconds = Annotated[int, BeforeValidator(lambda text: units.duration(_text(text))), _at_most(32)]
Points = Annotated[int, BeforeValidator(lambda text: units.share(_text(text)))]
Moment = Annotated[int, BeforeValidator(lambda text: units.moment(_text(text)))]
Xpt = Annotated[int, BeforeValidator(lambda text: units.amount(_text(text), "xPT"))]
GasPrice = Annotated[int, BeforeValidator(lambda text: units.gas_price(_text(text)))]
BlockHash = Annotated[str, BeforeValidator(lambda text: units.block_hash(_text(text)))]
Count = Annotated[int, BeforeValidator(lambda text: units.count(_text(text)))]
Switch = Annotated[bool, BeforeValidator(lambda text: units.switch(_text(text)))]
WholeWeight = Annotated[Weight, AfterValidator(lambda wei: _whole(wei))]
Action = Annotated[str, BeforeValidator(lambda text: _action(_text(text)))]
Address = Annotated[str, BeforeValidator(lambda text: units.address(_text(text)))]
Office = Annotated[str, BeforeValidator(lambda text: units.office(_text(text)))]
Months = Annotated[int, BeforeValidator(lambda text: units.months(_text(text)))]
Instalments = Annotated[units.Instalments, BeforeValidator(lambda text: units.instalments(_text(text)))]
Word = Annotated[str, BeforeValidator(lambda text: _text(text))]
Name = Annotated[str, BeforeValidator(lambda text: _name(_text(text)))]
Holding = Annotated[units.Holding, BeforeValidator(lambda text: units.holding(_text(text)))]


def _whole(wei: int) -> int:
    if wei % units.WEI:
        raise ValueError("should be a whole number of vePT")
    return wei


def _action(text: str) -> str:
    if not re.fullmatch(r"[A-Z]\w*\.[a-z]\w*", text):
        raise ValueError(f'should be a contract and a function such as "Treasury.spend", not "{text}"')
    return text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("should be a single value")
    if not value:
        raise ValueError("is empty")
    return value


class Strict(BaseModel):
    """Every key is required, no other key is allowed, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Token(Strict):
    """PT itself."""

    supply: Tokens


class Unlock(Strict):
    """How one kind of what a row holds unlocks, counted from the TGE."""

    kind: str
    """A campaign's kinds are numbered in the file's order; those of pre-mining begin with `retail` and `api`."""
    at_tge: Points
    cliff: Months
    """Calendar months in which nothing else unlocks."""
    then: Instalments

    @model_validator(mode="after")
    def _whole(self) -> "Unlock":
        if self.at_tge == 10_000 and (self.cliff or self.then.steps):
            raise ValueError("unlocks everything at the TGE, and something afterwards")
        if self.at_tge < 10_000 and not self.then.steps:
            raise ValueError("never unlocks all of it: then should not be nothing")
        if self.then.pace == units.WEEKS and self.cliff:
            raise ValueError("counts weeks after a cliff of months: cliff should be 0 months")
        return self

    def plan(self) -> dict[str, int]:
        """As the contracts take it: `Plan` in contracts/distribution/Schedule.sol."""
        pace, steps, step = self.then
        return {"atStart": self.at_tge, "cliff": self.cliff, "steps": steps, "step": step, "pace": pace}


Campaigns = Literal["Campaign", "CollaboratorCampaign"]
Vestings = Literal["InvestorVesting", "OperationsVesting", "BuilderVesting"]


class Allocation(Strict):
    """One row of the published allocation, the contract that receives it at genesis, and how it unlocks."""

    name: str
    share: Points
    amount: Tokens
    place: Literal[
        "Campaign",
        "CollaboratorCampaign",
        "InvestorVesting",
        "OperationsVesting",
        "BuilderVesting",
        "Treasury",
    ]
    schedule: list[Unlock]


class Tokenomics(Strict):
    """`config/tokenomics.yaml`."""

    token: Token
    allocations: list[Allocation]

    @field_validator("allocations")
    @classmethod
    def _adds_up(cls, rows: list[Allocation], info: ValidationInfo) -> list[Allocation]:
        if "token" not in info.data:
            return rows  # the supply is wrong already
        supply = info.data["token"].supply
        names = [row.name for row in rows]
        for row in rows:
            if names.count(row.name) > 1:
                raise ValueError(f'names "{row.name}" twice')
            if row.amount * 10_000 != supply * row.share:
                stated, due = (
                    units.show_amount(row.amount, "PT"),
                    units.show_amount(supply * row.share // 10_000, "PT"),
                )
                raise ValueError(f'gives "{row.name}" {stated}, but {units.show_share(row.share)} are {due}')
        total = sum(row.amount for row in rows)
        if total != supply:
            stated, due = units.show_amount(total, "PT"), units.show_amount(supply, "PT")
            raise ValueError(f"add up to {stated}, not to the supply of {due}")
        return rows

    @field_validator("allocations")
    @classmethod
    def _by_schedule(cls, rows: list[Allocation]) -> list[Allocation]:
        """A contract that pays by a schedule has one row, and no more kinds than it can tell apart."""
        places = [row.place for row in rows]
        for row in rows:
            most = 5 if row.place in get_args(Campaigns) else 1
            if row.place != "Treasury" and places.count(row.place) > 1:
                raise ValueError(f'gives "{row.name}" to {row.place}, which has another row already')
            if not 1 <= len(row.schedule) <= most:
                raise ValueError(
                    f'gives "{row.name}" {len(row.schedule)} kinds of schedule, and {row.place} takes '
                    + ("one" if most == 1 else f"one to {most}")
                )
        for place in (*get_args(Campaigns), *get_args(Vestings)):
            if place not in places:
                raise ValueError(f"gives nothing to {place}, which would have nothing to pay out")
        return rows

    def row(self, place: str) -> Allocation:
        """The row of a place that has exactly one."""
        (row,) = (row for row in self.allocations if row.place == place)
        return row

    def places(self) -> dict[str, int]:
        """Wei of PT for each contract that receives any at genesis, in the order of the file."""
        sums: dict[str, int] = {}
        for row in self.allocations:
            sums[row.place] = sums.get(row.place, 0) + row.amount
        return sums


class StageDates(Strict):
    """One stage of pre-mining: from the second `start` until `end`, which is not part of it."""

    start: Moment
    end: Moment


class Weights(Strict):
    """What a dollar of volume counts, in basis points."""

    retail: Points
    api: Points


class Shovel(Strict):
    """The badge for the top of a stage's leaderboard, and what it adds to retail volume in the next."""

    winners: Count
    bonus: Points


class Kinds(Strict):
    """The kinds of the campaign's leaves."""

    retail: Count
    api: Count


class RecordTimes(Strict):
    """Between which seconds a record's time must lie."""

    earliest: Moment
    latest: Moment


class Known(Strict):
    """Names that records may have: those whose volume counts, and those whose volume does not."""

    counted: list[Word]
    other: list[Word]

    @model_validator(mode="after")
    def _once(self) -> "Known":
        every = self.counted + self.other
        for word in every:
            if every.count(word) > 1:
                raise ValueError(f"has {word} twice")
        return self


MOST_RATE = 90 * units.WEI
"""xPT for 1,000 USD: a rate times its scale fits 63 bits."""


MOST_BUDGET = 90_000_000 * units.WEI
"""xPT of a stage: in wei times the scale of a rate, it fits 38 digits."""


class Premining(Strict):
    """`config/premining.yaml`."""

    stages: list[StageDates]
    budget: Xpt
    rates: list[Xpt]
    weights: Weights
    api_daily_cap: Xpt
    shovel: Shovel
    kinds: Kinds
    records: RecordTimes
    coins: Known
    markets: Known

    @field_validator("stages")
    @classmethod
    def _in_order(cls, stages: list[StageDates]) -> list[StageDates]:
        for i, stage in enumerate(stages, 1):
            if stage.end <= stage.start or stage.start % 86_400 or stage.end % 86_400:
                raise ValueError(f"has a stage {i} that is not whole days (UTC), the end after the start")
        for i in range(1, len(stages)):
            if stages[i].start <= stages[i - 1].end:
                raise ValueError(f"has no day without mining before stage {i + 1}")
        if not stages:
            raise ValueError("should hold at least one stage")
        return stages

    @field_validator("budget", "api_daily_cap")
    @classmethod
    def _some(cls, wei: int) -> int:
        if not 0 < wei <= MOST_BUDGET:
            raise ValueError(f"should be more than 0, and at most {units.show_amount(MOST_BUDGET, 'xPT')}")
        return wei

    @field_validator("rates")
    @classmethod
    def _falling(cls, rates: list[int], info: ValidationInfo) -> list[int]:
        if "stages" in info.data and len(rates) != len(info.data["stages"]) + 1:
            raise ValueError(
                f"should be {len(info.data['stages']) + 1}: one for each stage, and the last one's end"
            )
        if any(later >= earlier for earlier, later in pairwise(rates)) or rates[-1] <= 0:
            raise ValueError("should fall from each to the next, and stay above 0")
        if rates[0] > MOST_RATE:
            raise ValueError(f"should be at most {units.show_amount(MOST_RATE, 'xPT')}")
        return rates

    @field_validator("weights")
    @classmethod
    def _api_is_lower(cls, weights: Weights) -> Weights:
        if not 0 < weights.api < weights.retail:
            raise ValueError("should count API volume less than retail volume, and more than nothing")
        return weights

    @field_validator("shovel")
    @classmethod
    def _whole_weight(cls, shovel: Shovel, info: ValidationInfo) -> Shovel:
        if "weights" in info.data and info.data["weights"].retail * shovel.bonus % 10_000:
            raise ValueError("has a bonus that makes a weight of parts of a basis point")
        return shovel

    @field_validator("kinds")
    @classmethod
    def _apart(cls, kinds: Kinds) -> Kinds:
        if kinds.retail == kinds.api or max(kinds.retail, kinds.api) > 255:
            raise ValueError("should be two different numbers of at most 255")
        return kinds

    @field_validator("records")
    @classmethod
    def _around(cls, times: RecordTimes, info: ValidationInfo) -> RecordTimes:
        stages = info.data.get("stages")
        if stages and not times.earliest <= stages[0].start <= stages[-1].end <= times.latest:
            raise ValueError("should begin before the first stage and end after the last")
        return times


class Timelock(Strict):
    """The delay between a decision and its execution."""

    delay: Seconds


class Rules(Strict):
    """What a proposal of one class needs."""

    threshold: WholeWeight
    delay: Seconds
    period: Seconds
    quorum: Points
    floor: WholeWeight
    majority: Points


class Governor(Strict):
    """The classes of proposals, the laxest first."""

    general: Rules
    treasury: Rules
    organization: Rules
    constitutional: Rules


class Actions(Strict):
    """Functions of the suite by the class of a proposal that calls them, as `Contract.function`."""

    general: list[Action]
    treasury: list[Action]
    organization: list[Action]

    def classes(self) -> dict[str, int]:
        """The class of each action, 0 for general."""
        return {action: i for i, (_, actions) in enumerate(self) for action in actions}

    @model_validator(mode="after")
    def _once(self) -> "Actions":
        every = [action for _, actions in self for action in actions]
        for action in every:
            if every.count(action) > 1:
                raise ValueError(f"has {action} twice")
        return self


class CampaignTerms(Strict):
    """A campaign: how long a root waits, how much it may add, and until when is claimed."""

    root_delay: Seconds
    max_step: Tokens
    deadline: Moment


MOST_SEATS = 12
MOST_TERM = 400 * 86_400


class Charter(Strict):
    """A working group that is founded with the deployment."""

    name: Word
    seats: Count
    """The lead's included."""
    term: Seconds
    """Of those who are seated at the deployment."""
    mandate: Word
    """The file of its text, in the folder of the configuration."""

    @field_validator("name")
    @classmethod
    def _short(cls, name: str) -> str:
        if len(name.encode()) > 64:
            raise ValueError(f'should be at most 64 bytes, not "{name}"')
        return name

    @field_validator("seats")
    @classmethod
    def _some(cls, seats: int) -> int:
        if not 1 <= seats <= MOST_SEATS:
            raise ValueError(f"should be 1 to {MOST_SEATS}, the lead's seat included")
        return seats

    @field_validator("term")
    @classmethod
    def _bounded(cls, term: int) -> int:
        if not 0 < term <= MOST_TERM:
            raise ValueError(f"should be more than nothing, and at most {units.show_duration(MOST_TERM)}")
        return term

    @field_validator("mandate")
    @classmethod
    def _within(cls, path: str) -> str:
        if not re.fullmatch(r"mandates/[a-z0-9-]+\.md", path):
            raise ValueError(f'should be a file such as mandates/growth.md beside this one, not "{path}"')
        return path


class Governance(Strict):
    """`config/governance.yaml`."""

    timelock: Timelock
    governor: Governor
    actions: Actions
    campaign: CampaignTerms
    collaborators: CampaignTerms
    groups: list[Charter]
    """In the order of their numbers, from 1."""

    @field_validator("groups")
    @classmethod
    def _apart(cls, groups: list[Charter]) -> list[Charter]:
        names = [group.name for group in groups]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f'names "{name}" twice')
        return groups


class Operators(Strict):
    """The plain keys that hold a power after the deployment; the zero address where nobody does."""

    issuer: Address
    guardian: Office
    publisher: Address
    grantor: Office


class Fees(Strict):
    """What a transaction may cost."""

    ceiling: GasPrice
    """Wei that a unit of gas may cost, base fee and tip together."""
    publishing: Literal["included", "optimism", "arbitrum"]
    """Who says what it costs to publish a transaction on the chain below: nobody where there is none."""


class SafeContracts(Strict):
    """Where the contracts of Safe 1.5.0 stand that the groups' accounts are made of."""

    singleton: Address
    factory: Address
    handler: Address


class Staff(Strict):
    """Who is seated in a working group."""

    name: Word
    lead: Office
    members: list[Address]
    """Without the lead."""

    def everyone(self) -> list[str]:
        """The lead, if there is one, and the members."""
        return [self.lead] * (self.lead != units.NOBODY) + self.members


class BudgetTerms(Strict):
    """A budget that the DAO has opened."""

    number: Count
    spender: Word
    """A group's name, for its account, or an address."""
    limit: Holding
    period: Literal["once", "month", "quarter"]
    start: Moment
    end: Moment
    group: Word
    """The group that must stand behind the spender, or `none`."""
    large: Switch


class Network(Strict):
    """`config/networks/<name>.yaml`."""

    chain_id: Count
    genesis: BlockHash
    """Hash of block 0, so that a chain with the same id is told apart; `any` on a local chain."""
    fees: Fees
    release: Name
    rehearsal: Switch
    tge: Moment
    operators: Operators
    successors: list[Address]
    """Contracts that the DAO has announced as successors of the vote escrow."""
    core_team: list[Address]
    safe: SafeContracts
    groups: list[Staff]
    """The groups of `config/governance.yaml`, in the same order."""
    budgets: list[BudgetTerms]
    """Those that the DAO has opened and nobody has closed."""

    @field_validator("operators")
    @classmethod
    def _private(cls, operators: Operators, info: ValidationInfo) -> Operators:
        for role, address in operators:
            if not info.data.get("rehearsal", True) and address in public_accounts():
                raise ValueError(f"has {address} as {role}, a test account whose key everyone knows")
        return operators

    @field_validator("core_team")
    @classmethod
    def _private_team(cls, team: list[str], info: ValidationInfo) -> list[str]:
        for address in team:
            if team.count(address) > 1:
                raise ValueError(f"has {address} twice")
            if not info.data.get("rehearsal", True) and address in public_accounts():
                raise ValueError(f"has {address}, a test account whose key everyone knows")
        return team

    @field_validator("groups")
    @classmethod
    def _private_groups(cls, groups: list[Staff], info: ValidationInfo) -> list[Staff]:
        for group in groups:
            seated = group.everyone()
            for address in seated:
                if seated.count(address) > 1:
                    raise ValueError(f"has {address} twice in {group.name}")
                if not info.data.get("rehearsal", True) and address in public_accounts():
                    raise ValueError(f"has {address} in {group.name}, a test account whose key everyone knows")
        return groups

    @field_validator("budgets")
    @classmethod
    def _by_number(cls, budgets: list[BudgetTerms]) -> list[BudgetTerms]:
        numbers = [budget.number for budget in budgets]
        for number in numbers:
            if numbers.count(number) > 1:
                raise ValueError(f"has the number {number} twice")
        return budgets

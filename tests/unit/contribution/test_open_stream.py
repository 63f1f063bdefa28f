"""A stream takes the whole of its term out of a budget, and begins at once."""

import pytest
from support.contributors import DAY, GROUP, LIMIT, OTHER_GROUP, STREAM, TERM, TEXT

from phemexia.evm import ZERO, Event, reverts

CATEGORY = b"stream".ljust(32, b"\0")


def test_open_stream_takes_its_money_out_of_the_budget(
    program, chain, contributors, treasury, token, account, contributor
):
    receipt = contributors.openStream(1, program.terms(), "design", sender=account)
    (stream,) = (receipt.returned,)
    assert stream == contributors.awards() == 1
    assert token.balanceOf(contributors) == 10**6
    assert treasury.headroom(program.budget) == treasury.headroom(program.parent) == LIMIT - 10**6
    now = chain.timestamp
    assert receipt.named("Paid")[0].args["category"] == CATEGORY
    assert receipt.named("Paid")[0].args["memo"] == "design"
    assert receipt.events[-2:] == [
        Event("Held", contributors.address, {
            "award": 1, "budget": program.budget, "asset": token.address, "payment": 1, "amount": 10**6,
            "points": 3,
        }),
        Event("StreamOpened", contributors.address, {
            "stream": 1, "pass": 1, "previous": 0, "start": now, "end": now + TERM, "text": TEXT,
        }),
    ]  # fmt: skip
    assert contributors.awardOf(1) == {
        "kind": STREAM, "pass": 1, "group": GROUP, "asset": token.address, "budget": program.budget, "payment": 1,
        "amount": 10**6, "claimed": 0, "returned": 0, "points": 3, "start": now, "end": now + TERM, "stoppedAt": 0,
        "lapsedAt": 0,
    }  # fmt: skip


def test_open_stream_is_the_groups_alone(program, contributors, contributor, dao, stranger, unspoken):
    outsiders = (dao, stranger, contributor.address, program.other_account)
    for caller in outsiders:
        with reverts("Contributors__NotGroup", group=GROUP, caller=caller):
            contributors.openStream(1, program.terms(), "", sender=caller)
    unspoken()
    with reverts("Contributors__NotGroup", caller=program.account):
        contributors.openStream(1, program.terms(), "", sender=program.account)
    unspoken(speaks=True)
    contributors.openStream(1, program.terms(), "", sender=program.account)


def test_open_stream_by_a_member_is_refused(program, contributors, contributor, stranger):
    """Members may spend for the group, yet only its account gives orders."""
    program.offices.setSpends(GROUP, stranger, True, sender=stranger)
    with reverts("Contributors__NotGroup", caller=stranger):
        contributors.openStream(1, program.terms(), "", sender=stranger)


def test_open_stream_wants_a_budget_that_pays_here(program, contributors, treasury, token, contributor, account):
    nobodys = treasury.openBudget(
        program._terms(contributors, token, 0, limit=1), sender=program.dao
    ).returned  # of no group: nobody gives orders
    for budget in (program.parent, nobodys):
        with reverts("Contributors__NotOurs", budget=budget):
            contributors.openStream(1, program.terms(budget=budget), "", sender=account)
    with reverts("Budgets__Unknown", budget=99):
        contributors.openStream(1, program.terms(budget=99), "", sender=account)
    others = program.budget_in(ZERO, OTHER_GROUP)
    with reverts("Contributors__NotGroup", group=OTHER_GROUP):
        contributors.openStream(1, program.terms(budget=others), "", sender=account)


def test_open_stream_within_the_budget_to_the_wei(program, contributors, contributor, account):
    with reverts("Budgets__AboveLimit", amount=LIMIT + 1, left=LIMIT):
        contributors.openStream(1, program.terms(amount=LIMIT + 1), "", sender=account)
    contributors.openStream(1, program.terms(amount=LIMIT), "", sender=account)
    with reverts("Budgets__AboveLimit", amount=1, left=0):
        contributors.openStream(1, program.terms(amount=1), "", sender=account)


def test_open_stream_needs_the_program_to_be_a_payer(program, contributors, contributor, account):
    program.offices.setSpends(GROUP, contributors, False, sender=account)
    with reverts("Budgets__GroupObjects", group=GROUP):
        contributors.openStream(1, program.terms(), "", sender=account)


@pytest.mark.parametrize("stopped", ["frozen", "closed", "over"])
def test_open_stream_out_of_a_budget_that_is_not_open(
    program, chain, treasury, contributors, contributor, account, stopped
):
    if stopped == "frozen":
        treasury.freezeBudget(program.parent, sender=program.dao)
    elif stopped == "closed":
        treasury.closeBudget(program.budget, sender=account)
    else:
        chain.sleep(700 * DAY)
    with reverts("Budgets__NotOpen"):
        contributors.openStream(1, program.terms(), "", sender=account)


@pytest.mark.parametrize(
    "changes",
    [{"term": 0}, {"term": TERM + 1}, {"amount": 0}, {"points": 0}],
    ids=["no term", "a second too long", "nothing", "no points"],
)
def test_open_stream_wants_sound_terms(program, contributors, contributor, account, changes):
    with reverts("Contributors__InvalidTerms"):
        contributors.openStream(1, program.terms(**changes), "", sender=account)


@pytest.mark.parametrize("term", [1, TERM])
def test_open_stream_at_the_edges_of_a_term(program, chain, contributors, contributor, account, term):
    stream = contributors.openStream(1, program.terms(term=term), "", sender=account).returned
    chain.sleep(term - 1)
    assert contributors.claimable(stream) == 10**6 * (term - 1) // term
    chain.sleep(1)
    assert contributors.claimable(stream) == 10**6


def test_open_stream_for_a_pass_that_counts(program, chain, contributors, contributor, account):
    for number in (0, 2, 2**64 + 1):
        with reverts("Contributors__DoesNotCount", **{"pass": number}):
            contributors.openStream(number, program.terms(), "", sender=account)
    program.burn("contributor")
    with reverts("Contributors__DoesNotCount", **{"pass": 1}):
        contributors.openStream(1, program.terms(), "", sender=account)

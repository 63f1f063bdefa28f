"""Every action of the model: what it does, what it refuses, and that a refusal leaves nothing behind."""

from copy import deepcopy

import pytest

from phemexia.escrow import MAX_TERM, MIGRATION_NOTICE, MIN_DEPOSIT, MIN_TERM, PERMANENT, WEEK, ZERO, Permit
from phemexia.escrow import refusals as no
from phemexia.escrow.token import UNLIMITED

PT = 10**18


def refused(model, error, action, *args, **kwargs):
    """The action raises that error and leaves the model as it was."""
    before = deepcopy(vars(model)), deepcopy(vars(model.token))
    with pytest.raises(error) as caught:
        action(*args, **kwargs)
    after = vars(model) | {"token": None}, vars(model.token)
    assert (before[0] | {"token": None}, before[1]) == after
    return caught.value


def test_create_moves_the_tokens_and_tells(model, token):
    (created,) = model.create("holder", 5 * PT, model.latest())
    assert created.name == "Created"
    assert created.arguments == {
        "owner": "holder",
        "payer": "holder",
        "amount": 5 * PT,
        "unlockTime": model.latest(),
    }
    assert token.balance_of("escrow") == model.locked() == 5 * PT


def test_create_names_the_first_refusal(model, week):
    model.now = week  # at a boundary the longest term is exact
    refuse = lambda error, *args: refused(model, error, model.create, "holder", *args)  # noqa: E731
    assert refuse(no.DepositTooSmall, MIN_DEPOSIT - 1, 1).arguments == {
        "amount": MIN_DEPOSIT - 1,
        "minimum": MIN_DEPOSIT,
    }
    assert refuse(no.TermTooLong, PT, week + MAX_TERM + 1).latest == week + MAX_TERM
    error = refuse(no.NotWeekBoundary, PT, week + MAX_TERM - 1)
    assert (error.below, error.above) == (week + MAX_TERM - WEEK, week + MAX_TERM)
    assert refuse(no.TermTooShort, PT, week + 4 * WEEK).earliest == week + 5 * WEEK
    refuse(no.ERC20InsufficientBalance, 1_000_001 * PT, week + MAX_TERM)
    model.token.approve("holder", "escrow", PT - 1)
    assert refuse(no.ERC20InsufficientAllowance, PT, week + MAX_TERM).name == "ERC20InsufficientAllowance"


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_create_with_the_shortest_term(model, week, seconds):
    """The boundary of the shortest term from both sides: 30 days and 8 hours."""
    model.now = week + 5 * WEEK - MIN_TERM + seconds
    if seconds > 0:
        refused(model, no.TermTooShort, model.create, "holder", PT, week + 5 * WEEK)
    else:
        model.create("holder", PT, week + 5 * WEEK)


def test_create_on_a_lock_is_refused_until_it_is_withdrawn(model):
    end = model.earliest()
    model.create("holder", PT, end)
    assert refused(model, no.LockExists, model.create, "holder", PT, end).arguments == {"account": "holder"}
    model.now = end
    refused(model, no.LockExists, model.create, "holder", PT, model.latest())
    model.withdraw("holder")
    model.create("holder", PT, model.latest())


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_add_near_the_end(model, seconds):
    """A2: nothing can be added with less than the shortest term left."""
    end = model.latest()
    model.create("holder", PT, end)
    model.now = end - MIN_TERM + seconds
    if seconds > 0:
        error = refused(model, no.TermTooShort, model.add, "holder", PT)
        assert error.arguments == {"unlockTime": end, "earliest": model.earliest()}
    else:
        model.add("holder", PT)
        assert model.lock_of("holder").amount == 2 * PT


def test_extend_must_go_on(model):
    end = model.earliest()
    refused(model, no.NoLock, model.extend, "holder", end)
    model.create("holder", PT, end)
    assert refused(model, no.NotExtended, model.extend, "holder", end).arguments == {
        "unlockTime": end,
        "current": end,
    }
    model.extend("holder", end + WEEK)
    model.make_permanent("holder")
    refused(model, no.LockPermanent, model.extend, "holder", end + 2 * WEEK)
    refused(model, no.LockPermanent, model.make_permanent, "holder")
    refused(model, no.LockPermanent, model.withdraw, "holder")


def test_add_and_extend_counts_the_new_end(model):
    end = model.earliest()
    model.create("holder", PT, end)
    model.now = end - 1
    names = [event.name for event in model.add_and_extend("holder", PT, model.latest())]
    assert names == ["Added", "Extended"]
    assert model.lock_of("holder").unlock_time == model.latest()


def test_withdraw_at_the_end_and_not_before(model, token):
    end = model.earliest()
    model.create("holder", PT, end)
    model.now = end - 1
    assert refused(model, no.LockActive, model.withdraw, "holder").unlock_time == end
    model.now = end
    for bad in (ZERO, "escrow"):
        refused(model, no.BadAddress, model.withdraw, "holder", bad)
    refused(model, no.LockExpired, model.add, "holder", PT)
    model.withdraw("holder", "second")
    assert token.balance_of("second") == 1_000_001 * PT
    refused(model, no.NoLock, model.withdraw, "holder")


def test_relock_starts_again_for_the_same_delegatee(model):
    end = model.earliest()
    model.create("holder", PT, end)
    model.delegate("holder", "delegatee")
    refused(model, no.LockActive, model.relock, "holder", model.latest())
    model.now = end
    assert model.get_votes("delegatee") == 0
    model.relock("holder", model.latest())
    assert model.get_votes("delegatee") == model.balance_of("holder") > 0


def test_start_clock_needs_a_permanent_lock(model):
    refused(model, no.NoLock, model.start_clock, "holder")
    model.create("holder", PT, model.earliest())
    refused(model, no.LockNotPermanent, model.start_clock, "holder")
    model.make_permanent("holder")
    model.start_clock("holder")
    assert model.lock_of("holder").unlock_time == model.latest()


@pytest.mark.parametrize("seconds", [-1, 0])
def test_migrate_after_the_notice(model, token, seconds):
    model.create("holder", PT, model.latest())
    model.make_permanent("holder")
    refused(model, no.NotDao, model.announce_successor, "holder", "successor")
    refused(model, no.BadAddress, model.announce_successor, "dao", "escrow")
    refused(model, no.BadAddress, model.announce_successor, "dao", "successor", has_code=False)
    model.announce_successor("dao", "successor")
    since = model.now + MIGRATION_NOTICE
    model.now = since + seconds
    if seconds < 0:
        error = refused(model, no.NotMigratable, model.migrate, "holder", "successor")
        assert error.arguments == {"successor": "successor", "from": since}
        return
    refused(model, no.MigrationRefused, model.migrate, "holder", "successor", accepted=False)
    (migrated,) = model.migrate("holder", "successor")
    assert migrated.arguments["unlockTime"] == PERMANENT
    assert token.balance_of("successor") == PT
    model.retract_successor("dao", "successor")
    refused(model, no.NotMigratable, model.retract_successor, "dao", "successor")


def test_operator_keeps_to_its_terms(model, token):
    refused(model, no.NotOperator, model.add_for, "operator", "holder", PT)
    refused(model, no.BadAddress, model.set_operator, "holder", ZERO, True, 0)
    refused(model, no.SafeCastOverflowedUintDowncast, model.set_operator, "holder", "operator", True, 2**64)
    model.set_operator("holder", "operator", True, 0)
    refused(model, no.NotOperator, model.create_for, "operator", "holder", PT)
    model.set_operator("holder", "operator", True, model.latest())
    model.create_for("operator", "holder", PT)
    model.add_for("operator", "holder", PT)
    assert token.balance_of("operator") == 999_998 * PT
    assert model.lock_of("holder").amount == 2 * PT
    model.set_operator("holder", "operator", False, model.latest())
    refused(model, no.NotOperator, model.add_for, "operator", "holder", PT)


def test_delegate_moves_votes_and_back(model):
    """D3, D6, D7: votes count once; zero and oneself both take them back."""
    model.create("holder", PT, model.latest())
    model.create("second", PT, model.latest())
    weight = model.balance_of("holder")
    changed, lost, won = model.delegate("holder", "second")
    assert changed.arguments == {"delegator": "holder", "fromDelegate": "holder", "toDelegate": "second"}
    assert lost.arguments == {"delegate": "holder", "previousVotes": weight, "newVotes": 0}
    assert won.arguments["newVotes"] == model.get_votes("second") == 2 * weight
    assert model.delegate("holder", "second") == []
    model.delegate("holder", ZERO)
    assert model.delegates("holder") == "holder"
    assert model.delegate("holder", "holder") == []
    assert len(model.delegate("third", "second")) == 1  # no lock, no votes to move


def test_delegate_by_sig_uses_each_nonce_once(model):
    """D10: a signature works once, in its turn, in time."""
    refused(model, no.VotesExpiredSignature, model.delegate_by_sig, "holder", "second", 0, model.now - 1)
    refused(model, no.ECDSAInvalidSignature, model.delegate_by_sig, None, "second", 0, model.now)
    model.delegate_by_sig("holder", "second", 0, model.now)
    error = refused(model, no.InvalidAccountNonce, model.delegate_by_sig, "holder", "second", 0, model.now)
    assert error.arguments == {"account": "holder", "currentNonce": 1}


def test_permit_that_fails_does_not_matter_if_the_allowance_is_there(model, token):
    signed = Permit("holder", "escrow", PT, 0, model.now)
    token.approve("holder", "escrow", 0)
    model.create_with_permit("holder", PT, model.latest(), model.now, signed)
    replay = (model.add_with_permit, "holder", PT, model.now, signed)
    refused(model, no.ERC20InsufficientAllowance, *replay)
    token.approve("holder", "escrow", UNLIMITED)
    model.add_with_permit(*replay[1:])
    assert token.nonces == {"holder": 1}


def test_permit_is_taken_back_when_the_action_is_refused(model, token):
    token.approve("holder", "escrow", 0)
    signed = Permit("holder", "escrow", PT, 0, model.now)
    refused(model, no.NoLock, model.add_with_permit, "holder", PT, model.now, signed)
    refused(model, no.NoLock, model.add_and_extend_with_permit, "holder", PT, model.latest(), model.now, signed)


def test_writing_ends_after_136_years(model):
    model.create("holder", PT, model.latest())
    model.now = model.genesis + 2**32 - 1
    model.checkpoint("anyone")
    model.delegate("holder", "second")
    model.now += 1
    refused(model, no.History__TimeOverflow, model.delegate, "holder", "holder")
    refused(model, no.History__TimeOverflow, model.checkpoint, "anyone")
    model.checkpoint("anyone", "second")  # never had a line: what was delegated to it was over already
    model.withdraw("holder")


def test_lock_history_has_one_record_for_each_second_that_changed_anything(model):
    start, end = model.now, model.earliest()
    model.create("holder", PT, end)
    model.add("holder", PT)
    model.now = end
    model.withdraw("holder")
    model.now += 1
    model.delegate("holder", "second")
    assert [(record.amount, record.since) for record in model.lock_history("holder")] == [
        (2 * PT, start),
        (0, end + 1),
    ]

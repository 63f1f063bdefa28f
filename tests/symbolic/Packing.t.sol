// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint, MAX_AMOUNT, MAX_MOMENT, sumsOf} from "../../contracts/escrow/Checkpoint.sol";
import {History} from "../../contracts/escrow/History.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";

/// @notice Packing and unpacking are inverses for every value that fits, and what does not fit reverts.
/// @dev A proof passes when no input breaks an assertion; a revert ends a path without breaking one.
contract PackingProof {
    using History for History.Store;

    History.Store private _store;

    /* LOCKS */

    /// @notice What goes into a lock comes out, and nothing else is in it.
    function check_lock_comes_out_as_it_went_in(uint256 amount, uint256 week, bool permanent, bool delegated)
        external
        pure
    {
        LockCheckpoint lock = packLock(amount, week, permanent, delegated);
        assert(amount < 1 << 90 && week < 1 << 12);
        assert(lock.amount() == amount && lock.week() == week);
        assert(lock.isPermanent() == permanent && lock.isDelegated() == delegated);
        assert(!lock.isWithdrawn() && lock.time() == 0);
        assert(LockCheckpoint.unwrap(lock) >> 104 == 0);
    }

    /// @notice What is read out of any word and packed again gives the word, but for the withdrawn bit and the stamp.
    function check_lock_goes_in_as_it_came_out(uint256 word) external pure {
        LockCheckpoint lock = LockCheckpoint.wrap(word);
        LockCheckpoint again = packLock(lock.amount(), lock.week(), lock.isPermanent(), lock.isDelegated());
        assert(LockCheckpoint.unwrap(again) == word & ((1 << 104) - 1));
    }

    /// @notice A lock that fits is not refused.
    function check_lock_that_fits_is_taken(uint256 amount, uint256 week) external view {
        if (amount >= 1 << 90 || week >= 1 << 12) return;
        try this.pack(amount, week) {}
        catch {
            assert(false);
        }
    }

    /// @notice More in a lock changes its amount alone, and takes the stamp off.
    function check_lock_with_more_in_it(uint256 word, uint256 more) external pure {
        LockCheckpoint lock = LockCheckpoint.wrap(word);
        LockCheckpoint fuller = lock.plus(more);
        assert(more < 1 << 90 && fuller.amount() == lock.amount() + more);
        assert(LockCheckpoint.unwrap(fuller) >> 90 == (word & History.PAYLOAD_MASK) >> 90);
    }

    /// @notice Each switch of a lock touches its own bit.
    function check_lock_switches(uint256 word, bool delegated) external pure {
        LockCheckpoint lock = LockCheckpoint.wrap(word);
        LockCheckpoint switched = lock.withDelegated(delegated);
        assert(switched.isDelegated() == delegated);
        assert((LockCheckpoint.unwrap(switched) ^ word) & ~(uint256(1) << 103) == 0);
        LockCheckpoint withdrawn = lock.withWithdrawn();
        assert(withdrawn.isWithdrawn() && !withdrawn.isHeld());
        assert(LockCheckpoint.unwrap(withdrawn) == word | (1 << 104));
    }

    /// @notice A lock runs until the very second in which its end week begins; a permanent one always.
    /// @dev For all locks, at both sides of the first, the last and a middle week.
    function check_lock_is_alive_until_its_end(uint256 word) external pure {
        LockCheckpoint lock = LockCheckpoint.wrap(word);
        uint16[3] memory weeks_ = [1, 160, 4095];
        for (uint256 i = 0; i < 6; ++i) {
            uint256 time = uint256(weeks_[i / 2]) * 7 days - i % 2;
            bool runs = lock.isPermanent() || lock.week() * 7 days > time;
            assert(lock.isAlive(time / 7 days) == (lock.amount() != 0 && runs));
        }
    }

    /* SUMS */

    /// @notice Sums come out as they went in.
    function check_sums_come_out_as_they_went_in(uint256 amount, uint256 moment, bool single) external pure {
        if (amount > MAX_AMOUNT || moment > MAX_MOMENT) return;
        Checkpoint sums = sumsOf(amount, moment).withSingle(single);
        assert(sums.amount() == amount && sums.moment() == moment && sums.isSingle() == single);
        assert(sums.time() == 0 && sums.index() == 0);
    }

    /// @notice What is added can be taken again, and is then gone; the stamp and `single` stay.
    function check_sums_plus_and_minus_are_inverses(uint256 word, uint256 amount, uint256 moment)
        external
        pure
    {
        Checkpoint sums = Checkpoint.wrap(word);
        Checkpoint more = sums.plus(amount, moment);
        assert(more.amount() == sums.amount() + amount && more.moment() == sums.moment() + moment);
        assert(Checkpoint.unwrap(more) >> 192 == word >> 192);
        assert(Checkpoint.unwrap(more.minus(amount, moment)) == word);
    }

    /// @notice Nothing is taken that is not there.
    function check_sums_do_not_go_below_zero(uint256 word, uint256 amount, uint256 moment) external pure {
        Checkpoint sums = Checkpoint.wrap(word);
        Checkpoint less = sums.minus(amount, moment);
        assert(amount <= sums.amount() && moment <= sums.moment());
        assert(less.amount() == sums.amount() - amount && less.moment() == sums.moment() - moment);
        assert(Checkpoint.unwrap(less) >> 192 == word >> 192);
    }

    /// @notice Sums without their stamp are the payload, no more and no less.
    function check_sums_without_stamp(uint256 word) external pure {
        Checkpoint sums = Checkpoint.wrap(word);
        Checkpoint bare = sums.sums();
        assert(bare.amount() == sums.amount() && bare.moment() == sums.moment());
        assert(bare.isSingle() == sums.isSingle() && bare.time() == 0 && bare.index() == 0);
    }

    /* STAMPS */

    /// @notice A write puts payload, time and index where they are read, over any head; the old head is kept if and
    /// only if its second has passed.
    function check_history_stamp(uint256 head, uint256 payload, uint256 time, uint256 kept) external {
        if (payload > History.PAYLOAD_MASK || History.indexOf(head) == (1 << 31) - 1) return;
        uint256 index = History.indexOf(head);
        _store.head = head;
        _store.past[index] = kept;
        _store.write(head, payload, time);
        bool moved = head != 0 && History.timeOf(head) != time;
        assert(time <= type(uint32).max);
        assert(History.timeOf(_store.head) == time);
        assert(History.indexOf(_store.head) == (moved ? index + 1 : index));
        assert(_store.head & History.PAYLOAD_MASK == payload);
        assert(_store.past[index] == (moved ? head : kept));
    }

    /* INTERNAL */

    /// @dev In a call of its own, so that a revert can be told from an end.
    function pack(uint256 amount, uint256 week) external pure returns (LockCheckpoint) {
        return packLock(amount, week, true, true);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint, sumsOf} from "../../contracts/escrow/Checkpoint.sol";
import {DecayingLine} from "../../contracts/escrow/DecayingLine.sol";
import {History} from "../../contracts/escrow/History.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";

/// @notice One step of a line: whatever its sums and its schedule were, after `replace` they have lost the lock that
/// left and won the lock that came, and nothing else.
/// @dev The line was written in the same second, so that there is nothing to walk. Together with a walk that is right
/// (which the stateful tests play), this makes every line right by induction over its writes.
contract LineProof {
    using DecayingLine for DecayingLine.Line;

    uint256 private constant WEEK = 7 days;

    DecayingLine.Line private _line;

    /// @notice A and C, for all locks, sums and times.
    function check_line_moves_its_sums(uint256 head, LockCheckpoint outgoing, LockCheckpoint incoming)
        external
    {
        Checkpoint before = _withSchedule(head);
        uint256 now_ = before.time();
        _line.replace(outgoing, incoming, now_);
        Checkpoint later = Checkpoint.wrap(_line.history.head);
        assert(later.amount() + _amount(outgoing, now_) == before.amount() + _amount(incoming, now_));
        assert(later.moment() + _moment(outgoing, now_) == before.moment() + _moment(incoming, now_));
        assert(later.time() == now_ && later.index() == before.index() && !later.isSingle());
    }

    /// @notice x[w] and the bitmap, for all weeks, locks and sums.
    function check_line_moves_its_schedule(
        uint256 head,
        LockCheckpoint outgoing,
        LockCheckpoint incoming,
        uint256 x,
        uint256 y
    ) external {
        Checkpoint before = _withSchedule(head);
        uint256 now_ = before.time();
        uint256 outWeek = _amount(outgoing, now_) == 0 ? 0 : outgoing.week();
        uint256 inWeek = _amount(incoming, now_) == 0 ? 0 : incoming.week();
        if (outWeek == 0 || inWeek == 0 || outWeek == inWeek || x >= 1 << 90 || y >= 1 << 90) return;
        _line.expiring[outWeek] = x;
        _line.expiring[inWeek] = y;
        _line.replace(outgoing, incoming, now_);
        assert(x >= outgoing.amount());
        assert(_line.expiring[outWeek] == x - outgoing.amount());
        assert(_line.expiring[inWeek] == y + incoming.amount());
        assert(y != 0 || _line.populated[inWeek / 256] >> (inWeek % 256) & 1 == 1);
        assert(x != outgoing.amount() || _line.populated[outWeek / 256] >> (outWeek % 256) & 1 == 0);
    }

    /// @notice Within one week the schedule changes by the difference.
    function check_line_moves_its_schedule_within_a_week(
        uint256 head,
        LockCheckpoint outgoing,
        LockCheckpoint incoming,
        uint256 x
    ) external {
        Checkpoint before = _withSchedule(head);
        uint256 now_ = before.time();
        if (_amount(outgoing, now_) == 0 || _amount(incoming, now_) == 0) return;
        if (outgoing.week() != incoming.week() || x >= 1 << 90) return;
        _line.expiring[outgoing.week()] = x;
        _line.replace(outgoing, incoming, now_);
        assert(_line.expiring[outgoing.week()] + outgoing.amount() == x + incoming.amount());
    }

    /// @notice The first lock of a line: it is single if the lock decays, and has its sums.
    function check_line_begins_with_its_first_lock(uint32 time, LockCheckpoint first) external {
        uint256 now_ = time;
        _line.replace(LockCheckpoint.wrap(0), first, now_);
        Checkpoint later = Checkpoint.wrap(_line.history.head);
        assert(later.amount() == _amount(first, now_) && later.moment() == _moment(first, now_));
        assert(later.isSingle() == (_amount(first, now_) != 0));
    }

    /// @notice A single line has the sums of its locks, and stays single exactly while they share a week.
    /// @dev The week is found by a division, so amounts have 16 bits here and weeks are a few.
    function check_line_of_one_week(uint16 a, uint16 leaving, uint16 entering, bool moves) external {
        if (leaving == 0 || leaving > a || entering == 0) return;
        uint256 now_ = WEEK;
        uint256 week = 5;
        uint256 other = moves ? 9 : week;
        Checkpoint before = sumsOf(a, uint256(a) * week).withSingle(true);
        _line.history.head = Checkpoint.unwrap(before) | now_ << History.TIME_SHIFT;
        _line.replace(packLock(leaving, week, false, false), packLock(entering, other, false, false), now_);
        Checkpoint later = Checkpoint.wrap(_line.history.head);
        assert(later.amount() == uint256(a) - leaving + entering);
        assert(later.moment() == (uint256(a) - leaving) * week + uint256(entering) * other);
        assert(later.isSingle() == (week == other || leaving == a));
        if (!later.isSingle()) {
            assert(_line.expiring[week] == a - leaving && _line.expiring[other] == entering);
        }
    }

    /* INTERNAL */

    function _withSchedule(uint256 head) private returns (Checkpoint before) {
        before = Checkpoint.wrap(head);
        if (before.isSingle() || Checkpoint.unwrap(before.sums()) == 0) revert();
        _line.history.head = head;
    }

    function _amount(LockCheckpoint lock, uint256 now_) private pure returns (uint256) {
        return lock.isAlive(now_ / WEEK) && !lock.isPermanent() ? lock.amount() : 0;
    }

    function _moment(LockCheckpoint lock, uint256 now_) private pure returns (uint256) {
        if (!lock.isAlive(now_ / WEEK)) return 0;
        return lock.amount() * (lock.isPermanent() ? 104 : lock.week());
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint} from "../../contracts/escrow/Checkpoint.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";
import {EscrowProof} from "./OpenEscrow.sol";

/// @notice One action of a lock's owner: what it leaves in the lock, the sums and the purses, to the wei.
/// @dev Within the bounds of `EscrowProof`; amounts and ends that are given are any.
contract SumsProof is EscrowProof {
    /// @notice A first lock, or the next one.
    function check_sums_after_create(uint88 other, uint256 amount, uint256 end) external {
        _escrow.put(SECOND, packLock(other, OTHER_WEEK, false, false), SECOND);
        VM.prank(HOLDER);
        _escrow.create(amount, end);
        _assertSums(other);
        _assertPaid(amount);
        _assertLock(amount, end, false, false);
    }

    /// @notice More in a lock.
    function check_sums_after_add(uint88 held, uint8 kind, bool delegated, uint88 other, uint256 amount)
        external
    {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        VM.prank(HOLDER);
        _escrow.add(amount);
        _assertSums(other);
        _assertPaid(amount);
        _assertLock(lock.amount() + amount, _end(lock), lock.isPermanent(), lock.isDelegated());
    }

    /// @notice Another end.
    function check_sums_after_extend(uint88 held, uint8 kind, bool delegated, uint88 other, uint256 end)
        external
    {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        VM.prank(HOLDER);
        _escrow.extend(end);
        _assertSums(other);
        _assertPaid(0);
        _assertLock(lock.amount(), end, false, lock.isDelegated());
        assert(end > _end(lock));
    }

    /// @notice More, and another end.
    function check_sums_after_add_and_extend(
        uint88 held,
        uint8 kind,
        bool delegated,
        uint88 other,
        uint256 amount,
        uint256 end
    ) external {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        VM.prank(HOLDER);
        _escrow.addAndExtend(amount, end);
        _assertSums(other);
        _assertPaid(amount);
        _assertLock(lock.amount() + amount, end, false, lock.isDelegated());
        assert(end > _end(lock));
    }

    /// @notice No end.
    function check_sums_after_make_permanent(uint88 held, uint8 kind, bool delegated, uint88 other) external {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        VM.prank(HOLDER);
        _escrow.makePermanent();
        _assertSums(other);
        _assertPaid(0);
        _assertLock(lock.amount(), GENESIS, true, lock.isDelegated());
    }

    /// @notice An end again.
    function check_sums_after_start_clock(uint88 held, uint8 kind, bool delegated, uint88 other) external {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        VM.prank(HOLDER);
        _escrow.startClock();
        _assertSums(other);
        _assertPaid(0);
        _assertLock(lock.amount(), GENESIS + (NOW_WEEK + 104) * WEEK, false, lock.isDelegated());
    }

    /// @notice An expired lock begins again.
    function check_sums_after_relock(uint88 held, uint8 kind, bool delegated, uint88 other, uint256 end)
        external
    {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        VM.prank(HOLDER);
        _escrow.relock(end);
        _assertSums(other);
        _assertPaid(0);
        _assertLock(lock.amount(), end, false, lock.isDelegated());
        assert(_end(lock) <= NOW);
    }

    /// @notice Votes move, or come back.
    function check_sums_after_delegate(uint88 held, uint8 kind, bool delegated, uint88 other) external {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        VM.prank(HOLDER);
        _escrow.delegate(lock.isDelegated() ? HOLDER : SECOND);
        _assertSums(other);
        _assertPaid(0);
        LockCheckpoint later = _escrow.head(HOLDER);
        assert(later.isDelegated() != lock.isDelegated());
        assert(later.amount() == (lock.isWithdrawn() ? 0 : lock.amount()));
    }

    /// @notice An expired lock is paid out; the sums stay, because it has left them at its end.
    function check_sums_after_withdraw(uint88 held, uint8 kind, bool delegated, uint88 other) external {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        VM.prank(HOLDER);
        _escrow.withdraw();
        _assertSums(other);
        assert(!_escrow.head(HOLDER).isHeld());
        assert(_escrow.head(HOLDER).isDelegated() == lock.isDelegated());
    }

    /// @notice A lock that moves leaves all sums.
    function check_sums_after_migrate(uint88 held, uint8 kind, bool delegated, uint88 other) external {
        LockCheckpoint lock = _begin(held, kind, delegated, other);
        _escrow.announce(address(_successor), NOW);
        VM.prank(HOLDER);
        _escrow.migrate(address(_successor));
        _assertSums(other);
        _assertLock(0, GENESIS, false, lock.isDelegated());
    }

    /// @notice An operator pays, and the lock is the owner's.
    function check_sums_after_add_for(uint88 held, uint8 kind, bool delegated, uint256 amount) external {
        LockCheckpoint lock = _begin(held, kind, delegated, 0);
        _escrow.approveOperator(HOLDER, SECOND, 0);
        VM.prank(SECOND);
        _escrow.addFor(HOLDER, amount);
        _assertSums(0);
        _assertLock(lock.amount() + amount, _end(lock), lock.isPermanent(), lock.isDelegated());
        unchecked {
            assert(_token.balanceOf(address(_escrow)) == HELD + amount);
            assert(_token.balanceOf(SECOND) + amount == PURSE && _token.balanceOf(HOLDER) == PURSE);
        }
    }

    /* INTERNAL */

    function _end(LockCheckpoint lock) private pure returns (uint256) {
        return GENESIS + lock.week() * WEEK;
    }

    /// @dev The total is the sum of the locks, and so is what is delegated; the other lock is as it was.
    function _assertSums(uint256 other) private view {
        LockCheckpoint lock = _escrow.head(HOLDER);
        (uint256 a, uint256 c) = _escrow.sumsOfLock(lock);
        Checkpoint total = _escrow.totalSums();
        Checkpoint line = _escrow.lineSums(SECOND);
        assert(total.amount() == a + other && total.moment() == c + other * OTHER_WEEK);
        assert(line.amount() == (lock.isDelegated() ? a : 0));
        assert(line.moment() == (lock.isDelegated() ? c : 0));
        assert(_escrow.head(SECOND).amount() == other && _escrow.head(SECOND).week() == OTHER_WEEK);
    }

    function _assertLock(uint256 amount, uint256 end, bool permanent, bool delegated) private view {
        LockCheckpoint lock = _escrow.head(HOLDER);
        assert(lock.amount() == amount && _end(lock) == end);
        assert(lock.isPermanent() == permanent && lock.isDelegated() == delegated && !lock.isWithdrawn());
    }

    function _assertPaid(uint256 amount) private view {
        unchecked {
            assert(_token.balanceOf(address(_escrow)) == HELD + amount);
            assert(_token.balanceOf(HOLDER) + amount == PURSE && _token.balanceOf(SECOND) == PURSE);
        }
    }
}

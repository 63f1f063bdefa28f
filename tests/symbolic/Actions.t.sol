// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVotingEscrow} from "../../contracts/escrow/IVotingEscrow.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";
import {EscrowProof} from "./OpenEscrow.sol";

interface IWithdraw {
    function withdraw() external;
}

interface IWithdrawTo {
    function withdraw(address to) external;
}

/// @notice Who takes tokens out of the escrow, and when: any function that is not a view, with any arguments, called by
/// anybody.
/// @dev Within the bounds of `EscrowProof`. A lock of `AMOUNT`, permanent, over since a second, ending in the next week,
/// or in the fifth; one successor, announced from any second on, or never; one operator, with any terms. Who signed a
/// delegation is any address. Where tokens stay, the lock is not delegated and the successor's time has come.
contract ActionsProof is EscrowProof {
    uint256 private constant AMOUNT = 1000e18;

    /// @notice The owner takes out its lock, once it is over, and nothing else.
    function check_withdrawal_is_after_the_end(uint8 kind, bool delegated, uint256 from, address caller)
        external
    {
        LockCheckpoint lock = _begin(kind, delegated, from, 0, caller);
        _callAny(caller, _isWithdrawal);
        assert(caller == HOLDER && kind == 1);
        _assertOut(lock);
    }

    /// @notice The owner takes its lock to a successor whose time has come, and nowhere else.
    function check_migration_is_to_a_successor(uint8 kind, bool delegated, uint256 from, address caller)
        external
    {
        LockCheckpoint lock = _begin(kind, delegated, from, 0, caller);
        _callAny(caller, _isMigration);
        assert(caller == HOLDER && kind != 1);
        assert(from != 0 && from <= NOW);
        _assertOut(lock);
        assert(_token.balanceOf(address(_successor)) == AMOUNT);
    }

    /// @notice A deposit takes no tokens out.
    function check_tokens_stay_after_deposits(uint8 kind, uint64 end, address caller) external {
        _assertStay(kind, end, caller, _isDeposit);
    }

    /// @notice Neither does another end, or none.
    function check_tokens_stay_after_new_ends(uint8 kind, address caller) external {
        _assertStay(kind, 0, caller, _isEnd);
    }

    /// @notice Nor does anything else.
    function check_tokens_stay_otherwise(uint8 kind, uint64 end, address caller) external {
        _assertStay(kind, end, caller, _isElse);
    }

    /// @notice A successor is announced and retracted by the DAO alone, and an announcement is never younger than its
    /// notice.
    function check_successors_are_the_daos(address caller, uint256 from) external {
        if (caller == address(_escrow)) revert();
        _escrow.announce(address(_successor), from);
        _callAny(caller, _isAny);
        uint256 later = _escrow.migratableFrom(address(_successor));
        assert(later == from || (caller == DAO && (later == 0 || later == NOW + 30 days)));
    }

    /* INTERNAL */

    function _begin(uint8 kind, bool delegated, uint256 from, uint64 end, address caller)
        private
        returns (LockCheckpoint lock)
    {
        if (caller == address(_escrow)) revert();
        uint256 week = kind == 0 ? 0 : kind == 1 ? NOW_WEEK : kind == 2 ? NOW_WEEK + 1 : NOW_WEEK + 5;
        lock = packLock(AMOUNT, week, week == 0, delegated);
        _escrow.put(HOLDER, lock, SECOND);
        _escrow.announce(address(_successor), from);
        _escrow.approveOperator(HOLDER, THIRD, end);
    }

    function _isWithdrawal(bytes4 selector) private pure returns (bool) {
        return selector == IWithdraw.withdraw.selector || selector == IWithdrawTo.withdraw.selector;
    }

    function _isMigration(bytes4 selector) private pure returns (bool) {
        return selector == IVotingEscrow.migrate.selector;
    }

    function _isDeposit(bytes4 selector) private pure returns (bool) {
        return selector == IVotingEscrow.create.selector || selector == IVotingEscrow.createFor.selector
            || selector == IVotingEscrow.createWithPermit.selector || selector == IVotingEscrow.add.selector
            || selector == IVotingEscrow.addFor.selector || selector == IVotingEscrow.addWithPermit.selector
            || selector == IVotingEscrow.addAndExtend.selector
            || selector == IVotingEscrow.addAndExtendWithPermit.selector;
    }

    function _isEnd(bytes4 selector) private pure returns (bool) {
        return selector == IVotingEscrow.extend.selector || selector == IVotingEscrow.relock.selector
            || selector == IVotingEscrow.makePermanent.selector
            || selector == IVotingEscrow.startClock.selector;
    }

    function _isElse(bytes4 selector) private pure returns (bool) {
        return
            !_isWithdrawal(selector) && !_isMigration(selector) && !_isDeposit(selector) && !_isEnd(selector);
    }

    function _isAny(bytes4) private pure returns (bool) {
        return true;
    }

    function _assertStay(uint8 kind, uint64 end, address caller, function(bytes4) pure returns (bool) wanted)
        private
    {
        LockCheckpoint lock = _begin(kind, false, NOW, end, caller);
        _callAny(caller, wanted);
        assert(_token.balanceOf(address(_escrow)) >= HELD);
        assert(_escrow.head(HOLDER).amount() >= lock.amount());
    }

    function _assertOut(LockCheckpoint lock) private view {
        assert(_token.balanceOf(address(_escrow)) == HELD - lock.amount());
        assert(!_escrow.head(HOLDER).isHeld());
    }
}

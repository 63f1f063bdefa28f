// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint} from "../../contracts/escrow/Checkpoint.sol";
import {IVotingEscrow} from "../../contracts/escrow/IVotingEscrow.sol";
import {LockCheckpoint} from "../../contracts/escrow/LockCheckpoint.sol";
import {EscrowProof} from "./OpenEscrow.sol";

interface IWithdraw {
    function withdraw() external;
}

interface IWithdrawTo {
    function withdraw(address to) external;
}

interface IDelegate {
    function delegate(address delegatee) external;
    function delegateBySig(address delegatee, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s)
        external;
}

/// @notice Any function of the escrow that is not a view, with any arguments, called by anybody.
/// @dev Within the bounds of `EscrowProof`. One successor is announced, from any second on; a stranger is an approved
/// operator of the first owner. Who signed a delegation is any address.
contract ActionsProof is EscrowProof {
    /// @notice PT leaves by a withdrawal after the end, or by a migration to an announced successor; by the lock's owner;
    /// and as much as it has locked.
    function check_tokens_leave_in_two_ways(LockCheckpoint lock, uint256 from, uint64 end, address caller)
        external
    {
        if (caller == address(_escrow)) return;
        _put(HOLDER, lock, SECOND);
        _escrow.announce(address(_successor), from);
        _escrow.approveOperator(HOLDER, THIRD, end);
        bytes4 selector = _call(caller);
        uint256 left = _token.balanceOf(address(_escrow));
        if (left >= HELD) return;
        assert(caller == HOLDER && lock.isHeld());
        assert(left + lock.amount() == HELD && !_escrow.head(HOLDER).isHeld());
        if (selector == IVotingEscrow.migrate.selector) {
            assert(from != 0 && from <= NOW);
            assert(_token.balanceOf(address(_successor)) >= lock.amount());
        } else {
            assert(selector == IWithdraw.withdraw.selector || selector == IWithdrawTo.withdraw.selector);
            assert(!lock.isPermanent() && GENESIS + lock.week() * WEEK <= NOW);
        }
    }

    /// @notice A successor is announced and retracted by the DAO alone, and an announcement is never younger than its
    /// notice.
    function check_successors_are_the_daos(address caller, uint256 from) external {
        if (caller == address(_escrow)) return;
        _escrow.announce(address(_successor), from);
        _call(caller);
        uint256 later = _escrow.migratableFrom(address(_successor));
        assert(later == from || (caller == DAO && (later == 0 || later == NOW + 30 days)));
    }

    /// @notice Whatever is called, the total is the sum of the parts: of what each account votes with.
    function check_total_is_the_sum_of_the_votes(
        uint88 held,
        uint8 kind,
        bool delegated,
        uint88 other,
        uint64 end,
        uint8 who
    ) external {
        _begin(held, kind, delegated, other);
        _escrow.approveOperator(HOLDER, THIRD, end);
        _escrow.announce(address(_successor), NOW);
        _call(who == 0 ? HOLDER : who == 1 ? SECOND : THIRD);
        (uint256 a, uint256 c) = _votesOf(SECOND);
        (a, c) = _plusVotesOf(HOLDER, a, c);
        (a, c) = _plusVotesOf(THIRD, a, c);
        address first = _escrow.delegates(HOLDER);
        address second = _escrow.delegates(SECOND);
        if (!_isNamed(first)) (a, c) = _plusVotesOf(first, a, c);
        if (!_isNamed(second) && second != first) (a, c) = _plusVotesOf(second, a, c);
        Checkpoint total = _escrow.totalSums();
        assert(total.amount() == a && total.moment() == c);
    }

    /// @notice A lock weighs more after a deposit or a later end only.
    function check_weight_grows_in_few_ways(
        uint88 held,
        uint8 kind,
        bool delegated,
        uint88 other,
        uint64 end,
        uint8 who
    ) external {
        _begin(held, kind, delegated, other);
        _escrow.approveOperator(HOLDER, THIRD, end);
        _escrow.announce(address(_successor), NOW);
        uint256 before = _escrow.weightOfLock(_escrow.head(HOLDER));
        uint256 votes = _rawVotesOf(SECOND);
        bytes4 selector = _call(who == 0 ? HOLDER : who == 1 ? SECOND : THIRD);
        if (_isDepositOrExtension(selector)) return;
        assert(_escrow.weightOfLock(_escrow.head(HOLDER)) <= before);
        if (selector == IDelegate.delegate.selector || selector == IDelegate.delegateBySig.selector) return;
        assert(_rawVotesOf(SECOND) <= votes);
    }

    /* INTERNAL */

    function _call(address caller) private returns (bytes4) {
        bytes memory data = SVM.createCalldata("VotingEscrow");
        // halmos adds 1,024 bytes behind other selectors, for a fallback; the escrow has none, and these would find `put`.
        if (data.length > 260) revert();
        VM.prank(caller);
        (bool done,) = address(_escrow).call(data);
        if (!done) revert();
        return bytes4(data);
    }

    function _plusVotesOf(address account, uint256 a, uint256 c) private view returns (uint256, uint256) {
        (uint256 b, uint256 d) = _votesOf(account);
        return (a + b, c + d);
    }

    function _isNamed(address account) private pure returns (bool) {
        return account == HOLDER || account == SECOND || account == THIRD;
    }

    function _isDepositOrExtension(bytes4 selector) private pure returns (bool) {
        return selector == IVotingEscrow.create.selector || selector == IVotingEscrow.createFor.selector
            || selector == IVotingEscrow.createWithPermit.selector || selector == IVotingEscrow.add.selector
            || selector == IVotingEscrow.addFor.selector || selector == IVotingEscrow.addWithPermit.selector
            || selector == IVotingEscrow.addAndExtend.selector
            || selector == IVotingEscrow.addAndExtendWithPermit.selector
            || selector == IVotingEscrow.extend.selector || selector == IVotingEscrow.relock.selector
            || selector == IVotingEscrow.makePermanent.selector;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint} from "../../contracts/escrow/Checkpoint.sol";
import {IVotingEscrow} from "../../contracts/escrow/IVotingEscrow.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";
import {EscrowProof} from "./OpenEscrow.sol";

interface IDelegate {
    function delegate(address delegatee) external;
    function delegateBySig(address delegatee, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s)
        external;
}

interface IWithdraw {
    function withdraw() external;
}

interface IWithdrawTo {
    function withdraw(address to) external;
}

/// @notice One action: what it leaves in the lock, in the sums and in the purses, to the wei; that the total is the sum
/// of what each account votes with.
/// @dev Within the bounds of `EscrowProof`. The holder's lock and what is deposited have any amount up to 2^88 wei, a
/// quarter of the supply, or any that there is; the second lock has `OTHER` and ends in `OTHER_WEEK`, and its owner votes
/// with it. Facts are compared together, because each comparison costs the solver a search.
contract SumsProof is EscrowProof {
    uint256 private constant LAST = NOW_WEEK + 104;
    /// @dev What the second lock has.
    uint256 private constant OTHER = 3_141_592e18 + 65_359;

    LockCheckpoint private _lock;

    /* DEPOSITS */

    /// @notice A first lock, of any end.
    function check_sums_after_create(uint256 amount, uint256 end) external {
        _begin(0, 1, false);
        VM.prank(HOLDER);
        _escrow.create(amount, end);
        unchecked {
            _assertAll(amount, (end - GENESIS) / WEEK, false, address(0), amount);
            assert((end - GENESIS) % WEEK == 0);
        }
    }

    /// @notice The next lock, after a withdrawal; its votes are still delegated.
    function check_sums_after_next_create(uint88 held, uint88 amount, uint8 end) external {
        _begin(held, 60, true);
        VM.prank(HOLDER);
        _escrow.withdraw();
        uint256 week = _termOf(end);
        VM.prank(HOLDER);
        _escrow.create(amount, GENESIS + week * WEEK);
        _assertLines(amount, week, false, SECOND);
    }

    /// @notice A first lock that an operator pays for, with the owner's terms.
    function check_sums_after_create_for(uint88 amount, uint8 end) external {
        uint256 week = _termOf(end);
        _begin(0, 1, false);
        _escrow.approveOperator(HOLDER, THIRD, uint64(GENESIS + week * WEEK));
        VM.prank(THIRD);
        _escrow.createFor(HOLDER, amount);
        _assertLines(amount, week, false, address(0));
        _assertPurses(_plus(HELD, amount), PURSE, _minus(PURSE, amount));
    }

    /// @notice A permit that has been used before changes nothing.
    function check_sums_after_create_with_permit(uint88 amount, uint8 end, uint8 v, bytes32 r) external {
        uint256 week = _termOf(end);
        _begin(0, 1, false);
        VM.prank(HOLDER);
        _escrow.createWithPermit(amount, GENESIS + week * WEEK, NOW, v, r, r);
        _assertAll(amount, week, false, address(0), amount);
    }

    /// @notice More in a lock.
    function check_sums_after_add(uint88 held, uint8 kind, bool delegated, uint88 amount) external {
        (uint256 week, address line) = _beginAny(held, kind, delegated);
        VM.prank(HOLDER);
        _escrow.add(amount);
        _assertAll(_plus(held, amount), week, week == 0, line, amount);
    }

    /// @notice More in a lock, with a permit.
    function check_sums_after_add_with_permit(uint88 held, uint88 amount, uint8 v, bytes32 r) external {
        (uint256 week, address line) = _beginAny(held, 2, true);
        VM.prank(HOLDER);
        _escrow.addWithPermit(amount, NOW, v, r, r);
        _assertAll(_plus(held, amount), week, false, line, amount);
    }

    /// @notice An operator pays, and the lock is the owner's.
    function check_sums_after_add_for(uint88 held, uint8 kind, bool delegated, uint88 amount) external {
        (uint256 week, address line) = _beginAny(held, kind, delegated);
        _escrow.approveOperator(HOLDER, THIRD, 0);
        VM.prank(THIRD);
        _escrow.addFor(HOLDER, amount);
        _assertLines(_plus(held, amount), week, week == 0, line);
        _assertPurses(_plus(HELD, amount), PURSE, _minus(PURSE, amount));
    }

    /// @notice More, and another end.
    function check_sums_after_add_and_extend(
        uint88 held,
        uint8 kind,
        bool delegated,
        uint88 amount,
        uint8 end
    ) external {
        (, address line) = _beginAny(held, kind, delegated);
        uint256 week = _termOf(end);
        VM.prank(HOLDER);
        _escrow.addAndExtend(amount, GENESIS + week * WEEK);
        _assertAll(_plus(held, amount), week, false, line, amount);
        assert(week > _lock.week());
    }

    /// @notice More, and another end, with a permit.
    function check_sums_after_add_and_extend_with_permit(uint88 held, uint88 amount, uint8 v, bytes32 r)
        external
    {
        (, address line) = _beginAny(held, 2, true);
        VM.prank(HOLDER);
        _escrow.addAndExtendWithPermit(amount, GENESIS + LAST * WEEK, NOW, v, r, r);
        _assertAll(_plus(held, amount), LAST, false, line, amount);
    }

    /* EXTENSIONS */

    /// @notice Another end.
    function check_sums_after_extend(uint88 held, uint8 kind, bool delegated, uint8 end) external {
        (, address line) = _beginAny(held, kind, delegated);
        uint256 week = _termOf(end);
        VM.prank(HOLDER);
        _escrow.extend(GENESIS + week * WEEK);
        _assertAll(held, week, false, line, 0);
        assert(week > _lock.week());
    }

    /// @notice No end.
    function check_sums_after_make_permanent(uint88 held, uint8 kind, bool delegated) external {
        (, address line) = _beginAny(held, kind, delegated);
        VM.prank(HOLDER);
        _escrow.makePermanent();
        _assertAll(held, 0, true, line, 0);
    }

    /// @notice An expired lock begins again.
    function check_sums_after_relock(uint88 held, uint8 kind, bool delegated, uint8 end) external {
        (uint256 before, address line) = _beginAny(held, kind, delegated);
        uint256 week = _termOf(end);
        VM.prank(HOLDER);
        _escrow.relock(GENESIS + week * WEEK);
        _assertAll(held, week, false, line, 0);
        assert(before == 60);
    }

    /* NEITHER */

    /// @notice An end again, and weight that falls.
    function check_sums_after_start_clock(uint88 held, uint8 kind, bool delegated) external {
        (, address line) = _beginAny(held, kind, delegated);
        VM.prank(HOLDER);
        _escrow.startClock();
        _assertAll(held, LAST, false, line, 0);
    }

    /// @notice Votes move, on, or back; the lock weighs what it did.
    function check_sums_after_delegate(uint88 held, uint8 kind, bool delegated, uint8 to) external {
        (uint256 week,) = _beginAny(held, kind, delegated);
        address delegatee = to == 0 ? address(0) : to == 1 ? SECOND : THIRD;
        VM.prank(HOLDER);
        _escrow.delegate(delegatee);
        _assertAll(held, week, week == 0, delegatee, 0);
    }

    /// @notice An expired lock is paid out, once; the sums stay, because it has left them at its end.
    function check_sums_after_withdraw(uint88 held, uint8 kind, bool delegated) external {
        (uint256 week, address line) = _beginAny(held, kind, delegated);
        VM.prank(HOLDER);
        _escrow.withdraw();
        _assertLines(held, week, false, line);
        _assertPurses(_minus(HELD, held), _plus(PURSE, held), PURSE);
        assert(week == 60 && !_escrow.head(HOLDER).isHeld());
    }

    /// @notice To another address.
    function check_sums_after_withdraw_to(uint88 held, uint8 kind, bool delegated) external {
        (uint256 week, address line) = _beginAny(held, kind, delegated);
        VM.prank(HOLDER);
        _escrow.withdraw(THIRD);
        _assertLines(held, week, false, line);
        _assertPurses(_minus(HELD, held), PURSE, _plus(PURSE, held));
        assert(week == 60 && !_escrow.head(HOLDER).isHeld());
    }

    /// @notice A lock that moves leaves all sums.
    function check_sums_after_migrate(uint88 held, uint8 kind, bool delegated) external {
        (, address line) = _beginAny(held, kind, delegated);
        _escrow.announce(address(_successor), NOW);
        VM.prank(HOLDER);
        _escrow.migrate(address(_successor));
        _assertLines(0, 0, false, line);
        _assertPurses(_minus(HELD, held), PURSE, PURSE);
    }

    /// @notice Whatever else anybody calls, with any arguments, moves neither locks, nor sums, nor tokens.
    function check_sums_after_anything_else(uint88 held, uint8 kind, address caller) external {
        (uint256 week, address line) = _beginAny(held, kind, true);
        _callAny(caller, _isElse);
        _assertAll(held, week, week == 0, line, 0);
    }

    /// @notice Without a deposit, an extension or a delegation, whatever anybody calls, the lock weighs no more than
    /// before, and neither do the votes of its delegatee.
    function check_weight_grows_in_no_other_way(uint88 held, uint8 kind, address caller) external {
        _beginAny(held, kind, true);
        uint256 weight = _escrow.weightOfLock(_escrow.head(HOLDER));
        uint256 votes = _rawVotesOf(SECOND);
        _escrow.announce(address(_successor), NOW);
        _callAny(caller, _isNoGrowth);
        assert(_escrow.weightOfLock(_escrow.head(HOLDER)) <= weight);
        assert(_rawVotesOf(SECOND) <= votes);
    }

    /* INTERNAL */

    /// @dev The holder's lock is of a kind: permanent, over since a second, with just enough left for a deposit, or ending
    /// with the other one; its votes are the holder's or the second owner's.
    function _beginAny(uint88 held, uint8 kind, bool delegated) private returns (uint256 week, address line) {
        if (held == 0) revert();
        week =
            kind == 0 ? 0 : kind == 1 ? 60 : kind == 2 ? 64 : kind == 3 ? 65 : kind == 4 ? OTHER_WEEK : LAST;
        line = delegated ? SECOND : address(0);
        _begin(held, week, delegated);
    }

    function _begin(uint256 held, uint256 week, bool delegated) private {
        if (held != 0) {
            _lock = packLock(held, week, week == 0, delegated);
            _escrow.put(HOLDER, _lock, SECOND);
        }
        _escrow.put(SECOND, packLock(OTHER, OTHER_WEEK, false, false), SECOND);
    }

    /// @dev The first end that is allowed, the other lock's and the last one.
    function _termOf(uint8 end) private pure returns (uint256) {
        return end == 0 ? 65 : end == 1 ? OTHER_WEEK : LAST;
    }

    function _isNoGrowth(bytes4 selector) private pure returns (bool) {
        return selector != IVotingEscrow.create.selector && selector != IVotingEscrow.createFor.selector
            && selector != IVotingEscrow.createWithPermit.selector && selector != IVotingEscrow.add.selector
            && selector != IVotingEscrow.addFor.selector && selector != IVotingEscrow.addWithPermit.selector
            && selector != IVotingEscrow.addAndExtend.selector
            && selector != IVotingEscrow.addAndExtendWithPermit.selector
            && selector != IVotingEscrow.extend.selector && selector != IVotingEscrow.makePermanent.selector
            && selector != IVotingEscrow.relock.selector && selector != IDelegate.delegate.selector
            && selector != IDelegate.delegateBySig.selector;
    }

    function _isElse(bytes4 selector) private pure returns (bool) {
        return _isNoGrowth(selector) && selector != IVotingEscrow.startClock.selector
            && selector != IWithdraw.withdraw.selector && selector != IWithdrawTo.withdraw.selector
            && selector != IVotingEscrow.migrate.selector;
    }

    function _assertAll(uint256 amount, uint256 week, bool permanent, address line, uint256 paid)
        private
        view
    {
        _assertLines(amount, week, permanent, line);
        _assertPurses(_plus(HELD, paid), _minus(PURSE, paid), PURSE);
    }

    /// @dev The lock is as given, and counted in the line given, if in any; the other lock is as it was. The total has
    /// both locks, and is the sum of what all vote with.
    function _assertLines(uint256 amount, uint256 week, bool permanent, address line) private view {
        bool over = !permanent && week <= NOW_WEEK;
        uint256 a = over || permanent ? 0 : amount;
        uint256 c = over ? 0 : _times(amount, permanent ? 104 : week);
        Checkpoint total = _escrow.totalSums();
        uint256 wrong = total.amount() ^ _plus(a, OTHER);
        wrong |= total.moment() ^ _plus(c, _times(OTHER, OTHER_WEEK));
        wrong |= _wrongLine(SECOND, line == SECOND, a, c) | _wrongLine(THIRD, line == THIRD, a, c);
        wrong |= _wrongLine(HOLDER, false, a, c);
        LockCheckpoint lock = _escrow.head(HOLDER);
        wrong |= (lock.amount() ^ amount) | (lock.week() ^ week);
        wrong |= LockCheckpoint.unwrap(_escrow.head(SECOND).withDelegated(false)) << 63
        ^ LockCheckpoint.unwrap(packLock(OTHER, OTHER_WEEK, false, false)) << 63;
        assert(wrong == 0);
        assert(lock.isPermanent() == permanent && lock.isDelegated() == (line != address(0)));
        _assertSumOfParts();
    }

    function _assertSumOfParts() private view {
        (uint256 a, uint256 c) = _votesOf(HOLDER);
        (uint256 b, uint256 d) = _votesOf(SECOND);
        (uint256 e, uint256 f) = _votesOf(THIRD);
        Checkpoint total = _escrow.totalSums();
        unchecked {
            assert((total.amount() ^ (a + b + e)) | (total.moment() ^ (c + d + f)) == 0);
        }
    }

    function _wrongLine(address account, bool counts, uint256 a, uint256 c) private view returns (uint256) {
        Checkpoint line = _escrow.lineSums(account);
        return (line.amount() ^ (counts ? a : 0)) | (line.moment() ^ (counts ? c : 0));
    }

    function _assertPurses(uint256 escrow, uint256 holder, uint256 third) private view {
        uint256 wrong = (_token.balanceOf(address(_escrow)) ^ escrow) | (_token.balanceOf(HOLDER) ^ holder);
        wrong |= (_token.balanceOf(SECOND) ^ PURSE) | (_token.balanceOf(THIRD) ^ third);
        assert(wrong == 0);
    }

    /// @dev A path on which a proof's own sum does not fit would end without a word.
    function _plus(uint256 a, uint256 b) private pure returns (uint256) {
        unchecked {
            return a + b;
        }
    }

    function _minus(uint256 a, uint256 b) private pure returns (uint256) {
        unchecked {
            return a - b;
        }
    }

    function _times(uint256 a, uint256 b) private pure returns (uint256) {
        unchecked {
            return a * b;
        }
    }
}

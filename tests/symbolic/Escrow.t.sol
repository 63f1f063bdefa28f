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

interface ICheckpoint {
    function checkpoint(address account) external;
}

interface IWithdraw {
    function withdraw() external;
}

interface IWithdrawTo {
    function withdraw(address to) external;
}

/// @notice One action: what it leaves in the lock, in the sums and in the purses, to the wei; that the total is the sum
/// of what each account votes with.
/// @dev Within the bounds of `EscrowProof`. That a line's arithmetic is right for all sums, locks and weeks is proven in
/// `LineProof`; here it is that the right lock goes in and out of the right lines. So amounts are any of 255 multiples of
/// 2^60 wei, a bit more than the least deposit, and weeks are powers of two, which solvers are quick with. The second
/// lock has `OTHER` and ends in `OTHER_WEEK`, and its owner votes with it. Facts are compared together, because each
/// comparison costs a search.
contract SumsProof is EscrowProof {
    uint256 private constant UNIT_BITS = 60;
    uint256 private constant SOON_WEEK = 32;
    uint256 private constant LAST = NOW_WEEK + 104;
    /// @dev What the second lock has.
    uint256 private constant OTHER = 1000 << UNIT_BITS;

    LockCheckpoint private _lock;

    /* DEPOSITS */

    /// @notice A first lock, of any end.
    function check_sums_after_create(uint8 amount, uint256 end) external {
        _begin(0, 1, false);
        VM.prank(HOLDER);
        _escrow.create(_wei(amount), end);
        unchecked {
            _assertAll(_wei(amount), (end - GENESIS) / WEEK, false, address(0), _wei(amount));
            assert((end - GENESIS) % WEEK == 0);
        }
    }

    /// @notice The next lock, after a withdrawal; its votes are still delegated.
    function check_sums_after_next_create(uint8 held, uint8 amount, uint8 end) external {
        _begin(_wei(held), NOW_WEEK, true);
        VM.prank(HOLDER);
        _escrow.withdraw();
        uint256 week = _termOf(end);
        VM.prank(HOLDER);
        _escrow.create(_wei(amount), GENESIS + week * WEEK);
        _assertLines(_wei(amount), week, false, SECOND);
    }

    /// @notice A first lock that an operator pays for, with the owner's terms.
    function check_sums_after_create_for(uint8 amount, uint8 end) external {
        uint256 week = _termOf(end);
        _begin(0, 1, false);
        _escrow.approveOperator(HOLDER, THIRD, uint64(GENESIS + week * WEEK));
        VM.prank(THIRD);
        _escrow.createFor(HOLDER, _wei(amount));
        _assertLines(_wei(amount), week, false, address(0));
        _assertPurses(_plus(HELD, _wei(amount)), PURSE, _minus(PURSE, _wei(amount)));
    }

    /// @notice A permit that has been used before changes nothing.
    function check_sums_after_create_with_permit(uint8 amount, uint8 end, uint8 v, bytes32 r) external {
        uint256 week = _termOf(end);
        _begin(0, 1, false);
        VM.prank(HOLDER);
        _escrow.createWithPermit(_wei(amount), GENESIS + week * WEEK, NOW, v, r, r);
        _assertAll(_wei(amount), week, false, address(0), _wei(amount));
    }

    /// @notice More in a lock.
    function check_sums_after_add(uint8 held, uint8 kind, bool delegated, uint8 amount) external {
        (uint256 week, address line) = _beginAny(_wei(held), kind, delegated);
        VM.prank(HOLDER);
        _escrow.add(_wei(amount));
        _assertAll(_plus(_wei(held), _wei(amount)), week, week == 0, line, _wei(amount));
    }

    /// @notice More in a lock, with a permit.
    function check_sums_after_add_with_permit(uint8 held, uint8 amount, uint8 v, bytes32 r) external {
        (uint256 week, address line) = _beginAny(_wei(held), 2, true);
        VM.prank(HOLDER);
        _escrow.addWithPermit(_wei(amount), NOW, v, r, r);
        _assertAll(_plus(_wei(held), _wei(amount)), week, false, line, _wei(amount));
    }

    /// @notice An operator pays, and the lock is the owner's.
    function check_sums_after_add_for(uint8 held, uint8 kind, bool delegated, uint8 amount) external {
        (uint256 week, address line) = _beginAny(_wei(held), kind, delegated);
        _escrow.approveOperator(HOLDER, THIRD, 0);
        VM.prank(THIRD);
        _escrow.addFor(HOLDER, _wei(amount));
        _assertLines(_plus(_wei(held), _wei(amount)), week, week == 0, line);
        _assertPurses(_plus(HELD, _wei(amount)), PURSE, _minus(PURSE, _wei(amount)));
    }

    /// @notice More, and another end.
    function check_sums_after_add_and_extend(uint8 held, uint8 kind, bool delegated, uint8 amount, uint8 end)
        external
    {
        (, address line) = _beginAny(_wei(held), kind, delegated);
        uint256 week = _termOf(end);
        VM.prank(HOLDER);
        _escrow.addAndExtend(_wei(amount), GENESIS + week * WEEK);
        _assertAll(_plus(_wei(held), _wei(amount)), week, false, line, _wei(amount));
        assert(week > _lock.week());
    }

    /// @notice More, and another end, with a permit.
    function check_sums_after_add_and_extend_with_permit(uint8 held, uint8 amount, uint8 v, bytes32 r)
        external
    {
        (, address line) = _beginAny(_wei(held), 2, true);
        VM.prank(HOLDER);
        _escrow.addAndExtendWithPermit(_wei(amount), GENESIS + LAST * WEEK, NOW, v, r, r);
        _assertAll(_plus(_wei(held), _wei(amount)), LAST, false, line, _wei(amount));
    }

    /* EXTENSIONS */

    /// @notice Another end.
    function check_sums_after_extend(uint8 held, uint8 kind, bool delegated, uint8 end) external {
        (, address line) = _beginAny(_wei(held), kind, delegated);
        uint256 week = _termOf(end);
        VM.prank(HOLDER);
        _escrow.extend(GENESIS + week * WEEK);
        _assertAll(_wei(held), week, false, line, 0);
        assert(week > _lock.week());
    }

    /// @notice No end.
    function check_sums_after_make_permanent(uint8 held, uint8 kind, bool delegated) external {
        (, address line) = _beginAny(_wei(held), kind, delegated);
        VM.prank(HOLDER);
        _escrow.makePermanent();
        _assertAll(_wei(held), 0, true, line, 0);
    }

    /// @notice An expired lock begins again.
    function check_sums_after_relock(uint8 held, uint8 kind, bool delegated, uint8 end) external {
        (uint256 before, address line) = _beginAny(_wei(held), kind, delegated);
        uint256 week = _termOf(end);
        VM.prank(HOLDER);
        _escrow.relock(GENESIS + week * WEEK);
        _assertAll(_wei(held), week, false, line, 0);
        assert(before == NOW_WEEK);
    }

    /* NEITHER */

    /// @notice An end again, and weight that falls.
    function check_sums_after_start_clock(uint8 held, uint8 kind, bool delegated) external {
        (, address line) = _beginAny(_wei(held), kind, delegated);
        VM.prank(HOLDER);
        _escrow.startClock();
        _assertAll(_wei(held), LAST, false, line, 0);
    }

    /// @notice Votes move, on, or back; the lock weighs what it did.
    function check_sums_after_delegate(uint8 held, uint8 kind, bool delegated, uint8 to) external {
        (uint256 week,) = _beginAny(_wei(held), kind, delegated);
        address delegatee = to == 0 ? address(0) : to == 1 ? SECOND : THIRD;
        VM.prank(HOLDER);
        _escrow.delegate(delegatee);
        _assertAll(_wei(held), week, week == 0, delegatee, 0);
    }

    /// @notice An expired lock is paid out, once; the sums stay, because it has left them at its end.
    function check_sums_after_withdraw(uint8 held, uint8 kind, bool delegated) external {
        (uint256 week, address line) = _beginAny(_wei(held), kind, delegated);
        VM.prank(HOLDER);
        _escrow.withdraw();
        _assertLines(_wei(held), week, false, line);
        _assertPurses(_minus(HELD, _wei(held)), _plus(PURSE, _wei(held)), PURSE);
        assert(week == NOW_WEEK && !_escrow.head(HOLDER).isHeld());
    }

    /// @notice To another address.
    function check_sums_after_withdraw_to(uint8 held, uint8 kind, bool delegated) external {
        (uint256 week, address line) = _beginAny(_wei(held), kind, delegated);
        VM.prank(HOLDER);
        _escrow.withdraw(THIRD);
        _assertLines(_wei(held), week, false, line);
        _assertPurses(_minus(HELD, _wei(held)), PURSE, _plus(PURSE, _wei(held)));
        assert(week == NOW_WEEK && !_escrow.head(HOLDER).isHeld());
    }

    /// @notice A lock that moves leaves all sums.
    function check_sums_after_migrate(uint8 held, uint8 kind, bool delegated) external {
        (, address line) = _beginAny(_wei(held), kind, delegated);
        _escrow.announce(address(_successor), NOW);
        VM.prank(HOLDER);
        _escrow.migrate(address(_successor));
        _assertLines(0, 0, false, line);
        _assertPurses(_minus(HELD, _wei(held)), PURSE, PURSE);
    }

    /// @notice Upkeep of a line, by anybody, changes nothing.
    /// @dev The accounts that have a line, and one that has none: the walk of an unknown one has no end for the solver.
    function check_sums_after_checkpoint_of(
        uint8 held,
        uint8 kind,
        bool delegated,
        uint8 which,
        address caller
    ) external {
        (uint256 week, address line) = _beginAny(_wei(held), kind, delegated);
        VM.prank(caller);
        _escrow.checkpoint(which == 0 ? HOLDER : which == 1 ? SECOND : THIRD);
        _assertAll(_wei(held), week, week == 0, line, 0);
    }

    /// @notice Whatever else anybody calls, with any arguments, moves neither locks, nor sums, nor tokens.
    /// @dev Both locks have `OTHER` here; as nothing is computed, one amount is as good as any.
    function check_sums_after_anything_else(uint8 kind, address caller) external {
        (uint256 week, address line) = _beginAny(OTHER, kind, true);
        _callAny(caller, _isElse);
        _assertAll(OTHER, week, week == 0, line, 0);
    }

    /// @notice Without a deposit, an extension or a delegation, whatever anybody calls, the lock weighs no more than
    /// before, and neither do the votes of its delegatee.
    function check_weight_grows_in_no_other_way(uint8 held, uint8 kind, address caller) external {
        _beginAny(_wei(held), kind, true);
        uint256 weight = _escrow.weightOfLock(_escrow.head(HOLDER));
        uint256 votes = _rawVotesOf(SECOND);
        _escrow.announce(address(_successor), NOW);
        _callAny(caller, _isNoGrowth);
        assert(_escrow.weightOfLock(_escrow.head(HOLDER)) <= weight);
        assert(_rawVotesOf(SECOND) <= votes);
    }

    /* INTERNAL */

    /// @dev The holder's lock is of a kind: permanent, over since a second, with a term for another deposit, or ending
    /// with the other one; its votes are the holder's or the second owner's.
    function _beginAny(uint256 held, uint8 kind, bool delegated)
        private
        returns (uint256 week, address line)
    {
        if (held == 0) revert();
        week = kind == 0 ? 0 : kind == 1 ? NOW_WEEK : kind == 2 ? SOON_WEEK : OTHER_WEEK;
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

    /// @dev A near end, the other lock's and the last one.
    function _termOf(uint8 end) private pure returns (uint256) {
        return end == 0 ? SOON_WEEK : end == 1 ? OTHER_WEEK : LAST;
    }

    function _isNoGrowth(bytes4 selector) private pure returns (bool) {
        return selector != IVotingEscrow.create.selector && selector != IVotingEscrow.createFor.selector
            && selector != IVotingEscrow.createWithPermit.selector && selector != IVotingEscrow.add.selector
            && selector != IVotingEscrow.addFor.selector && selector != IVotingEscrow.addWithPermit.selector
            && selector != IVotingEscrow.addAndExtend.selector
            && selector != IVotingEscrow.addAndExtendWithPermit.selector
            && selector != IVotingEscrow.extend.selector && selector != IVotingEscrow.makePermanent.selector
            && selector != IVotingEscrow.relock.selector && selector != IDelegate.delegate.selector
            && selector != IDelegate.delegateBySig.selector && selector != ICheckpoint.checkpoint.selector;
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

    function _wei(uint8 units) private pure returns (uint256) {
        return uint256(units) << UNIT_BITS;
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

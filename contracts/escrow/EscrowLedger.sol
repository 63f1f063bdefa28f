// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint} from "./Checkpoint.sol";
import {DecayingLine} from "./DecayingLine.sol";
import {History} from "./History.sol";
import {IVotingEscrow} from "./IVotingEscrow.sol";
import {LockCheckpoint} from "./LockCheckpoint.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title EscrowLedger
/// @notice What the escrow remembers, the one way in which that changes, and the requirements that hold before it does.
/// `VotingEscrow` builds the actions on it.
/// @dev Who is counted where, at any second: a lock is in the total's line always, and in its delegatee's line if and
/// only if its own checkpoint of that second has the delegated bit. So Σ votes and the total are sums over the same
/// locks, equal as integers.
abstract contract EscrowLedger is IVotingEscrow {
    using DecayingLine for DecayingLine.Line;
    using History for History.Store;

    /* CONSTANTS */

    /// @inheritdoc IVotingEscrow
    uint256 public constant MIN_DEPOSIT = 1e18;
    /// @inheritdoc IVotingEscrow
    uint256 public constant MAX_TERM = MAX_WEEKS * WEEK;
    /// @inheritdoc IVotingEscrow
    uint256 public constant MIN_TERM = MAX_TERM / 24;
    /// @inheritdoc IVotingEscrow
    uint256 public constant PERMANENT = type(uint256).max;
    /// @inheritdoc IVotingEscrow
    uint256 public constant MIGRATION_NOTICE = 30 days;

    uint256 internal constant WEEK = DecayingLine.WEEK;
    uint256 internal constant MAX_WEEKS = DecayingLine.MAX_WEEKS;
    /// @dev The last end that 12 bits hold, 78 years after genesis.
    uint256 internal constant LAST_WEEK = 4095;
    LockCheckpoint internal constant NO_LOCK = LockCheckpoint.wrap(0);

    IERC20 internal immutable PT;
    /// @inheritdoc IVotingEscrow
    address public immutable dao;
    /// @inheritdoc IVotingEscrow
    uint256 public immutable GENESIS;

    /* STORAGE */

    DecayingLine.Line internal _total;
    mapping(address account => DecayingLine.Line) internal _lines;
    mapping(address account => History.Store) internal _locks;
    /// @dev Means something only while the account's lock checkpoint has the delegated bit.
    mapping(address account => address) internal _delegatees;
    mapping(address owner => mapping(address operator => Operator)) internal _operators;
    /// @inheritdoc IVotingEscrow
    mapping(address successor => uint256) public migratableFrom;

    /* CONSTRUCTOR */

    /// @param token_ PT; may be deployed later, at this address.
    /// @param dao_ The Timelock.
    constructor(address token_, address dao_) {
        if (token_ == address(0)) revert VotingEscrow__BadAddress(token_);
        if (dao_ == address(0)) revert VotingEscrow__BadAddress(dao_);
        PT = IERC20(token_);
        dao = dao_;
        GENESIS = block.timestamp - block.timestamp % WEEK;
    }

    /* CLOCK */

    /// @inheritdoc IERC6372
    function clock() public view returns (uint48) {
        return uint48(block.timestamp);
    }

    /* INTERNAL: CHANGE */

    /// @dev The one place where a lock changes: in its own history, in the total, and in the delegatee's line.
    function _change(address owner, LockCheckpoint from, LockCheckpoint to) internal {
        uint256 now_ = _now();
        _locks[owner].write(LockCheckpoint.unwrap(from), LockCheckpoint.unwrap(to), now_);
        _total.replace(from, to, now_);
        if (from.isDelegated()) _lines[_delegatees[owner]].replace(from, to, now_);
    }

    /* INTERNAL: READS */

    /// @dev Seconds since genesis.
    function _now() internal view returns (uint256) {
        unchecked {
            return block.timestamp - GENESIS; // genesis is not after the deployment
        }
    }

    function _head(address account) internal view returns (LockCheckpoint) {
        return LockCheckpoint.wrap(_locks[account].head);
    }

    function _lockAt(address account, uint256 time) internal view returns (LockCheckpoint) {
        return LockCheckpoint.wrap(_locks[account].at(time));
    }

    function _endOf(uint256 week) internal view returns (uint256) {
        unchecked {
            return GENESIS + week * WEEK; // weeks have 12 bits
        }
    }

    function _unlockTime(LockCheckpoint lock) internal view returns (uint256) {
        return lock.isPermanent() ? PERMANENT : _endOf(lock.week());
    }

    function _lockRaw(LockCheckpoint lock, uint256 time) internal pure returns (uint256) {
        if (!lock.isAlive(time / WEEK)) return 0;
        return lock.isPermanent() ? lock.amount() * MAX_TERM : lock.amount() * (lock.week() * WEEK - time);
    }

    function _votesRaw(address account, uint256 time) internal view returns (uint256 raw) {
        LockCheckpoint lock = _lockAt(account, time);
        raw = _lines[account].rawAt(time);
        if (!lock.isDelegated()) raw += _lockRaw(lock, time);
    }

    function _pastLine(DecayingLine.Line storage line, uint256 time)
        internal
        view
        returns (uint256 amount, uint256 moment, uint256 raw)
    {
        _requirePast(time);
        if (time < GENESIS) return (0, 0, 0);
        Checkpoint state = line.at(time - GENESIS);
        return (state.amount(), state.moment(), DecayingLine.raw(state, time - GENESIS));
    }

    function _expiring(DecayingLine.Line storage line, uint256 unlockTime) internal view returns (uint256) {
        if (unlockTime < GENESIS || unlockTime % WEEK != 0) return 0;
        return line.expiringIn((unlockTime - GENESIS) / WEEK, _now());
    }

    function _lineHistory(DecayingLine.Line storage line, uint256 offset, uint256 limit)
        internal
        view
        returns (LineRecord[] memory page, uint256 length)
    {
        uint256[] memory words = line.history.page(offset, limit);
        page = new LineRecord[](words.length);
        for (uint256 i = 0; i < words.length; ++i) {
            Checkpoint entry = Checkpoint.wrap(words[i]);
            page[i] = LineRecord(GENESIS + entry.time(), entry.amount(), entry.moment());
        }
        length = line.history.length();
    }

    /* INTERNAL: REQUIREMENTS */

    function _held(address account) internal view returns (LockCheckpoint lock) {
        lock = _head(account);
        if (!lock.isHeld()) revert VotingEscrow__NoLock(account);
    }

    function _running(address account) internal view returns (LockCheckpoint lock) {
        lock = _held(account);
        if (!lock.isAlive(_now() / WEEK)) revert VotingEscrow__LockExpired(account, _endOf(lock.week()));
    }

    function _runningDecaying(address account) internal view returns (LockCheckpoint lock) {
        lock = _running(account);
        if (lock.isPermanent()) revert VotingEscrow__LockPermanent(account);
    }

    function _expired(address account) internal view returns (LockCheckpoint lock) {
        lock = _held(account);
        if (lock.isPermanent()) revert VotingEscrow__LockPermanent(account);
        if (lock.isAlive(_now() / WEEK)) revert VotingEscrow__LockActive(account, _endOf(lock.week()));
    }

    function _requireDeposit(uint256 amount) internal pure {
        if (amount < MIN_DEPOSIT) revert VotingEscrow__DepositTooSmall(amount, MIN_DEPOSIT);
    }

    function _requireDao() internal view {
        if (msg.sender != dao) revert VotingEscrow__NotDao(msg.sender);
    }

    /// @dev The present second may still change, so it is not past.
    function _requirePast(uint256 time) internal view {
        if (time >= block.timestamp) revert ERC5805FutureLookup(time, clock());
    }

    function _laterWeek(LockCheckpoint lock, uint256 unlockTime) internal view returns (uint256) {
        uint256 current = _endOf(lock.week());
        if (unlockTime <= current) revert VotingEscrow__NotExtended(unlockTime, current);
        return _termWeek(unlockTime);
    }

    /// @dev The week since genesis that a lock with this end has, if its term is allowed.
    function _termWeek(uint256 unlockTime) internal view returns (uint256) {
        uint256 latest = _now() / WEEK + MAX_WEEKS;
        if (latest > LAST_WEEK) latest = LAST_WEEK;
        latest = _endOf(latest);
        if (unlockTime > latest) revert VotingEscrow__TermTooLong(unlockTime, latest);
        uint256 excess = unlockTime % WEEK;
        if (excess != 0) {
            revert VotingEscrow__NotWeekBoundary(unlockTime, unlockTime - excess, unlockTime - excess + WEEK);
        }
        if (unlockTime < block.timestamp + MIN_TERM) {
            revert VotingEscrow__TermTooShort(unlockTime, _earliest());
        }
        return (unlockTime - GENESIS) / WEEK;
    }

    /// @dev The first week boundary that is at least `MIN_TERM` away.
    function _earliest() internal view returns (uint256) {
        uint256 time = block.timestamp + MIN_TERM + WEEK - 1;
        return time - time % WEEK;
    }
}

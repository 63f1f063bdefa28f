// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IERC5805} from "@openzeppelin/contracts/interfaces/IERC5805.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title vePT, the vote escrow of PT
/// @notice PT is locked until a week boundary and weighs `amount * (unlockTime - t) / 104 weeks` until then. Weights
/// count as votes, for the owner or for the one it delegates to, at any second of the past (IERC5805, clock in
/// seconds since 1970). docs/escrow.md has the derivation, the bit layout and the table of states.
/// @dev `DelegateVotesChanged` is emitted when delegation moves votes, with the figures of that second. Weights decay
/// without events, and what an owner adds to a delegated lock shows in the lock's events alone: an indexer computes
/// votes from locks and delegations, or asks. No ERC-20 `Transfer` is ever emitted.
///
/// Units: amounts and weights in wei of PT; times in seconds since 1970; weeks since genesis where a name says
/// `week`; *raw* values are undivided integers, weight times 104 weeks in seconds.
interface IVotingEscrow is IERC5805, IERC20Metadata {
    /* TYPES */

    /// @notice One account's lock and what it amounts to now, for wallets and indexers.
    /// @param amount Locked wei of PT; 0 when there is no lock.
    /// @param unlockTime End of the lock in seconds; `PERMANENT` for a permanent lock; 0 without a lock.
    /// @param delegatee Who votes with the lock; the account itself until it says otherwise.
    /// @param weight Weight of the lock now, in wei, whoever votes with it.
    /// @param votes Votes of the account now, in wei: its own lock, unless delegated away, and what is delegated to it.
    struct LockView {
        uint256 amount;
        uint256 unlockTime;
        address delegatee;
        uint256 weight;
        uint256 votes;
    }

    /// @notice The terms on which an operator may pay into somebody else's lock.
    /// @param approved Whether it may at all.
    /// @param unlockTime The only end with which it may create the owner's lock; 0: it may only add.
    struct Operator {
        bool approved;
        uint64 unlockTime;
    }

    /// @notice One entry of a lock's history.
    /// @param time Since when it holds, in seconds.
    /// @param amount Locked wei; 0 for no lock.
    /// @param unlockTime End in seconds, or `PERMANENT`; 0 for no lock.
    /// @param delegated Whether somebody else votes with it.
    struct LockRecord {
        uint256 time;
        uint256 amount;
        uint256 unlockTime;
        bool delegated;
    }

    /// @notice One entry of a line's history: A and C as in `pastLine`, from `time` (seconds) on.
    struct LineRecord {
        uint256 time;
        uint256 amount;
        uint256 moment;
    }

    /* ERRORS */

    /// @notice The amount is below `MIN_DEPOSIT`.
    error VotingEscrow__DepositTooSmall(uint256 amount, uint256 minimum);
    /// @notice The unlock time is not a week boundary (Thursday 00:00 UTC); `below` and `above` are the nearest ones.
    error VotingEscrow__NotWeekBoundary(uint256 unlockTime, uint256 below, uint256 above);
    /// @notice The lock would have less than `MIN_TERM` (30 days and 8 hours) to run.
    error VotingEscrow__TermTooShort(uint256 unlockTime, uint256 earliest);
    /// @notice The lock would run for more than 104 weeks, or past the last week that the bits can hold.
    error VotingEscrow__TermTooLong(uint256 unlockTime, uint256 latest);
    /// @notice The new end must lie after the present one.
    error VotingEscrow__NotExtended(uint256 unlockTime, uint256 current);
    /// @notice The account has a lock already, running or waiting to be withdrawn.
    error VotingEscrow__LockExists(address account);
    /// @notice The account has no lock.
    error VotingEscrow__NoLock(address account);
    /// @notice The lock is over: withdraw or relock it.
    error VotingEscrow__LockExpired(address account, uint256 unlockTime);
    /// @notice The lock still runs.
    error VotingEscrow__LockActive(address account, uint256 unlockTime);
    /// @notice The lock is permanent: it has no end to extend or to wait for until `startClock`.
    error VotingEscrow__LockPermanent(address account);
    /// @notice The lock is not permanent.
    error VotingEscrow__LockNotPermanent(address account);
    /// @notice The caller is not an operator of the owner's, or has no unlock time to create a lock with.
    error VotingEscrow__NotOperator(address owner, address caller);
    /// @notice Only the Timelock may.
    error VotingEscrow__NotDao(address caller);
    /// @notice The successor has not been announced, or not for 30 days yet (`from`; 0: not announced).
    error VotingEscrow__NotMigratable(address successor, uint256 from);
    /// @notice The successor did not confirm that it took the lock over.
    error VotingEscrow__MigrationRefused(address successor);
    /// @notice The address is zero, this contract, or has no code where it must have some.
    error VotingEscrow__BadAddress(address account);
    /// @notice A past lookup asks for the present or the future (the name that OpenZeppelin's `Votes` uses).
    error ERC5805FutureLookup(uint256 timepoint, uint48 clock);
    /// @notice vePT does not move and can't be approved.
    error VotingEscrow__NotTransferable();

    /* EVENTS */

    /// @notice A lock came into being; `payer` gave the tokens.
    event Created(address indexed owner, address indexed payer, uint256 amount, uint256 unlockTime);
    /// @notice `amount` was added to a lock that runs.
    event Added(address indexed owner, address indexed payer, uint256 amount);
    /// @notice A lock runs longer.
    event Extended(address indexed owner, uint256 unlockTime);
    /// @notice A lock stopped decaying: it has 104 weeks to run until its owner starts the clock.
    event MadePermanent(address indexed owner);
    /// @notice A permanent lock decays again, to `unlockTime`.
    event ClockStarted(address indexed owner, uint256 unlockTime);
    /// @notice An expired lock began again with the tokens it held.
    event Relocked(address indexed owner, uint256 amount, uint256 unlockTime);
    /// @notice The tokens of an expired lock left.
    event Withdrawn(address indexed owner, address indexed to, uint256 amount);
    /// @notice A lock moved to a successor of this contract, by its owner's call.
    event Migrated(address indexed owner, address indexed successor, uint256 amount, uint256 unlockTime);
    /// @notice The owner set the terms for an operator.
    event OperatorSet(address indexed owner, address indexed operator, bool approved, uint256 unlockTime);
    /// @notice The DAO announced a successor; owners may migrate to it from `from` on.
    event SuccessorAnnounced(address indexed successor, uint256 from);
    /// @notice The DAO took an announcement back.
    event SuccessorRetracted(address indexed successor);

    /* CONSTANTS */

    /// @notice PT.
    function token() external view returns (address);
    /// @notice The Timelock. All it can do here is to announce successors and to take that back.
    function dao() external view returns (address);
    /// @notice The week boundary that times inside checkpoints count from, in seconds.
    function GENESIS() external view returns (uint256);
    /// @notice Least deposit: 1 PT.
    function MIN_DEPOSIT() external view returns (uint256);
    /// @notice Least term, 104 weeks / 24: 2,620,800 seconds.
    function MIN_TERM() external view returns (uint256);
    /// @notice Longest term: 104 weeks, in seconds. A lock of that term weighs its amount.
    function MAX_TERM() external view returns (uint256);
    /// @notice The unlock time that stands for a permanent lock.
    function PERMANENT() external view returns (uint256);
    /// @notice Seconds between the announcement of a successor and the first migration: 30 days.
    function MIGRATION_NOTICE() external view returns (uint256);

    /* THE OWNER'S LOCK */

    /// @notice Lock `amount` wei of the caller's PT until `unlockTime`.
    /// @dev Requirements: no lock; amount at least 1 PT; `unlockTime` a week boundary, at least `MIN_TERM` and at most
    /// `MAX_TERM` ahead. Emits `Created`.
    function create(uint256 amount, uint256 unlockTime) external;
    /// @notice Add `amount` wei of the caller's PT to its lock.
    /// @dev Requirements: a permanent lock, or one with at least `MIN_TERM` to run; amount at least 1 PT. Emits `Added`.
    function add(uint256 amount) external;
    /// @notice Let the lock run until a later `unlockTime`.
    /// @dev Requirements: a running lock that is not permanent; the new end as in `create`. Emits `Extended`.
    function extend(uint256 unlockTime) external;
    /// @notice `add` and `extend` in one call; the term that counts for adding is the new one.
    /// @dev Requirements as of the two, but for the present term. Emits `Added` and `Extended`.
    function addAndExtend(uint256 amount, uint256 unlockTime) external;
    /// @notice Stop the decay: the lock weighs its full amount until `startClock`.
    /// @dev Requirements: a running lock that is not permanent; 104 weeks from now on that the bits can hold, which is
    /// so for 76 years after genesis. Emits `MadePermanent`.
    function makePermanent() external;
    /// @notice Start the decay of a permanent lock: it ends 104 weeks after the start of the current week.
    /// @dev The weight falls by less than 1% and never rises; by more in the last 104 weeks that the bits can hold,
    /// where the term is shorter. Reverts with `History__TimeOverflow` 136 years after genesis. Emits `ClockStarted`.
    function startClock() external;
    /// @notice Take the tokens of an expired lock, to the caller or to another address.
    /// @dev Depends on nothing but time. Emits `Withdrawn`. `withdraw()` is `withdraw(msg.sender)`.
    function withdraw() external;
    function withdraw(address to) external;
    /// @notice Lock the tokens of an expired lock again, until `unlockTime`.
    /// @dev Requirements: an expired lock; the end as in `create`. Emits `Relocked`.
    function relock(uint256 unlockTime) external;
    /// @notice Move a lock that still runs to an announced successor, which receives amount and end.
    /// @dev Requirements: announced by the DAO at least 30 days ago; the successor answers `onLockMigrated` with its
    /// selector. Emits `Migrated`.
    function migrate(address successor) external;

    /* PERMIT VARIANTS */

    /// @notice As the functions without permit; the permit (ERC-2612) is for this contract and exactly `amount`.
    /// @dev A permit that fails is ignored: if somebody sent it earlier, the allowance is there already. Any allowance
    /// that stands is used, so `deadline` limits the permit and not the deposit; with none, the transfer reverts.
    function createWithPermit(
        uint256 amount,
        uint256 unlockTime,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;
    function addWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;
    function addAndExtendWithPermit(
        uint256 amount,
        uint256 unlockTime,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /* OPERATORS */

    /// @notice Let an operator pay into the caller's lock from its own balance, or stop it.
    /// @dev The terms stay until the owner changes them. Requirements: not the zero address. Emits `OperatorSet`.
    /// @param unlockTime The only end with which the operator may create the lock; 0: it may only add.
    function setOperator(address operator, bool approved, uint256 unlockTime) external;
    /// @notice Create the owner's lock with the caller's tokens, ending when the owner chose.
    /// @dev Requirements: an operator with an end; otherwise as in `create`. Emits `Created`.
    function createFor(address owner, uint256 amount) external;
    /// @notice Add the caller's tokens to the owner's lock.
    /// @dev Requirements: an operator; otherwise as in `add`. Emits `Added`.
    function addFor(address owner, uint256 amount) external;
    /// @notice The terms that an owner set for an operator.
    function operatorOf(address owner, address operator) external view returns (Operator memory);

    /* UPKEEP */

    /// @notice Bring the total's line, or an account's, up to the present, so that readers have fewer weeks to walk.
    /// Changes no weight at any time; adds an entry to the history. Open to anyone.
    function checkpoint() external;
    function checkpoint(address account) external;

    /* SUCCESSORS */

    /// @notice Announce a successor; owners may `migrate` to it 30 days later. Only the DAO.
    /// @dev Once more begins the notice anew. Requirements: an address with code. Emits `SuccessorAnnounced`.
    function announceSuccessor(address successor) external;
    /// @notice Take an announcement back. Only the DAO. Emits `SuccessorRetracted`.
    function retractSuccessor(address successor) external;
    /// @notice When owners may migrate to a successor, in seconds; 0 if it is not announced.
    function migratableFrom(address successor) external view returns (uint256);

    /* READS */

    /// @notice The account's lock now.
    function lockOf(address account) external view returns (LockView memory);
    /// @notice Many locks in one call.
    function locksOf(address[] calldata accounts) external view returns (LockView[] memory);
    /// @notice Weight of the account's own lock at a time of the past or the future, if nothing changes; in wei.
    function weightAt(address account, uint256 time) external view returns (uint256);
    /// @notice Votes of the account at a time of the past or the future, if nothing changes; in wei.
    function votesAt(address account, uint256 time) external view returns (uint256);
    /// @notice The lock as it stood at a past time, undivided.
    /// @return amount Wei of PT; 0 if there was none, or none that still ran.
    /// @return unlockTime Its end, or `PERMANENT`.
    /// @return delegated Whether somebody else voted with it.
    /// @return raw Its weight times `MAX_TERM`.
    function pastLock(address account, uint256 time)
        external
        view
        returns (uint256 amount, uint256 unlockTime, bool delegated, uint256 raw);
    /// @notice What was delegated to the account at a past time, undivided.
    /// @return amount A: decaying wei, without permanent locks.
    /// @return moment C: Σ amount * end week, and 104 * amount for each permanent lock.
    /// @return raw `C * 1 week - A * (time - GENESIS)`, the weight times `MAX_TERM`.
    function pastLine(address account, uint256 time)
        external
        view
        returns (uint256 amount, uint256 moment, uint256 raw);
    /// @notice The same for all locks together.
    function pastTotalLine(uint256 time) external view returns (uint256 amount, uint256 moment, uint256 raw);
    /// @notice Amount that expires at a week boundary of the future, in the total's line or in what is delegated to an
    /// account; in wei. 0 for other times.
    function expiringTotal(uint256 unlockTime) external view returns (uint256);
    function expiring(address account, uint256 unlockTime) external view returns (uint256);
    /// @notice Pages of an account's lock history, oldest first, the latest change last. Withdrawing writes no entry:
    /// whether tokens are held still is what `lockOf` says.
    /// @return page At most `limit` entries from index `offset` on.
    /// @return length Number of checkpoints in all.
    function lockHistory(address account, uint256 offset, uint256 limit)
        external
        view
        returns (LockRecord[] memory page, uint256 length);
    /// @notice Pages of the history of what is delegated to an account.
    function lineHistory(address account, uint256 offset, uint256 limit)
        external
        view
        returns (LineRecord[] memory page, uint256 length);
    /// @notice Pages of the total's history.
    function totalHistory(uint256 offset, uint256 limit)
        external
        view
        returns (LineRecord[] memory page, uint256 length);
}

/// @title What a successor of the escrow must answer
interface IEscrowSuccessor {
    /// @notice Take over a lock. The tokens have arrived when this is called.
    /// @param owner Whose lock it is.
    /// @param amount Wei of PT.
    /// @param unlockTime End of the lock in seconds, or `PERMANENT`.
    /// @return The selector of this function.
    function onLockMigrated(address owner, uint256 amount, uint256 unlockTime) external returns (bytes4);
}

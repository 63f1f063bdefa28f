// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint, sumsOf} from "../../contracts/escrow/Checkpoint.sol";
import {DecayingLine} from "../../contracts/escrow/DecayingLine.sol";
import {History} from "../../contracts/escrow/History.sol";
import {IEscrowSuccessor} from "../../contracts/escrow/IVotingEscrow.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";
import {VotingEscrow} from "../../contracts/escrow/VotingEscrow.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

interface Vm {
    function warp(uint256 timestamp) external;
    function prank(address sender) external;
}

/// @notice The escrow with its state laid open, so that a proof can begin anywhere.
contract OpenEscrow is VotingEscrow {
    constructor(address token_, address dao_) VotingEscrow(token_, dao_) {}

    function put(address owner, LockCheckpoint lock, address delegatee) external {
        _locks[owner].head =
            LockCheckpoint.unwrap(lock) & History.PAYLOAD_MASK | _now() << History.TIME_SHIFT;
        _delegatees[owner] = delegatee;
        uint256 week = _counts(lock) && !lock.isPermanent() ? lock.week() : 0;
        _into(_total, lock, week);
        if (lock.isDelegated()) _into(_lines[delegatee], lock, week);
    }

    function announce(address successor, uint256 from) external {
        migratableFrom[successor] = from;
    }

    function approveOperator(address owner, address operator, uint64 unlockTime) external {
        _operators[owner][operator] = Operator(true, unlockTime);
    }

    function now_() external view returns (uint256) {
        return _now();
    }

    function head(address owner) external view returns (LockCheckpoint) {
        return _head(owner);
    }

    function totalSums() external view returns (Checkpoint) {
        return Checkpoint.wrap(_total.history.head);
    }

    function lineSums(address account) external view returns (Checkpoint) {
        return Checkpoint.wrap(_lines[account].history.head);
    }

    /// @dev A and C of one lock now.
    function sumsOfLock(LockCheckpoint lock) public view returns (uint256, uint256) {
        if (!_counts(lock)) return (0, 0);
        if (lock.isPermanent()) return (0, lock.amount() * MAX_WEEKS);
        return (lock.amount(), lock.amount() * lock.week());
    }

    function _counts(LockCheckpoint lock) private view returns (bool) {
        return lock.isAlive(_now() / WEEK);
    }

    /// @dev Lines begin with a schedule, as they have after a second week joined.
    function _into(DecayingLine.Line storage line, LockCheckpoint lock, uint256 week) private {
        (uint256 amount, uint256 moment) = sumsOfLock(lock);
        Checkpoint before = Checkpoint.wrap(line.history.head);
        Checkpoint sums = sumsOf(before.amount() + amount, before.moment() + moment);
        // The mask tells the solver that the stamp is what it is, whatever the sums are.
        line.history.head = Checkpoint.unwrap(sums) & History.PAYLOAD_MASK | _now() << History.TIME_SHIFT;
        if (week == 0) return;
        line.expiring[week] += amount;
        line.populated[week / 256] |= 1 << (week % 256);
    }
}

contract Money is ERC20("Money", "M") {
    constructor(address[2] memory holders) {
        _mint(holders[0], 1e26);
        _mint(holders[1], 1e26);
    }

    function give(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function permit(address, address, uint256, uint256, uint8, bytes32, bytes32) external pure {
        revert();
    }
}

contract Successor is IEscrowSuccessor {
    function onLockMigrated(address, uint256, uint256) external pure returns (bytes4) {
        return IEscrowSuccessor.onLockMigrated.selector;
    }
}

/// @notice One action in any state of two locks, at one moment of the escrow's life.
/// @dev Locks are any words that hold tokens: decaying to any week, permanent, over, delegated or not. Paths on which
/// the action reverts end without a word.
contract EscrowProof {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant WEEK = 7 days;
    uint256 private constant NOW = 1_800_000_000 + 60 * WEEK;
    uint256 private constant HELD = 5e26;
    uint16 private constant OTHER_WEEK = 150;
    address private constant HOLDER = address(0x1001);
    address private constant SECOND = address(0x1002);
    address private constant DAO = address(0x1003);

    OpenEscrow private _escrow;
    Money private _token;
    Successor private _successor;

    function setUp() public {
        VM.warp(1_800_000_000);
        _token = new Money([HOLDER, SECOND]);
        _escrow = new OpenEscrow(address(_token), DAO);
        _successor = new Successor();
        _token.give(address(_escrow), HELD);
        VM.prank(HOLDER);
        _token.approve(address(_escrow), type(uint256).max);
        VM.prank(SECOND);
        _token.approve(address(_escrow), type(uint256).max);
        VM.warp(NOW);
    }

    /* TOKENS THAT LEAVE */

    /// @notice A withdrawal succeeds for the owner alone, after the end alone, and takes what is locked.
    function check_tokens_leave_after_the_end(LockCheckpoint lock, bool asSecond) external {
        _put(HOLDER, lock, SECOND);
        VM.prank(asSecond ? SECOND : HOLDER);
        _escrow.withdraw();
        assert(!asSecond && lock.isHeld() && !lock.isPermanent());
        assert(_escrow.GENESIS() + lock.week() * WEEK <= NOW);
        assert(_token.balanceOf(address(_escrow)) == HELD - lock.amount());
        assert(_token.balanceOf(HOLDER) == 1e26 + lock.amount());
    }

    /// @notice A migration succeeds for the owner alone, to an announced successor alone, after the notice.
    function check_tokens_leave_by_migration(LockCheckpoint lock, uint256 from, bool asSecond) external {
        _put(HOLDER, lock, SECOND);
        _escrow.announce(address(_successor), from);
        VM.prank(asSecond ? SECOND : HOLDER);
        _escrow.migrate(address(_successor));
        assert(!asSecond && lock.isHeld() && from != 0 && from <= NOW);
        assert(_token.balanceOf(address(_successor)) == lock.amount());
        assert(_token.balanceOf(address(_escrow)) == HELD - lock.amount());
        _assertSums();
    }

    /// @notice No announcement is younger than its notice.
    function check_successor_is_announced_by_the_dao(address caller) external {
        VM.prank(caller);
        _escrow.announceSuccessor(address(_successor));
        assert(caller == DAO && _escrow.migratableFrom(address(_successor)) == NOW + 30 days);
    }

    /* SUMS AFTER AN ACTION; AND NOTHING LEAVES BY IT */

    /// @notice More in a lock.
    function check_sums_after_add(uint48 held, uint16 week, bool delegated, uint48 other, uint48 amount) external {
        _begin(held, week, delegated, other);
        _escrow.add(amount);
        _assertSums();
        _assertWon(amount);
    }

    /// @notice Another end.
    function check_sums_after_extend(uint48 held, uint16 week, bool delegated, uint48 other, uint256 end)
        external
    {
        _begin(held, week, delegated, other);
        _escrow.extend(end);
        _assertSums();
        _assertWon(0);
    }

    /// @notice No end.
    function check_sums_after_make_permanent(uint48 held, uint16 week, bool delegated, uint48 other) external {
        _begin(held, week, delegated, other);
        _escrow.makePermanent();
        _assertSums();
        _assertWon(0);
    }

    /// @notice An end again; the weight does not grow.
    function check_sums_after_start_clock(uint48 held, bool delegated, uint48 other) external {
        _begin(held, 0, delegated, other);
        _escrow.startClock();
        _assertSums();
        _assertWon(0);
        assert(_escrow.head(HOLDER).week() * WEEK - _escrow.now_() <= 104 * WEEK);
    }

    /// @notice An expired lock begins again.
    function check_sums_after_relock(uint48 held, uint16 week, bool delegated, uint48 other, uint256 end)
        external
    {
        _begin(held, week, delegated, other);
        _escrow.relock(end);
        _assertSums();
        _assertWon(0);
    }

    /// @notice Votes move, or come back.
    function check_sums_after_delegate(uint48 held, uint16 week, bool delegated, uint48 other) external {
        _begin(held, week, delegated, other);
        _escrow.delegate(delegated ? HOLDER : SECOND);
        _assertSums();
        _assertWon(0);
        assert(_escrow.head(HOLDER).isDelegated() != delegated);
    }

    /// @notice A first lock.
    function check_sums_after_create(uint48 other, uint256 amount, uint256 end) external {
        _put(SECOND, _lock(other, OTHER_WEEK, false), SECOND);
        VM.prank(HOLDER);
        _escrow.create(amount, end);
        _assertSums();
        _assertWon(amount);
    }

    /// @notice An operator pays, and the lock is the owner's.
    function check_sums_after_add_for(uint48 held, uint16 week, uint256 amount) external {
        _put(HOLDER, _lock(held, week, false), SECOND);
        _escrow.approveOperator(HOLDER, SECOND, 0);
        VM.prank(SECOND);
        _escrow.addFor(HOLDER, amount);
        _assertSums();
        assert(_token.balanceOf(address(_escrow)) == HELD + amount);
        assert(_token.balanceOf(SECOND) == 1e26 - amount && _token.balanceOf(HOLDER) == 1e26);
        assert(_escrow.head(HOLDER).week() == week);
    }

    /* INTERNAL */

    /// @dev The caller's lock, and another one: of any amounts, the caller's of any end.
    function _begin(uint48 held, uint16 week, bool delegated, uint48 other) private {
        _put(HOLDER, _lock(held, week, delegated), SECOND);
        _put(SECOND, _lock(other, OTHER_WEEK, false), SECOND);
        VM.prank(HOLDER);
    }

    /// @dev Week 0 stands for a permanent lock. The weeks that are tried: over, near, far, and the other lock's.
    function _lock(uint48 amount, uint16 week, bool delegated) private pure returns (LockCheckpoint) {
        if (amount == 0 || amount > HELD / 2) revert();
        uint256 end = week == 0 ? 0 : week == 1 ? 60 : week == 2 ? 80 : week == 3 ? 120 : OTHER_WEEK;
        return packLock(amount, end, end == 0, delegated);
    }

    function _put(address owner, LockCheckpoint lock, address delegatee) private {
        if (LockCheckpoint.unwrap(lock) >> 105 != 0 || lock.amount() > HELD / 2) revert();
        _escrow.put(owner, lock, delegatee);
    }

    /// @dev V1 in integers: the total is the sum of the locks, and so is what is delegated.
    function _assertSums() private view {
        LockCheckpoint lock = _escrow.head(HOLDER);
        (uint256 a, uint256 c) = _escrow.sumsOfLock(lock);
        (uint256 b, uint256 d) = _escrow.sumsOfLock(_escrow.head(SECOND));
        Checkpoint total = _escrow.totalSums();
        Checkpoint line = _escrow.lineSums(SECOND);
        assert(total.amount() == a + b && total.moment() == c + d);
        assert(line.amount() == (lock.isDelegated() ? a : 0));
        assert(line.moment() == (lock.isDelegated() ? c : 0));
    }

    function _assertWon(uint256 amount) private view {
        assert(_token.balanceOf(address(_escrow)) == HELD + amount);
        assert(_token.balanceOf(HOLDER) == 1e26 - amount);
    }
}

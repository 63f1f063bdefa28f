// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint} from "./Checkpoint.sol";
import {DecayingLine} from "./DecayingLine.sol";
import {History} from "./History.sol";
import {IEscrowSuccessor, IVotingEscrow} from "./IVotingEscrow.sol";
import {LOCK_PAYLOAD_MASK, LockCheckpoint, packLock} from "./LockCheckpoint.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title VotingEscrow
/// @notice One lock for each address, one decaying line for the total and one for each delegatee. An account that votes
/// for itself needs no line: its own lock is its weight.
/// @dev Who is counted where, at any second: a lock is in the total's line always, and in its delegatee's line if and
/// only if its own checkpoint of that second has the delegated bit. So Σ votes and the total are sums over the same
/// locks, equal as integers.
contract VotingEscrow is IVotingEscrow, EIP712, Nonces {
    using DecayingLine for DecayingLine.Line;
    using History for History.Store;
    using SafeERC20 for IERC20;

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
    bytes32 internal constant DELEGATION_TYPEHASH =
        keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)");

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
    constructor(address token_, address dao_) EIP712("Vote-escrowed Phemex Token", "1") {
        if (token_ == address(0)) revert VotingEscrow__BadAddress(token_);
        if (dao_ == address(0)) revert VotingEscrow__BadAddress(dao_);
        PT = IERC20(token_);
        dao = dao_;
        GENESIS = block.timestamp - block.timestamp % WEEK;
    }

    /* THE OWNER'S LOCK */

    /// @inheritdoc IVotingEscrow
    function create(uint256 amount, uint256 unlockTime) public {
        _create(msg.sender, amount, unlockTime);
    }

    /// @inheritdoc IVotingEscrow
    function add(uint256 amount) public {
        _add(msg.sender, amount);
    }

    /// @inheritdoc IVotingEscrow
    function extend(uint256 unlockTime) external {
        LockCheckpoint lock = _runningDecaying(msg.sender);
        uint256 week = _laterWeek(lock, unlockTime);
        _change(msg.sender, lock, packLock(lock.amount(), week, false, lock.isDelegated()));
        emit Extended(msg.sender, unlockTime);
    }

    /// @inheritdoc IVotingEscrow
    function addAndExtend(uint256 amount, uint256 unlockTime) public {
        _requireDeposit(amount);
        LockCheckpoint lock = _runningDecaying(msg.sender);
        uint256 week = _laterWeek(lock, unlockTime);
        _change(msg.sender, lock, packLock(lock.amount() + amount, week, false, lock.isDelegated()));
        emit Added(msg.sender, msg.sender, amount);
        emit Extended(msg.sender, unlockTime);
        PT.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IVotingEscrow
    function makePermanent() external {
        LockCheckpoint lock = _runningDecaying(msg.sender);
        _change(msg.sender, lock, packLock(lock.amount(), 0, true, lock.isDelegated()));
        emit MadePermanent(msg.sender);
    }

    /// @inheritdoc IVotingEscrow
    function startClock() external {
        LockCheckpoint lock = _held(msg.sender);
        if (!lock.isPermanent()) revert VotingEscrow__LockNotPermanent(msg.sender);
        // Near the end of the bits the term is shorter, so that a permanent lock always finds its way out.
        uint256 week = _now() / WEEK + MAX_WEEKS;
        if (week > LAST_WEEK) week = LAST_WEEK;
        _change(msg.sender, lock, packLock(lock.amount(), week, false, lock.isDelegated()));
        emit ClockStarted(msg.sender, _endOf(week));
    }

    /// @inheritdoc IVotingEscrow
    function withdraw() external {
        withdraw(msg.sender);
    }

    /// @inheritdoc IVotingEscrow
    function withdraw(address to) public {
        if (to == address(0) || to == address(this)) revert VotingEscrow__BadAddress(to);
        LockCheckpoint lock = _expired(msg.sender);
        // An expired lock has left every line by itself. The bit is set in place: history stays as it is.
        _locks[msg.sender].head = LockCheckpoint.unwrap(lock.withWithdrawn());
        uint256 amount = lock.amount();
        emit Withdrawn(msg.sender, to, amount);
        PT.safeTransfer(to, amount);
    }

    /// @inheritdoc IVotingEscrow
    function relock(uint256 unlockTime) external {
        LockCheckpoint lock = _expired(msg.sender);
        uint256 week = _termWeek(unlockTime);
        _change(msg.sender, lock, packLock(lock.amount(), week, false, lock.isDelegated()));
        emit Relocked(msg.sender, lock.amount(), unlockTime);
    }

    /// @inheritdoc IVotingEscrow
    function migrate(address successor) external {
        uint256 from = migratableFrom[successor];
        if (from == 0 || block.timestamp < from) revert VotingEscrow__NotMigratable(successor, from);
        LockCheckpoint lock = _running(msg.sender);
        uint256 amount = lock.amount();
        uint256 unlockTime = _unlockTime(lock);
        _change(msg.sender, lock, packLock(0, 0, false, lock.isDelegated()));
        emit Migrated(msg.sender, successor, amount, unlockTime);
        PT.safeTransfer(successor, amount);
        bytes4 answer = IEscrowSuccessor(successor).onLockMigrated(msg.sender, amount, unlockTime);
        if (answer != IEscrowSuccessor.onLockMigrated.selector) {
            revert VotingEscrow__MigrationRefused(successor);
        }
    }

    /* PERMIT VARIANTS */

    /// @inheritdoc IVotingEscrow
    function createWithPermit(
        uint256 amount,
        uint256 unlockTime,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        _permit(amount, deadline, v, r, s);
        create(amount, unlockTime);
    }

    /// @inheritdoc IVotingEscrow
    function addWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        _permit(amount, deadline, v, r, s);
        add(amount);
    }

    /// @inheritdoc IVotingEscrow
    function addAndExtendWithPermit(
        uint256 amount,
        uint256 unlockTime,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        _permit(amount, deadline, v, r, s);
        addAndExtend(amount, unlockTime);
    }

    /* OPERATORS */

    /// @inheritdoc IVotingEscrow
    function setOperator(address operator, bool approved, uint256 unlockTime) external {
        if (operator == address(0)) revert VotingEscrow__BadAddress(operator);
        _operators[msg.sender][operator] = Operator(approved, SafeCast.toUint64(unlockTime));
        emit OperatorSet(msg.sender, operator, approved, unlockTime);
    }

    /// @inheritdoc IVotingEscrow
    function createFor(address owner, uint256 amount) external {
        Operator memory terms = _operators[owner][msg.sender];
        if (!terms.approved || terms.unlockTime == 0) revert VotingEscrow__NotOperator(owner, msg.sender);
        _create(owner, amount, terms.unlockTime);
    }

    /// @inheritdoc IVotingEscrow
    function addFor(address owner, uint256 amount) external {
        if (!_operators[owner][msg.sender].approved) revert VotingEscrow__NotOperator(owner, msg.sender);
        _add(owner, amount);
    }

    /// @inheritdoc IVotingEscrow
    function operatorOf(address owner, address operator) external view returns (Operator memory) {
        return _operators[owner][operator];
    }

    /* DELEGATION */

    /// @inheritdoc IVotes
    /// @dev Zero and the account itself both take the votes back. The same delegatee again changes nothing.
    function delegate(address delegatee) external {
        _delegate(msg.sender, delegatee);
    }

    /// @inheritdoc IVotes
    function delegateBySig(address delegatee, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s)
        external
    {
        if (block.timestamp > expiry) revert VotesExpiredSignature(expiry);
        bytes32 digest =
            _hashTypedDataV4(keccak256(abi.encode(DELEGATION_TYPEHASH, delegatee, nonce, expiry)));
        address account = ECDSA.recover(digest, v, r, s);
        _useCheckedNonce(account, nonce);
        _delegate(account, delegatee);
    }

    /// @inheritdoc IVotes
    function delegates(address account) public view returns (address) {
        return _head(account).isDelegated() ? _delegatees[account] : account;
    }

    /* UPKEEP */

    /// @inheritdoc IVotingEscrow
    function checkpoint() external {
        _total.checkpoint(_now());
    }

    /// @inheritdoc IVotingEscrow
    function checkpoint(address account) external {
        _lines[account].checkpoint(_now());
    }

    /* SUCCESSORS */

    /// @inheritdoc IVotingEscrow
    function announceSuccessor(address successor) external {
        _requireDao();
        if (successor == address(this) || successor.code.length == 0) {
            revert VotingEscrow__BadAddress(successor);
        }
        uint256 from = block.timestamp + MIGRATION_NOTICE;
        migratableFrom[successor] = from;
        emit SuccessorAnnounced(successor, from);
    }

    /// @inheritdoc IVotingEscrow
    function retractSuccessor(address successor) external {
        _requireDao();
        if (migratableFrom[successor] == 0) revert VotingEscrow__NotMigratable(successor, 0);
        delete migratableFrom[successor];
        emit SuccessorRetracted(successor);
    }

    /* VOTES */

    /// @inheritdoc IVotes
    function getVotes(address account) external view returns (uint256) {
        return _votesRaw(account, _now()) / MAX_TERM;
    }

    /// @inheritdoc IVotes
    function getPastVotes(address account, uint256 timepoint) external view returns (uint256) {
        _requirePast(timepoint);
        return votesAt(account, timepoint);
    }

    /// @inheritdoc IVotes
    function getPastTotalSupply(uint256 timepoint) external view returns (uint256) {
        (,, uint256 raw) = pastTotalLine(timepoint);
        return raw / MAX_TERM;
    }

    /// @inheritdoc IERC6372
    function clock() public view returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @inheritdoc IERC6372
    function CLOCK_MODE() external pure returns (string memory) {
        return "mode=timestamp";
    }

    /* READS */

    /// @inheritdoc IVotingEscrow
    function token() external view returns (address) {
        return address(PT);
    }

    /// @inheritdoc IVotingEscrow
    function lockOf(address account) public view returns (LockView memory) {
        LockCheckpoint lock = _head(account);
        bool held = lock.isHeld();
        return LockView({
            amount: held ? lock.amount() : 0,
            unlockTime: held ? _unlockTime(lock) : 0,
            delegatee: delegates(account),
            weight: _lockRaw(lock, _now()) / MAX_TERM,
            votes: _votesRaw(account, _now()) / MAX_TERM
        });
    }

    /// @inheritdoc IVotingEscrow
    function locksOf(address[] calldata accounts) external view returns (LockView[] memory locks) {
        locks = new LockView[](accounts.length);
        for (uint256 i = 0; i < accounts.length; ++i) {
            locks[i] = lockOf(accounts[i]);
        }
    }

    /// @inheritdoc IVotingEscrow
    function weightAt(address account, uint256 time) external view returns (uint256) {
        if (time < GENESIS) return 0;
        return _lockRaw(_lockAt(account, time - GENESIS), time - GENESIS) / MAX_TERM;
    }

    /// @inheritdoc IVotingEscrow
    function votesAt(address account, uint256 time) public view returns (uint256) {
        return time < GENESIS ? 0 : _votesRaw(account, time - GENESIS) / MAX_TERM;
    }

    /// @inheritdoc IVotingEscrow
    function pastLock(address account, uint256 time)
        external
        view
        returns (uint256 amount, uint256 unlockTime, bool delegated, uint256 raw)
    {
        _requirePast(time);
        if (time < GENESIS) return (0, 0, false, 0);
        LockCheckpoint lock = _lockAt(account, time - GENESIS);
        delegated = lock.isDelegated();
        if (lock.isAlive((time - GENESIS) / WEEK)) {
            (amount, unlockTime) = (lock.amount(), _unlockTime(lock));
            raw = _lockRaw(lock, time - GENESIS);
        }
    }

    /// @inheritdoc IVotingEscrow
    function pastLine(address account, uint256 time)
        external
        view
        returns (uint256 amount, uint256 moment, uint256 raw)
    {
        return _pastLine(_lines[account], time);
    }

    /// @inheritdoc IVotingEscrow
    function pastTotalLine(uint256 time) public view returns (uint256 amount, uint256 moment, uint256 raw) {
        return _pastLine(_total, time);
    }

    /// @inheritdoc IVotingEscrow
    function expiringTotal(uint256 unlockTime) external view returns (uint256) {
        return _expiring(_total, unlockTime);
    }

    /// @inheritdoc IVotingEscrow
    function expiring(address account, uint256 unlockTime) external view returns (uint256) {
        return _expiring(_lines[account], unlockTime);
    }

    /// @inheritdoc IVotingEscrow
    function lockHistory(address account, uint256 offset, uint256 limit)
        external
        view
        returns (LockRecord[] memory page, uint256 length)
    {
        uint256[] memory words = _locks[account].page(offset, limit);
        page = new LockRecord[](words.length);
        for (uint256 i = 0; i < words.length; ++i) {
            LockCheckpoint lock = LockCheckpoint.wrap(words[i]);
            page[i] = LockRecord({
                time: GENESIS + lock.time(),
                amount: lock.amount(),
                unlockTime: lock.amount() == 0 ? 0 : _unlockTime(lock),
                delegated: lock.isDelegated()
            });
        }
        length = _locks[account].length();
    }

    /// @inheritdoc IVotingEscrow
    function lineHistory(address account, uint256 offset, uint256 limit)
        external
        view
        returns (LineRecord[] memory page, uint256 length)
    {
        return _lineHistory(_lines[account], offset, limit);
    }

    /// @inheritdoc IVotingEscrow
    function totalHistory(uint256 offset, uint256 limit)
        external
        view
        returns (LineRecord[] memory page, uint256 length)
    {
        return _lineHistory(_total, offset, limit);
    }

    /* ERC-20, FOR WALLETS AND EXPLORERS */

    /// @inheritdoc IERC20Metadata
    function name() external pure returns (string memory) {
        return "Vote-escrowed Phemex Token";
    }

    /// @inheritdoc IERC20Metadata
    function symbol() external pure returns (string memory) {
        return "vePT";
    }

    /// @inheritdoc IERC20Metadata
    function decimals() external pure returns (uint8) {
        return 18;
    }

    /// @inheritdoc IERC20
    /// @dev The weight of the account's own lock now, whoever votes with it.
    function balanceOf(address account) external view returns (uint256) {
        return _lockRaw(_head(account), _now()) / MAX_TERM;
    }

    /// @inheritdoc IERC20
    function totalSupply() external view returns (uint256) {
        return _lineRaw(_total, _now()) / MAX_TERM;
    }

    /// @inheritdoc IERC20
    function allowance(address, address) external pure returns (uint256) {
        return 0;
    }

    /// @inheritdoc IERC20
    function transfer(address, uint256) external pure returns (bool) {
        revert VotingEscrow__NotTransferable();
    }

    /// @inheritdoc IERC20
    function transferFrom(address, address, uint256) external pure returns (bool) {
        revert VotingEscrow__NotTransferable();
    }

    /// @inheritdoc IERC20
    function approve(address, uint256) external pure returns (bool) {
        revert VotingEscrow__NotTransferable();
    }

    /* INTERNAL: CHANGES */

    function _create(address owner, uint256 amount, uint256 unlockTime) internal {
        _requireDeposit(amount);
        uint256 week = _termWeek(unlockTime);
        LockCheckpoint lock = _head(owner);
        if (lock.isHeld()) revert VotingEscrow__LockExists(owner);
        _change(owner, lock, packLock(amount, week, false, lock.isDelegated()));
        emit Created(owner, msg.sender, amount, unlockTime);
        PT.safeTransferFrom(msg.sender, address(this), amount);
    }

    function _add(address owner, uint256 amount) internal {
        _requireDeposit(amount);
        LockCheckpoint lock = _running(owner);
        if (!lock.isPermanent() && _endOf(lock.week()) < block.timestamp + MIN_TERM) {
            revert VotingEscrow__TermTooShort(_endOf(lock.week()), _earliest());
        }
        _change(
            owner, lock, packLock(lock.amount() + amount, lock.week(), lock.isPermanent(), lock.isDelegated())
        );
        emit Added(owner, msg.sender, amount);
        PT.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @dev The one place where a lock changes: in its own history, in the total, and in the delegatee's line.
    function _change(address owner, LockCheckpoint from, LockCheckpoint to) internal {
        uint256 now_ = _now();
        _locks[owner].write(LockCheckpoint.unwrap(from), LockCheckpoint.unwrap(to), now_);
        _total.replace(from, to, now_);
        if (from.isDelegated()) _lines[_delegatees[owner]].replace(from, to, now_);
    }

    function _delegate(address account, address delegatee) internal {
        if (delegatee == address(0)) delegatee = account;
        LockCheckpoint lock = _head(account);
        address current = lock.isDelegated() ? _delegatees[account] : account;
        if (delegatee == current) return;

        uint256 now_ = _now();
        bool alive = lock.isAlive(now_ / WEEK);
        uint256 raw = _lockRaw(lock, now_);
        uint256 loser = alive ? _votesRaw(current, now_) : 0;
        uint256 winner = alive ? _votesRaw(delegatee, now_) : 0;

        uint256 payload = LockCheckpoint.unwrap(lock.withDelegated(delegatee != account)) & LOCK_PAYLOAD_MASK;
        _locks[account].write(LockCheckpoint.unwrap(lock), payload, now_);
        if (alive && current != account) _lines[current].replace(lock, NO_LOCK, now_);
        if (delegatee != account) {
            _delegatees[account] = delegatee;
            if (alive) _lines[delegatee].replace(NO_LOCK, lock, now_);
        }

        emit DelegateChanged(account, current, delegatee);
        if (alive) {
            emit DelegateVotesChanged(current, loser / MAX_TERM, (loser - raw) / MAX_TERM);
            emit DelegateVotesChanged(delegatee, winner / MAX_TERM, (winner + raw) / MAX_TERM);
        }
    }

    /// @dev Somebody may have sent the permit already; then the allowance is there, and its failure means nothing.
    function _permit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) internal {
        try IERC20Permit(address(PT)).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
    }

    /* INTERNAL: READS */

    /// @dev Seconds since genesis.
    function _now() internal view returns (uint256) {
        return block.timestamp - GENESIS;
    }

    function _head(address account) internal view returns (LockCheckpoint) {
        return LockCheckpoint.wrap(_locks[account].head);
    }

    function _lockAt(address account, uint256 time) internal view returns (LockCheckpoint) {
        return LockCheckpoint.wrap(_locks[account].at(time));
    }

    function _endOf(uint256 week) internal view returns (uint256) {
        return GENESIS + week * WEEK;
    }

    function _unlockTime(LockCheckpoint lock) internal view returns (uint256) {
        return lock.isPermanent() ? PERMANENT : _endOf(lock.week());
    }

    function _lockRaw(LockCheckpoint lock, uint256 time) internal pure returns (uint256) {
        if (!lock.isAlive(time / WEEK)) return 0;
        return lock.isPermanent() ? lock.amount() * MAX_TERM : lock.amount() * (lock.week() * WEEK - time);
    }

    function _lineRaw(DecayingLine.Line storage line, uint256 time) internal view returns (uint256) {
        (uint256 amount, uint256 moment) = line.at(time);
        return DecayingLine.raw(amount, moment, time);
    }

    function _votesRaw(address account, uint256 time) internal view returns (uint256 raw) {
        LockCheckpoint lock = _lockAt(account, time);
        raw = _lineRaw(_lines[account], time);
        if (!lock.isDelegated()) raw += _lockRaw(lock, time);
    }

    function _pastLine(DecayingLine.Line storage line, uint256 time)
        internal
        view
        returns (uint256 amount, uint256 moment, uint256 raw)
    {
        _requirePast(time);
        if (time < GENESIS) return (0, 0, 0);
        (amount, moment) = line.at(time - GENESIS);
        raw = DecayingLine.raw(amount, moment, time - GENESIS);
    }

    function _expiring(DecayingLine.Line storage line, uint256 unlockTime) internal view returns (uint256) {
        if (unlockTime < GENESIS || unlockTime % WEEK != 0) return 0;
        return line.expiring[(unlockTime - GENESIS) / WEEK];
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

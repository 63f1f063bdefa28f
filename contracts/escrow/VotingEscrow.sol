// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DecayingLine} from "./DecayingLine.sol";
import {EscrowLedger} from "./EscrowLedger.sol";
import {History} from "./History.sol";
import {IEscrowSuccessor, IVotingEscrow} from "./IVotingEscrow.sol";
import {LockCheckpoint, packLock} from "./LockCheckpoint.sol";
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
/// for itself needs no line: its own lock is its weight. What is remembered, and how it changes, is in `EscrowLedger`.
contract VotingEscrow is EscrowLedger, EIP712, Nonces {
    using DecayingLine for DecayingLine.Line;
    using History for History.Store;
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    bytes32 internal constant DELEGATION_TYPEHASH =
        keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)");

    /* CONSTRUCTOR */

    /// @param token_ PT; may be deployed later, at this address.
    /// @param dao_ The Timelock.
    constructor(address token_, address dao_)
        EscrowLedger(token_, dao_)
        EIP712("Vote-escrowed Phemex Token", "1")
    {}

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
        _change(msg.sender, lock, packLock(lock.plus(amount).amount(), week, false, lock.isDelegated()));
        emit Added(msg.sender, msg.sender, amount);
        emit Extended(msg.sender, unlockTime);
        PT.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IVotingEscrow
    function makePermanent() external {
        LockCheckpoint lock = _runningDecaying(msg.sender);
        // Full weight stands for 104 weeks to go; where the bits can't hold them, it would be weight without a term.
        uint256 week = _now() / WEEK + MAX_WEEKS;
        if (week > LAST_WEEK) revert VotingEscrow__TermTooLong(_endOf(week), _endOf(LAST_WEEK));
        _change(msg.sender, lock, packLock(lock.amount(), 0, true, lock.isDelegated()));
        emit MadePermanent(msg.sender);
    }

    /// @inheritdoc IVotingEscrow
    function startClock() external {
        LockCheckpoint lock = _held(msg.sender);
        if (!lock.isPermanent()) revert VotingEscrow__LockNotPermanent(msg.sender);
        // Near the end of the bits the term is shorter, so that a permanent lock finds its way out even then; until the
        // 32 bits of time end as well, 136 years after genesis.
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
        // slither-disable-next-line incorrect-equality (0 means never announced; it is no balance or time)
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

    // PT is final and its permit calls nobody, so nothing can enter between the permit and the action.
    // slither-disable-start reentrancy-events

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

    // slither-disable-end reentrancy-events

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
        return _total.rawAt(_now()) / MAX_TERM;
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
        _change(owner, lock, lock.plus(amount));
        emit Added(owner, msg.sender, amount);
        PT.safeTransferFrom(msg.sender, address(this), amount);
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

        // What has left is not in the next record.
        LockCheckpoint kept = (lock.isWithdrawn() ? NO_LOCK : lock).withDelegated(delegatee != account);
        _locks[account].write(
            LockCheckpoint.unwrap(lock), LockCheckpoint.unwrap(kept) & History.PAYLOAD_MASK, now_
        );
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
}

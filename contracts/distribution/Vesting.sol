// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPlace} from "../token/IPlace.sol";
import {GrantState, newGrant} from "./GrantState.sol";
import {Plan, Way} from "./IDistribution.sol";
import {IVesting} from "./IVesting.sol";
import {Payout} from "./Payout.sol";
import {Schedule, requireSaneStart, scheduleOf} from "./Schedule.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Vesting
/// @notice See {IVesting}. A grant is one word; the schedule is part of the code.
contract Vesting is IVesting {
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @inheritdoc IVesting
    /// @dev Longer than the slowest decision that the bounds of the classes allow, see ActionClasses.mostRules, and two days
    /// to see what there is to decide: so no figure that the DAO sets takes a vote too long to drop a grant.
    uint256 public constant NOTICE = 30 days;

    /// @dev How far ahead a grant may begin.
    uint256 private constant MOST_WAIT = 365 days;

    uint48 private constant GUARDIAN_TERM = 180 days;

    /* STORAGE */

    /// @inheritdoc IPlace
    address public immutable override token;

    /// @inheritdoc IVesting
    address public immutable dao;

    /// @inheritdoc IVesting
    address public immutable treasury;

    /// @inheritdoc IVesting
    address public immutable escrow;

    /// @inheritdoc IVesting
    uint256 public immutable start;

    Schedule private immutable _schedule;

    /// @inheritdoc IVesting
    address public grantor;

    /// @dev Beside the grantor, which granting reads anyway.
    uint96 private _promised;

    address private _guardian;

    /// @inheritdoc IVesting
    uint48 public guardianUntil;

    /// @inheritdoc IVesting
    mapping(bytes32 batch => bool) public isBatchDone;

    /// @inheritdoc IVesting
    mapping(address owner => uint256) public grantCount;

    mapping(address owner => mapping(uint256 number => GrantState)) private _grants;
    mapping(address owner => mapping(uint256 number => address)) private _offers;

    /* CONSTRUCTOR */

    /// @param token_ PT. None of the addresses needs to stand yet.
    /// @param dao_ The DAO's timelock.
    /// @param treasury_ Where the DAO returns what is not promised.
    /// @param escrow_ The vote escrow.
    /// @param grantor_ Who grants besides the DAO; zero for nobody.
    /// @param guardian_ Who may drop what waits, besides the DAO, until 180 days after the TGE: before it there is no DAO to
    /// renew a term; zero for nobody.
    /// @param start_ The TGE: at most a year ago, at most two years ahead.
    /// @param plan_ The schedule.
    constructor(
        address token_,
        address dao_,
        address treasury_,
        address escrow_,
        address grantor_,
        address guardian_,
        uint256 start_,
        Plan memory plan_
    ) {
        if (token_ == address(0) || dao_ == address(0) || treasury_ == address(0) || escrow_ == address(0)) {
            revert Vesting__ZeroAddress();
        }
        requireSaneStart(start_);
        (token, dao, treasury, escrow, start) = (token_, dao_, treasury_, escrow_, start_);
        _schedule = scheduleOf(plan_);
        // slither-disable-next-line missing-zero-check (zero: the DAO alone grants)
        grantor = grantor_;
        emit GrantorSet(address(0), grantor_);
        _setGuardian(guardian_, Math.max(block.timestamp, start_));
    }

    modifier onlyDao() {
        if (msg.sender != dao) revert Vesting__NotDao(msg.sender);
        _;
    }

    /* GRANTING */

    /// @inheritdoc IVesting
    function grant(bytes32 batch, NewGrant[] calldata grants) external {
        bool byDao = msg.sender == dao;
        if (!byDao && msg.sender != grantor) revert Vesting__NotGrantor(msg.sender);
        if (isBatchDone[batch]) revert Vesting__BatchDone(batch);
        isBatchDone[batch] = true;

        uint256 firm = byDao ? block.timestamp : block.timestamp + NOTICE;
        uint256 free = unpromised();
        uint256 sum = 0;
        for (uint256 i = 0; i < grants.length; ++i) {
            sum += _grant(grants[i], firm);
        }
        if (sum > free) revert Vesting__NotFunded(sum, free);
        // What is held, and so the sum, is at most the supply, which fits 90 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        _promised += uint96(sum);
        emit BatchGranted(batch, sum);
    }

    /// @inheritdoc IVesting
    function drop(GrantId[] calldata ids) external {
        if (msg.sender != guardian() && msg.sender != dao) revert Vesting__NotGuardian(msg.sender);
        for (uint256 i = 0; i < ids.length; ++i) {
            (address owner, uint256 number) = (ids[i].owner, ids[i].number);
            GrantState state = _grants[owner][number];
            // Dropped by somebody else meanwhile: a decision that took weeks still does the rest.
            if (state.isNone()) continue;
            if (block.timestamp >= state.firm()) revert Vesting__Firm(state.firm());
            _remove(owner, number);
            // Nothing of a grant that waits was claimed.
            _free(state.amount());
            emit Dropped(owner, number, state.amount());
        }
    }

    /// @inheritdoc IVesting
    function revoke(address owner, uint256 number) external onlyDao {
        GrantState state = _existing(owner, number);
        if (!state.isRevocable() || state.isRevoked()) revert Vesting__NotRevocable(owner, number);
        uint256 vested = _vested(state, block.timestamp);
        uint256 returned = state.amount() - vested;
        _grants[owner][number] = state.revokedAt(vested);
        _free(returned);
        emit Revoked(owner, number, vested, returned);
    }

    /// @inheritdoc IVesting
    function returnUnpromised(uint256 amount) external onlyDao {
        uint256 free = unpromised();
        if (amount > free) revert Vesting__NotFunded(amount, free);
        emit Returned(amount);
        IERC20(token).safeTransfer(treasury, amount);
    }

    /// @inheritdoc IVesting
    function setGrantor(address newGrantor) external onlyDao {
        emit GrantorSet(grantor, newGrantor);
        // slither-disable-next-line missing-zero-check (zero leaves it to the DAO alone)
        grantor = newGrantor;
    }

    /// @inheritdoc IVesting
    function setGuardian(address newGuardian) external onlyDao {
        _setGuardian(newGuardian, block.timestamp);
    }

    /* CLAIMING */

    /// @inheritdoc IVesting
    function claim(uint256 number, address to) external returns (uint256) {
        return _claim(number, to, Way.Wallet);
    }

    /// @inheritdoc IVesting
    function claimToLock(uint256 number, address lockOwner, bool create) external returns (uint256) {
        // A new lock binds its owner for up to two years: an approval lets nobody else make one of dust.
        if (create && lockOwner != msg.sender) revert Vesting__NotOwnLock(msg.sender, lockOwner);
        return _claim(number, lockOwner, create ? Way.NewLock : Way.AddToLock);
    }

    /* TRANSFER */

    /// @inheritdoc IVesting
    function offer(uint256 number, address to) external {
        // slither-disable-next-line unused-return (that it exists is all that matters)
        _existing(msg.sender, number);
        // slither-disable-next-line missing-zero-check (zero withdraws the offer)
        _offers[msg.sender][number] = to;
        emit Offered(msg.sender, number, to);
    }

    /// @inheritdoc IVesting
    function accept(address from, uint256 number, uint256 leastLeft) external returns (uint256 newNumber) {
        GrantState state = _existing(from, number);
        if (_offers[from][number] != msg.sender) revert Vesting__NotOffered(from, number, msg.sender);
        // Decisions to drop or to revoke name a grant by its place and take weeks: it must be there still.
        if (block.timestamp < state.firm()) revert Vesting__Waits(state.firm());
        if (state.isRevocable() && !state.isRevoked()) revert Vesting__Revocable(from, number);
        uint256 left = state.amount() - state.claimed();
        if (left < leastLeft) revert Vesting__TooLittleLeft(left, leastLeft);
        _remove(from, number);
        newNumber = _add(msg.sender, state);
        emit Transferred(from, number, msg.sender, newNumber);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IVesting
    function guardian() public view returns (address) {
        return block.timestamp < guardianUntil ? _guardian : address(0);
    }

    /// @inheritdoc IVesting
    function plan() external view returns (Plan memory) {
        return _schedule.planOf();
    }

    /// @inheritdoc IVesting
    function promised() external view returns (uint256) {
        return _promised;
    }

    /// @inheritdoc IVesting
    function unpromised() public view returns (uint256) {
        return IERC20(token).balanceOf(address(this)) - _promised;
    }

    /// @inheritdoc IVesting
    function grantOf(address owner, uint256 number) external view returns (Grant memory) {
        GrantState state = _grants[owner][number];
        return Grant({
            amount: state.amount(),
            claimed: state.claimed(),
            vested: _vested(state, block.timestamp),
            start: state.start(),
            firm: state.firm(),
            revocable: state.isRevocable(),
            revoked: state.isRevoked(),
            offeredTo: _offers[owner][number]
        });
    }

    /// @inheritdoc IVesting
    function vestedAt(address owner, uint256 number, uint48 time) external view returns (uint256) {
        return _vested(_grants[owner][number], time);
    }

    /// @inheritdoc IVesting
    function claimable(address owner, uint256 number) external view returns (uint256) {
        GrantState state = _grants[owner][number];
        if (block.timestamp < state.firm()) return 0;
        return _vested(state, block.timestamp) - state.claimed();
    }

    /// @inheritdoc IVesting
    function unlocked(uint96 amount, uint48 start_, uint48 time) external view returns (uint256) {
        return _schedule.unlocked(start_, amount, time);
    }

    /* INTERNAL */

    function _grant(NewGrant calldata given, uint256 firm) private returns (uint256 amount) {
        amount = given.amount;
        address owner = given.owner;
        if (owner == address(0)) revert Vesting__ZeroAddress();
        if (amount == 0) revert Vesting__ZeroAmount(owner);
        uint256 begins = given.start == 0 ? start : given.start;
        uint256 latest = (block.timestamp > start ? block.timestamp : start) + MOST_WAIT;
        if (begins < start || begins > latest) revert Vesting__StartOutOfBounds(begins, start, latest);
        // More than fits the amount's bits is more than the supply: the sum is refused then.
        uint256 number = _add(owner, newGrant(amount, begins, firm, given.revocable));
        emit Granted(owner, number, amount, begins, firm, given.revocable);
    }

    function _claim(uint256 number, address to, Way way) private returns (uint256 amount) {
        GrantState state = _existing(msg.sender, number);
        if (block.timestamp < state.firm()) revert Vesting__Waits(state.firm());
        amount = _vested(state, block.timestamp) - state.claimed();
        if (amount == 0) revert Vesting__NothingToClaim(msg.sender, number);
        _grants[msg.sender][number] = state.withClaimed(amount);
        _free(amount);
        emit Claimed(msg.sender, number, to, amount);
        Payout.pay(token, escrow, to, amount, way);
    }

    function _setGuardian(address guardian_, uint256 from) private {
        // forge-lint: disable-next-line(unsafe-typecast) -- the present, or a start within two years
        uint48 until = uint48(from) + GUARDIAN_TERM;
        (_guardian, guardianUntil) = (guardian_, until);
        emit GuardianSet(guardian_, until);
    }

    function _add(address owner, GrantState state) private returns (uint256 number) {
        number = grantCount[owner]++;
        _grants[owner][number] = state;
    }

    function _remove(address owner, uint256 number) private {
        _grants[owner][number] = GrantState.wrap(0);
        delete _offers[owner][number];
    }

    /// @dev What leaves the promises: paid, dropped or revoked.
    function _free(uint256 amount) private {
        // At most what was promised.
        // forge-lint: disable-next-line(unsafe-typecast)
        _promised -= uint96(amount);
    }

    function _existing(address owner, uint256 number) private view returns (GrantState state) {
        state = _grants[owner][number];
        if (state.isNone()) revert Vesting__NoGrant(owner, number);
    }

    function _vested(GrantState state, uint256 time) private view returns (uint256) {
        if (state.isRevoked()) return state.amount();
        return _schedule.unlocked(state.start(), state.amount(), time);
    }
}

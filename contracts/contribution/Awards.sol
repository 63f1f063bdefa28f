// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAwards} from "./IAwards.sol";
import {Recognition} from "./Recognition.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

// slither-disable-start incorrect-equality -- states, ids and zeros are compared, no balance that could be nudged

/// @title The money of the contributor program
/// @notice See {IAwards}.
/// @dev Three ways lead money through here: {_hold} in, {_draw} to a contributor, {_giveBack} to the treasury. Whatever
/// calls them holds the lock, because an asset may call anyone in the middle of a transfer.
abstract contract Awards is Recognition, ReentrancyGuardTransient, IAwards {
    using SafeERC20 for IERC20;

    /* TYPES */

    /// @dev Three slots: whose and of what; how much; when and whence. What is left of it went back when it is closed.
    struct Line {
        uint64 pass;
        address asset;
        uint24 group;
        Kind kind;
        uint112 amount;
        uint112 claimed;
        uint32 points;
        uint40 start;
        uint32 span;
        uint32 budget;
        uint32 payment;
        uint40 stopped;
        uint40 lapsed;
        bool renewed;
        bool closed;
    }

    /// @dev What an award is made with.
    struct Making {
        Kind kind;
        bytes32 category;
        uint256 budget;
        uint256 pass;
        uint112 amount;
        uint32 points;
        uint256 start;
        uint32 span;
    }

    /* CONSTANTS */

    uint256 private constant WAIT = 365 days;

    /* STORAGE */

    /// @inheritdoc IAwards
    uint256 public awards;

    mapping(uint256 award => Line) internal _lines;

    /* A PASS THAT IS GONE */

    /// @inheritdoc IAwards
    function noteLapse(uint256 award) external {
        Line storage line = _lines[award];
        uint256 pass = line.pass;
        bool lapsed = !counts(pass);
        if (pass == 0 || lapsed == (line.lapsed != 0) || _atMost(line) == line.claimed) {
            revert Contributors__NothingToNote(award);
        }
        line.lapsed = lapsed ? uint40(block.timestamp) : 0;
        emit LapseNoted(award, pass, lapsed);
    }

    /// @inheritdoc IAwards
    function takeBack(uint256 award) external nonReentrant {
        Line storage line = _lines[award];
        if (line.lapsed == 0 || counts(line.pass)) revert Contributors__Waits(award, type(uint256).max);
        uint256 until = Math.max(uint256(line.lapsed) + WAIT, _end(line));
        if (block.timestamp < until) revert Contributors__Waits(award, until);
        uint256 rest = _due(line);
        if (rest == 0) revert Contributors__NothingToClaim(award);
        line.closed = true;
        _giveBack(award, line, rest);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IAwards
    function awardOf(uint256 award) external view returns (Award memory) {
        Line storage line = _lines[award];
        return Award({
            kind: line.kind,
            pass: line.pass,
            group: line.group,
            asset: line.asset,
            budget: line.budget,
            payment: line.payment,
            amount: line.amount,
            claimed: line.claimed,
            returned: line.amount - _atMost(line),
            points: line.points,
            start: line.start,
            end: uint256(line.start) + line.span,
            stoppedAt: line.stopped,
            lapsedAt: line.lapsed
        });
    }

    /// @inheritdoc IAwards
    function claimable(uint256 award) external view returns (uint256) {
        return _due(_lines[award]);
    }

    /* INTERNAL */

    // slither-disable-start reentrancy-balance,reentrancy-benign,reentrancy-events -- whoever calls it holds the lock
    /// @dev Takes money from a budget of which the caller speaks for the group, and makes an award of what arrives. A
    /// hook of the asset may send more, which is nobody's.
    function _hold(Making memory making, string calldata memo)
        internal
        returns (uint256 award, uint24 group)
    {
        if (making.amount == 0) revert Contributors__InvalidTerms();
        address asset;
        (group, asset) = _requireOurs(making.budget);
        // Those of a tranche were counted with its grant.
        if (making.kind != Kind.Tranche) _allot(group, making.points);
        uint256 before = _balance(asset);
        uint256 payment = treasury.pay(making.budget, address(this), making.amount, making.category, memo);
        uint256 arrived = Math.min(_balance(asset) - before, making.amount);
        if (arrived == 0) revert Contributors__NothingArrived(asset);
        award = ++awards;
        _lines[award] = Line({
            pass: SafeCast.toUint64(making.pass),
            asset: asset,
            group: group,
            kind: making.kind,
            // forge-lint: disable-next-line(unsafe-typecast) -- at most what was asked for
            amount: uint112(arrived),
            claimed: 0,
            points: making.points,
            start: SafeCast.toUint40(making.start),
            span: making.span,
            budget: SafeCast.toUint32(making.budget),
            payment: SafeCast.toUint32(payment),
            stopped: 0,
            lapsed: 0,
            renewed: false,
            closed: false
        });
        emit Held(award, making.budget, asset, payment, arrived, making.points);
    }

    // slither-disable-end reentrancy-balance,reentrancy-benign,reentrancy-events

    /// @dev Pays to the holder of the pass what is due. The first payment of an award brings a point, the last all: a
    /// part of a point is rounded up.
    function _draw(uint256 award, Line storage line, address to) internal returns (uint256 amount) {
        uint256 pass = line.pass;
        _requireHolder(pass);
        if (to == address(0) || to == address(this)) revert Contributors__InvalidRecipient(to);
        amount = _due(line);
        if (amount == 0) revert Contributors__NothingToClaim(award);
        (uint256 whole, uint256 claimed, uint256 points) = (line.amount, line.claimed, line.points);
        points = Math.ceilDiv(points * (claimed + amount), whole) - Math.ceilDiv(points * claimed, whole);
        // forge-lint: disable-next-line(unsafe-typecast) -- at most the whole
        line.claimed = uint112(claimed + amount);
        if (line.lapsed != 0) line.lapsed = 0;
        address asset = line.asset;
        emit Drawn(award, pass, to, asset, amount, points);
        _addPoints(pass, points);
        uint256 before = _balance(asset);
        _send(asset, to, amount);
        _requireExact(asset, before, amount);
    }

    /// @dev Gives money back to the treasury. What a stranger gave back for the same payment no longer counts as paid:
    /// so much of ours is a gift, and must not make the rest fail.
    function _giveBack(uint256 award, Line storage line, uint256 amount) internal {
        (address asset, uint256 budget, uint256 payment) = (line.asset, line.budget, line.payment);
        emit Returned(award, asset, amount);
        // slither-disable-next-line unused-return -- when it was paid does not matter
        (uint256 left,) = treasury.paymentOf(budget, payment);
        uint256 back = Math.min(amount, left);
        uint256 before = _balance(asset);
        if (back != 0) {
            if (asset != address(0)) IERC20(asset).forceApprove(address(treasury), back);
            treasury.giveBack{value: asset == address(0) ? back : 0}(budget, payment, back);
        }
        if (back != amount) _send(asset, address(treasury), amount - back);
        _requireExact(asset, before, amount);
    }

    /// @dev What has been earned by a second, of an award that somebody earns.
    function _earned(Line storage line, uint256 time) internal view returns (uint256) {
        (uint256 start, uint256 span) = (line.start, line.span);
        if (line.pass == 0 || time < start) return 0;
        // 112 bits of amount, 32 of seconds.
        return time - start >= span ? line.amount : line.amount * (time - start) / span;
    }

    /// @dev When the last of it is earned.
    function _end(Line storage line) internal view returns (uint256) {
        return line.stopped != 0 ? line.stopped : uint256(line.start) + line.span;
    }

    /// @dev What was earned and is still here.
    function _due(Line storage line) private view returns (uint256) {
        if (line.closed) return 0;
        uint256 stopped = line.stopped;
        return _earned(line, stopped != 0 ? stopped : block.timestamp) - line.claimed;
    }

    /// @dev What will have been drawn when nothing is left.
    function _atMost(Line storage line) private view returns (uint256) {
        if (line.closed) return line.claimed;
        return line.stopped != 0 ? _earned(line, line.stopped) : line.amount;
    }

    function _balance(address asset) private view returns (uint256) {
        return asset == address(0) ? address(this).balance : IERC20(asset).balanceOf(address(this));
    }

    function _send(address asset, address to, uint256 amount) private {
        if (asset == address(0)) Address.sendValue(payable(to), amount);
        else IERC20(asset).safeTransfer(to, amount);
    }

    /// @dev Reverts when more left than was to leave.
    function _requireExact(address asset, uint256 before, uint256 amount) private view {
        if (_balance(asset) + amount < before) revert Contributors__Overcharged(asset);
    }
}
// slither-disable-end incorrect-equality

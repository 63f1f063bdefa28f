// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassRecord} from "../identity/IPassRecord.sol";
import {IRecognition} from "./IRecognition.sol";
import {Orders} from "./Orders.sol";

// slither-disable-start incorrect-equality -- states, ids and zeros are compared, no balance that could be nudged

/// @title Points, and recognition without money
/// @notice See {IRecognition}.
abstract contract Recognition is Orders, IRecognition {
    /* TYPES */

    /// @dev What a group gave in one span.
    struct Allotment {
        uint128 span;
        uint128 given;
    }

    /* CONSTANTS */

    uint256 private constant SPAN = 30 days;
    uint256 private constant POINTS = 250;
    bytes32 private constant CONTRIBUTION = "contribution";

    /* STORAGE */

    /// @inheritdoc IRecognition
    mapping(uint256 pass => uint256) public pointsKept;

    mapping(uint256 group => Allotment) private _allotments;

    /* FUNCTIONS */

    /// @inheritdoc IRecognition
    function recognize(uint256 group, uint256 pass, uint32 points, bytes32 text) external {
        _requireGroup(group);
        _requireCounts(pass);
        _allot(group, points);
        emit Recognized(group, pass, points, text);
        _addPoints(pass, points);
    }

    /// @inheritdoc IRecognition
    function writePoints(uint256 pass) external {
        uint256 points = pointsKept[pass];
        if (points == 0) revert Contributors__NoPoints(pass);
        delete pointsKept[pass];
        emit PointsWritten(pass, points);
        IPassRecord(soulPass).write(CONTRIBUTION, pass, _with(pass, points));
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IRecognition
    function pointsLeft(uint256 group) public view returns (uint256) {
        Allotment memory allotment = _allotments[group];
        return allotment.span == block.timestamp / SPAN ? POINTS - allotment.given : POINTS;
    }

    /* INTERNAL */

    /// @dev Counts points against what the group has to give.
    function _allot(uint256 group, uint256 points) internal {
        if (points == 0) revert Contributors__InvalidTerms();
        uint256 left = pointsLeft(group);
        if (points > left) revert Contributors__TooManyPoints(group, points, left);
        // forge-lint: disable-next-line(unsafe-typecast) -- 250 at most
        _allotments[group] = Allotment(uint128(block.timestamp / SPAN), uint128(POINTS - left + points));
    }

    /// @dev Adds points to a record, or keeps them when this contract is not the writer.
    // slither-disable-next-line reentrancy-benign,reentrancy-events -- the suite's own pass, which calls nobody
    function _addPoints(uint256 pass, uint256 points) internal {
        if (points == 0) return;
        try IPassRecord(soulPass).write(CONTRIBUTION, pass, _with(pass, points)) {}
        catch {
            pointsKept[pass] += points;
            emit PointsKept(pass, points);
        }
    }

    /// @dev The record with points on top. A sum above the highest number is a low one, which the record refuses: that
    /// keeps the points, and stops no payment.
    function _with(uint256 pass, uint256 points) private view returns (uint192) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint192(IPassRecord(soulPass).entryOf(pass, CONTRIBUTION).value + points);
    }
}
// slither-disable-end incorrect-equality

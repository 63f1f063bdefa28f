// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Contributors: points, and recognition without money
/// @notice What a pass did is on its record, under `contribution`, in whole points that never fall. A group sets the
/// points with the money that it promises, or gives points alone; all of them count against what a group has to give in
/// a span of 30 days, so that a captured account can't make a reputation at will.
/// @dev Spans are counted from 1970. Points that were set and never earned do not come back.
interface IRecognition {
    /* ERRORS */

    /// @notice The group has `left` points to give until the span of 30 days is over.
    error Contributors__TooManyPoints(uint256 group, uint256 points, uint256 left);

    /// @notice No points wait to be written on this pass.
    error Contributors__NoPoints(uint256 pass);

    /* EVENTS */

    /// @notice A group thanked a contributor.
    /// @param text The hash of what for.
    event Recognized(uint256 indexed group, uint256 indexed pass, uint256 points, bytes32 text);

    /// @notice The record refused points, because this contract does not write it at present: they wait here.
    event PointsKept(uint256 indexed pass, uint256 points);

    /// @notice Points that had waited were written.
    event PointsWritten(uint256 indexed pass, uint256 points);

    /* FUNCTIONS */

    /// @notice Adds points to a pass's record.
    /// @dev Requirements: the caller speaks for the group; the pass counts; the points are above zero and no more than
    /// {pointsLeft}. Emits {Recognized}.
    function recognize(uint256 group, uint256 pass, uint32 points, bytes32 text) external;

    /// @notice Writes the points that waited. Anyone may.
    /// @dev No payment depends on who writes the record, which the DAO may change. Requirements: points wait; this contract
    /// is the writer of `contribution`. Emits {PointsWritten}.
    function writePoints(uint256 pass) external;

    /* VIEWS */

    /// @notice What a group may still give in the running span of 30 days; it begins each with 250.
    function pointsLeft(uint256 group) external view returns (uint256);

    /// @notice Points that wait to be written on a pass.
    function pointsKept(uint256 pass) external view returns (uint256);
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Contributors: ongoing compensation
/// @notice A stream is an award that is earned by the second over a term of 92 days at most. It ends by itself; a group
/// that is content renews it, which opens a stream of its own for the next term. The whole of a term is taken from the
/// budget when the term is agreed on, so that nobody works for money that is not there.
interface IStreams {
    /* TYPES */

    /// @notice A term of compensation.
    /// @param budget What pays; its spender is this contract.
    /// @param amount For the whole term, in the asset's smallest unit.
    /// @param term In seconds, 92 days at most.
    /// @param points For the whole term.
    /// @param text The hash of what is expected.
    struct StreamTerms {
        uint256 budget;
        uint112 amount;
        uint32 term;
        uint32 points;
        bytes32 text;
    }

    /* ERRORS */

    /// @notice There is no such stream.
    error Contributors__NoStream(uint256 stream);

    /// @notice The stream is over, or was stopped.
    error Contributors__StreamOver(uint256 stream);

    /// @notice The stream was renewed already, was stopped, or has not begun.
    error Contributors__NotRenewable(uint256 stream);

    /* EVENTS */

    /// @notice A stream was opened; as the next term of `previous`, if that is not zero.
    event StreamOpened(
        uint256 indexed stream,
        uint256 indexed pass,
        uint256 indexed previous,
        uint256 start,
        uint256 end,
        bytes32 text
    );

    /// @notice A stream was stopped by the group's account or the DAO, when so much of it was earned.
    event StreamStopped(uint256 indexed stream, address by, uint256 earned);

    /* FUNCTIONS */

    /// @notice Opens a stream that begins now.
    /// @param memo What it is for, in the treasury's event.
    /// @dev Requirements: the caller speaks for the budget's group, whose spender is this contract; the budget pays; the
    /// pass counts; the terms are sound. Emits `Held` and {StreamOpened}.
    function openStream(uint256 pass, StreamTerms calldata terms, string calldata memo)
        external
        returns (uint256 stream);

    /// @notice Agrees on the next term: from the end of the running one on, or from now if that is past.
    /// @dev Only a term that has begun is renewed, and once: no more than one term lies ahead. The budget may be another one
    /// of the same group. Requirements: as {openStream}; the stream was neither stopped nor renewed. Emits `Held` and
    /// {StreamOpened}.
    function renewStream(uint256 stream, StreamTerms calldata terms, string calldata memo)
        external
        returns (uint256 next);

    /// @notice Stops a stream now: what was earned stays, the rest goes back to the treasury, where it restores headroom if
    /// the period it was paid in is still running. A next term that was agreed on is a stream of its own.
    /// @dev Requirements: the caller speaks for the group, or is the DAO; the stream is not over. Emits {StreamStopped} and
    /// `Returned`.
    function stopStream(uint256 stream) external;

    /// @notice Draws what was earned.
    /// @param to Where it goes.
    /// @dev Requirements: the caller holds the pass, which counts; something was earned since the last time. Emits
    /// `Drawn`.
    function claimStream(uint256 stream, address to) external returns (uint256 amount);
}

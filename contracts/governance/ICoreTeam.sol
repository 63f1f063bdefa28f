// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IElectorate} from "./IElectorate.sol";

/// @title The core team, which carries decisions out
/// @notice The exchange's own people, for a few days the only ones who may execute what the DAO decided. Members join
/// and leave by a majority of the members, and the DAO can overrule. It takes a Soul Pass to act: a member without
/// one, or whose pass has been revoked for 30 days, is out.
interface ICoreTeam {
    /* EVENTS */

    /// @notice `member` wants `account` in the team (`joining`) or out of it.
    event Supported(address indexed member, address indexed account, bool joining, uint256 voices);

    /// @notice `member` no longer wants that, or is out and has no say in it.
    event Retracted(address indexed member, address indexed account, bool joining, uint256 voices);

    /// @notice `account` belongs to the team from now on.
    event Joined(address indexed account);

    /// @notice `account` belongs to the team no longer.
    event Left(address indexed account);

    /* ERRORS */

    /// @notice Only a member with a pass that counts may do this.
    error CoreTeam__NotMember(address caller);

    /// @notice Only the DAO's timelock may do this.
    error CoreTeam__NotDao(address caller);

    /// @notice `account` is listed already, or not listed, so there is nothing to decide.
    error CoreTeam__NothingToDecide(address account, bool joining);

    /// @notice `member` has said so already, and the team is still the same.
    error CoreTeam__AlreadySupported(address member, address account, bool joining);

    /// @notice `member` has not said so, or the team has changed since.
    error CoreTeam__NothingToRetract(address member, address account, bool joining);

    /// @notice Only `member` may take its voice back, as long as it is a member with a pass that counts.
    error CoreTeam__MayNotRetract(address caller, address member);

    /// @notice `account` holds a pass, or has had less than 30 days to show one.
    error CoreTeam__NotLapsed(address account);

    /// @notice The zero address can't be of the team, nor the DAO of this contract.
    error CoreTeam__ZeroAddress();

    /* BY THE TEAM */

    /// @notice Supports that `account` joins or leaves; the voice that makes a majority of the listed members settles
    /// it. Any change of the team voids all voices that were raised before.
    /// @dev Requirements: the caller is a member; there is something to decide; it has not said so already. Emits
    /// {Supported}, and with the last voice {Joined} or {Left}.
    function support(address account, bool joining) external;

    /// @notice Takes a voice back: one's own, or that of somebody who is out by the rules, which anyone may.
    /// @dev Requirements: the caller is `member`, or `member` holds no pass that counts; it has said so, and the team is
    /// still the same. Emits {Retracted}.
    function retract(address member, address account, bool joining) external;

    /// @notice Leaves the team by one's own will.
    /// @dev Requirements: the caller is listed. Emits {Left}.
    function resign() external;

    /* BY ANYONE */

    /// @notice Takes somebody off the list who is out by the rules, so that it no longer counts for the majority.
    /// @dev Requirements: `account` is listed since 30 days or more, and holds no pass that counts. Emits {Left}.
    function drop(address account) external;

    /* BY THE DAO */

    /// @notice Appoints a member, whatever the team thinks of it. Requirements: the caller is the DAO; not listed yet.
    /// Emits {Joined}.
    function appoint(address account) external;

    /// @notice Dismisses a member, whatever the team thinks of it. Requirements: the caller is the DAO; listed. Emits
    /// {Left}.
    function dismiss(address account) external;

    /* VIEWS */

    /// @notice The DAO's timelock.
    function dao() external view returns (address);

    /// @notice The Soul Pass.
    function soulPass() external view returns (IElectorate);

    /// @notice Whether `account` may act for the team now: it is listed and holds a pass that counts.
    function isMember(address account) external view returns (bool);

    /// @notice Since when `account` is listed, with a pass or without; zero: it is not.
    function listedSince(address account) external view returns (uint256);

    /// @notice How many are listed.
    function size() external view returns (uint256);

    /// @notice How many voices there are for `account` to join or to leave, the team being as it is.
    function voices(address account, bool joining) external view returns (uint256);
}

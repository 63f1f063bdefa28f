// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Contributors: grants by milestone
/// @notice A grant is a plan: who, what for, and what each milestone is worth. It promises nothing firmly, and takes
/// nothing from its budget. The group approves a tranche when its milestone is reached: then its money comes here as an
/// award, vests if that was agreed, and nobody takes it back any more. Tranches that are not approved can be dropped.
/// @dev Approving and paying are two steps, so that no wallet can make an approval fail, and what is approved is safe
/// when the pass does not count at the time or the budget ends.
interface IGrants {
    /* TYPES */

    /// @notice A milestone.
    /// @param amount What is paid for it, in the asset's smallest unit.
    /// @param vesting Over how many seconds from its approval on it is earned; 1,461 days at most, zero for at once.
    /// @param points For the record.
    /// @param text The hash of what is to be reached.
    struct Milestone {
        uint112 amount;
        uint32 vesting;
        uint32 points;
        bytes32 text;
    }

    /// @notice Where a tranche stands. All tranches of an ended grant that were not approved are dropped.
    enum TrancheState {
        None,
        Open,
        Approved,
        Dropped
    }

    /// @notice A tranche as it stands.
    /// @param award What its approval made of it; zero before.
    struct Tranche {
        Milestone milestone;
        TrancheState state;
        uint256 award;
    }

    /// @notice A grant as it stands.
    struct Grant {
        uint256 pass;
        uint256 budget;
        uint256 group;
        uint256 tranches;
        bool ended;
    }

    /* ERRORS */

    /// @notice There is no such tranche, or it was approved or dropped.
    error Contributors__TrancheNotOpen(uint256 grant, uint256 tranche);

    /// @notice There is no such tranche, or it was not approved.
    error Contributors__TrancheNotApproved(uint256 grant, uint256 tranche);

    /// @notice There is no such grant, or it has been ended.
    error Contributors__GrantOver(uint256 grant);

    /* EVENTS */

    /// @notice A grant was opened.
    event GrantOpened(
        uint256 indexed grant, uint256 indexed pass, uint256 indexed budget, Milestone[] milestones
    );

    /// @notice A milestone was reached; its tranche became an award.
    event TrancheApproved(uint256 indexed grant, uint256 indexed tranche, uint256 indexed award);

    /// @notice A tranche that was not approved will not be.
    event TrancheDropped(uint256 indexed grant, uint256 indexed tranche, address by);

    /// @notice The grant has ended: what was not approved is dropped.
    event GrantEnded(uint256 indexed grant, address by);

    /* FUNCTIONS */

    /// @notice Opens a grant.
    /// @param milestones From 1 to 16, which are numbered from 1 and can be reached in any order.
    /// @dev Requirements: the caller speaks for the budget's group, whose spender is this contract; the pass counts; the
    /// milestones are sound. Emits {GrantOpened}.
    function openGrant(uint256 pass, uint256 budget, Milestone[] calldata milestones)
        external
        returns (uint256 grant);

    /// @notice Approves a tranche, and takes its money from the budget.
    /// @param memo What was reached, in the treasury's event.
    /// @dev Whether the pass counts is not asked: what was earned waits for it. Requirements: the caller speaks for the
    /// group; the tranche is open; the budget pays. Emits `Held` and {TrancheApproved}.
    function approveTranche(uint256 grant, uint256 tranche, string calldata memo)
        external
        returns (uint256 award);

    /// @notice Drops a tranche that was not approved.
    /// @dev Requirements: the caller speaks for the group, or is the DAO; the tranche is open. Emits {TrancheDropped}.
    function dropTranche(uint256 grant, uint256 tranche) external;

    /// @notice Drops all tranches that were not approved.
    /// @dev Requirements: the caller speaks for the group, or is the DAO; the grant has not ended. Emits {GrantEnded}.
    function endGrant(uint256 grant) external;

    /// @notice Draws what of an approved tranche has vested.
    /// @param to Where it goes.
    /// @dev Requirements: the caller holds the grant's pass, which counts; something has vested since the last time. Emits
    /// `Drawn`.
    function payTranche(uint256 grant, uint256 tranche, address to) external returns (uint256 amount);

    /* VIEWS */

    /// @notice How many grants were opened; they are numbered from 1.
    function grants() external view returns (uint256);

    /// @notice A grant as it stands; zeros for one that never was.
    function grantOf(uint256 grant) external view returns (Grant memory);

    /// @notice A tranche as it stands; zeros for one that never was.
    function trancheOf(uint256 grant, uint256 tranche) external view returns (Tranche memory);
}

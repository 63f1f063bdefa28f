// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Contributors: bounties
/// @notice A bounty is posted with its money, which lies here as an award that nobody earns yet. Holders of passes apply,
/// the group accepts one, and approves what that one delivers: then it can be drawn. From the deadline on whoever likes
/// returns the money of a bounty that is not approved, and not a second before.
/// @dev The number of a bounty is that of its award.
interface IBounties {
    /* TYPES */

    /// @notice What is offered.
    /// @param budget What pays; its spender is this contract.
    /// @param amount In the asset's smallest unit.
    /// @param deadline The first second in which the money may go back; 366 days ahead at most.
    /// @param points For the record.
    /// @param text The hash of what is to be done.
    struct Offer {
        uint256 budget;
        uint112 amount;
        uint40 deadline;
        uint32 points;
        bytes32 text;
    }

    /// @notice Where a bounty stands.
    enum BountyState {
        None,
        Open,
        Accepted,
        Approved,
        Returned
    }

    /// @notice A bounty beside its award.
    /// @param accepted The pass whose application was accepted; zero while it is open.
    struct Bounty {
        BountyState state;
        uint256 accepted;
        uint256 deadline;
    }

    /* ERRORS */

    /// @notice The bounty is in another state than this takes, or there is none (state zero).
    error Contributors__BountyIs(uint256 bounty, BountyState state);

    /// @notice The deadline has come.
    error Contributors__AfterDeadline(uint256 bounty, uint256 deadline);

    /// @notice The deadline has not come.
    error Contributors__BeforeDeadline(uint256 bounty, uint256 deadline);

    /// @notice This pass has applied already.
    error Contributors__Applied(uint256 bounty, uint256 pass);

    /// @notice This pass has not applied, or not any more.
    error Contributors__NotApplied(uint256 bounty, uint256 pass);

    /* EVENTS */

    /// @notice A bounty was posted.
    event BountyPosted(uint256 indexed bounty, uint256 indexed group, uint256 deadline, bytes32 text);

    /// @notice A contributor offers to do it.
    /// @param text The hash of the application.
    event Applied(uint256 indexed bounty, uint256 indexed pass, bytes32 text);

    /// @notice A contributor withdrew, perhaps after it was accepted: then the bounty is open again.
    event ApplicationWithdrawn(uint256 indexed bounty, uint256 indexed pass);

    /// @notice An application was accepted.
    event BountyAccepted(uint256 indexed bounty, uint256 indexed pass);

    /// @notice What was delivered was approved.
    event BountyApproved(uint256 indexed bounty, uint256 indexed pass);

    /// @notice The bounty was cancelled by the group's account or the DAO, or its deadline came.
    event BountyReturned(uint256 indexed bounty, address by);

    /* FUNCTIONS */

    /// @notice Posts a bounty, with its money.
    /// @param memo What it is for, in the treasury's event.
    /// @dev Requirements: the caller speaks for the budget's group, whose spender is this contract; the budget pays; the
    /// deadline lies ahead, within 366 days; points and amount are above zero. Emits `Held` and {BountyPosted}.
    function postBounty(Offer calldata offer, string calldata memo) external returns (uint256 bounty);

    /// @notice Applies for a bounty with the caller's pass.
    /// @dev Requirements: the pass counts and has not applied; the bounty is open; its deadline has not come. Emits
    /// {Applied}.
    function applyFor(uint256 bounty, bytes32 text) external;

    /// @notice Withdraws the application of the caller's pass, even after it was accepted.
    /// @dev Requirements: it has applied; the bounty is open or accepted. Emits {ApplicationWithdrawn}.
    function withdrawApplication(uint256 bounty) external;

    /// @notice Accepts one who applied. From now on only that one can make the bounty open again.
    /// @dev Requirements: the caller speaks for the group; the bounty is open; its deadline has not come; the pass has
    /// applied and counts. Emits {BountyAccepted}.
    function acceptApplicant(uint256 bounty, uint256 pass) external;

    /// @notice Approves what was delivered, so that it can be drawn. Until the money has gone back this is possible after
    /// the deadline, too.
    /// @dev Whether the pass counts is not asked: what was earned waits for it. Requirements: the caller speaks for the
    /// group; the bounty is accepted. Emits {BountyApproved}.
    function approveBounty(uint256 bounty) external;

    /// @notice Draws an approved bounty.
    /// @param to Where it goes.
    /// @dev Requirements: the caller holds the pass that was accepted, which counts; it was not drawn. Emits `Drawn`.
    function payBounty(uint256 bounty, address to) external returns (uint256 amount);

    /// @notice Cancels a bounty for which nobody was accepted; its money goes back to the treasury.
    /// @dev Requirements: the caller speaks for the group, or is the DAO; the bounty is open. Emits {BountyReturned} and
    /// `Returned`.
    function cancelBounty(uint256 bounty) external;

    /// @notice Returns the money of a bounty that was not approved. Anyone may.
    /// @dev Requirements: the bounty is open or accepted; its deadline has come. Emits {BountyReturned} and `Returned`.
    function refundBounty(uint256 bounty) external;

    /* VIEWS */

    /// @notice A bounty as it stands; zeros for one that never was.
    function bountyOf(uint256 bounty) external view returns (Bounty memory);

    /// @notice Whether a pass has applied and not withdrawn.
    function hasApplied(uint256 bounty, uint256 pass) external view returns (bool);
}

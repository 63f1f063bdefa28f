// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IActionClasses} from "./IActionClasses.sol";

/// @title What the DAO's governor adds to OpenZeppelin's
/// @notice To propose and to vote takes a Soul Pass and vePT. A proposal is judged by what it does: its actions give
/// it a class, and the class its rules, which stay those of its birth. OpenZeppelin's views without a proposal
/// (threshold, delay, period, quorum) answer for the class General.
/// @dev How ballots are counted is in {IGovernorBallots}, what becomes of a decision in {IGovernorExecution}.
interface IPhemexGovernor {
    /* EVENTS */

    /// @notice The proposal's actions gave it that class.
    event ProposalClassified(uint256 indexed proposalId, IActionClasses.Class indexed class);

    /* ERRORS */

    /// @notice `proposer` has a proposal whose vote is not over.
    error PhemexGovernor__HasLiveProposal(address proposer, uint256 proposalId);

    /// @notice The governor relays no calls: an action must be seen for what it is.
    error PhemexGovernor__NoRelay();

    /// @notice The timelock stays: everything that belongs to the DAO belongs to that address.
    error PhemexGovernor__TimelockIsFixed();

    /* VIEWS */

    /// @notice The table that gives actions their class, and classes their rules.
    function actionClasses() external view returns (IActionClasses);

    /// @notice The class that a proposal of these actions would have now.
    function classOf(address[] calldata targets, uint256[] calldata values, bytes[] calldata calldatas)
        external
        view
        returns (IActionClasses.Class);

    /// @notice Whether `account` could propose these actions now: it has held a pass since before this second, weighed
    /// the threshold of their class a second ago, and has no other proposal whose vote is not over.
    function canPropose(
        address account,
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas
    ) external view returns (bool);

    /// @notice The proposal of `account` whose vote is not over; zero if there is none.
    function liveProposal(address account) external view returns (uint256 proposalId);
}

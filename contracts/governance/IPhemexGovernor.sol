// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IElectorate} from "./IElectorate.sol";

/// @title What the DAO's governor adds to OpenZeppelin's
/// @notice To propose and to vote takes a Soul Pass and vePT. Weight is what a wallet's locks weighed at the
/// proposal's snapshot; the pass must have been held since strictly before it.
interface IPhemexGovernor {
    /* TYPES */

    /// @notice The figures the DAO votes by.
    /// @param votingDelay Seconds from the proposal to its snapshot, at which voting opens.
    /// @param votingPeriod Seconds from the snapshot to the last second of the vote.
    /// @param proposalThreshold Wei of vePT that a proposer needs at least.
    /// @param quorumBps Share of all vePT that a decision takes, in ten-thousandths.
    /// @param quorumFloor Wei of vePT that a decision takes at least, however little there is in all.
    struct Rules {
        uint48 votingDelay;
        uint32 votingPeriod;
        uint256 proposalThreshold;
        uint256 quorumBps;
        uint256 quorumFloor;
    }

    /* ERRORS */

    /// @notice `account` has held no pass since strictly before `timepoint` (`since`: zero if it holds none).
    error PhemexGovernor__NotElector(address account, uint256 since, uint256 timepoint);

    /// @notice A figure is outside the bounds that the code sets for it.
    error PhemexGovernor__OutOfBounds(uint256 value, uint256 least, uint256 most);

    /// @notice The governor relays no calls: an action must be seen for what it is.
    error PhemexGovernor__NoRelay();

    /// @notice The timelock stays: everything that belongs to the DAO belongs to that address.
    error PhemexGovernor__TimelockIsFixed();

    /* VIEWS */

    /// @notice The Soul Pass.
    function soulPass() external view returns (IElectorate);

    /// @notice Wei of vePT that a decision takes at least.
    function quorumFloor() external view returns (uint256);
}

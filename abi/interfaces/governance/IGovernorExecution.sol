// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {ICoreTeam} from "./ICoreTeam.sol";

/// @title From a decision to its execution
/// @notice When the timelock's delay is over, the core team alone may execute for three days, then anyone may; what is
/// not executed 14 days after it could first be has expired, as has what was not queued within 14 days of its vote.
/// The guardian may cancel what is not executed yet, for a term that only the DAO renews.
interface IGovernorExecution {
    /* EVENTS */

    /// @notice The DAO named a guardian (nobody: zero), or renewed its term.
    /// @param until The first second in which it is nobody again.
    event GuardianSet(address indexed guardian, uint48 until);

    /// @notice An expired proposal was taken out of the timelock.
    event ExpiredCleared(uint256 indexed proposalId);

    /* ERRORS */

    /// @notice Until `until` (that second excluded) only the core team may execute this proposal.
    error PhemexGovernor__CoreTeamOnly(uint256 proposalId, uint256 until);

    /* EXECUTION */

    /// @notice Takes an expired proposal out of the timelock, where it would stay ready for ever.
    /// @dev The arguments are those of `queue`. Requirements: the proposal has expired after it was queued. Emits
    /// {ExpiredCleared}.
    function clearExpired(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash
    ) external;

    /* GUARDIAN */

    /// @notice Names the guardian for 180 days from now; the same one again to renew its term, zero for none.
    /// @dev Requirements: the DAO decided it. Emits {GuardianSet}.
    function setGuardian(address guardian_) external;

    /* VIEWS */

    /// @notice The core team.
    function coreTeam() external view returns (ICoreTeam);

    /// @notice Who may cancel now: zero when the term is over.
    function guardian() external view returns (address);

    /// @notice The first second in which the guardian is nobody again.
    function guardianUntil() external view returns (uint48);
}

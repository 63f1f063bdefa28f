// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICoreTeam} from "./ICoreTeam.sol";
import {IGovernorExecution} from "./IGovernorExecution.sol";
import {Governor, IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {
    GovernorTimelockControl
} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";

/// @title GovernorExecution
/// @notice What becomes of a decision, for OpenZeppelin's governor with its timelock; see {IGovernorExecution}.
abstract contract GovernorExecution is GovernorTimelockControl, IGovernorExecution {
    /* CONSTANTS */

    /// @dev Seconds from the end of the timelock's delay in which only the core team executes.
    uint256 private constant TEAM_WINDOW = 3 days;

    /// @dev Seconds after which what was not queued, or not executed, has expired.
    uint256 private constant EXPIRY = 14 days;

    uint48 private constant GUARDIAN_TERM = 180 days;

    /* STORAGE */

    /// @inheritdoc IGovernorExecution
    ICoreTeam public immutable coreTeam;

    address private _guardian;

    /// @inheritdoc IGovernorExecution
    uint48 public guardianUntil;

    /* CONSTRUCTOR */

    constructor(address timelock_, address coreTeam_, address guardian_)
        GovernorTimelockControl(TimelockController(payable(timelock_)))
    {
        coreTeam = ICoreTeam(coreTeam_);
        _setGuardian(guardian_);
    }

    /* EXECUTION */

    /// @inheritdoc IGovernor
    /// @dev Requirements besides OpenZeppelin's: in the first three days the caller is of the core team. Whether it
    /// is, is not asked afterwards: the team can't hold a decision up.
    function execute(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) public payable override returns (uint256) {
        uint256 proposalId = getProposalId(targets, values, calldatas, descriptionHash);
        uint256 eta = proposalEta(proposalId);
        if (eta != 0 && clock() < eta + TEAM_WINDOW && !coreTeam.isMember(_msgSender())) {
            revert PhemexGovernor__CoreTeamOnly(proposalId, eta + TEAM_WINDOW);
        }
        return super.execute(targets, values, calldatas, descriptionHash);
    }

    /// @inheritdoc IGovernorExecution
    function clearExpired(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash
    ) external {
        uint256 proposalId = getProposalId(targets, values, calldatas, descriptionHash);
        _validateStateBitmap(proposalId, _encodeStateBitmap(ProposalState.Expired));
        TimelockController lock = TimelockController(payable(timelock()));
        // The salt is OpenZeppelin's: the governor's address keeps operations of two governors apart.
        bytes32 salt = bytes20(address(this)) ^ descriptionHash;
        // The timelock refuses what it does not know: a proposal that was never queued.
        // slither-disable-next-line reentrancy-events -- the timelock calls nobody when it cancels
        lock.cancel(lock.hashOperationBatch(targets, values, calldatas, 0, salt));
        emit ExpiredCleared(proposalId);
    }

    /// @inheritdoc IGovernor
    /// @dev Requirements: the caller proposed it and its vote is not over; or it is the guardian, the proposal can
    /// still be executed one day, and does something else than set guardians.
    function cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) public override returns (uint256) {
        uint256 proposalId = getProposalId(targets, values, calldatas, descriptionHash);
        address caller = _msgSender();
        ProposalState current = state(proposalId);
        bool voting = current == ProposalState.Pending || current == ProposalState.Active;
        bool own = voting && caller == proposalProposer(proposalId);
        if (!own) {
            bool alive = voting || current == ProposalState.Succeeded || current == ProposalState.Queued;
            if (!alive || caller != guardian() || _onlySetsGuardians(values, calldatas)) {
                revert GovernorUnableToCancel(proposalId, caller);
            }
        }
        return _cancel(targets, values, calldatas, descriptionHash);
    }

    /* GUARDIAN */

    /// @inheritdoc IGovernorExecution
    function setGuardian(address guardian_) external onlyGovernance {
        _setGuardian(guardian_);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IGovernorExecution
    function guardian() public view returns (address) {
        return clock() < guardianUntil ? _guardian : address(0);
    }

    /// @inheritdoc IGovernor
    /// @dev Expired besides: what was not queued within 14 days after its vote, or not executed within 14 days after
    /// it could be, whether it has been cleared from the timelock or not.
    function state(uint256 proposalId) public view virtual override returns (ProposalState) {
        ProposalState current = Governor.state(proposalId);
        if (current == ProposalState.Succeeded) {
            if (clock() >= proposalDeadline(proposalId) + EXPIRY) return ProposalState.Expired;
        } else if (current == ProposalState.Queued) {
            if (clock() >= proposalEta(proposalId) + EXPIRY) return ProposalState.Expired;
            return super.state(proposalId); // what the timelock says of it
        }
        return current;
    }

    /* INTERNAL */

    function _setGuardian(address guardian_) private {
        uint48 until = clock() + GUARDIAN_TERM;
        (_guardian, guardianUntil) = (guardian_, until);
        emit GuardianSet(guardian_, until);
    }

    /// @dev One other action is enough to bring a bundle within the guardian's reach.
    function _onlySetsGuardians(uint256[] memory values, bytes[] memory calldatas)
        private
        pure
        returns (bool)
    {
        for (uint256 i = 0; i < calldatas.length; ++i) {
            // Selector and one word, exactly.
            if (values[i] != 0 || calldatas[i].length != 36) return false;
            if (bytes4(calldatas[i]) != IGovernorExecution.setGuardian.selector) return false;
        }
        return true;
    }
}

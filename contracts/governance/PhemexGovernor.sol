// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IElectorate} from "./IElectorate.sol";
import {IPhemexGovernor} from "./IPhemexGovernor.sol";
import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {
    GovernorCountingSimple
} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {
    GovernorTimelockControl
} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

/// @title PhemexGovernor
/// @notice The DAO: OpenZeppelin's governor over vePT, open to those who hold a Soul Pass.
/// @dev The escrow, the pass and the timelock need not stand yet when the governor is constructed. Past weights
/// never change and the numerator's history is kept, so a proposal's quorum is fixed at its snapshot.
contract PhemexGovernor is
    Governor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotes,
    GovernorVotesQuorumFraction,
    GovernorTimelockControl,
    IPhemexGovernor
{
    /* CONSTANTS */

    /// @dev A day at least, so that a proposal can be seen, answered and withdrawn before its vote begins.
    uint256 private constant LEAST_DELAY = 1 days;
    uint256 private constant MOST_DELAY = 30 days;
    uint256 private constant LEAST_PERIOD = 1 days;
    uint256 private constant MOST_PERIOD = 90 days;
    uint256 private constant BPS = 10_000;

    /* STORAGE */

    /// @inheritdoc IPhemexGovernor
    IElectorate public immutable override soulPass;

    /// @inheritdoc IPhemexGovernor
    uint256 public immutable override quorumFloor;

    /* CONSTRUCTOR */

    /// @param escrow The vote escrow, whose clock is `block.timestamp`.
    /// @param soulPass_ The Soul Pass.
    /// @param timelock_ The timelock that carries decisions out.
    /// @param rules The figures to begin with; the floor stays, the others are the DAO's to change.
    constructor(address escrow, address soulPass_, address timelock_, Rules memory rules)
        Governor("Phemexia DAO")
        GovernorSettings(rules.votingDelay, rules.votingPeriod, rules.proposalThreshold)
        GovernorVotes(IVotes(escrow))
        GovernorVotesQuorumFraction(rules.quorumBps)
        GovernorTimelockControl(TimelockController(payable(timelock_)))
    {
        // Without a floor, the first lock of a single PT would be all the quorum there is.
        _checkBounds(rules.quorumFloor, 1, type(uint256).max);
        soulPass = IElectorate(soulPass_);
        quorumFloor = rules.quorumFloor;
    }

    /* REFUSED */

    /// @notice Always reverts.
    function relay(address, uint256, bytes calldata) public payable override {
        revert PhemexGovernor__NoRelay();
    }

    /// @notice Always reverts. A new governor is given its roles by the timelock; the timelock itself stays.
    function updateTimelock(TimelockController) public pure override {
        revert PhemexGovernor__TimelockIsFixed();
    }

    /* VIEWS */

    /// @inheritdoc Governor
    /// @dev The escrow's clock, known here without asking: the escrow may stand later than the governor.
    function clock() public view override(Governor, GovernorVotes) returns (uint48) {
        return Time.timestamp();
    }

    /// @inheritdoc Governor
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override(Governor, GovernorVotes) returns (string memory) {
        return "mode=timestamp";
    }

    /// @notice Wei of vePT, For and Abstain together, that a decision takes whose snapshot is `timepoint`.
    /// @dev The fraction is rounded up, so that one wei less than the share never suffices.
    function quorum(uint256 timepoint)
        public
        view
        override(Governor, GovernorVotesQuorumFraction)
        returns (uint256)
    {
        uint256 share = Math.mulDiv(
            token().getPastTotalSupply(timepoint), quorumNumerator(timepoint), BPS, Math.Rounding.Ceil
        );
        return Math.max(share, quorumFloor);
    }

    /// @inheritdoc GovernorVotesQuorumFraction
    function quorumDenominator() public pure override returns (uint256) {
        return BPS;
    }

    /// @inheritdoc GovernorTimelockControl
    function state(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (ProposalState)
    {
        return super.state(proposalId);
    }

    /// @inheritdoc GovernorTimelockControl
    function proposalNeedsQueuing(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (bool)
    {
        return super.proposalNeedsQueuing(proposalId);
    }

    /// @inheritdoc GovernorSettings
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /* INTERNAL: WHO MAY */

    /// @dev Votes are read at the second before this one, so the pass must be as old as that too.
    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256) {
        _checkElector(proposer, clock());
        return super._propose(targets, values, calldatas, description, proposer);
    }

    /// @dev Every way to vote ends here. The pass is checked last, so that a vote on a proposal that is not open
    /// says so.
    function _castVote(
        uint256 proposalId,
        address account,
        uint8 support,
        string memory reason,
        bytes memory params
    ) internal override returns (uint256 weight) {
        weight = super._castVote(proposalId, account, support, reason, params);
        _checkElector(account, proposalSnapshot(proposalId));
    }

    function _checkElector(address account, uint256 timepoint) private view {
        uint256 since = soulPass.electorSince(account);
        if (since == 0 || since >= timepoint) revert PhemexGovernor__NotElector(account, since, timepoint);
    }

    /* INTERNAL: BOUNDS */

    function _setVotingDelay(uint48 newVotingDelay) internal override {
        _checkBounds(newVotingDelay, LEAST_DELAY, MOST_DELAY);
        super._setVotingDelay(newVotingDelay);
    }

    function _setVotingPeriod(uint32 newVotingPeriod) internal override {
        _checkBounds(newVotingPeriod, LEAST_PERIOD, MOST_PERIOD);
        super._setVotingPeriod(newVotingPeriod);
    }

    function _checkBounds(uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert PhemexGovernor__OutOfBounds(value, least, most);
    }

    /* INTERNAL: TIMELOCK */

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}

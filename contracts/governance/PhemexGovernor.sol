// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GovernorBallots} from "./GovernorBallots.sol";
import {GovernorExecution} from "./GovernorExecution.sol";
import {IActionClasses} from "./IActionClasses.sol";
import {IPhemexGovernor} from "./IPhemexGovernor.sol";
import {ProposalTermsLib, birthTerms} from "./ProposalTerms.sol";
import {SponsoredBallots} from "./SponsoredBallots.sol";
import {Governor, IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

/// @title PhemexGovernor
/// @notice The DAO: OpenZeppelin's governor over vePT, open to those who hold a Soul Pass. See {IPhemexGovernor}.
/// @dev None of the contracts it is told of needs to stand when it is constructed.
contract PhemexGovernor is SponsoredBallots, IPhemexGovernor {
    /* STORAGE */

    /// @inheritdoc IPhemexGovernor
    IActionClasses public immutable actionClasses;

    /// @dev The latest proposal of each account.
    mapping(address proposer => uint256 proposalId) private _latest;

    /// @dev Delay and period of the proposal that is being born (delay << 32 | period): OpenZeppelin's code asks for
    /// them without saying for which proposal.
    uint256 private transient _birth;

    /* CONSTRUCTOR */

    /// @param escrow The vote escrow, whose clock is `block.timestamp`.
    /// @param soulPass_ The Soul Pass.
    /// @param timelock_ The timelock that carries decisions out.
    /// @param actionClasses_ The table of classes and their rules.
    /// @param coreTeam_ Who executes first.
    /// @param guardian_ Who may cancel, for a first term from now on.
    constructor(
        address escrow,
        address soulPass_,
        address timelock_,
        address actionClasses_,
        address coreTeam_,
        address guardian_
    )
        Governor("Phemexia DAO")
        GovernorBallots(escrow, soulPass_)
        GovernorExecution(timelock_, coreTeam_, guardian_)
    {
        actionClasses = IActionClasses(actionClasses_);
    }

    /* PROPOSING */

    /// @inheritdoc IGovernor
    /// @dev Votes are read at the second before this one, so the pass must be as old as that too. Emits
    /// {ProposalClassified} besides.
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public override returns (uint256 proposalId) {
        address proposer = _msgSender();
        if (!_isValidDescriptionForProposer(proposer, description)) {
            revert GovernorRestrictedProposer(proposer);
        }
        _requireElector(proposer, clock());
        if (targets.length != values.length || targets.length != calldatas.length) {
            revert GovernorInvalidProposalLength(targets.length, calldatas.length, values.length);
        }
        (IActionClasses.Class class, IActionClasses.Rules memory rules) =
            actionClasses.judge(targets, values, calldatas);
        uint256 votes = getVotes(proposer, clock() - 1);
        if (votes < _wei(rules.threshold)) {
            revert GovernorInsufficientProposerVotes(proposer, votes, _wei(rules.threshold));
        }
        uint256 live = liveProposal(proposer);
        if (live != 0) revert PhemexGovernor__HasLiveProposal(proposer, live);

        _birth = (uint256(rules.delay) << 32) | rules.period;
        proposalId = _propose(targets, values, calldatas, description, proposer);
        _birth = 0;
        _terms[proposalId] = birthTerms(class, rules);
        _latest[proposer] = proposalId;
        emit ProposalClassified(proposalId, class);
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

    /* PUBLIC VIEWS */

    /// @inheritdoc IPhemexGovernor
    function classOf(address[] calldata targets, uint256[] calldata values, bytes[] calldata calldatas)
        external
        view
        returns (IActionClasses.Class)
    {
        return actionClasses.classOf(targets, values, calldatas);
    }

    /// @inheritdoc IPhemexGovernor
    function canPropose(
        address account,
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas
    ) external view returns (bool) {
        // slither-disable-next-line unused-return -- which pass does not matter
        (, uint256 since) = soulPass.electorAt(account, clock());
        if (since == 0 || since >= clock() || targets.length == 0 || liveProposal(account) != 0) {
            return false;
        }
        // slither-disable-next-line unused-return -- the rules alone matter
        (, IActionClasses.Rules memory rules) = actionClasses.judge(targets, values, calldatas);
        return getVotes(account, clock() - 1) >= _wei(rules.threshold);
    }

    /// @inheritdoc IPhemexGovernor
    function liveProposal(address account) public view returns (uint256 proposalId) {
        proposalId = _latest[account];
        if (proposalId == 0) return 0;
        ProposalState current = state(proposalId);
        if (current != ProposalState.Pending && current != ProposalState.Active) return 0;
    }

    /// @inheritdoc Governor
    /// @dev The escrow's clock, known here without asking: the escrow may stand later than the governor.
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @inheritdoc Governor
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc IGovernor
    function votingDelay() public view override returns (uint256) {
        return _birth == 0 ? _general().delay : _birth >> 32;
    }

    /// @inheritdoc IGovernor
    function votingPeriod() public view override returns (uint256) {
        // forge-lint: disable-next-line(unsafe-typecast) -- the lower of two packed fields
        return _birth == 0 ? _general().period : uint32(_birth);
    }

    /// @inheritdoc Governor
    function proposalThreshold() public view override returns (uint256) {
        return _wei(_general().threshold);
    }

    /// @inheritdoc IGovernor
    function quorum(uint256 timepoint) public view override returns (uint256) {
        IActionClasses.Rules memory rules = _general();
        return ProposalTermsLib.quorumOf(_totalAt(timepoint), _wei(rules.floor), rules.quorumBps);
    }

    /* INTERNAL */

    function _general() private view returns (IActionClasses.Rules memory) {
        return actionClasses.rulesOf(IActionClasses.Class.General);
    }

    function _wei(uint256 whole) private pure returns (uint256) {
        return whole * 1e18;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IActionClasses} from "./IActionClasses.sol";
import {IElectorate} from "./IElectorate.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";

/// @title How the DAO counts
/// @notice One soul, one ballot: a ballot belongs to a pass, and weighs what the wallet that has held the pass since
/// strictly before the snapshot weighed at the snapshot. A nominal ballot says For, Against or Abstain with all of
/// it, and its voter can change it by its own transaction until 24 hours before the vote was to end. A split ballot
/// (support 255) is for those who vote for many: three packed uint128, wei of vePT Against, For and Abstain, in as
/// many transactions as it takes; what is cast is final. The two kinds don't mix.
interface IGovernorBallots {
    /* TYPES */

    /// @notice What a pass said in a vote.
    enum Ballot {
        None,
        Against,
        For,
        Abstain,
        Split
    }

    /* EVENTS */

    /// @notice A voter changed its ballot; `weight` moved as a whole. Its new ballot is announced as any other.
    event BallotChanged(
        uint256 indexed proposalId, address indexed voter, Ballot from, Ballot to, uint256 weight
    );

    /// @notice The total that a proposal's quorum is measured by, in wei of vePT, is written down.
    event QuorumBaseFixed(uint256 indexed proposalId, uint256 base);

    /// @notice A ballot turned the outcome late, and the vote ends later (as OpenZeppelin's late quorum announces it).
    event ProposalExtended(uint256 indexed proposalId, uint64 extendedDeadline);

    /* ERRORS */

    /// @notice `account` has held no pass since strictly before `timepoint` (`since`: zero if it holds none).
    error PhemexGovernor__NotElector(address account, uint256 since, uint256 timepoint);

    /// @notice `account` weighed nothing at the snapshot.
    error PhemexGovernor__NoWeight(address account);

    /// @notice Ballots of this proposal could be changed until `until`, that second included.
    error PhemexGovernor__ChangesClosed(uint256 proposalId, uint256 until);

    /// @notice A split ballot gives more, or less than one wei: `weight` of `left`, in wei of vePT.
    error PhemexGovernor__InvalidSplit(address account, uint256 weight, uint256 left);

    /* VOTING */

    /// @notice Writes down the total that the proposal's quorum is measured by. The first counted ballot does it
    /// otherwise; the answer is the same at any time, since the past does not change.
    /// @dev Requirements: the snapshot is past; it is not written down yet, or the call changes nothing. Emits
    /// {QuorumBaseFixed}.
    function fixQuorumBase(uint256 proposalId) external;

    /* VIEWS */

    /// @notice The Soul Pass.
    function soulPass() external view returns (IElectorate);

    /// @notice The vote escrow (OpenZeppelin's clients ask for it under this name).
    function token() external view returns (IVotes);

    /// @notice The class that the proposal's actions gave it.
    function proposalClass(uint256 proposalId) external view returns (IActionClasses.Class);

    /// @notice Wei of vePT, For and Abstain together, that the proposal takes. Known once the snapshot is past.
    function proposalQuorum(uint256 proposalId) external view returns (uint256);

    /// @notice For / (For + Against) that the proposal takes, in ten-thousandths; For must exceed Against besides.
    function proposalMajority(uint256 proposalId) external view returns (uint256);

    /// @notice Wei of vePT cast so far (OpenZeppelin's order).
    function proposalVotes(uint256 proposalId)
        external
        view
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes);

    /// @notice What the pass that `account` holds said on the proposal.
    function ballotOf(uint256 proposalId, address account) external view returns (Ballot);

    /// @notice Wei of vePT that the pass with that id has cast in split ballots.
    function splitWeight(uint256 proposalId, uint256 passId) external view returns (uint256);
}

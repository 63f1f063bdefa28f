// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GovernorExecution} from "./GovernorExecution.sol";
import {IActionClasses} from "./IActionClasses.sol";
import {IElectorate} from "./IElectorate.sol";
import {IGovernorBallots} from "./IGovernorBallots.sol";
import {ProposalTally, ProposalTallyLib} from "./ProposalTally.sol";
import {ProposalTerms} from "./ProposalTerms.sol";
import {Governor, IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title GovernorBallots
/// @notice Counting for OpenZeppelin's governor; see {IGovernorBallots}.
/// @dev A change takes the weight away where it was and adds it where it goes, without having kept it: weight at the
/// snapshot is past and never changes, and only the one wallet that has held the pass since before the snapshot can
/// vote with it. A recovery, or burning and minting again, restarts `holderSince`, so that pass has no further say
/// in votes that are on: what it cast stays, what it did not cast is left uncounted. The extensions stand in one line,
/// so that no function has two that it must be told to obey.
abstract contract GovernorBallots is GovernorExecution, IGovernorBallots {
    /* TYPES */

    /// @dev Wei of vePT for each way to vote.
    struct Weights {
        ProposalTally votes;
        uint256 abstained;
    }

    /* CONSTANTS */

    /// @dev Within so many seconds of the deadline no ballot can be changed, and one that turns the outcome gives the
    /// others as much time again.
    uint256 internal constant LATE = 1 days;

    /// @dev By how many seconds late outcomes can extend a vote, all together.
    uint256 internal constant MOST_EXTENSION = 3 days;

    /// @dev Support value of a split ballot, as in OpenZeppelin's fractional counting.
    uint8 private constant SPLIT = 255;

    /* STORAGE */

    /// @inheritdoc IGovernorBallots
    IElectorate public immutable soulPass;

    /// @inheritdoc IGovernorBallots
    IVotes public immutable token;

    mapping(uint256 proposalId => ProposalTerms) internal _terms;

    mapping(uint256 proposalId => ProposalTally) private _tallies;

    /// @dev Four bits for each pass: 64 voters share a slot.
    mapping(uint256 proposalId => mapping(uint256 word => uint256)) internal _ballots;

    /// @inheritdoc IGovernorBallots
    mapping(uint256 proposalId => mapping(uint256 passId => uint256)) public splitWeight;

    /* CONSTRUCTOR */

    constructor(address escrow, address soulPass_) {
        token = IVotes(escrow);
        soulPass = IElectorate(soulPass_);
    }

    /* VOTING */

    /// @inheritdoc IGovernorBallots
    function fixQuorumBase(uint256 proposalId) external {
        state(proposalId); // reverts for a proposal that is none
        ProposalTerms terms = _terms[proposalId];
        if (terms.base() == 0) _terms[proposalId] = _withBase(proposalId, terms);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IGovernorBallots
    function proposalClass(uint256 proposalId) external view returns (IActionClasses.Class) {
        return _known(proposalId).class();
    }

    /// @inheritdoc IGovernorBallots
    function proposalQuorum(uint256 proposalId) external view returns (uint256) {
        ProposalTerms terms = _known(proposalId);
        if (terms.base() == 0) terms = terms.withBase(_totalAt(proposalSnapshot(proposalId)));
        return terms.quorum();
    }

    /// @inheritdoc IGovernorBallots
    function proposalMajority(uint256 proposalId) external view returns (uint256) {
        return _known(proposalId).majorityBps();
    }

    /// @inheritdoc IGovernorBallots
    function proposalVotes(uint256 proposalId)
        external
        view
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
    {
        ProposalTally tally = _tallies[proposalId];
        return (tally.against(), tally.inFavour(), _terms[proposalId].abstained());
    }

    /// @inheritdoc IGovernor
    // solhint-disable-next-line func-name-mixedcase
    function COUNTING_MODE() external pure returns (string memory) {
        return "support=bravo,fractional&quorum=for,abstain&params=fractional";
    }

    /// @inheritdoc IGovernor
    function hasVoted(uint256 proposalId, address account) external view returns (bool) {
        return ballotOf(proposalId, account) != Ballot.None;
    }

    /// @inheritdoc IGovernorBallots
    function ballotOf(uint256 proposalId, address account) public view returns (Ballot) {
        (uint256 word, uint256 shift) = _place(soulPass.passOf(account));
        return _ballotIn(_ballots[proposalId][word], shift);
    }

    /// @inheritdoc IGovernor
    function proposalDeadline(uint256 proposalId) public view virtual override returns (uint256) {
        uint256 known = _tallies[proposalId].deadline();
        return known == 0 ? super.proposalDeadline(proposalId) : known;
    }

    /* INTERNAL: WHO MAY */

    /// @dev A revocation is judged at the timepoint too: one whose 30 days end in mid-vote cuts nobody off.
    function _requireElector(address account, uint256 timepoint) internal view returns (uint256 pass) {
        uint256 since;
        (pass, since) = soulPass.electorAt(account, timepoint);
        if (since == 0 || since >= timepoint) revert PhemexGovernor__NotElector(account, since, timepoint);
    }

    /// @inheritdoc Governor
    function _getVotes(address account, uint256 timepoint, bytes memory)
        internal
        view
        override
        returns (uint256)
    {
        return token.getPastVotes(account, timepoint);
    }

    /* INTERNAL: BALLOTS */

    /// @inheritdoc Governor
    /// @dev As OpenZeppelin's, and the voter has held a pass since before the snapshot. Every way to cast a single
    /// ballot ends here.
    function _castVote(
        uint256 proposalId,
        address account,
        uint8 support,
        string memory reason,
        bytes memory params
    ) internal override returns (uint256 counted) {
        _validateStateBitmap(proposalId, _encodeStateBitmap(ProposalState.Active));
        counted = _countVote(proposalId, account, support, 0, params);
        if (params.length == 0) emit VoteCast(account, proposalId, support, counted, reason);
        else emit VoteCastWithParams(account, proposalId, support, counted, reason, params);
    }

    /// @inheritdoc Governor
    /// @dev It reads the weight itself, once it knows that the account may vote. Whoever is not the sender has signed,
    /// and a signature casts first ballots only: an old one can't undo a change of mind.
    function _countVote(uint256 proposalId, address account, uint8 support, uint256, bytes memory params)
        internal
        override
        returns (uint256)
    {
        uint256 snapshot = proposalSnapshot(proposalId);
        uint256 pass = _requireElector(account, snapshot);
        uint256 weight = token.getPastVotes(account, snapshot);
        if (weight == 0) revert PhemexGovernor__NoWeight(account);
        (uint256 word, uint256 shift) = _place(pass);
        uint256 bits = _ballots[proposalId][word];
        Ballot before = _ballotIn(bits, shift);
        if (before != Ballot.None && account != _msgSender()) revert GovernorAlreadyCastVote(account);

        if (support == SPLIT) {
            if (before == Ballot.None) {
                _ballots[proposalId][word] = _marked(bits, shift, before, Ballot.Split);
            } else if (before != Ballot.Split) {
                revert GovernorAlreadyCastVote(account);
            }
            return _split(proposalId, pass, account, weight, params);
        }
        if (support > 2) revert GovernorInvalidVoteType();
        if (params.length != 0) revert GovernorInvalidVoteParams();
        Ballot chosen = Ballot(support + 1);
        // slither-disable-next-line uninitialized-local -- nothing is taken away unless the ballot changes
        Weights memory fewer;
        if (before != Ballot.None) {
            if (before == chosen || before == Ballot.Split) revert GovernorAlreadyCastVote(account);
            uint256 until = super.proposalDeadline(proposalId) - LATE;
            if (clock() > until) revert PhemexGovernor__ChangesClosed(proposalId, until);
            fewer = _whole(before, weight);
            emit BallotChanged(proposalId, account, before, chosen, weight);
        }
        _ballots[proposalId][word] = _marked(bits, shift, before, chosen);
        _tally(proposalId, _whole(chosen, weight), fewer);
        return weight;
    }

    function _split(uint256 proposalId, uint256 pass, address account, uint256 weight, bytes memory params)
        private
        returns (uint256 parts)
    {
        uint256 used = splitWeight[proposalId][pass];
        Weights memory more;
        (parts, more) = _parts(params);
        if (parts == 0 || parts > weight - used) {
            revert PhemexGovernor__InvalidSplit(account, parts, weight - used);
        }
        splitWeight[proposalId][pass] = used + parts;
        // slither-disable-next-line uninitialized-local -- nothing is taken away
        Weights memory fewer;
        _tally(proposalId, more, fewer);
    }

    /// @dev Where the ballot of a pass is: which word, and how many bits up.
    function _place(uint256 pass) internal pure returns (uint256 word, uint256 shift) {
        return (pass >> 6, (pass & 63) << 2);
    }

    function _ballotIn(uint256 bits, uint256 shift) internal pure returns (Ballot) {
        return Ballot((bits >> shift) & 15);
    }

    function _marked(uint256 bits, uint256 shift, Ballot before, Ballot chosen)
        internal
        pure
        returns (uint256)
    {
        return bits ^ ((uint256(before) ^ uint256(chosen)) << shift);
    }

    function _whole(Ballot ballot, uint256 weight) private pure returns (Weights memory weights) {
        if (ballot == Ballot.For) weights.votes = ProposalTallyLib.votes(weight, 0);
        else if (ballot == Ballot.Against) weights.votes = ProposalTallyLib.votes(0, weight);
        else weights.abstained = weight;
    }

    /// @dev The three packed uint128 of a split ballot: against, for, abstain. A weight that does not fit its field
    /// makes a sum above all there is, which is refused.
    function _parts(bytes memory params) private pure returns (uint256 sum, Weights memory weights) {
        if (params.length != 48) revert GovernorInvalidVoteParams();
        uint256 first;
        uint256 last;
        assembly ("memory-safe") {
            first := mload(add(params, 32))
            last := mload(add(params, 48))
        }
        // forge-lint: disable-start(unsafe-typecast) -- the fields that are packed there
        weights.votes = ProposalTallyLib.votes(uint128(first), first >> 128);
        weights.abstained = uint128(last);
        sum = (first >> 128) + uint128(first) + weights.abstained;
        // forge-lint: disable-end(unsafe-typecast)
    }

    /* INTERNAL: TALLIES */

    /// @dev Adds and takes away weight. The first of it fixes the base of the quorum and writes down when the vote
    /// ends; later ones leave the terms alone unless somebody abstains, or it is late, when the outcome is looked at
    /// before and after: a vote whose outcome turns goes on.
    function _tally(uint256 proposalId, Weights memory more, Weights memory fewer) internal {
        ProposalTally tally = _tallies[proposalId];
        ProposalTally turned = tally;
        if (tally.isEmpty()) turned = tally.withDeadline(super.proposalDeadline(proposalId));
        bool late = clock() + LATE > turned.deadline();
        turned = turned.moved(more.votes, fewer.votes);
        if (late || tally.isEmpty() || more.abstained != fewer.abstained) {
            ProposalTerms terms = _terms[proposalId];
            ProposalTerms known = terms;
            if (terms.base() == 0) terms = _withBase(proposalId, terms);
            bool before = late && terms.passes(tally.inFavour(), tally.against());
            if (more.abstained != fewer.abstained) {
                terms = terms.withAbstained(terms.abstained() + more.abstained - fewer.abstained);
            }
            if (ProposalTerms.unwrap(terms) != ProposalTerms.unwrap(known)) _terms[proposalId] = terms;
            if (late && terms.passes(turned.inFavour(), turned.against()) != before) {
                turned = _extended(proposalId, turned);
            }
        }
        _tallies[proposalId] = turned;
    }

    function _extended(uint256 proposalId, ProposalTally tally) private returns (ProposalTally) {
        uint256 later = Math.min(clock() + LATE, super.proposalDeadline(proposalId) + MOST_EXTENSION);
        if (later <= tally.deadline()) return tally;
        // forge-lint: disable-next-line(unsafe-typecast) -- seconds, 48 bits
        emit ProposalExtended(proposalId, uint64(later));
        return tally.withDeadline(later);
    }

    /// @inheritdoc Governor
    /// @dev While nothing was counted the base may be missing: then it is zero, and the quorum still is not.
    function _quorumReached(uint256 proposalId) internal view override returns (bool) {
        return _terms[proposalId].isQuorate(_tallies[proposalId].inFavour());
    }

    /// @inheritdoc Governor
    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        ProposalTally tally = _tallies[proposalId];
        return _terms[proposalId].isMajority(tally.inFavour(), tally.against());
    }

    function _withBase(uint256 proposalId, ProposalTerms terms) private returns (ProposalTerms) {
        uint256 base = _totalAt(proposalSnapshot(proposalId));
        emit QuorumBaseFixed(proposalId, base);
        return terms.withBase(base);
    }

    function _totalAt(uint256 timepoint) internal view returns (uint256) {
        return SafeCast.toUint96(token.getPastTotalSupply(timepoint));
    }

    function _known(uint256 proposalId) private view returns (ProposalTerms terms) {
        terms = _terms[proposalId];
        if (ProposalTerms.unwrap(terms) == 0) revert GovernorNonexistentProposal(proposalId);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GovernorExecution} from "./GovernorExecution.sol";
import {IActionClasses} from "./IActionClasses.sol";
import {IElectorate} from "./IElectorate.sol";
import {IGovernorBallots} from "./IGovernorBallots.sol";
import {ProposalTerms} from "./ProposalTerms.sol";
import {Governor, IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title GovernorBallots
/// @notice Counting for OpenZeppelin's governor; see {IGovernorBallots}.
/// @dev A change takes the weight away where it was and adds it where it goes, without having kept it: weight at the
/// snapshot is past and never changes, and only the one wallet that has held the pass since before the snapshot can
/// vote with it. A recovery, or burning and minting again, restarts `electorSince`, so that pass has no further say
/// in votes that are on: what it cast stays, what it did not cast is left uncounted. The extensions stand in one line,
/// so that no function has two that it must be told to obey.
abstract contract GovernorBallots is GovernorExecution, IGovernorBallots {
    /* TYPES */

    /// @dev The votes that decide, in one slot with the deadline that a late outcome gave the vote (zero: none).
    struct Tally {
        uint96 inFavour;
        uint96 against;
        uint48 lateDeadline;
    }

    /// @dev Weight for each way to vote, in wei of vePT.
    struct Weights {
        uint256 against;
        uint256 inFavour;
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

    mapping(uint256 proposalId => Tally) private _tallies;

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
        Tally storage tally = _tallies[proposalId];
        return (tally.against, tally.inFavour, _terms[proposalId].abstained());
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
        return Math.max(super.proposalDeadline(proposalId), _tallies[proposalId].lateDeadline);
    }

    /* INTERNAL: WHO MAY */

    function _requireElector(address account, uint256 timepoint) internal view {
        uint256 since = soulPass.electorSince(account);
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
    /// @dev Every way to cast a single ballot ends here. Whoever is not the sender has signed, and a signature casts
    /// first ballots only: an old one can't undo a change of mind.
    function _countVote(
        uint256 proposalId,
        address account,
        uint8 support,
        uint256 weight,
        bytes memory params
    ) internal override returns (uint256) {
        _requireElector(account, proposalSnapshot(proposalId));
        if (weight == 0) revert PhemexGovernor__NoWeight(account);
        uint256 pass = soulPass.passOf(account);
        (uint256 word, uint256 shift) = _place(pass);
        uint256 bits = _ballots[proposalId][word];
        Ballot before = _ballotIn(bits, shift);
        if (before != Ballot.None && account != _msgSender()) revert GovernorAlreadyCastVote(account);

        Weights memory minus;
        Weights memory plus;
        Ballot chosen;
        if (support == SPLIT) {
            if (before != Ballot.None && before != Ballot.Split) revert GovernorAlreadyCastVote(account);
            chosen = Ballot.Split;
            uint256 used = splitWeight[proposalId][pass];
            plus = _parts(params);
            uint256 parts = plus.against + plus.inFavour + plus.abstained;
            if (parts == 0 || parts > weight - used) {
                revert PhemexGovernor__InvalidSplit(account, parts, weight - used);
            }
            splitWeight[proposalId][pass] = used + parts;
            weight = parts;
        } else {
            if (support > 2) revert GovernorInvalidVoteType();
            if (params.length != 0) revert GovernorInvalidVoteParams();
            chosen = Ballot(support + 1);
            plus = _whole(chosen, weight);
            if (before != Ballot.None) {
                if (before == chosen || before == Ballot.Split) revert GovernorAlreadyCastVote(account);
                uint256 until = super.proposalDeadline(proposalId) - LATE;
                if (clock() > until) revert PhemexGovernor__ChangesClosed(proposalId, until);
                minus = _whole(before, weight);
                emit BallotChanged(proposalId, account, before, chosen, weight);
            }
        }
        if (before != chosen) _ballots[proposalId][word] = _marked(bits, shift, before, chosen);
        _tally(proposalId, plus, minus);
        return weight;
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

    function _whole(Ballot ballot, uint256 weight) internal pure returns (Weights memory weights) {
        if (ballot == Ballot.For) weights.inFavour = weight;
        else if (ballot == Ballot.Against) weights.against = weight;
        else weights.abstained = weight;
    }

    /// @dev The three packed uint128 of a split ballot.
    function _parts(bytes memory params) private pure returns (Weights memory weights) {
        if (params.length != 48) revert GovernorInvalidVoteParams();
        uint256 first;
        uint256 last;
        assembly ("memory-safe") {
            first := mload(add(params, 32))
            last := mload(add(params, 48))
        }
        weights.against = first >> 128;
        weights.inFavour = uint128(first);
        weights.abstained = uint128(last);
    }

    /* INTERNAL: TALLIES */

    /// @dev Adds and takes away weight, fixes the base of the quorum with the first of it, and extends the vote when
    /// that turns its outcome late. The terms are read only where they matter: while nothing is For or Against they
    /// may lack the base, abstentions are written there, and a late outcome takes the quorum.
    function _tally(uint256 proposalId, Weights memory plus, Weights memory minus) internal {
        Tally memory tally = _tallies[proposalId];
        uint256 ends = super.proposalDeadline(proposalId);
        bool late = clock() + LATE > Math.max(ends, tally.lateDeadline);
        bool abstains = plus.abstained != minus.abstained;

        ProposalTerms terms;
        bool before;
        if (late || abstains || (tally.inFavour == 0 && tally.against == 0)) {
            terms = _terms[proposalId];
            ProposalTerms known = terms;
            if (terms.base() == 0) terms = _withBase(proposalId, terms);
            before = late && terms.passes(tally.inFavour, tally.against);
            if (abstains) terms = terms.withAbstained(terms.abstained() + plus.abstained - minus.abstained);
            if (ProposalTerms.unwrap(terms) != ProposalTerms.unwrap(known)) _terms[proposalId] = terms;
        }
        // All vePT there is fits 90 bits.
        tally.inFavour = uint96(tally.inFavour + plus.inFavour - minus.inFavour);
        tally.against = uint96(tally.against + plus.against - minus.against);
        if (late && terms.passes(tally.inFavour, tally.against) != before) {
            uint48 later = uint48(Math.min(clock() + LATE, ends + MOST_EXTENSION));
            if (later > tally.lateDeadline) {
                tally.lateDeadline = later;
                emit ProposalExtended(proposalId, later);
            }
        }
        _tallies[proposalId] = tally;
    }

    /// @inheritdoc Governor
    /// @dev While nothing was counted the base may be missing: then it is zero, and the quorum still is not.
    function _quorumReached(uint256 proposalId) internal view override returns (bool) {
        return _terms[proposalId].isQuorate(_tallies[proposalId].inFavour);
    }

    /// @inheritdoc Governor
    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        Tally storage tally = _tallies[proposalId];
        return _terms[proposalId].isMajority(tally.inFavour, tally.against);
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

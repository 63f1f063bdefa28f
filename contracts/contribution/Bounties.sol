// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Awards} from "./Awards.sol";
import {IBounties} from "./IBounties.sol";

// slither-disable-start incorrect-equality -- states, ids and zeros are compared, no balance that could be nudged

/// @title Bounties
/// @notice See {IBounties}.
abstract contract Bounties is Awards, IBounties {
    /* TYPES */

    /// @dev Beside the award of the same number.
    struct Posting {
        uint64 accepted;
        uint40 deadline;
        BountyState state;
        mapping(uint256 pass => bool) applied;
    }

    /* CONSTANTS */

    uint256 private constant MAX_AHEAD = 366 days;

    /* STORAGE */

    mapping(uint256 bounty => Posting) private _postings;

    /* BY A GROUP */

    /// @inheritdoc IBounties
    // slither-disable-next-line reentrancy-benign -- it holds the lock
    function postBounty(Offer calldata offer, string calldata memo)
        external
        nonReentrant
        returns (uint256 bounty)
    {
        if (offer.deadline <= block.timestamp || offer.deadline > block.timestamp + MAX_AHEAD) {
            revert Contributors__InvalidTerms();
        }
        uint24 group;
        (bounty, group) = _hold(
            Making({
                kind: Kind.Bounty,
                category: "bounty",
                budget: offer.budget,
                pass: 0,
                amount: offer.amount,
                points: offer.points,
                start: 0,
                span: 0
            }),
            memo
        );
        Posting storage posting = _postings[bounty];
        (posting.deadline, posting.state) = (offer.deadline, BountyState.Open);
        emit BountyPosted(bounty, group, offer.deadline, offer.text);
    }

    /// @inheritdoc IBounties
    function acceptApplicant(uint256 bounty, uint256 pass) external nonReentrant {
        Posting storage posting = _before(bounty);
        _requireGroup(_lines[bounty].group);
        if (!posting.applied[pass]) revert Contributors__NotApplied(bounty, pass);
        _requireCounts(pass);
        // forge-lint: disable-next-line(unsafe-typecast) -- it counts, so it is an id
        (posting.accepted, posting.state) = (uint64(pass), BountyState.Accepted);
        emit BountyAccepted(bounty, pass);
    }

    /// @inheritdoc IBounties
    function approveBounty(uint256 bounty) external nonReentrant {
        Posting storage posting = _postings[bounty];
        if (posting.state != BountyState.Accepted) revert Contributors__BountyIs(bounty, posting.state);
        Line storage line = _lines[bounty];
        _requireGroup(line.group);
        posting.state = BountyState.Approved;
        (line.pass, line.start) = (posting.accepted, uint40(block.timestamp));
        emit BountyApproved(bounty, posting.accepted);
    }

    /// @inheritdoc IBounties
    function cancelBounty(uint256 bounty) external nonReentrant {
        Posting storage posting = _postings[bounty];
        if (posting.state != BountyState.Open) revert Contributors__BountyIs(bounty, posting.state);
        _requireGroupOrDao(_lines[bounty].group);
        _returnBounty(bounty, posting);
    }

    /* BY A CONTRIBUTOR */

    /// @inheritdoc IBounties
    function applyFor(uint256 bounty, bytes32 text) external nonReentrant {
        Posting storage posting = _before(bounty);
        (uint256 pass, uint256 since) = _elector(msg.sender);
        if (since == 0) revert Contributors__NotContributor(pass, msg.sender);
        if (posting.applied[pass]) revert Contributors__Applied(bounty, pass);
        posting.applied[pass] = true;
        emit Applied(bounty, pass, text);
    }

    /// @inheritdoc IBounties
    function withdrawApplication(uint256 bounty) external nonReentrant {
        Posting storage posting = _postings[bounty];
        // slither-disable-next-line unused-return -- who no longer counts may withdraw, too
        (uint256 pass,) = _elector(msg.sender);
        if (!posting.applied[pass]) revert Contributors__NotApplied(bounty, pass);
        BountyState state = posting.state;
        if (state == BountyState.Accepted && posting.accepted == pass) {
            (posting.accepted, posting.state) = (0, BountyState.Open);
        } else if (state > BountyState.Accepted) {
            revert Contributors__BountyIs(bounty, state);
        }
        posting.applied[pass] = false;
        emit ApplicationWithdrawn(bounty, pass);
    }

    /// @inheritdoc IBounties
    function payBounty(uint256 bounty, address to) external nonReentrant returns (uint256 amount) {
        BountyState state = _postings[bounty].state;
        if (state != BountyState.Approved) revert Contributors__BountyIs(bounty, state);
        return _draw(bounty, _lines[bounty], to);
    }

    /* BY ANYONE */

    /// @inheritdoc IBounties
    function refundBounty(uint256 bounty) external nonReentrant {
        Posting storage posting = _postings[bounty];
        BountyState state = posting.state;
        if (state != BountyState.Open && state != BountyState.Accepted) {
            revert Contributors__BountyIs(bounty, state);
        }
        if (block.timestamp < posting.deadline) {
            revert Contributors__BeforeDeadline(bounty, posting.deadline);
        }
        _returnBounty(bounty, posting);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IBounties
    function bountyOf(uint256 bounty) external view returns (Bounty memory) {
        Posting storage posting = _postings[bounty];
        return Bounty(posting.state, posting.accepted, posting.deadline);
    }

    /// @inheritdoc IBounties
    function hasApplied(uint256 bounty, uint256 pass) external view returns (bool) {
        return _postings[bounty].applied[pass];
    }

    /* INTERNAL */

    /// @dev A bounty that is open, before its deadline.
    function _before(uint256 bounty) private view returns (Posting storage posting) {
        posting = _postings[bounty];
        if (posting.state != BountyState.Open) revert Contributors__BountyIs(bounty, posting.state);
        if (block.timestamp >= posting.deadline) {
            revert Contributors__AfterDeadline(bounty, posting.deadline);
        }
    }

    function _returnBounty(uint256 bounty, Posting storage posting) private {
        Line storage line = _lines[bounty];
        posting.state = BountyState.Returned;
        line.closed = true;
        emit BountyReturned(bounty, msg.sender);
        _giveBack(bounty, line, line.amount);
    }
}
// slither-disable-end incorrect-equality

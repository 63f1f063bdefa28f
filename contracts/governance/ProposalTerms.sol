// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IActionClasses} from "./IActionClasses.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice What a proposal is counted by, in one slot: the rules it was born under, the base of its quorum once that
/// is fixed, and its abstentions, which are here because they count for the quorum alone:
///
///     base 96 | abstained 96 | 0 2 | floor 32 | quorumBps 14 | majorityBps 14 | class 2
///
/// Base and abstentions are wei of vePT, of which there are less than 2^90; the floor is in whole vePT.
type ProposalTerms is uint256;

using ProposalTermsLib for ProposalTerms global;

/// @notice The terms of a proposal of that class at its birth.
function birthTerms(IActionClasses.Class class, IActionClasses.Rules memory rules)
    pure
    returns (ProposalTerms)
{
    return ProposalTerms.wrap(
        (uint256(rules.floor) << 30) | (uint256(rules.quorumBps) << 16) | (uint256(rules.majorityBps) << 2)
            | uint256(class)
    );
}

/// @title Fields of a proposal's packed terms, and the quorum that follows from them
library ProposalTermsLib {
    uint256 private constant WEIGHT = type(uint96).max;
    uint256 private constant BPS = 10_000;

    /// @notice The class that its actions gave it.
    function class(ProposalTerms self) internal pure returns (IActionClasses.Class) {
        return IActionClasses.Class(ProposalTerms.unwrap(self) & 3);
    }

    /// @notice For / (For + Against) that it takes, in ten-thousandths.
    function majorityBps(ProposalTerms self) internal pure returns (uint256) {
        return (ProposalTerms.unwrap(self) >> 2) & 0x3fff;
    }

    /// @notice Share of the base that its quorum is at least, in ten-thousandths.
    function quorumBps(ProposalTerms self) internal pure returns (uint256) {
        return (ProposalTerms.unwrap(self) >> 16) & 0x3fff;
    }

    /// @notice Wei of vePT that its quorum is at least, as long as that is no more than half the base.
    function floor(ProposalTerms self) internal pure returns (uint256) {
        return ((ProposalTerms.unwrap(self) >> 30) & type(uint32).max) * 1e18;
    }

    /// @notice Wei of vePT that abstained.
    function abstained(ProposalTerms self) internal pure returns (uint256) {
        return (ProposalTerms.unwrap(self) >> 64) & WEIGHT;
    }

    /// @notice All vePT at the snapshot, in wei; zero until it is written down.
    function base(ProposalTerms self) internal pure returns (uint256) {
        return ProposalTerms.unwrap(self) >> 160;
    }

    /// @notice The terms with that many wei of vePT abstaining, less than 2^96.
    function withAbstained(ProposalTerms self, uint256 weight) internal pure returns (ProposalTerms) {
        return ProposalTerms.wrap((ProposalTerms.unwrap(self) & ~(WEIGHT << 64)) | (weight << 64));
    }

    /// @notice The terms with the base, less than 2^96, that had none.
    function withBase(ProposalTerms self, uint256 total) internal pure returns (ProposalTerms) {
        return ProposalTerms.wrap(ProposalTerms.unwrap(self) | (total << 160));
    }

    /// @notice Wei of vePT, For and Abstain together, that it takes.
    function quorum(ProposalTerms self) internal pure returns (uint256) {
        return quorumOf(self.base(), self.floor(), self.quorumBps());
    }

    /// @notice The larger of 500,000 vePT, the fraction of the total, and the smaller of the floor and half the total.
    /// @dev Everything in wei. Shares are rounded up, so that one wei less than the share never suffices.
    function quorumOf(uint256 total, uint256 floor_, uint256 bps) internal pure returns (uint256) {
        uint256 reachable = Math.max(500_000e18, Math.min(floor_, Math.ceilDiv(total, 2)));
        return Math.max(reachable, Math.mulDiv(total, bps, BPS, Math.Rounding.Ceil));
    }

    /// @notice Whether those votes, with the abstentions, make a decision: quorum, majority, and more For than Against.
    function passes(ProposalTerms self, uint256 inFavour, uint256 against) internal pure returns (bool) {
        return self.isQuorate(inFavour) && self.isMajority(inFavour, against);
    }

    /// @notice Whether For and the abstentions make the quorum.
    function isQuorate(ProposalTerms self, uint256 inFavour) internal pure returns (bool) {
        return inFavour + self.abstained() >= self.quorum();
    }

    /// @notice Whether For exceeds Against, and is the share that the class takes.
    function isMajority(ProposalTerms self, uint256 inFavour, uint256 against) internal pure returns (bool) {
        return inFavour > against && inFavour * BPS >= (inFavour + against) * self.majorityBps();
    }
}

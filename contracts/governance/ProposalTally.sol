// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The votes that decide on a proposal and when its vote ends, in one slot; zero until the first ballot:
///
///     0 16 | deadline 48 | against 96 | inFavour 96
///
/// Votes are wei of vePT, of which there are less than 2^90, so that sums never reach the next field and both are
/// added and taken away at once.
type ProposalTally is uint256;

using ProposalTallyLib for ProposalTally global;

/// @title Fields of a proposal's packed tally
library ProposalTallyLib {
    uint256 private constant WEIGHT = type(uint96).max;
    uint256 private constant AGAINST = 96;
    uint256 private constant DEADLINE = 192;

    /// @notice Wei of vePT for the proposal.
    function inFavour(ProposalTally self) internal pure returns (uint256) {
        return ProposalTally.unwrap(self) & WEIGHT;
    }

    /// @notice Wei of vePT against the proposal.
    function against(ProposalTally self) internal pure returns (uint256) {
        return (ProposalTally.unwrap(self) >> AGAINST) & WEIGHT;
    }

    /// @notice The last second of the vote; zero before the first ballot.
    function deadline(ProposalTally self) internal pure returns (uint256) {
        return ProposalTally.unwrap(self) >> DEADLINE;
    }

    /// @notice Whether no ballot was counted yet.
    function isEmpty(ProposalTally self) internal pure returns (bool) {
        return ProposalTally.unwrap(self) == 0;
    }

    /// @notice Votes alone, to add or to take away.
    function votes(uint256 inFavour_, uint256 against_) internal pure returns (ProposalTally) {
        return ProposalTally.wrap((against_ << AGAINST) | inFavour_);
    }

    /// @notice The tally with `more` votes, and less by `fewer` that were added before.
    function moved(ProposalTally self, ProposalTally more, ProposalTally fewer)
        internal
        pure
        returns (ProposalTally)
    {
        unchecked {
            return ProposalTally.wrap(
                ProposalTally.unwrap(self) + ProposalTally.unwrap(more) - ProposalTally.unwrap(fewer)
            );
        }
    }

    /// @notice The tally of a vote that ends with that second.
    function withDeadline(ProposalTally self, uint256 end) internal pure returns (ProposalTally) {
        uint256 kept = ProposalTally.unwrap(self) & ((1 << DEADLINE) - 1);
        return ProposalTally.wrap(kept | (end << DEADLINE));
    }
}

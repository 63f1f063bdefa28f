// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Ballots that others bring
/// @notice Voters sign, anyone brings their ballots, many in one transaction. A sponsored ballot has a deadline and no
/// nonce: it counts only while its pass has no ballot on that proposal, so it counts once. The typed structure is
/// `SponsoredBallot(uint256 proposalId,uint8 support,address voter,uint256 deadline)` in the governor's domain.
interface ISponsoredBallots {
    /* TYPES */

    /// @notice A signed ballot.
    /// @param voter Whose it is.
    /// @param support 0 against, 1 for, 2 abstain; split ballots are not sponsored.
    /// @param deadline The last second in which it may be brought.
    /// @param signature Of the voter: ECDSA, or what its wallet accepts under ERC-1271.
    struct SponsoredBallot {
        address voter;
        uint8 support;
        uint256 deadline;
        bytes signature;
    }

    /// @notice Why a ballot was skipped.
    enum Skipped {
        TooLate,
        InvalidSupport,
        NotElector,
        AlreadyCast,
        NoWeight,
        InvalidSignature
    }

    /* EVENTS */

    /// @notice A ballot of a batch did not count; it may be brought again if the reason goes away.
    event BallotSkipped(uint256 indexed proposalId, address indexed voter, Skipped reason);

    /* VOTING */

    /// @notice Casts many signed first ballots on one proposal. A bad one is skipped and reported, the others count.
    /// @dev Ballots whose passes have neighbouring ids, in order, are the cheapest: 64 share a slot. A wallet that is a
    /// contract gets 100,000 gas to say whether a signature is its own. Requirements: the vote is on. Emits
    /// OpenZeppelin's `VoteCast` for each that counts, {BallotSkipped} for the others.
    /// @return counted How many did.
    function castBallotsBySig(uint256 proposalId, SponsoredBallot[] calldata ballots)
        external
        returns (uint256 counted);

    /* VIEWS */

    /// @notice The hash of the typed structure.
    // solhint-disable-next-line func-name-mixedcase
    function SPONSORED_BALLOT_TYPEHASH() external view returns (bytes32);
}

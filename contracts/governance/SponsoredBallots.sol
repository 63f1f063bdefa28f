// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GovernorBallots} from "./GovernorBallots.sol";
import {ISponsoredBallots} from "./ISponsoredBallots.sol";
import {ProposalTallyLib} from "./ProposalTally.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title SponsoredBallots
/// @notice Ballots by signature: one at a time as OpenZeppelin's clients make them, with a nonce of the voter or of the
/// voter and the proposal; or many at once, see {ISponsoredBallots}.
abstract contract SponsoredBallots is GovernorBallots, NoncesKeyed, ISponsoredBallots {
    /* TYPES */

    /// @dev What all ballots of a batch share.
    struct Batch {
        uint256 proposalId;
        uint256 snapshot;
        bytes32 domain;
    }

    /// @dev The word of ballots that is being written; it goes to storage when the next one is needed.
    struct Page {
        uint256 word;
        uint256 bits;
        bool changed;
    }

    /* CONSTANTS */

    /// @inheritdoc ISponsoredBallots
    // solhint-disable-next-line func-name-mixedcase
    bytes32 public constant SPONSORED_BALLOT_TYPEHASH =
        keccak256("SponsoredBallot(uint256 proposalId,uint8 support,address voter,uint256 deadline)");

    /// @dev Enough for a wallet of several owners, too little to make a batch fail.
    uint256 private constant WALLET_GAS = 100_000;

    /* VOTING */

    /// @inheritdoc ISponsoredBallots
    /// @dev No wallet can act in between: it is asked by a static call.
    function castBallotsBySig(uint256 proposalId, SponsoredBallot[] calldata ballots)
        external
        returns (uint256 counted)
    {
        _validateStateBitmap(proposalId, _encodeStateBitmap(ProposalState.Active));
        Batch memory batch = Batch(proposalId, proposalSnapshot(proposalId), _domainSeparatorV4());
        Page memory page = Page(type(uint256).max, 0, false); // of no pass
        // slither-disable-next-line uninitialized-local -- sums begin at zero
        uint256[3] memory sums; // against, for, abstain
        for (uint256 i = 0; i < ballots.length; ++i) {
            SponsoredBallot calldata ballot = ballots[i];
            (address voter, uint8 support) = (ballot.voter, ballot.support);
            (Skipped reason, uint256 weight) = _count(batch, page, ballot, voter, support);
            if (weight == 0) {
                emit BallotSkipped(proposalId, voter, reason);
                continue;
            }
            unchecked {
                sums[support] += weight; // of different passes: no more than there is
                ++counted;
            }
            emit VoteCast(voter, proposalId, support, weight, "");
        }
        if (counted == 0) return 0;
        _ballots[proposalId][page.word] = page.bits;
        // slither-disable-next-line uninitialized-local -- nothing is taken away
        Weights memory nothing;
        _tally(proposalId, Weights(ProposalTallyLib.votes(sums[1], sums[0]), sums[2]), nothing);
    }

    /* INTERNAL: BATCHES */

    /// @dev Marks the ballot if it is good, and says what it weighs; the signature, which costs most, is looked at
    /// last. A ballot that is not good weighs nothing.
    function _count(
        Batch memory batch,
        Page memory page,
        SponsoredBallot calldata ballot,
        address voter,
        uint8 support
    ) private returns (Skipped, uint256) {
        if (clock() > ballot.deadline) return (Skipped.TooLate, 0);
        if (support > 2) return (Skipped.InvalidSupport, 0);
        // slither-disable-next-line calls-loop -- the suite's own pass, which calls nobody
        (uint256 pass, uint256 since) = soulPass.electorAt(voter, batch.snapshot);
        if (since == 0 || since >= batch.snapshot) return (Skipped.NotElector, 0);

        (uint256 word, uint256 shift) = _place(pass);
        if (word != page.word) {
            mapping(uint256 => uint256) storage words = _ballots[batch.proposalId];
            if (page.changed) words[page.word] = page.bits;
            (page.word, page.bits, page.changed) = (word, words[word], false);
        }
        if ((page.bits >> shift) & 15 != 0) return (Skipped.AlreadyCast, 0);
        // slither-disable-next-line calls-loop -- the suite's own escrow, which calls nobody
        uint256 weight = token.getPastVotes(voter, batch.snapshot);
        if (weight == 0) return (Skipped.NoWeight, 0);
        if (!_isSigned(batch, ballot, voter, support)) return (Skipped.InvalidSignature, 0);

        unchecked {
            page.bits |= (uint256(support) + 1) << shift;
        }
        page.changed = true;
        return (Skipped.TooLate, weight);
    }

    /// @dev The key comes first: an address that a key has needs no look at its code.
    function _isSigned(Batch memory batch, SponsoredBallot calldata ballot, address voter, uint8 support)
        private
        view
        returns (bool)
    {
        bytes32 structHash = keccak256(
            abi.encode(SPONSORED_BALLOT_TYPEHASH, batch.proposalId, support, voter, ballot.deadline)
        );
        bytes32 digest = MessageHashUtils.toTypedDataHash(batch.domain, structHash);
        // slither-disable-next-line unused-return -- what a failure is about does not matter
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, ballot.signature);
        if (failure == ECDSA.RecoverError.NoError && signer == voter) return true;
        return voter.code.length != 0 && _walletAccepts(voter, digest, ballot.signature);
    }

    /// @dev ERC-1271 with bounded gas, of whose answer one word is looked at.
    function _walletAccepts(address wallet, bytes32 digest, bytes calldata signature)
        private
        view
        returns (bool)
    {
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        bytes32 answer;
        bool success;
        assembly ("memory-safe") {
            mstore(0, 0)
            success := staticcall(WALLET_GAS, wallet, add(question, 32), mload(question), 0, 32)
            success := and(success, gt(returndatasize(), 31))
            answer := mload(0)
        }
        return success && answer == bytes32(IERC1271.isValidSignature.selector);
    }

    /* INTERNAL: SINGLE BALLOTS */

    // As OpenZeppelin's extension for keyed nonces has it: a signature is good under the voter's next nonce of that
    // proposal, so that ballots on several proposals don't wait for each other, or under its next nonce of all.

    function _validateVoteSig(uint256 proposalId, uint8 support, address voter, bytes memory signature)
        internal
        override
        returns (bool)
    {
        // forge-lint: disable-next-line(unsafe-typecast) -- a key of 192 bits, as OpenZeppelin's clients take it
        uint256 nonce = nonces(voter, uint192(proposalId));
        bytes32 structHash = keccak256(abi.encode(BALLOT_TYPEHASH, proposalId, support, voter, nonce));
        return _usesNonce(proposalId, voter, structHash, signature)
            || super._validateVoteSig(proposalId, support, voter, signature);
    }

    function _validateExtendedVoteSig(
        uint256 proposalId,
        uint8 support,
        address voter,
        string memory reason,
        bytes memory params,
        bytes memory signature
    ) internal override returns (bool) {
        bytes32 structHash = keccak256(
            abi.encode(
                EXTENDED_BALLOT_TYPEHASH,
                proposalId,
                support,
                voter,
                // forge-lint: disable-next-line(unsafe-typecast) -- as above
                nonces(voter, uint192(proposalId)),
                keccak256(bytes(reason)),
                keccak256(params)
            )
        );
        return _usesNonce(proposalId, voter, structHash, signature)
            || super._validateExtendedVoteSig(proposalId, support, voter, reason, params, signature);
    }

    function _usesNonce(uint256 proposalId, address voter, bytes32 structHash, bytes memory signature)
        private
        returns (bool good)
    {
        good = SignatureChecker.isValidSignatureNow(voter, _hashTypedDataV4(structHash), signature);
        // forge-lint: disable-next-line(unsafe-typecast) -- as above
        if (good) _useNonce(voter, uint192(proposalId));
    }

    function _useCheckedNonce(address owner, uint256 nonce) internal override(Nonces, NoncesKeyed) {
        super._useCheckedNonce(owner, nonce);
    }
}

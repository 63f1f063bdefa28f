// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice What a pass remembers beside its holder, packed into the 96 bits that share the holder's storage slot:
///
///     holderSince 32 | revokedAt 32 | mint nonce 24 | reason of the revocation 8
///
/// Times are in seconds; 32 bits last until the year 2106, when minting and revoking revert. The word outlives a
/// burn: a dormant pass keeps its nonce and its revocation.
type PassState is uint96;

using PassStateLib for PassState global;

/// @title Fields of a pass's packed state
library PassStateLib {
    /// @notice When the present holder got the pass: the time of the last mint or recovery.
    function holderSince(PassState self) internal pure returns (uint48) {
        return uint32(PassState.unwrap(self) >> 64);
    }

    /// @notice When the pass was revoked; zero while it is not.
    function revokedAt(PassState self) internal pure returns (uint48) {
        return uint32(PassState.unwrap(self) >> 32);
    }

    /// @notice How often the account has minted.
    function nonce(PassState self) internal pure returns (uint24) {
        return uint24(PassState.unwrap(self) >> 8);
    }

    /// @notice The issuer's code for why it revoked; zero while the pass is not revoked.
    function reason(PassState self) internal pure returns (uint8) {
        return uint8(PassState.unwrap(self));
    }

    /// @notice Whether the pass is revoked at present.
    function isRevoked(PassState self) internal pure returns (bool) {
        return self.revokedAt() != 0;
    }

    /// @notice The state after a mint now: held since now, one nonce used up.
    function minted(PassState self) internal view returns (PassState) {
        return _pack(block.timestamp, self.revokedAt(), self.nonce() + 1, self.reason());
    }

    /// @notice The state after a revocation now.
    function revoked(PassState self, uint8 reason_) internal view returns (PassState) {
        return _pack(self.holderSince(), block.timestamp, self.nonce(), reason_);
    }

    /// @notice The state after a revocation was lifted.
    function reinstated(PassState self) internal pure returns (PassState) {
        return _pack(self.holderSince(), 0, self.nonce(), 0);
    }

    function _pack(uint256 since, uint256 at, uint24 nonce_, uint8 reason_) private pure returns (PassState) {
        return PassState.wrap(
            (uint96(SafeCast.toUint32(since)) << 64) | (uint96(SafeCast.toUint32(at)) << 32)
                | (uint96(nonce_) << 8) | reason_
        );
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice What a pass remembers beside its holder, packed into the 96 bits that share the holder's storage slot:
///
///     holderSince 40 | revokedAt 40 | unused 8 | reason of the revocation 8
///
/// Times are in seconds. The word outlives a burn: a dormant pass keeps its revocation.
type PassState is uint96;

using PassStateLib for PassState global;

/// @title Fields of a pass's packed state
library PassStateLib {
    /// @dev Longer than any vote, with its delay and its late extension, so that the DAO can act first.
    uint256 private constant ELECTOR_GRACE = 30 days;

    /// @dev How long recoveries of a revoked pass start that its holder can still stop.
    uint256 private constant VETO_GRACE = 14 days;

    /// @notice Since when the present holder has had the pass.
    function holderSince(PassState self) internal pure returns (uint48) {
        return uint40(PassState.unwrap(self) >> 56);
    }

    /// @notice When the pass was revoked; zero while it is not.
    function revokedAt(PassState self) internal pure returns (uint48) {
        return uint40(PassState.unwrap(self) >> 16);
    }

    /// @notice The issuer's code for why it revoked; zero while the pass is not revoked.
    function reason(PassState self) internal pure returns (uint8) {
        return uint8(PassState.unwrap(self));
    }

    /// @notice Whether the pass is revoked at present.
    function isRevoked(PassState self) internal pure returns (bool) {
        return self.revokedAt() != 0;
    }

    /// @notice Whether the pass is revoked, and governance knew of it in that second.
    function isStruck(PassState self, uint256 timepoint) internal pure returns (bool) {
        return self.isRevoked() && timepoint >= self.revokedAt() + ELECTOR_GRACE;
    }

    /// @notice Whether at that second the pass had been revoked for so long that its holder can't stop a recovery that
    /// starts then.
    function isVoiceless(PassState self, uint256 at) internal pure returns (bool) {
        return self.isRevoked() && at >= self.revokedAt() + VETO_GRACE;
    }

    /// @notice The state with a holder who has had the pass since now.
    function heldSinceNow(PassState self) internal view returns (PassState) {
        return _pack(block.timestamp, self.revokedAt(), self.reason());
    }

    /// @notice The state after a revocation now.
    function revoked(PassState self, uint8 reason_) internal view returns (PassState) {
        return _pack(self.holderSince(), block.timestamp, reason_);
    }

    /// @notice The state after a revocation was lifted; what governance knew of makes holding start again.
    function reinstated(PassState self) internal view returns (PassState) {
        return _pack(self.isStruck(block.timestamp) ? block.timestamp : self.holderSince(), 0, 0);
    }

    function _pack(uint256 since, uint256 at, uint8 reason_) private pure returns (PassState) {
        return PassState.wrap(
            (uint96(SafeCast.toUint40(since)) << 56) | (uint96(SafeCast.toUint40(at)) << 16) | reason_
        );
    }
}

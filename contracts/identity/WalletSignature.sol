// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title Signatures of wallets that nobody vouches for
/// @notice As OpenZeppelin's checker (ECDSA for keys, ERC-1271 for contracts), but a contract's check gets bounded gas
/// and one word to answer, so that a hostile wallet can't make a batch fail or pay for more than that.
library WalletSignature {
    /// @dev Enough for a P-256 verification written in Solidity, the dearest check in use.
    uint256 private constant CHECK_GAS = 300_000;

    /// @notice Whether a wallet signed a digest. Never reverts, unless the transaction itself runs out of gas.
    function isValid(address wallet, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        if (wallet.code.length != 0) return _checks(wallet, digest, signature);
        return SignatureChecker.isValidSignatureNowCalldata(wallet, digest, signature);
    }

    function _checks(address wallet, bytes32 digest, bytes calldata signature) private view returns (bool) {
        bytes memory data = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        bool success;
        uint256 size;
        bytes32 answer;
        // Solidity copies all that a call returns, however long; here it is a word.
        assembly ("memory-safe") {
            success := staticcall(CHECK_GAS, wallet, add(data, 0x20), mload(data), 0x00, 0x20)
            size := returndatasize()
            answer := mload(0x00)
        }
        return success && size >= 32 && answer == bytes32(IERC1271.isValidSignature.selector);
    }
}

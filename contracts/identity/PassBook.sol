// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassIssuance} from "./IPassIssuance.sol";
import {IPassStanding} from "./IPassStanding.sol";
import {PassOffices} from "./PassOffices.sol";
import {PassState} from "./PassState.sol";
import {Soulbound} from "./Soulbound.sol";
import {WalletSignature} from "./WalletSignature.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title Which wallet has which pass of which account
/// @notice The three facts behind a pass, each in a slot, and the only ways in which they change: the holder with the
/// {PassState}, the wallet's balance with its pass id (Solady's `aux`), and the account with its id and nonce.
/// @dev Ids run from 1 without gaps, because ballots are bitmaps over them.
abstract contract PassBook is Soulbound, EIP712, PassOffices, IPassIssuance, IPassStanding {
    /* TYPES */

    /// @dev What is kept for an account; never erased.
    struct Account {
        uint64 id;
        uint64 nonce;
    }

    /* CONSTANTS */

    /// @dev Stands beside the id in the word of a wallet that burned the pass while it was revoked.
    uint224 private constant BURNED = 1 << 64;

    /* STORAGE */

    /// @dev Beside the issuer, which every mint reads anyway.
    uint64 internal _lastId;

    mapping(bytes32 account => Account) internal _accounts;

    /// @dev Who burned a pass that is revoked, and is not free before it is reinstated.
    mapping(uint256 id => address wallet) private _burners;

    /* PUBLIC VIEWS */

    /// @inheritdoc IPassStanding
    function passOf(address wallet) public view returns (uint256 id) {
        uint224 word = _getAux(wallet);
        return word < BURNED ? word : 0;
    }

    /// @inheritdoc IPassStanding
    function occupantOf(address wallet) public view returns (uint256 id) {
        // forge-lint: disable-next-line(unsafe-typecast) -- cuts the mark off
        return uint64(_getAux(wallet));
    }

    /* INTERNAL */

    /// @dev Gives a pass that nobody holds to a wallet that none occupies; both are for the caller to check.
    function _bear(address wallet, uint256 id) internal {
        // forge-lint: disable-next-line(unsafe-typecast) -- ids count up from 1 in 64 bits
        _setAux(wallet, uint224(id));
        // Unchecked is sound: that nobody holds the id was asked before. It emits `Transfer`.
        _mintAndSetExtraDataUnchecked(wallet, id, PassState.unwrap(_state(id).heldSinceNow()));
        emit Locked(id);
        emit Issued(issuer, wallet, id, BurnAuth.Both);
    }

    /// @dev Takes a pass from its holder; the state beside the holder stays.
    function _unbear(address wallet, uint256 id) internal {
        _setAux(wallet, 0);
        _burn(id);
    }

    /// @dev Keeps the wallet that burned a revoked pass occupied.
    function _occupy(address wallet, uint256 id) internal {
        _burners[id] = wallet;
        // forge-lint: disable-next-line(unsafe-typecast) -- as above
        _setAux(wallet, BURNED | uint224(id));
    }

    /// @dev Frees the wallet that burned a pass while it was revoked, if there is one.
    function _vacate(uint256 id) internal {
        address wallet = _burners[id];
        if (wallet == address(0)) return;
        delete _burners[id];
        _setAux(wallet, 0);
    }

    /// @dev Drops the pending recovery of a pass, if there is one.
    function _dropRecovery(uint256 id) internal virtual;

    function _state(uint256 id) internal view returns (PassState) {
        return PassState.wrap(_getExtraData(id));
    }

    function _setState(uint256 id, PassState state) internal {
        _setExtraData(id, PassState.unwrap(state));
    }

    function _knownState(uint256 id) internal view returns (PassState) {
        _requireKnown(id, _lastId);
        return _state(id);
    }

    /// @dev That one of the ids up to the last one is meant.
    function _requireKnown(uint256 id, uint256 last) internal pure {
        if (id == 0 || id > last) revert SoulPass__UnknownPass(id);
    }

    /// @dev Whether the issuer signed the four words as this type. The issuer is trusted with the gas of its check.
    function _attests(bytes32 typehash, Voucher calldata voucher, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        return SignatureChecker.isValidSignatureNowCalldata(issuer, _digest(typehash, voucher), signature);
    }

    /// @dev Whether the wallet signed the four words as this type.
    function _consents(bytes32 typehash, Voucher calldata voucher, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        return WalletSignature.isValid(voucher.wallet, _digest(typehash, voucher), signature);
    }

    function _digest(bytes32 typehash, Voucher calldata voucher) private view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(abi.encode(typehash, voucher.wallet, voucher.account, voucher.nonce, voucher.deadline))
        );
    }
}

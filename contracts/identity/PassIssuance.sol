// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassIssuance} from "./IPassIssuance.sol";
import {PassBook} from "./PassBook.sol";
import {PassState} from "./PassState.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";

/// @title How passes are minted
/// @notice See {IPassIssuance}.
abstract contract PassIssuance is PassBook {
    /* CONSTANTS */

    bytes32 private constant VOUCHER_TYPEHASH =
        keccak256("Voucher(address wallet,bytes32 account,uint256 nonce,uint256 deadline)");

    bytes32 private constant CONSENT_TYPEHASH =
        keccak256("Consent(address wallet,bytes32 account,uint256 nonce,uint256 deadline)");

    /* MINTING */

    /// @inheritdoc IPassIssuance
    function mint(Voucher calldata voucher, bytes calldata attestation)
        external
        whileIssuing
        returns (uint256 id)
    {
        if (msg.sender != voucher.wallet) revert SoulPass__NotWallet(msg.sender, voucher.wallet);
        _demand(_obstacle(voucher, attestation));
        return _redeem(voucher);
    }

    /// @inheritdoc IPassIssuance
    function sponsor(Application calldata application) external whileIssuing returns (uint256 id) {
        _demand(_obstacle(application));
        return _redeem(application.voucher);
    }

    /// @inheritdoc IPassIssuance
    function sponsorMany(Application[] calldata applications)
        external
        whileIssuing
        returns (uint256[] memory ids)
    {
        ids = new uint256[](applications.length);
        for (uint256 i; i < applications.length; ++i) {
            Application calldata application = applications[i];
            Voucher calldata voucher = application.voucher;
            bytes memory obstacle = _obstacle(application);
            if (obstacle.length == 0) ids[i] = _redeem(voucher);
            else emit MintSkipped(i, voucher.wallet, voucher.account, obstacle);
        }
    }

    /// @inheritdoc IPassIssuance
    function withdrawVouchers(bytes32[] calldata accounts) external onlyIssuer {
        for (uint256 i; i < accounts.length; ++i) {
            emit VouchersWithdrawn(accounts[i], ++_accounts[accounts[i]].nonce);
        }
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IPassIssuance
    function idOf(bytes32 account) external view returns (uint256 id) {
        return _accounts[account].id;
    }

    /// @inheritdoc IPassIssuance
    function lastId() external view returns (uint256) {
        return _lastId;
    }

    /// @inheritdoc IPassIssuance
    function accountNonce(bytes32 account) external view returns (uint256) {
        return _accounts[account].nonce;
    }

    /* INTERNAL */

    /// @dev Mints what nothing stands in the way of.
    function _redeem(Voucher calldata voucher) private returns (uint256 id) {
        Account memory account = _accounts[voucher.account];
        if (account.id == 0) account.id = ++_lastId;
        else emit MetadataUpdate(account.id);
        ++account.nonce;
        _accounts[voucher.account] = account;

        id = account.id;
        _bear(voucher.wallet, id);
        emit PassMinted(id, voucher.account, voucher.wallet, voucher.nonce);
    }

    /// @dev What stands in the way of a sponsored mint: an error as it would be thrown, or nothing.
    function _obstacle(Application calldata application) private view returns (bytes memory) {
        Voucher calldata voucher = application.voucher;
        bytes memory obstacle = _obstacle(voucher, application.attestation);
        if (obstacle.length != 0 || msg.sender == voucher.wallet) return obstacle;
        // Last, because the wallet's check is the only stranger's code here.
        if (_consents(CONSENT_TYPEHASH, voucher, application.consent)) return obstacle;
        return abi.encodeWithSelector(SoulPass__NotConsented.selector, voucher.wallet);
    }

    /// @dev What stands in the way of any mint.
    function _obstacle(Voucher calldata voucher, bytes calldata attestation)
        private
        view
        returns (bytes memory none)
    {
        if (block.timestamp > voucher.deadline) {
            return abi.encodeWithSelector(SoulPass__VoucherExpired.selector, voucher.deadline);
        }
        uint256 present = occupantOf(voucher.wallet);
        if (present != 0) {
            return abi.encodeWithSelector(SoulPass__WalletHasPass.selector, voucher.wallet, present);
        }
        Account memory account = _accounts[voucher.account];
        if (account.id != 0) {
            if (_exists(account.id)) {
                return abi.encodeWithSelector(SoulPass__AccountHasPass.selector, voucher.account, account.id);
            }
            if (_state(account.id).isRevoked()) {
                return abi.encodeWithSelector(SoulPass__Revoked.selector, account.id);
            }
        }
        if (voucher.nonce != account.nonce) {
            return abi.encodeWithSelector(
                SoulPass__WrongNonce.selector, voucher.account, account.nonce, voucher.nonce
            );
        }
        if (!_attests(VOUCHER_TYPEHASH, voucher, attestation)) {
            return abi.encodeWithSelector(SoulPass__NotAttested.selector, issuer);
        }
    }

    function _demand(bytes memory obstacle) private pure {
        if (obstacle.length != 0) LowLevelCall.bubbleRevert(obstacle);
    }
}

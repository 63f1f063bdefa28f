// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISoulPass} from "./ISoulPass.sol";
import {PassState} from "./PassState.sol";
import {Soulbound} from "./Soulbound.sol";
import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title Soul Pass
/// @notice See {ISoulPass}.
/// @dev A mint writes three new slots: the holder with the {PassState}, the wallet's balance with its pass id (Solady's
/// `aux`), and the id of the account. Ids run from 1 without gaps, because ballots are bitmaps over them.
contract SoulPass is ISoulPass, Soulbound, EIP712 {
    /* CONSTANTS */

    bytes32 private constant VOUCHER_TYPEHASH =
        keccak256("Voucher(address wallet,bytes32 account,uint256 nonce,uint256 deadline)");

    /// @dev Longer than any vote, with its delay and its late extension, so that the DAO can act first.
    uint256 private constant ELECTOR_GRACE = 30 days;

    /// @inheritdoc ISoulPass
    address public immutable dao;

    /* STORAGE */

    /// @inheritdoc ISoulPass
    address public issuer;

    /// @dev Beside the issuer, which every mint reads anyway.
    uint96 private _lastId;

    /// @inheritdoc ISoulPass
    address public nominee;

    /// @inheritdoc ISoulPass
    mapping(bytes32 account => uint256 id) public idOf;

    /* CONSTRUCTOR */

    /// @param dao_ The DAO's timelock, which need not exist yet.
    /// @param issuer_ The first issuer.
    constructor(address dao_, address issuer_) EIP712("Phemex Soul Pass", "1") {
        if (dao_ == address(0) || issuer_ == address(0)) revert SoulPass__ZeroAddress();
        dao = dao_;
        issuer = issuer_;
        emit IssuerChanged(address(0), issuer_);
    }

    modifier onlyIssuer() {
        if (msg.sender != issuer) revert SoulPass__NotIssuer(msg.sender);
        _;
    }

    /* MINTING AND BURNING */

    /// @inheritdoc ISoulPass
    function mint(Voucher calldata voucher, bytes calldata signature) external returns (uint256 id) {
        if (msg.sender != voucher.wallet) revert SoulPass__NotWallet(msg.sender, voucher.wallet);
        return _redeem(voucher, signature);
    }

    /// @inheritdoc ISoulPass
    function burn(uint256 id) external {
        if (_ownerOf(id) != msg.sender) revert SoulPass__NotHolder(msg.sender, id);
        _setAux(msg.sender, 0);
        _burn(id); // keeps the state beside the holder
        emit PassBurned(id, msg.sender);
    }

    /* REVOCATION */

    /// @inheritdoc ISoulPass
    function revoke(uint256 id, uint8 reason) external onlyIssuer {
        PassState state = _knownState(id);
        if (state.isRevoked()) revert SoulPass__Revoked(id);
        _setState(id, state.revoked(reason));
        emit PassRevoked(id, reason);
    }

    /// @inheritdoc ISoulPass
    function reinstate(uint256 id) external {
        if (msg.sender != issuer && msg.sender != dao) revert SoulPass__NotIssuerOrDao(msg.sender);
        PassState state = _knownState(id);
        if (!state.isRevoked()) revert SoulPass__NotRevoked(id);
        _setState(id, state.reinstated());
        emit PassReinstated(id, msg.sender);
    }

    /* ISSUER */

    /// @inheritdoc ISoulPass
    function nominateIssuer(address nominee_) external {
        if (msg.sender != dao) revert SoulPass__NotDao(msg.sender);
        // slither-disable-next-line missing-zero-check (zero takes a nomination back)
        nominee = nominee_;
        emit IssuerNominated(nominee_);
    }

    /// @inheritdoc ISoulPass
    function acceptIssuer() external {
        if (msg.sender != nominee) revert SoulPass__NotNominee(msg.sender);
        emit IssuerChanged(issuer, msg.sender);
        issuer = msg.sender;
        delete nominee;
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc ISoulPass
    function passOf(address wallet) public view returns (uint256 id) {
        return _getAux(wallet);
    }

    /// @inheritdoc ISoulPass
    function lastId() external view returns (uint256) {
        return _lastId;
    }

    /// @inheritdoc ISoulPass
    function accountNonce(bytes32 account) external view returns (uint256) {
        return _state(idOf[account]).nonce();
    }

    /// @inheritdoc ISoulPass
    function revocationOf(uint256 id) external view returns (uint48 revokedAt, uint8 reason) {
        PassState state = _knownState(id);
        return (state.revokedAt(), state.reason());
    }

    /// @inheritdoc ISoulPass
    function isMember(address wallet) external view returns (bool) {
        uint256 id = passOf(wallet);
        return id != 0 && !_state(id).isRevoked();
    }

    /// @inheritdoc ISoulPass
    function holderSince(address wallet) external view returns (uint48) {
        uint256 id = passOf(wallet);
        return id == 0 ? 0 : _state(id).holderSince();
    }

    /// @inheritdoc ISoulPass
    function electorSince(address wallet) external view returns (uint48 since) {
        (, since) = electorOf(wallet);
    }

    /// @inheritdoc ISoulPass
    function electorOf(address wallet) public view returns (uint256 id, uint48 since) {
        id = passOf(wallet);
        if (id == 0) return (0, 0);
        PassState state = _state(id);
        bool reached = state.isRevoked() && block.timestamp >= state.revokedAt() + ELECTOR_GRACE;
        if (!reached) since = state.holderSince();
    }

    /// @notice Name of the collection (ERC-721).
    function name() public pure override returns (string memory) {
        return "Phemex Soul Pass";
    }

    /// @notice Symbol of the collection (ERC-721).
    function symbol() public pure override returns (string memory) {
        return "PSP";
    }

    /// @notice Metadata of a held pass (ERC-721), as JSON in a data URI. Reverts for a pass that nobody holds.
    function tokenURI(uint256 id) public view override returns (string memory) {
        _requireHeld(id);
        string memory json = string.concat(
            '{"name":"Phemex Soul Pass #',
            Strings.toString(id),
            '","description":"Membership of the Phemex DAO. It belongs to one soul and cannot be transferred."}'
        );
        return string.concat("data:application/json;base64,", Base64.encode(bytes(json)));
    }

    /* INTERNAL */

    /// @dev Everything a mint asks except who calls.
    function _redeem(Voucher calldata voucher, bytes calldata signature) private returns (uint256 id) {
        if (block.timestamp > voucher.deadline) revert SoulPass__VoucherExpired(voucher.deadline);
        uint256 present = passOf(voucher.wallet);
        if (present != 0) revert SoulPass__WalletHasPass(voucher.wallet, present);

        id = idOf[voucher.account];
        if (id != 0 && _exists(id)) revert SoulPass__AccountHasPass(voucher.account, id);
        PassState state = _state(id); // id 0 is nobody's: all zeros, which is how an account begins
        if (state.isRevoked()) revert SoulPass__Revoked(id);
        if (voucher.nonce != state.nonce()) {
            revert SoulPass__WrongNonce(voucher.account, state.nonce(), voucher.nonce);
        }
        _requireAttested(voucher, signature);

        if (id == 0) idOf[voucher.account] = id = ++_lastId;
        // Ids are counted one by one: 224 bits hold them.
        // forge-lint: disable-next-line(unsafe-typecast)
        _setAux(voucher.wallet, uint224(id));
        // Unchecked is sound here: that nobody holds the id was asked above. It emits `Transfer`.
        _mintAndSetExtraDataUnchecked(voucher.wallet, id, PassState.unwrap(state.minted()));
        emit Locked(id);
        emit Issued(issuer, voucher.wallet, id, BurnAuth.Both);
        emit PassMinted(id, voucher.account, voucher.wallet, voucher.nonce);
    }

    function _requireAttested(Voucher calldata voucher, bytes calldata signature) private view {
        bytes32 digest = _hashTypedDataV4(
            keccak256(
                abi.encode(VOUCHER_TYPEHASH, voucher.wallet, voucher.account, voucher.nonce, voucher.deadline)
            )
        );
        if (!SignatureChecker.isValidSignatureNowCalldata(issuer, digest, signature)) {
            revert SoulPass__NotAttested(issuer);
        }
    }

    function _knownState(uint256 id) private view returns (PassState) {
        if (id == 0 || id > _lastId) revert SoulPass__UnknownPass(id);
        return _state(id);
    }

    function _state(uint256 id) private view returns (PassState) {
        return PassState.wrap(_getExtraData(id));
    }

    function _setState(uint256 id, PassState state) private {
        _setExtraData(id, PassState.unwrap(state));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassRecovery} from "./IPassRecovery.sol";
import {PassBook} from "./PassBook.sol";

/// @title Moving a pass to a new wallet
/// @notice See {IPassRecovery}.
abstract contract PassRecovery is PassBook, IPassRecovery {
    /* TYPES */

    /// @dev One slot for each pass. The first, second and fourth field are zero while nothing is pending.
    struct Recovery {
        address to;
        uint40 startedAt;
        uint40 blockedUntil;
        uint8 issuerTerm;
        bool blockedByHolder;
    }

    /* CONSTANTS */

    bytes32 private constant VOUCHER_TYPEHASH =
        keccak256("RecoveryVoucher(address wallet,bytes32 account,uint256 nonce,uint256 deadline)");

    bytes32 private constant CONSENT_TYPEHASH =
        keccak256("RecoveryConsent(address wallet,bytes32 account,uint256 nonce,uint256 deadline)");

    /// @dev The time to object.
    uint40 private constant WAIT = 7 days;

    /// @dev Counted from the start, so that nothing forgotten moves a pass one day.
    uint40 private constant LIFE = 30 days;

    /// @dev How long a veto lasts.
    uint40 private constant BLOCK = 30 days;

    /// @dev What a thief of the issuer's key can start before somebody looks.
    uint256 private constant STARTS_PER_DAY = 20;

    /* STORAGE */

    mapping(uint256 id => Recovery) private _recoveries;

    /// @dev The last day, counted from 1970, on which a recovery started, and how many did.
    uint64 private _startDay;

    uint64 private _starts;

    /* FUNCTIONS */

    /// @inheritdoc IPassRecovery
    function startRecovery(Voucher calldata voucher, bytes calldata attestation, bytes calldata consent)
        external
        returns (uint256 id)
    {
        Account storage account = _accounts[voucher.account];
        id = account.id;
        address holder = _ownerOf(id);
        if (holder == address(0)) revert SoulPass__NotHeld(voucher.account);
        if (block.timestamp > voucher.deadline) revert SoulPass__VoucherExpired(voucher.deadline);
        uint64 nonce = account.nonce;
        if (voucher.nonce != nonce) revert SoulPass__WrongNonce(voucher.account, nonce, voucher.nonce);
        _requireFree(voucher.wallet);

        Recovery storage recovery = _recoveries[id];
        if (_isAlive(recovery)) revert SoulPass__RecoveryPending(id, recovery.to);
        uint256 until = _blockedUntil(id, recovery);
        if (block.timestamp < until) revert SoulPass__RecoveryBlocked(id, until);
        if (recoveriesLeft() == 0) revert SoulPass__TooManyRecoveries(STARTS_PER_DAY);
        if (!_attests(VOUCHER_TYPEHASH, voucher, attestation)) revert SoulPass__NotAttested(issuer);
        if (!_consents(CONSENT_TYPEHASH, voucher, consent)) revert SoulPass__NotConsented(voucher.wallet);

        account.nonce = nonce + 1;
        _countStart();
        recovery.to = voucher.wallet;
        recovery.startedAt = uint40(block.timestamp);
        recovery.issuerTerm = _issuerTerm;
        emit RecoveryStarted(id, holder, voucher.wallet, recovery.startedAt + WAIT);
    }

    /// @inheritdoc IPassRecovery
    function stopRecovery(uint256 id) external {
        Recovery storage recovery = _recoveries[id];
        bool byHolder = msg.sender != dao && msg.sender != guardian();
        // By the start, not by now: otherwise seven days to object would be cut short by starting on the fourteenth.
        if (byHolder && (_ownerOf(id) != msg.sender || _state(id).isVoiceless(recovery.startedAt))) {
            revert SoulPass__MayNotStop(msg.sender, id);
        }
        if (!_isAlive(recovery)) revert SoulPass__NoRecovery(id);

        uint40 until = uint40(block.timestamp) + BLOCK;
        _recoveries[id] = Recovery(address(0), 0, until, 0, byHolder);
        emit RecoveryStopped(id, msg.sender, until);
    }

    /// @inheritdoc IPassRecovery
    function completeRecovery(uint256 id) external {
        Recovery storage recovery = _recoveries[id];
        if (!_isAlive(recovery)) revert SoulPass__NoRecovery(id);
        uint256 from = recovery.startedAt + WAIT;
        if (block.timestamp < from) revert SoulPass__RecoveryWaits(id, from);
        address to = recovery.to;
        _requireFree(to);

        _clear(recovery);
        address holder = _ownerOf(id); // somebody: burning would have dropped the recovery
        _unbear(holder, id);
        _bear(to, id);
        emit PassRecovered(id, holder, to);
        emit MetadataUpdate(id);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IPassRecovery
    function recoveryOf(uint256 id) external view returns (RecoveryState memory state) {
        Recovery storage recovery = _recoveries[id];
        state.blockedUntil = uint48(_blockedUntil(id, recovery));
        if (!_isAlive(recovery)) return state;
        state.to = recovery.to;
        state.startedAt = recovery.startedAt;
        state.completableAt = state.startedAt + WAIT;
        state.expiresAt = state.startedAt + LIFE;
    }

    /// @inheritdoc IPassRecovery
    function recoveriesLeft() public view returns (uint256) {
        return block.timestamp / 1 days > _startDay ? STARTS_PER_DAY : STARTS_PER_DAY - _starts;
    }

    /* INTERNAL */

    function _dropRecovery(uint256 id) internal override {
        Recovery storage recovery = _recoveries[id];
        if (recovery.to == address(0)) return;
        _clear(recovery);
        emit RecoveryDropped(id);
    }

    /// @dev The veto, if there was one, stays.
    function _clear(Recovery storage recovery) private {
        recovery.to = address(0);
        recovery.startedAt = 0;
        recovery.issuerTerm = 0;
    }

    function _countStart() private {
        uint64 today = uint64(block.timestamp / 1 days);
        if (today != _startDay) (_startDay, _starts) = (today, 0);
        ++_starts;
    }

    function _requireFree(address wallet) private view {
        uint256 present = occupantOf(wallet);
        if (present != 0) revert SoulPass__WalletHasPass(wallet, present);
    }

    function _isAlive(Recovery storage recovery) private view returns (bool) {
        return recovery.to != address(0) && recovery.issuerTerm == _issuerTerm
            && block.timestamp < recovery.startedAt + LIFE;
    }

    /// @dev What the holder of a pass once objected counts no more when the holder couldn't stop what starts now.
    function _blockedUntil(uint256 id, Recovery storage recovery) private view returns (uint256) {
        return recovery.blockedByHolder && _state(id).isVoiceless(block.timestamp) ? 0 : recovery.blockedUntil;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassIssuance} from "./IPassIssuance.sol";

/// @title Soul Pass: moving a pass to a new wallet
/// @notice Whoever lost a wallet, or has it stolen, gets the pass back: the issuer attests the new wallet, the new
/// wallet agrees, seven days pass, and anyone completes it. Until then the present holder, the guardian or the DAO can
/// stop it. Id, record and history move along; {IPassStanding-holderSince} restarts, so that no pass votes twice.
///
/// A thief in possession of the old wallet could stop every attempt. Against that, the issuer revokes the pass: a recovery
/// that starts when the revocation is 14 days old can't be stopped by the holder, and what the holder stopped before
/// does not block it. One that started earlier the holder can stop for all of its seven days; so whoever steals the
/// issuer's key needs 21 days to move a pass whose holder objects, time enough for the DAO to name another issuer.
/// @dev Times are in seconds since 1970.
interface IPassRecovery {
    /* TYPES */

    /// @notice The state of a pass's recovery.
    /// @param to The new wallet; zero if nothing is pending.
    /// @param startedAt When it started.
    /// @param completableAt The first second in which it can be completed.
    /// @param expiresAt The first second in which it can't be completed any more.
    /// @param blockedUntil The first second in which a recovery can start; in the past if it can already.
    struct RecoveryState {
        address to;
        uint48 startedAt;
        uint48 completableAt;
        uint48 expiresAt;
        uint48 blockedUntil;
    }

    /* ERRORS */

    /// @notice Nobody holds the account's pass: there is nothing to recover, the account can mint.
    error SoulPass__NotHeld(bytes32 account);

    /// @notice A recovery of this pass waits already.
    error SoulPass__RecoveryPending(uint256 id, address to);

    /// @notice A veto keeps this pass from being recovered.
    error SoulPass__RecoveryBlocked(uint256 id, uint256 until);

    /// @notice As many recoveries were started today as can be.
    error SoulPass__TooManyRecoveries(uint256 limit);

    /// @notice Nothing is pending, or it has expired, or the issuer that attested it is no longer in office.
    error SoulPass__NoRecovery(uint256 id);

    /// @notice The seven days are not over.
    error SoulPass__RecoveryWaits(uint256 id, uint256 completableAt);

    /// @notice Only the guardian, the DAO, or the holder, unless the pass had been revoked for 14 days when the recovery
    /// started, may stop this.
    error SoulPass__MayNotStop(address sender, uint256 id);

    /* EVENTS */

    /// @notice A pass is about to move: time to object.
    /// @param completableAt The first second in which it can be completed.
    event RecoveryStarted(uint256 indexed id, address indexed from, address indexed to, uint48 completableAt);

    /// @notice A recovery was stopped, and the pass can't be recovered for a while.
    /// @param by The holder, the guardian or the DAO.
    /// @param blockedUntil The first second in which another one can start.
    event RecoveryStopped(uint256 indexed id, address indexed by, uint48 blockedUntil);

    /// @notice What was pending fell because the pass was burned or revoked.
    event RecoveryDropped(uint256 indexed id);

    /// @notice A pass has moved; beside the `Transfer` that ends it at the old wallet and the one that begins it at the new.
    event PassRecovered(uint256 indexed id, address indexed from, address indexed to);

    /* FUNCTIONS */

    /// @notice Starts the recovery of an account's pass to the voucher's wallet; anyone may send it.
    /// @dev At most 20 start on a day of UTC, so that a stolen issuer's key is noticed before it has moved many. Uses up a
    /// nonce of the account. Requirements: the voucher is in time and bears {IPassIssuance-accountNonce}; the account's pass
    /// is held, by another wallet; no pass occupies the new one; nothing is pending, unless it expired or was attested by a
    /// former issuer; no veto of the last 30 days stands (the holder's own falls when the pass has been revoked for 14
    /// days); the issuer signed it as a `RecoveryVoucher`, the new wallet as a `RecoveryConsent` (ECDSA, or ERC-1271
    /// within 300,000 gas). Emits {RecoveryStarted}.
    /// @return id The pass.
    function startRecovery(
        IPassIssuance.Voucher calldata voucher,
        bytes calldata attestation,
        bytes calldata consent
    ) external returns (uint256 id);

    /// @notice Stops what is pending and blocks the pass for 30 days.
    /// @dev Requirements: the caller is the guardian, the DAO, or the present holder of a pass that had not been revoked
    /// for 14 days when the recovery started; something is pending. Emits {RecoveryStopped}.
    function stopRecovery(uint256 id) external;

    /// @notice Moves the pass; anyone may call. What was revoked stays revoked.
    /// @dev Requirements: at least 7 and less than 30 days have passed since the start; the issuer is the same; the new
    /// wallet is occupied by no pass. Emits `Transfer` twice, `Locked`, `Issued`, {PassRecovered} and `MetadataUpdate`.
    function completeRecovery(uint256 id) external;

    /* VIEWS */

    /// @notice What is pending for a pass, and until when it is blocked. Expired recoveries are not shown.
    function recoveryOf(uint256 id) external view returns (RecoveryState memory);

    /// @notice How many recoveries can still start today.
    function recoveriesLeft() external view returns (uint256);
}

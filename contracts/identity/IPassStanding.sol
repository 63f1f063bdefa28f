// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Soul Pass: burning and revoking, and what the rest of the suite asks
/// @notice A revocation closes the exchange's own privileges at once (see {isMember}) and reaches governance 30 days
/// later (see {electorAt}), longer than any vote, so that whoever holds the issuer's key can't choose the
/// electorate.
/// @dev Times are in seconds since 1970.
interface IPassStanding {
    /* ERRORS */

    /// @notice Only the holder of a pass may do this.
    error SoulPass__NotHolder(address sender, uint256 id);

    /// @notice Only the issuer, while the revocation is younger than 30 days, or the DAO's timelock may do this.
    error SoulPass__MayNotReinstate(address sender);

    /// @notice The pass is revoked.
    error SoulPass__Revoked(uint256 id);

    /// @notice The pass is not revoked.
    error SoulPass__NotRevoked(uint256 id);

    /// @notice No account has ever had this id.
    error SoulPass__UnknownPass(uint256 id);

    /* EVENTS */

    /// @notice Its holder burned a pass; beside `Transfer`. The id stays with the account.
    event PassBurned(uint256 indexed id, address indexed wallet);

    /// @notice The issuer revoked a pass.
    /// @param reason The issuer's code, published by the exchange.
    event PassRevoked(uint256 indexed id, uint8 reason);

    /// @notice A revocation was lifted.
    /// @param by The issuer or the DAO's timelock.
    event PassReinstated(uint256 indexed id, address indexed by);

    /* FUNCTIONS */

    /// @notice Makes the caller's pass dormant: the wallet is free, the id stays with the account.
    /// @dev A revoked pass can be burned, too, and burning lifts nothing: until it is reinstated, the account mints
    /// nowhere, and the wallet, although it holds nothing, gets no pass of another account (see {occupantOf}). A pending
    /// recovery is dropped. Requirements: the caller holds the pass. Emits `Transfer` and {PassBurned}.
    function burn(uint256 id) external;

    /// @notice Revokes a pass, held or dormant. It goes on occupying its account, and the wallet that holds it, also when
    /// that wallet burns it.
    /// @dev A recovery frees the wallet: that is what became of a stolen one. A pending recovery is dropped. Requirements: the caller is the issuer; the id was given to an account; it is
    /// not revoked already, so that the 30 days count from the first revocation. Emits {PassRevoked} and
    /// `MetadataUpdate`.
    /// @param reason The issuer's code.
    function revoke(uint256 id, uint8 reason) external;

    /// @notice Lifts a revocation, the only way it ends; the holder is as before, a dormant pass stays dormant, and the
    /// wallet that burned it is free.
    /// @dev Once the revocation has reached governance, the issuer can't take it back any more, and {holderSince}
    /// restarts: nobody is let into a vote that runs already. Requirements: the caller is the DAO, or the issuer while the
    /// revocation is younger than 30 days; the pass is revoked. Emits {PassReinstated} and `MetadataUpdate`.
    function reinstate(uint256 id) external;

    /* VIEWS */

    /// @notice The pass that a wallet holds, revoked or not; zero if none.
    function passOf(address wallet) external view returns (uint256 id);

    /// @notice The pass that keeps a wallet from getting another one: the one that it holds, or one that it burned and
    /// that is still revoked; zero if the wallet is free.
    function occupantOf(address wallet) external view returns (uint256 id);

    /// @notice When a pass was revoked and why; zeros if it is not. Reverts for an id that was never given.
    function revocationOf(uint256 id) external view returns (uint48 revokedAt, uint8 reason);

    /// @notice Whether a wallet holds a pass that is not revoked: what the exchange's own privileges ask.
    function isMember(address wallet) external view returns (bool);

    /// @notice Since when a wallet has held its pass, revoked or not: the latest of its mint, its recovery to this wallet
    /// and its reinstatement after 30 days or more. Zero if the wallet holds none.
    function holderSince(address wallet) external view returns (uint48);

    /// @notice What governance asks: {passOf} and {holderSince}, but zero for the latter if the pass had been revoked for
    /// 30 days or more in the second `timepoint`. A revocation has no say about any second before that, however much
    /// later the question is asked.
    /// @param timepoint Seconds since 1970: a vote asks about its snapshot, whoever acts now about now.
    function electorAt(address wallet, uint256 timepoint) external view returns (uint256 id, uint48 since);
}

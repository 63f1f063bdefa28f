// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Soul Pass: how passes are minted
/// @notice The issuer attests by a signed voucher that an account is qualified; the holder mints with it, or agrees by a
/// signature that anyone mints for it.
///
/// Voucher and consent sign the same four words, so a consent is to exactly one voucher. Four typed structures of
/// EIP-712 share them, `(address wallet,bytes32 account,uint256 nonce,uint256 deadline)`, in the domain
/// `Phemex Soul Pass`, version `1`: `Voucher` and `RecoveryVoucher` for the issuer, `Consent` and `RecoveryConsent` for
/// the wallet. None can be used in another's place.
interface IPassIssuance {
    /* TYPES */

    /// @notice The issuer's word that an account is qualified, and which wallet is its own.
    /// @param wallet Who gets the pass.
    /// @param account The commitment to the account.
    /// @param nonce What {accountNonce} says; each use moves it on.
    /// @param deadline The last second in which the voucher is good.
    struct Voucher {
        address wallet;
        bytes32 account;
        uint256 nonce;
        uint256 deadline;
    }

    /// @notice What anyone needs to mint for a holder.
    /// @param voucher What both sign.
    /// @param attestation The issuer's signature of it as a `Voucher`.
    /// @param consent The wallet's signature of it as a `Consent`; may be left empty where the wallet itself calls.
    struct Application {
        Voucher voucher;
        bytes attestation;
        bytes consent;
    }

    /* ERRORS */

    /// @notice Only the wallet that a voucher names may mint with it.
    error SoulPass__NotWallet(address sender, address wallet);

    /// @notice The voucher's last second has passed.
    error SoulPass__VoucherExpired(uint256 deadline);

    /// @notice The voucher was used or withdrawn, or was signed for a later mint.
    error SoulPass__WrongNonce(bytes32 account, uint256 expected, uint256 given);

    /// @notice The issuer has not signed this voucher for this contract on this chain.
    error SoulPass__NotAttested(address issuer);

    /// @notice The wallet has not signed that it agrees to this voucher.
    error SoulPass__NotConsented(address wallet);

    /// @notice The account's pass is held by a wallet already.
    error SoulPass__AccountHasPass(bytes32 account, uint256 id);

    /// @notice The wallet holds a pass already, of this or of another account, or burned one that is still revoked.
    error SoulPass__WalletHasPass(address wallet, uint256 id);

    /* EVENTS */

    /// @notice A pass was minted, for the first time or again; beside `Transfer`, `Locked` and `Issued`.
    /// @param id The pass: a new one where it is larger than all before, an old one come back to life elsewhere.
    /// @param account The commitment to its account.
    /// @param wallet Its holder.
    /// @param nonce The nonce of the account that was used up.
    event PassMinted(uint256 indexed id, bytes32 indexed account, address indexed wallet, uint256 nonce);

    /// @notice An entry of a batch minted nothing; the others are not touched by that.
    /// @param index Its place in the batch, from zero.
    /// @param wallet Who was to get the pass.
    /// @param account The commitment to the account.
    /// @param reason The error that the same mint on its own would have reverted with, with its arguments.
    event MintSkipped(uint256 indexed index, address indexed wallet, bytes32 indexed account, bytes reason);

    /// @notice The issuer withdrew what it had signed for an account.
    /// @param nonce The nonce of the account from now on.
    event VouchersWithdrawn(bytes32 indexed account, uint256 nonce);

    /* FUNCTIONS */

    /// @notice Mints the pass of an account to the caller, or revives it there.
    /// @dev Requirements: the caller is the voucher's wallet and no pass occupies it ({IPassStanding-occupantOf}); it is not later than the deadline; the
    /// account's pass is neither held nor revoked; the nonce is {accountNonce}; the present issuer signed the voucher, with
    /// its key (ECDSA) or as a contract (ERC-1271); issuance is not paused. Emits `Transfer`, `Locked`, `Issued` and
    /// {PassMinted}.
    /// @param voucher What the issuer attested.
    /// @param attestation The issuer's signature of it.
    /// @return id The pass, the same for an account each time.
    function mint(Voucher calldata voucher, bytes calldata attestation) external returns (uint256 id);

    /// @notice Mints for a holder who agreed; anyone may call, so that somebody else can pay the gas.
    /// @dev Requirements: those of {mint}, but in place of being the caller, the wallet has signed the consent (ECDSA, or
    /// ERC-1271 within 300,000 gas). Emits what {mint} emits.
    function sponsor(Application calldata application) external returns (uint256 id);

    /// @notice Mints for many. An entry that can't be minted is skipped and reported, the others are minted.
    /// @dev An entry whose wallet is the caller needs no consent. What an entry can cost is bounded by the gas of a
    /// wallet's check, so nobody's wallet can spoil the batch. Requirements: issuance is not paused. Emits what {mint}
    /// emits, or {MintSkipped}, for each.
    /// @return ids The passes in the order of the entries; zero for a skipped one.
    function sponsorMany(Application[] calldata applications) external returns (uint256[] memory ids);

    /// @notice Makes everything worthless that was signed for these accounts and not used yet: vouchers, consents and
    /// vouchers for recoveries that have not started.
    /// @dev Requirements: the caller is the issuer. Emits {VouchersWithdrawn} for each.
    function withdrawVouchers(bytes32[] calldata accounts) external;

    /* VIEWS */

    /// @notice The pass of an account, held or dormant; zero if it never minted.
    function idOf(bytes32 account) external view returns (uint256 id);

    /// @notice How many ids were given: they run from 1 to this, without gaps.
    function lastId() external view returns (uint256);

    /// @notice The nonce that the next voucher for the account must have: how many mints, withdrawals and started
    /// recoveries it has seen.
    function accountNonce(bytes32 account) external view returns (uint256);
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC5192} from "./IERC5192.sol";
import {IERC5484} from "./IERC5484.sol";

/// @title Soul Pass (PSP)
/// @notice The passport of the exchange: an ERC-721 that can't be moved (ERC-5192, ERC-5484), one for each qualified
/// account of the exchange and one for each wallet. The issuer attests an account by a signed voucher, the holder mints.
///
/// An account is known on chain only as a commitment, a keyed hash of its id that nobody can guess. It has one pass id
/// for ever: burning makes the pass dormant, minting again revives the same id.
///
/// A revocation closes the exchange's own privileges at once (see {isMember}) and reaches governance 30 days later
/// (see {electorSince}), so that whoever holds the issuer's key can't choose the electorate.
///
/// ERC-5484 calls the pass's burn authorisation `Both`: the holder ends a pass by burning it, the issuer by revoking
/// it. The issuer never burns, because that would reach governance at once.
/// @dev Times are in seconds since 1970.
interface ISoulPass is IERC5192, IERC5484 {
    /* TYPES */

    /// @notice The issuer's word that an account is qualified and that this wallet may mint its pass.
    /// @dev EIP-712 `Voucher(address wallet,bytes32 account,uint256 nonce,uint256 deadline)` in the domain
    /// `Phemex Soul Pass`, version `1`.
    /// @param wallet Who may mint.
    /// @param account The commitment to the account.
    /// @param nonce What {accountNonce} says; each mint uses one up.
    /// @param deadline The last second in which the voucher is good.
    struct Voucher {
        address wallet;
        bytes32 account;
        uint256 nonce;
        uint256 deadline;
    }

    /* ERRORS */

    /// @notice The constructor wants an address.
    error SoulPass__ZeroAddress();

    /// @notice Only the wallet that a voucher names may mint with it.
    error SoulPass__NotWallet(address sender, address wallet);

    /// @notice Only the holder of a pass may do this.
    error SoulPass__NotHolder(address sender, uint256 id);

    /// @notice Only the issuer may do this.
    error SoulPass__NotIssuer(address sender);

    /// @notice Only the DAO's timelock may do this.
    error SoulPass__NotDao(address sender);

    /// @notice Only the issuer or the DAO's timelock may do this.
    error SoulPass__NotIssuerOrDao(address sender);

    /// @notice Only the nominated issuer may accept.
    error SoulPass__NotNominee(address sender);

    /// @notice The voucher's last second has passed.
    error SoulPass__VoucherExpired(uint256 deadline);

    /// @notice The voucher was used, or signed for a later mint.
    error SoulPass__WrongNonce(bytes32 account, uint256 expected, uint256 given);

    /// @notice The issuer has not signed this voucher for this contract on this chain.
    error SoulPass__NotAttested(address issuer);

    /// @notice The account's pass is held by a wallet already.
    error SoulPass__AccountHasPass(bytes32 account, uint256 id);

    /// @notice The wallet holds a pass already, of this or of another account.
    error SoulPass__WalletHasPass(address wallet, uint256 id);

    /// @notice The pass is revoked.
    error SoulPass__Revoked(uint256 id);

    /// @notice The pass is not revoked.
    error SoulPass__NotRevoked(uint256 id);

    /// @notice No account has ever had this id.
    error SoulPass__UnknownPass(uint256 id);

    /* EVENTS */

    /// @notice A pass was minted, for the first time or again; beside `Transfer`, `Locked` and `Issued`.
    /// @param id The pass.
    /// @param account The commitment to its account.
    /// @param wallet Its holder.
    /// @param nonce The nonce that was used up; zero tells a first mint.
    event PassMinted(uint256 indexed id, bytes32 indexed account, address indexed wallet, uint256 nonce);

    /// @notice Its holder burned a pass; beside `Transfer`. The id stays with the account.
    event PassBurned(uint256 indexed id, address indexed wallet);

    /// @notice The issuer revoked a pass.
    /// @param reason The issuer's code, published by the exchange.
    event PassRevoked(uint256 indexed id, uint8 reason);

    /// @notice A revocation was lifted.
    /// @param by The issuer or the DAO's timelock.
    event PassReinstated(uint256 indexed id, address indexed by);

    /// @notice The DAO nominated an issuer, or took a nomination back (zero).
    event IssuerNominated(address indexed nominee);

    /// @notice The issuer changed.
    event IssuerChanged(address indexed previous, address indexed current);

    /* MINTING AND BURNING */

    /// @notice Mints the pass of an account to the caller, or revives it there.
    /// @dev Requirements: the caller is the voucher's wallet and holds no pass; it is not later than the deadline; the
    /// account's pass is neither held nor revoked; the nonce is {accountNonce}; the present issuer signed the voucher, with
    /// its key (ECDSA) or as a contract (ERC-1271). Emits `Transfer`, `Locked`, `Issued` and {PassMinted}.
    /// @param voucher What the issuer attested.
    /// @param signature The issuer's signature of it.
    /// @return id The pass, the same for an account each time.
    function mint(Voucher calldata voucher, bytes calldata signature) external returns (uint256 id);

    /// @notice Makes the caller's pass dormant: the wallet is free, the id stays with the account.
    /// @dev A revoked pass can be burned, too. Its revocation stays with the id: the account mints nowhere, neither to
    /// this wallet nor to another, until it is reinstated. The wallet itself is freed, since holding another account's
    /// pass would take another voucher of the issuer anyway. Requirements: the caller holds the pass. Emits `Transfer`
    /// and {PassBurned}.
    function burn(uint256 id) external;

    /* REVOCATION */

    /// @notice Revokes a pass, held or dormant. It goes on occupying its account, and its wallet while it is held.
    /// @dev Requirements: the caller is the issuer; the id was given to an account; it is not revoked already, so that
    /// the 30 days count from the first revocation. Emits {PassRevoked}.
    /// @param reason The issuer's code.
    function revoke(uint256 id, uint8 reason) external;

    /// @notice Lifts a revocation, the only way it ends; the holder is as before, a dormant pass stays dormant.
    /// @dev Requirements: the caller is the issuer or the DAO; the pass is revoked. Emits {PassReinstated}.
    function reinstate(uint256 id) external;

    /* ISSUER */

    /// @notice First step of replacing the issuer; zero takes a nomination back. The present issuer stays until then.
    /// @dev Requirements: the caller is the DAO. Emits {IssuerNominated}.
    function nominateIssuer(address nominee_) external;

    /// @notice Second step: the nominee takes over, and vouchers of the former issuer are void.
    /// @dev Requirements: the caller is the nominee. Emits {IssuerChanged}.
    function acceptIssuer() external;

    /* VIEWS */

    /// @notice The DAO's timelock.
    function dao() external view returns (address);

    /// @notice Who attests accounts and revokes: a key or a contract.
    function issuer() external view returns (address);

    /// @notice Who may accept to become the issuer; zero if nobody.
    function nominee() external view returns (address);

    /// @notice The pass that a wallet holds, revoked or not; zero if none.
    function passOf(address wallet) external view returns (uint256 id);

    /// @notice The pass of an account, held or dormant; zero if it never minted.
    function idOf(bytes32 account) external view returns (uint256 id);

    /// @notice How many ids were given: they run from 1 to this, without gaps.
    function lastId() external view returns (uint256);

    /// @notice The nonce that the account's next voucher must have: how often it has minted.
    function accountNonce(bytes32 account) external view returns (uint256);

    /// @notice When a pass was revoked and why; zeros if it is not. Reverts for an id that was never given.
    function revocationOf(uint256 id) external view returns (uint48 revokedAt, uint8 reason);

    /// @notice Whether a wallet holds a pass that is not revoked: what the exchange's own privileges ask.
    function isMember(address wallet) external view returns (bool);

    /// @notice Since when a wallet has held its pass, revoked or not; zero if it holds none.
    function holderSince(address wallet) external view returns (uint48);

    /// @notice What governance asks: {holderSince}, but zero once the pass has been revoked for 30 days or more.
    function electorSince(address wallet) external view returns (uint48);

    /// @notice {passOf} and {electorSince} at once, which is what a ballot asks for.
    function electorOf(address wallet) external view returns (uint256 id, uint48 since);
}

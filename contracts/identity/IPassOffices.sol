// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Soul Pass: who may do what
/// @notice The DAO's timelock stands above everyone. The issuer attests accounts, revokes and starts recoveries; the
/// guardian stops recoveries. Either of the two can pause issuance, and nothing but issuance. The DAO replaces both.
/// @dev Times are in seconds since 1970.
interface IPassOffices {
    /* ERRORS */

    /// @notice The constructor wants an address for every role.
    error SoulPass__ZeroAddress();

    /// @notice Only the DAO's timelock may do this.
    error SoulPass__NotDao(address sender);

    /// @notice Only the issuer may do this.
    error SoulPass__NotIssuer(address sender);

    /// @notice Only the nominated issuer may accept.
    error SoulPass__NotNominee(address sender);

    /// @notice Only the issuer and the guardian, within its term, may pause issuance.
    error SoulPass__MayNotPause(address sender);

    /// @notice Only the DAO, or who paused, may let issuance go on.
    error SoulPass__MayNotResume(address sender);

    /// @notice Issuance is paused.
    error SoulPass__IssuancePaused();

    /* EVENTS */

    /// @notice The DAO nominated an issuer, or took a nomination back (zero).
    event IssuerNominated(address indexed nominee);

    /// @notice The issuer changed: vouchers and pending recoveries of the previous one are void.
    event IssuerChanged(address indexed previous, address indexed current);

    /// @notice The DAO named a guardian (nobody: zero), or renewed its term.
    /// @param until From this second on it is nobody.
    event GuardianSet(address indexed guardian, uint48 until);

    /// @notice Issuance was paused.
    event IssuancePaused(address indexed by);

    /// @notice A pause was lifted; whether the other one stands is in {issuancePaused}.
    event IssuanceResumed(address indexed by);

    /* ISSUER AND GUARDIAN */

    /// @notice First step of replacing the issuer; zero takes a nomination back. The present issuer stays until then.
    /// @dev Requirements: the caller is the DAO. Emits {IssuerNominated}.
    function nominateIssuer(address nominee_) external;

    /// @notice Second step: the nominee takes over. Vouchers of the former issuer are void, and so are the recoveries
    /// that it started and nobody has completed: a stolen key leaves nothing behind.
    /// @dev A voucher is signed by a key, not by a term of office: should the DAO appoint the same key once more, those
    /// that nobody used or withdrew count again, but no recovery that was pending. Requirements: the caller is the
    /// nominee. Emits {IssuerChanged}.
    function acceptIssuer() external;

    /// @notice Names the guardian for 180 days from now; the same one again to renew its term, zero for none.
    /// @dev In one step, because a mistaken guardian can do no harm that the DAO can't undo by naming another.
    /// Requirements: the caller is the DAO. Emits {GuardianSet}.
    function setGuardian(address guardian_) external;

    /* PAUSE */

    /// @notice Stops mints of every kind until the pause is lifted; burning, revoking, recovering and the record go on.
    /// @dev Issuer and guardian each have a pause of their own, so that a thief of the issuer's key can't lift the one
    /// that the guardian set because of it. Requirements: the caller is the issuer or the guardian. Emits {IssuancePaused}.
    function pauseIssuance() external;

    /// @notice Lifts a pause: the issuer and the guardian the one of its office, the DAO both.
    /// @dev Who takes an office over can lift its predecessor's pause; what a guardian paused whose term is over, its
    /// successor or the DAO lifts. Requirements: the caller is the DAO, the issuer or the guardian. Emits
    /// {IssuanceResumed}.
    function resumeIssuance() external;

    /* VIEWS */

    /// @notice The DAO's timelock.
    function dao() external view returns (address);

    /// @notice Who attests accounts and revokes: a key or a contract.
    function issuer() external view returns (address);

    /// @notice Who may accept to become the issuer; zero if nobody.
    function nominee() external view returns (address);

    /// @notice Who may stop recoveries and pause issuance; zero if nobody, or once the term is over.
    function guardian() external view returns (address);

    /// @notice The end of the guardian's term: from this second on it is nobody.
    function guardianUntil() external view returns (uint48);

    /// @notice Who has paused issuance; it goes on when both are false.
    function issuancePaused() external view returns (bool byIssuer, bool byGuardian);
}

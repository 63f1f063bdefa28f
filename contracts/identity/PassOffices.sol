// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassOffices} from "./IPassOffices.sol";

/// @title Who may do what with passes
/// @notice See {IPassOffices}.
abstract contract PassOffices is IPassOffices {
    /* CONSTANTS */

    uint48 private constant GUARDIAN_TERM = 180 days;

    /// @inheritdoc IPassOffices
    address public immutable dao;

    /* STORAGE */

    /// @inheritdoc IPassOffices
    address public nominee;

    address private _guardian;

    /// @inheritdoc IPassOffices
    uint48 public guardianUntil;

    /// @dev From here on everything shares the issuer's slot, which every mint reads: {PassBook} goes on in it.
    /// @inheritdoc IPassOffices
    address public issuer;

    /// @dev Counts the issuers, so that what one of them started does not outlive its office. It may wrap around: nothing
    /// waits for as long as it takes the DAO to appoint 256.
    uint8 internal _issuerTerm;

    bool private _pausedByIssuer;

    bool private _pausedByGuardian;

    /* CONSTRUCTOR */

    constructor(address dao_, address issuer_, address guardian_) {
        if (dao_ == address(0) || issuer_ == address(0)) revert SoulPass__ZeroAddress();
        dao = dao_;
        issuer = issuer_;
        emit IssuerChanged(address(0), issuer_);
        _setGuardian(guardian_);
    }

    modifier onlyDao() {
        if (msg.sender != dao) revert SoulPass__NotDao(msg.sender);
        _;
    }

    modifier onlyIssuer() {
        if (msg.sender != issuer) revert SoulPass__NotIssuer(msg.sender);
        _;
    }

    modifier whileIssuing() {
        if (_pausedByIssuer || _pausedByGuardian) revert SoulPass__IssuancePaused();
        _;
    }

    /* ISSUER AND GUARDIAN */

    /// @inheritdoc IPassOffices
    function nominateIssuer(address nominee_) external onlyDao {
        // slither-disable-next-line missing-zero-check -- zero takes a nomination back
        nominee = nominee_;
        emit IssuerNominated(nominee_);
    }

    /// @inheritdoc IPassOffices
    function acceptIssuer() external {
        if (msg.sender != nominee) revert SoulPass__NotNominee(msg.sender);
        emit IssuerChanged(issuer, msg.sender);
        issuer = msg.sender;
        unchecked {
            ++_issuerTerm;
        }
        delete nominee;
    }

    /// @inheritdoc IPassOffices
    function setGuardian(address guardian_) external onlyDao {
        _setGuardian(guardian_);
    }

    /* PAUSE */

    /// @inheritdoc IPassOffices
    function pauseIssuance() external {
        (bool isIssuer, bool isGuardian) = _offices();
        if (!isIssuer && !isGuardian) revert SoulPass__MayNotPause(msg.sender);
        if (isIssuer) _pausedByIssuer = true;
        if (isGuardian) _pausedByGuardian = true;
        emit IssuancePaused(msg.sender);
    }

    /// @inheritdoc IPassOffices
    function resumeIssuance() external {
        (bool isIssuer, bool isGuardian) = _offices();
        bool isDao = msg.sender == dao;
        if (!isIssuer && !isGuardian && !isDao) revert SoulPass__MayNotResume(msg.sender);
        if (isIssuer || isDao) _pausedByIssuer = false;
        if (isGuardian || isDao) _pausedByGuardian = false;
        emit IssuanceResumed(msg.sender);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IPassOffices
    function guardian() public view returns (address) {
        return block.timestamp < guardianUntil ? _guardian : address(0);
    }

    /// @inheritdoc IPassOffices
    function issuancePaused() external view returns (bool byIssuer, bool byGuardian) {
        return (_pausedByIssuer, _pausedByGuardian);
    }

    /* INTERNAL */

    function _setGuardian(address guardian_) private {
        _guardian = guardian_;
        guardianUntil = uint48(block.timestamp) + GUARDIAN_TERM;
        emit GuardianSet(guardian_, guardianUntil);
    }

    /// @dev The offices that the caller has. Nobody calls from the zero address, which a missing guardian has.
    function _offices() private view returns (bool isIssuer, bool isGuardian) {
        return (msg.sender == issuer, msg.sender == guardian());
    }
}

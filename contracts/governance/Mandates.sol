// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICoreTeam} from "./ICoreTeam.sol";
import {IMandates} from "./IMandates.sol";
import {IWorkingGroups} from "./IWorkingGroups.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Mandates
/// @notice See {IMandates}.
contract Mandates is IMandates {
    /* TYPES */

    struct Book {
        uint24 group;
        State state;
        uint16 disputes;
        uint40 issuedAt;
        uint40 deadline;
        uint40 acceptedAt;
        uint40 reportedAt;
        uint40 confirmedAt;
        bool late;
        bytes32 textHash;
        bytes32 evidenceHash;
        string uri;
        string evidenceUri;
    }

    /* CONSTANTS */

    uint256 private constant LEAST_TERM = 1 days;
    uint256 private constant MOST_TERM = 731 days;
    uint256 private constant MOST_URI = 256;

    /* STORAGE */

    /// @inheritdoc IMandates
    address public immutable dao;

    /// @inheritdoc IMandates
    IWorkingGroups public immutable groups;

    /// @inheritdoc IMandates
    ICoreTeam public immutable coreTeam;

    /// @inheritdoc IMandates
    uint256 public mandates;

    mapping(uint256 mandate => Book) private _books;

    /* CONSTRUCTOR */

    /// @param dao_ The DAO's timelock, which need not stand yet.
    /// @param groups_ The working groups, which need not stand yet.
    /// @param coreTeam_ The core team, which need not stand yet.
    constructor(address dao_, address groups_, address coreTeam_) {
        if (dao_ == address(0) || groups_ == address(0) || coreTeam_ == address(0)) {
            revert Mandates__ZeroAddress();
        }
        dao = dao_;
        groups = IWorkingGroups(groups_);
        coreTeam = ICoreTeam(coreTeam_);
    }

    modifier onlyDao() {
        if (msg.sender != dao) revert Mandates__NotDao(msg.sender);
        _;
    }

    /* BY THE DAO */

    /// @inheritdoc IMandates
    function signal(bytes32 textHash) external onlyDao {
        emit Signaled(textHash);
    }

    /// @inheritdoc IMandates
    function issue(uint256 group, bytes32 textHash, string calldata uri, uint256 term)
        external
        onlyDao
        returns (uint256 mandate)
    {
        if (groups.accountOf(group) == address(0)) revert Mandates__UnknownGroup(group);
        _checkUri(uri);
        mandate = ++mandates;
        Book storage book = _books[mandate];
        (book.group, book.state) = (SafeCast.toUint24(group), State.Issued);
        (book.issuedAt, book.deadline) = (uint40(block.timestamp), _deadline(term));
        (book.textHash, book.uri) = (textHash, uri);
        emit MandateIssued(mandate, group, textHash, uri, book.deadline);
    }

    /// @inheritdoc IMandates
    function setDeadline(uint256 mandate, uint256 term) external onlyDao {
        Book storage book = _wanted(mandate);
        book.deadline = _deadline(term);
        emit DeadlineSet(mandate, book.deadline);
    }

    /// @inheritdoc IMandates
    function dispute(uint256 mandate, bytes32 reasonHash, uint256 term) external onlyDao {
        Book storage book = _known(mandate);
        if (book.state != State.Reported && book.state != State.Confirmed) {
            revert Mandates__WrongState(mandate, book.state);
        }
        (book.state, book.reportedAt, book.confirmedAt, book.late) = (State.Accepted, 0, 0, false);
        (book.disputes, book.deadline) = (book.disputes + 1, _deadline(term));
        emit MandateDisputed(mandate, reasonHash, book.deadline);
    }

    /// @inheritdoc IMandates
    function withdraw(uint256 mandate) external onlyDao {
        _wanted(mandate).state = State.Withdrawn;
        emit MandateWithdrawn(mandate);
    }

    /* BY THE GROUP */

    /// @inheritdoc IMandates
    function accept(uint256 mandate) external {
        Book storage book = _known(mandate);
        _requireGroup(book.group);
        if (book.state != State.Issued) revert Mandates__WrongState(mandate, book.state);
        (book.state, book.acceptedAt) = (State.Accepted, uint40(block.timestamp));
        emit MandateAccepted(mandate, msg.sender);
    }

    /// @inheritdoc IMandates
    function report(uint256 mandate, bytes32 evidenceHash, string calldata evidenceUri) external {
        Book storage book = _known(mandate);
        _requireGroup(book.group);
        if (book.state != State.Accepted && book.state != State.Reported) {
            revert Mandates__WrongState(mandate, book.state);
        }
        _checkUri(evidenceUri);
        (book.state, book.reportedAt) = (State.Reported, uint40(block.timestamp));
        // Kept, since the deadline may move.
        book.late = block.timestamp >= book.deadline;
        (book.evidenceHash, book.evidenceUri) = (evidenceHash, evidenceUri);
        emit MandateReported(mandate, msg.sender, evidenceHash, evidenceUri);
    }

    /* BY THE CORE TEAM */

    /// @inheritdoc IMandates
    function confirm(uint256 mandate, bytes32 evidenceHash) external {
        Book storage book = _known(mandate);
        if (book.state != State.Reported || book.evidenceHash != evidenceHash) {
            revert Mandates__WrongState(mandate, book.state);
        }
        // Whoever left the group for a moment, or it was closed, has worked on it all the same.
        if (!coreTeam.isMember(msg.sender) || groups.seatedUntil(book.group, msg.sender) >= book.acceptedAt) {
            revert Mandates__MayNotConfirm(mandate, msg.sender);
        }
        (book.state, book.confirmedAt) = (State.Confirmed, uint40(block.timestamp));
        emit MandateConfirmed(mandate, msg.sender);
    }

    /* VIEWS */

    /// @inheritdoc IMandates
    function mandateOf(uint256 mandate) external view returns (Mandate memory) {
        Book storage book = _known(mandate);
        return Mandate({
            group: book.group,
            state: book.state,
            textHash: book.textHash,
            uri: book.uri,
            issuedAt: book.issuedAt,
            deadline: book.deadline,
            acceptedAt: book.acceptedAt,
            reportedAt: book.reportedAt,
            confirmedAt: book.confirmedAt,
            evidenceHash: book.evidenceHash,
            evidenceUri: book.evidenceUri,
            disputes: book.disputes,
            overdue: isOverdue(mandate),
            late: book.late
        });
    }

    /// @inheritdoc IMandates
    function isOverdue(uint256 mandate) public view returns (bool) {
        Book storage book = _known(mandate);
        return
            block.timestamp >= book.deadline && (book.state == State.Issued || book.state == State.Accepted);
    }

    /* INTERNAL */

    function _known(uint256 mandate) private view returns (Book storage book) {
        book = _books[mandate];
        if (book.state == State.None) revert Mandates__Unknown(mandate);
    }

    /// @dev A mandate that is neither confirmed nor withdrawn.
    function _wanted(uint256 mandate) private view returns (Book storage book) {
        book = _known(mandate);
        if (book.state == State.Confirmed || book.state == State.Withdrawn) {
            revert Mandates__WrongState(mandate, book.state);
        }
    }

    /// @dev The Safe is asked about only where the lead does not call.
    function _requireGroup(uint256 group) private view {
        if (msg.sender == groups.leadOf(group)) return;
        if (msg.sender != groups.accountOf(group) || !groups.inLine(group)) {
            revert Mandates__NotOfGroup(group, msg.sender);
        }
    }

    function _deadline(uint256 term) private view returns (uint40) {
        if (term < LEAST_TERM || term > MOST_TERM) revert Mandates__InvalidTerm(term);
        // forge-lint: disable-next-line(unsafe-typecast) -- two years from now at most
        return uint40(block.timestamp + term);
    }

    function _checkUri(string calldata uri) private pure {
        if (bytes(uri).length > MOST_URI) revert Mandates__UriTooLong(bytes(uri).length);
    }
}

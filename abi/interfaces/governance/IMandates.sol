// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {ICoreTeam} from "./ICoreTeam.sol";
import {IWorkingGroups} from "./IWorkingGroups.sol";

/// @title What the DAO says, and wants done
/// @notice Much of what the DAO decides no contract can execute: list this token, cut that fee. Such a decision becomes
/// a mandate of a working group, in public: the group accepts it, reports on it with evidence, and the core team
/// confirms the report, or the DAO disputes it. What is overdue shows by itself.
/// @dev Nothing happens by a mandate's state: it moves no money and gives no power. A proposal that only says something
/// {signal}s its text.
interface IMandates {
    /* TYPES */

    /// @notice How far a mandate has come. Whether it is overdue is no state, but a matter of time: see {isOverdue}.
    enum State {
        None,
        Issued,
        Accepted,
        Reported,
        Confirmed,
        Withdrawn
    }

    /// @notice A mandate as it stands.
    /// @param group The working group that has it.
    /// @param textHash keccak-256 of its text.
    /// @param uri Where the text is.
    /// @param issuedAt Seconds; the same for all times here. Zero: it has not happened.
    /// @param deadline The first second in which it is overdue, unless a report stands.
    /// @param reportedAt Of the report that stands.
    /// @param evidenceHash keccak-256 of the report that stands, or of the last that was disputed.
    /// @param evidenceUri Where that report is.
    /// @param disputes How often the DAO disputed a report.
    /// @param overdue See {isOverdue}.
    /// @param late The report that stands came after the deadline of then.
    struct Mandate {
        uint256 group;
        State state;
        bytes32 textHash;
        string uri;
        uint256 issuedAt;
        uint256 deadline;
        uint256 acceptedAt;
        uint256 reportedAt;
        uint256 confirmedAt;
        bytes32 evidenceHash;
        string evidenceUri;
        uint256 disputes;
        bool overdue;
        bool late;
    }

    /* EVENTS */

    /// @notice The DAO passed the text with that hash.
    event Signaled(bytes32 indexed textHash);

    /// @notice The DAO gave a group a mandate.
    event MandateIssued(
        uint256 indexed mandate, uint256 indexed group, bytes32 indexed textHash, string uri, uint256 deadline
    );

    /// @notice `by` accepted it for the group.
    event MandateAccepted(uint256 indexed mandate, address indexed by);

    /// @notice `by` reported for the group; a report that stood before does so no longer.
    event MandateReported(
        uint256 indexed mandate, address indexed by, bytes32 indexed evidenceHash, string evidenceUri
    );

    /// @notice `by`, of the core team, confirmed the report.
    event MandateConfirmed(uint256 indexed mandate, address indexed by);

    /// @notice The DAO disputed the report, which stands no longer, and set another deadline.
    /// @param reasonHash keccak-256 of the reasons.
    event MandateDisputed(uint256 indexed mandate, bytes32 indexed reasonHash, uint256 deadline);

    /// @notice The DAO set another deadline.
    event DeadlineSet(uint256 indexed mandate, uint256 deadline);

    /// @notice The DAO wants it no longer.
    event MandateWithdrawn(uint256 indexed mandate);

    /* ERRORS */

    /// @notice Only the DAO's timelock may do this.
    error Mandates__NotDao(address caller);

    /// @notice The constructor wants addresses.
    error Mandates__ZeroAddress();

    /// @notice There is no such group.
    error Mandates__UnknownGroup(uint256 group);

    /// @notice There is no such mandate.
    error Mandates__Unknown(uint256 mandate);

    /// @notice The mandate is in a state in which this can't be done.
    error Mandates__WrongState(uint256 mandate, State state);

    /// @notice `caller` neither leads the group nor is its Safe with its members as owners.
    error Mandates__NotOfGroup(uint256 group, address caller);

    /// @notice `caller` does not belong to the core team, or has had a seat in the group since it accepted the mandate.
    error Mandates__MayNotConfirm(uint256 mandate, address caller);

    /// @notice A mandate runs for a day at least and two years at most.
    error Mandates__InvalidTerm(uint256 term);

    /// @notice An address of a text has 256 bytes at most.
    error Mandates__UriTooLong(uint256 length);

    /* BY THE DAO */

    /// @notice Says that the DAO passed a text.
    /// @param textHash keccak-256 of the text.
    /// @dev Requirements: the caller is the DAO. Emits {Signaled}.
    function signal(bytes32 textHash) external;

    /// @notice Gives a working group a mandate.
    /// @param term Seconds from now until the deadline. Not a date, since nobody knows when a proposal is executed.
    /// @dev Requirements: the caller is the DAO; there is such a group; the term is within its bounds. Emits
    /// {MandateIssued}.
    /// @return mandate Its number, from 1.
    function issue(uint256 group, bytes32 textHash, string calldata uri, uint256 term)
        external
        returns (uint256 mandate);

    /// @notice Sets another deadline, `term` seconds from now. Requirements: the caller is the DAO; the mandate is
    /// neither confirmed nor withdrawn. Emits {DeadlineSet}.
    function setDeadline(uint256 mandate, uint256 term) external;

    /// @notice Disputes a report, confirmed or not: it stands no longer, and the group has `term` seconds for another.
    /// @dev Requirements: the caller is the DAO; a report stands. Emits {MandateDisputed}.
    function dispute(uint256 mandate, bytes32 reasonHash, uint256 term) external;

    /// @notice Ends a mandate that is wanted no longer. Requirements: the caller is the DAO; it is neither confirmed nor
    /// withdrawn. Emits {MandateWithdrawn}.
    function withdraw(uint256 mandate) external;

    /* BY THE GROUP */

    /// @notice Accepts a mandate, also after its deadline. Requirements: the caller leads the group, or is its Safe and
    /// in line; nobody accepted it yet. Emits {MandateAccepted}.
    function accept(uint256 mandate) external;

    /// @notice Reports on a mandate, also after its deadline; as long as it is not confirmed, another report replaces it.
    /// @dev A report that replaces another one counts from now: one that was in time can become late. Requirements: the
    /// caller leads the group, or is its Safe and in line; the mandate is accepted or reported. Emits {MandateReported}.
    function report(uint256 mandate, bytes32 evidenceHash, string calldata evidenceUri) external;

    /* BY THE CORE TEAM */

    /// @notice Confirms the report that stands.
    /// @param evidenceHash Of that report, so that one that replaces it meanwhile is not confirmed unread.
    /// @dev Requirements: the mandate is reported with that evidence; the caller belongs to the core team, and has had no
    /// seat in the group since it accepted the mandate. Emits {MandateConfirmed}.
    function confirm(uint256 mandate, bytes32 evidenceHash) external;

    /* VIEWS */

    /// @notice How many were issued; they are numbered from 1.
    function mandates() external view returns (uint256);

    /// @notice A mandate as it stands. Requirements: it exists.
    function mandateOf(uint256 mandate) external view returns (Mandate memory);

    /// @notice Whether the deadline is reached, no report stands, and the DAO still wants it.
    function isOverdue(uint256 mandate) external view returns (bool);

    /// @notice The DAO's timelock.
    function dao() external view returns (address);

    /// @notice The working groups.
    function groups() external view returns (IWorkingGroups);

    /// @notice The core team.
    function coreTeam() external view returns (ICoreTeam);
}

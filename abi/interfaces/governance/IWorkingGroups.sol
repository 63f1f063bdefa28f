// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IElectorate} from "./IElectorate.sol";

/// @title The working groups of the DAO
/// @notice Each group has a mandate, a lead whom the DAO appoints, members whom the lead seats, and an account: a Safe
/// whose owners are its members. Every seat has a term. Who is seated counts as long as the term runs and the account
/// holds a Soul Pass that counts: one that is burned or moved counts no longer at once, one that is revoked 30 days
/// later. Nobody has to call anything for that; {align} then brings the Safe's owners in line with who counts.
/// @dev The Safe is made here, and is the account of its group for ever. This contract is its only module, and uses
/// that to change owners and threshold, and for nothing else. {IGroupGuard} is its guard from birth: it lets no
/// transaction through that could change how the Safe is set up, nor any while owners and members differ.
interface IWorkingGroups {
    /* TYPES */

    /// @notice A group as it stands.
    /// @param name For people; no two need to differ.
    /// @param textHash keccak-256 of the mandate's text.
    /// @param uri Where the text is.
    /// @param account The group's Safe.
    /// @param lead Whom the DAO appointed last, whether he counts or not; zero: nobody.
    /// @param seats How many can be seated, the lead's seat included.
    /// @param closed By the DAO, until it opens it again: nobody counts.
    struct Group {
        string name;
        bytes32 textHash;
        string uri;
        address account;
        address lead;
        uint8 seats;
        bool closed;
    }

    /// @notice Who is seated.
    /// @param until The first second in which the term is over.
    /// @param counts Whether it is a member now.
    struct Seat {
        address account;
        uint40 until;
        bool counts;
    }

    /// @notice A group to begin with.
    /// @param lead The lead, who is no part of `members`; zero for none.
    /// @param term Seconds from the deployment on, for the lead and each member.
    struct Founding {
        string name;
        bytes32 textHash;
        string uri;
        uint8 seats;
        address lead;
        address[] members;
        uint40 term;
    }

    /* EVENTS */

    /// @notice A group exists from now on, with this Safe as its account.
    event GroupOpened(uint256 indexed group, address indexed account, string name);

    /// @notice The group's mandate is the text with that hash, to be found there.
    event MandateSet(uint256 indexed group, bytes32 textHash, string uri);

    /// @notice The group has that many seats.
    event SeatsSet(uint256 indexed group, uint256 seats);

    /// @notice The DAO appointed a lead; {Seated} follows.
    event LeadAppointed(uint256 indexed group, address indexed lead);

    /// @notice `account` has a seat until then; who had one already has another term.
    event Seated(uint256 indexed group, address indexed account, uint256 until);

    /// @notice `account` has no seat any more.
    event Unseated(uint256 indexed group, address indexed account);

    /// @notice Nobody speaks for the group, until it is opened again.
    event GroupClosed(uint256 indexed group);

    /// @notice The group is open again; who is seated counts as before.
    event GroupReopened(uint256 indexed group);

    /// @notice Whether a contract may pay out of groups' budgets that name it as their spender.
    event PayerSet(address indexed payer, bool approved);

    /// @notice The owners of the group's Safe were brought in line with its members.
    event Aligned(uint256 indexed group, address[] owners, uint256 threshold);

    /* ERRORS */

    /// @notice Only the DAO's timelock may do this.
    error WorkingGroups__NotDao(address caller);

    /// @notice `caller` is neither the DAO nor who else may do this in the group.
    error WorkingGroups__NotAllowed(uint256 group, address caller);

    /// @notice The constructor wants addresses.
    error WorkingGroups__ZeroAddress();

    /// @notice There is no such group.
    error WorkingGroups__Unknown(uint256 group);

    /// @notice The group is closed, or is not, so that this can't be done.
    error WorkingGroups__Closed(uint256 group, bool closed);

    /// @notice A group has a name, and 1 to 12 seats.
    error WorkingGroups__InvalidCharter();

    /// @notice A term ends in the future, at most 400 days from now.
    error WorkingGroups__InvalidTerm(uint256 until);

    /// @notice That address can't be an owner of the group's Safe, or is a group's Safe itself.
    error WorkingGroups__InvalidMember(address account);

    /// @notice The lead's term is the DAO's to set, by {appointLead}.
    error WorkingGroups__IsLead(uint256 group, address account);

    /// @notice `account` has no seat in the group.
    error WorkingGroups__NotSeated(uint256 group, address account);

    /// @notice Every seat is taken by somebody who counts; one is kept for the lead.
    error WorkingGroups__NoSeat(uint256 group);

    /// @notice The payer is approved already, or is not.
    error WorkingGroups__NothingToChange(address payer);

    /// @notice The group's Safe is in line already.
    error WorkingGroups__InLine(uint256 group);

    /// @notice The Safe did not do what its module asked for.
    error WorkingGroups__SafeRefused(address account);

    /* BY THE DAO */

    /// @notice Opens a group, with a Safe of its own that nobody owns until it is aligned.
    /// @param seats 1 to 12, the lead's included.
    /// @param lead The first lead, or zero to appoint one later.
    /// @param until The end of the lead's term; of no meaning without a lead.
    /// @dev Requirements: the caller is the DAO; what {setSeats} and {appointLead} ask for; a name. Emits {GroupOpened},
    /// {MandateSet}, {SeatsSet} and, with a lead, what {appointLead} emits.
    /// @return group Its number, from 1.
    function open(
        string calldata name,
        bytes32 textHash,
        string calldata uri,
        uint8 seats,
        address lead,
        uint40 until
    ) external returns (uint256 group);

    /// @notice Gives a group a lead, or its lead another term. Who was lead before has no seat any more.
    /// @dev Requirements: the caller is the DAO; the group is open; `lead` can be an owner of its Safe; the term is one. A
    /// seat is always free for a lead. Emits {Unseated} for the former one, {LeadAppointed} and {Seated}.
    function appointLead(uint256 group, address lead, uint40 until) external;

    /// @notice Gives a group another mandate. Requirements: the caller is the DAO; the group is open. Emits {MandateSet}.
    function setMandate(uint256 group, bytes32 textHash, string calldata uri) external;

    /// @notice Sets how many seats a group has. Nobody loses a seat by that: where more are taken, none is given until
    /// enough are free. Requirements: the caller is the DAO; the group is open; 1 to 12. Emits {SeatsSet}.
    function setSeats(uint256 group, uint8 seats) external;

    /// @notice Closes a group: from now on nobody counts as its member, its budgets refuse, and its Safe stands still with
    /// what it holds. Requirements: the caller is the DAO; the group is open. Emits {GroupClosed}.
    function close(uint256 group) external;

    /// @notice Opens a closed group again. Requirements: the caller is the DAO; it is closed. Emits {GroupReopened}.
    function reopen(uint256 group) external;

    /// @notice Lets a contract pay out of groups' budgets that name it as their spender, or no longer. Its own code must
    /// see to it that the group agrees.
    /// @dev Requirements: the caller is the DAO; that changes something. Emits {PayerSet}.
    function setPayer(address payer, bool approved) external;

    /* BY THE LEAD OR THE DAO */

    /// @notice Gives `account` a seat, or, where it has one, another term. Where all seats are taken, one of somebody who
    /// does not count is used.
    /// @dev Requirements: the caller is the lead, who counts, or the DAO; the group is open; `account` is not the lead and
    /// can be an owner of the Safe; the term is one; there is a seat. A pass is not asked for now: without one, it does not
    /// count. Emits {Seated}, and {Unseated} for who made room.
    function addMember(uint256 group, address account, uint40 until) external;

    /// @notice Takes a seat away. Requirements: the caller is the lead, who counts, or the DAO, or `account` itself, who
    /// leaves; it has a seat, or the DAO calls, whose decision nobody makes fail by being quicker. Emits {Unseated}.
    function removeMember(uint256 group, address account) external;

    /* BY ANYONE */

    /// @notice Brings the owners of a group's Safe in line: exactly its members, and more than half of them to decide.
    /// Without any member, the only owner is this contract, which never signs: the Safe stands still.
    /// @dev Requirements: the group is known, and not in line. Emits {Aligned}.
    function align(uint256 group) external;

    /* VIEWS */

    /// @notice How many groups there are; they are numbered from 1.
    function groups() external view returns (uint256);

    /// @notice A group as it stands. Requirements: it is known.
    function groupOf(uint256 group) external view returns (Group memory);

    /// @notice The group's Safe; zero for an unknown group.
    function accountOf(uint256 group) external view returns (address);

    /// @notice Which group's Safe that is; zero for none.
    function groupByAccount(address account) external view returns (uint256);

    /// @notice The group's lead; zero when there is none, his term is over, his pass is lost, or the group is closed.
    function leadOf(uint256 group) external view returns (address);

    /// @notice Whether `account` is a member now, the lead being one: it has a seat, its term runs, it holds a pass that
    /// counts, and the group is open.
    function isMember(uint256 group, address account) external view returns (bool);

    /// @notice Who is a member now, 12 at most.
    function membersOf(uint256 group) external view returns (address[] memory);

    /// @notice Who is seated, whether it counts or not, 12 at most.
    function seatsOf(uint256 group) external view returns (Seat[] memory);

    /// @notice Until when `account` has, or last had, a seat: the end of its term, or when it left before. Zero for who
    /// never had one. The term of a seat in a closed group is told as it was given.
    function seatedUntil(uint256 group, address account) external view returns (uint256);

    /// @notice Whether the group's Safe is its members' and nobody else's: it has members, the Safe's owners are exactly
    /// these, more than half of them decide, and its code, module and guard are those that it was born with.
    function inLine(uint256 group) external view returns (bool);

    /// @notice Whether `account` may pay for the group now: it is the group's Safe and in line, or a member, or a payer
    /// that the DAO approved. Never if the group is closed or unknown.
    function maySpend(uint256 group, address account) external view returns (bool);

    /// @notice Whether the DAO approved a contract as a payer.
    function isPayer(address payer) external view returns (bool);

    /// @notice The DAO's timelock.
    function dao() external view returns (address);

    /// @notice The Soul Pass.
    function soulPass() external view returns (IElectorate);

    /// @notice The guard of the groups' Safes.
    function guard() external view returns (address);

    /// @notice The code that the groups' Safes run.
    function singleton() external view returns (address);

    /// @notice What makes Safes.
    function factory() external view returns (address);

    /// @notice What answers calls to the groups' Safes that Safe itself doesn't know.
    function fallbackHandler() external view returns (address);
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GroupSafes} from "./GroupSafes.sol";
import {IElectorate} from "./IElectorate.sol";
import {IWorkingGroups} from "./IWorkingGroups.sol";

/// @title WorkingGroups
/// @notice See {IWorkingGroups}.
/// @dev Who counts is computed whenever somebody asks. Nothing is ever written because time passed or a pass was lost.
contract WorkingGroups is GroupSafes {
    /* TYPES */

    /// @dev Who has a seat, and until when: one slot.
    struct Held {
        address account;
        uint40 until;
    }

    /// @dev The same by account: the end of the term, zero while the group is closed, so that one slot tells whether a
    /// member counts; the place in the list plus one; and until when it sat before it left, if it did.
    struct Place {
        uint40 until;
        uint8 position;
        uint40 left;
    }

    struct Book {
        address account;
        uint8 seats;
        bool closed;
        address lead;
        bytes32 textHash;
        string name;
        string uri;
        Held[] held;
        mapping(address account => Place) places;
    }

    /* CONSTANTS */

    uint256 private constant MAX_SEATS = 12;
    uint256 private constant MAX_TERM = 400 days;
    uint256 private constant MAX_NAME = 64;

    /* STORAGE */

    /// @inheritdoc IWorkingGroups
    address public immutable dao;

    /// @inheritdoc IWorkingGroups
    IElectorate public immutable soulPass;

    /// @inheritdoc IWorkingGroups
    uint256 public groups;

    /// @inheritdoc IWorkingGroups
    mapping(address account => uint256) public groupByAccount;

    /// @inheritdoc IWorkingGroups
    mapping(address payer => bool) public isPayer;

    mapping(uint256 group => Book) private _books;

    /* CONSTRUCTOR */

    /// @param soulPass_ The Soul Pass, which need not stand yet.
    /// @param dao_ The DAO's timelock, which need not stand yet.
    /// @param guard_ The guard of the groups' Safes. It, and Safe's three contracts, are called: they stand.
    /// @param singleton_ Safe's code.
    /// @param factory_ What makes Safes.
    /// @param fallbackHandler_ What a Safe asks when it doesn't know an answer.
    /// @param payers The first approved payers, which need not stand yet.
    /// @param foundings The first groups; who is seated in them counts from the moment it has a pass.
    constructor(
        address soulPass_,
        address dao_,
        address guard_,
        address singleton_,
        address factory_,
        address fallbackHandler_,
        address[] memory payers,
        Founding[] memory foundings
    ) GroupSafes(guard_, singleton_, factory_, fallbackHandler_) {
        if (soulPass_ == address(0) || dao_ == address(0)) {
            revert WorkingGroups__ZeroAddress();
        }
        soulPass = IElectorate(soulPass_);
        dao = dao_;
        for (uint256 i = 0; i < payers.length; ++i) {
            _setPayer(payers[i], true);
        }
        for (uint256 i = 0; i < foundings.length; ++i) {
            _found(foundings[i]);
        }
        for (uint256 group = 1; group <= foundings.length; ++group) {
            _makeSafe(group, _books[group].account);
        }
    }

    modifier onlyDao() {
        if (msg.sender != dao) revert WorkingGroups__NotDao(msg.sender);
        _;
    }

    /* BY THE DAO */

    /// @inheritdoc IWorkingGroups
    function open(
        string calldata name,
        bytes32 textHash,
        string calldata uri,
        uint8 seats,
        address lead,
        uint40 until
    ) external onlyDao returns (uint256 group) {
        group = _open(name, textHash, uri, seats);
        if (lead != address(0)) _appoint(group, lead, until);
        _makeSafe(group, _books[group].account);
    }

    /// @inheritdoc IWorkingGroups
    function appointLead(uint256 group, address lead, uint40 until) external onlyDao {
        _requireOpen(group);
        _appoint(group, lead, until);
    }

    /// @inheritdoc IWorkingGroups
    function setMandate(uint256 group, bytes32 textHash, string calldata uri) external onlyDao {
        _requireOpen(group);
        _setMandate(group, textHash, uri);
    }

    /// @inheritdoc IWorkingGroups
    function setSeats(uint256 group, uint8 seats) external onlyDao {
        _requireOpen(group);
        _setSeats(group, seats);
    }

    /// @inheritdoc IWorkingGroups
    function close(uint256 group) external onlyDao {
        _requireOpen(group);
        _setClosed(group, true);
        emit GroupClosed(group);
    }

    /// @inheritdoc IWorkingGroups
    function reopen(uint256 group) external onlyDao {
        Book storage book = _known(group);
        if (!book.closed) revert WorkingGroups__Closed(group, false);
        _setClosed(group, false);
        emit GroupReopened(group);
    }

    /// @inheritdoc IWorkingGroups
    function setPayer(address payer, bool approved) external onlyDao {
        _setPayer(payer, approved);
    }

    /* BY THE LEAD OR THE DAO */

    /// @inheritdoc IWorkingGroups
    function addMember(uint256 group, address account, uint40 until) external {
        _requireOpen(group);
        if (msg.sender != dao && msg.sender != leadOf(group)) {
            revert WorkingGroups__NotAllowed(group, msg.sender);
        }
        _addMember(group, account, until);
    }

    /// @inheritdoc IWorkingGroups
    function removeMember(uint256 group, address account) external {
        Book storage book = _known(group);
        // Nobody makes a decision of the DAO fail by being quicker.
        if (msg.sender == dao && book.places[account].position == 0) return;
        if (msg.sender != account && msg.sender != dao && msg.sender != leadOf(group)) {
            revert WorkingGroups__NotAllowed(group, msg.sender);
        }
        _unseat(group, account);
    }

    /* BY ANYONE */

    /// @inheritdoc IWorkingGroups
    function align(uint256 group) external {
        address account = _known(group).account;
        address[] memory wanted = membersOf(group);
        if (wanted.length == 0) wanted = _nobody();
        if (_isOwnedBy(account, wanted)) revert WorkingGroups__InLine(group);
        emit Aligned(group, wanted, _majority(wanted.length));
        _alignSafe(account, wanted);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IWorkingGroups
    function groupOf(uint256 group) external view returns (Group memory) {
        Book storage book = _known(group);
        return Group({
            name: book.name,
            textHash: book.textHash,
            uri: book.uri,
            account: book.account,
            lead: book.lead,
            seats: book.seats,
            closed: book.closed
        });
    }

    /// @inheritdoc IWorkingGroups
    function accountOf(uint256 group) external view returns (address) {
        return _books[group].account;
    }

    /// @inheritdoc IWorkingGroups
    function leadOf(uint256 group) public view returns (address) {
        address lead = _books[group].lead;
        return isMember(group, lead) ? lead : address(0);
    }

    /// @inheritdoc IWorkingGroups
    function isMember(uint256 group, address account) public view returns (bool) {
        return _counts(account, _books[group].places[account].until);
    }

    /// @inheritdoc IWorkingGroups
    function membersOf(uint256 group) public view returns (address[] memory members) {
        Book storage book = _books[group];
        if (book.closed) return members;
        address[] memory counting = new address[](book.held.length);
        uint256 count = 0;
        for (uint256 i = 0; i < counting.length; ++i) {
            Held memory seat = book.held[i];
            if (_counts(seat.account, seat.until)) counting[count++] = seat.account;
        }
        members = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            members[i] = counting[i];
        }
    }

    /// @inheritdoc IWorkingGroups
    function seatsOf(uint256 group) external view returns (Seat[] memory seats) {
        Book storage book = _books[group];
        seats = new Seat[](book.held.length);
        for (uint256 i = 0; i < seats.length; ++i) {
            Held memory seat = book.held[i];
            seats[i] = Seat(seat.account, seat.until, !book.closed && _counts(seat.account, seat.until));
        }
    }

    /// @inheritdoc IWorkingGroups
    function seatedUntil(uint256 group, address account) external view returns (uint256) {
        Book storage book = _books[group];
        Place memory place = book.places[account];
        return place.position == 0 ? place.left : book.held[place.position - 1].until;
    }

    /// @inheritdoc IWorkingGroups
    function inLine(uint256 group) public view returns (bool) {
        address account = _books[group].account;
        if (account == address(0)) return false;
        address[] memory members = membersOf(group);
        return members.length != 0 && _isIntact(account) && _isOwnedBy(account, members);
    }

    /// @inheritdoc IWorkingGroups
    function maySpend(uint256 group, address account) external view returns (bool) {
        // First of all what is asked most often, and told by one slot and the pass.
        if (isMember(group, account)) return true;
        Book storage book = _books[group];
        if (book.account == address(0) || book.closed) return false;
        return account == book.account ? inLine(group) : isPayer[account];
    }

    /* INTERNAL: CHECKS */

    function _known(uint256 group) private view returns (Book storage book) {
        book = _books[group];
        if (book.account == address(0)) revert WorkingGroups__Unknown(group);
    }

    function _requireOpen(uint256 group) private view {
        if (_known(group).closed) revert WorkingGroups__Closed(group, true);
    }

    /// @dev Whether a term runs, and a pass counts: judged as everywhere in governance. Without a seat, `until` is zero.
    function _counts(address account, uint256 until) private view returns (bool) {
        if (block.timestamp >= until) return false;
        // slither-disable-next-line unused-return,calls-loop -- which pass does not matter; 12 seats at most
        (, uint256 since) = soulPass.electorAt(account, block.timestamp);
        return since != 0;
    }

    /* INTERNAL: CHANGES */

    function _found(Founding memory founding) private {
        uint256 group = _open(founding.name, founding.textHash, founding.uri, founding.seats);
        uint40 until = uint40(block.timestamp) + founding.term;
        if (founding.lead != address(0)) _appoint(group, founding.lead, until);
        for (uint256 i = 0; i < founding.members.length; ++i) {
            _addMember(group, founding.members[i], until);
        }
    }

    function _open(string memory name, bytes32 textHash, string memory uri, uint8 seats)
        private
        returns (uint256 group)
    {
        if (bytes(name).length == 0 || bytes(name).length > MAX_NAME) {
            revert WorkingGroups__InvalidCharter();
        }
        group = ++groups;
        address account = _safeOf(group);
        Book storage book = _books[group];
        (book.account, book.name) = (account, name);
        groupByAccount[account] = group;
        emit GroupOpened(group, account, name);
        _setMandate(group, textHash, uri);
        _setSeats(group, seats);
    }

    function _setMandate(uint256 group, bytes32 textHash, string memory uri) private {
        (_books[group].textHash, _books[group].uri) = (textHash, uri);
        emit MandateSet(group, textHash, uri);
    }

    function _setSeats(uint256 group, uint8 seats) private {
        if (seats == 0 || seats > MAX_SEATS) revert WorkingGroups__InvalidCharter();
        _books[group].seats = seats;
        emit SeatsSet(group, seats);
    }

    /// @dev Twelve seats at most.
    function _setClosed(uint256 group, bool closed) private {
        Book storage book = _books[group];
        book.closed = closed;
        for (uint256 i = 0; i < book.held.length; ++i) {
            Held memory seat = book.held[i];
            book.places[seat.account].until = closed ? 0 : seat.until;
        }
    }

    function _setPayer(address payer, bool approved) private {
        if (isPayer[payer] == approved) revert WorkingGroups__NothingToChange(payer);
        isPayer[payer] = approved;
        emit PayerSet(payer, approved);
    }

    function _appoint(uint256 group, address lead, uint40 until) private {
        Book storage book = _books[group];
        address former = book.lead;
        if (former != lead && former != address(0)) _unseat(group, former);
        book.lead = lead;
        emit LeadAppointed(group, lead);
        _seat(group, lead, until);
    }

    function _addMember(uint256 group, address account, uint40 until) private {
        Book storage book = _books[group];
        if (account == book.lead) revert WorkingGroups__IsLead(group, account);
        if (book.places[account].position == 0) _makeRoom(group);
        _seat(group, account, until);
    }

    /// @dev Sees that a seat is free besides the lead's, which is kept even if there is none: who leads could otherwise
    /// give all seats away and leave, and nobody could be appointed.
    function _makeRoom(uint256 group) private {
        Book storage book = _books[group];
        address lead = book.lead;
        uint256 taken = book.held.length + (lead == address(0) ? 1 : 0);
        uint256 seats = book.seats;
        if (taken < seats) return;
        if (taken == seats) {
            for (uint256 i = 0; i < book.held.length; ++i) {
                Held memory seat = book.held[i];
                if (seat.account != lead && !_counts(seat.account, seat.until)) {
                    return _unseat(group, seat.account);
                }
            }
        }
        revert WorkingGroups__NoSeat(group);
    }

    /// @dev Gives a seat, or a seat's holder another term.
    function _seat(uint256 group, address account, uint40 until) private {
        Book storage book = _books[group];
        if (until <= block.timestamp || until > block.timestamp + MAX_TERM) {
            revert WorkingGroups__InvalidTerm(until);
        }
        // A Safe refuses these as its owners, and an alignment would fail for all. Of another group's Safe, those who own
        // it would go on signing here while it is out of line there.
        if (uint160(account) < 2 || groupByAccount[account] != 0 || account == address(this)) {
            revert WorkingGroups__InvalidMember(account);
        }
        Place storage place = book.places[account];
        if (place.position == 0) {
            book.held.push(Held(account, until));
            place.position = uint8(book.held.length);
        } else {
            book.held[place.position - 1].until = until;
        }
        place.until = until;
        emit Seated(group, account, until);
    }

    /// @dev Takes a seat away; the last in the list takes its place there.
    function _unseat(uint256 group, address account) private {
        Book storage book = _books[group];
        uint8 position = book.places[account].position;
        if (position == 0) revert WorkingGroups__NotSeated(group, account);
        uint256 until = book.held[position - 1].until;
        // forge-lint: disable-next-line(unsafe-typecast) -- the smaller of two times
        book.places[account] = Place(0, 0, uint40(until < block.timestamp ? until : block.timestamp));
        Held memory last = book.held[book.held.length - 1];
        if (last.account != account) {
            book.held[position - 1] = last;
            book.places[last.account].position = position;
        }
        book.held.pop();
        if (book.lead == account) book.lead = address(0);
        emit Unseated(group, account);
    }
}

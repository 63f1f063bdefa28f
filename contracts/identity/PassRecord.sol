// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassRecord} from "./IPassRecord.sol";
import {PassBook} from "./PassBook.sol";

/// @title The record of passes
/// @notice See {IPassRecord}.
abstract contract PassRecord is PassBook, IPassRecord {
    /* CONSTANTS */

    uint256 private constant MAX_KINDS = 64;

    bytes32 internal constant XPT = "xPT";
    bytes32 internal constant SHOVEL = "shovel";
    bytes32 internal constant CONTRIBUTION = "contribution";
    bytes32 internal constant GOVERNANCE = "governance";
    bytes32 internal constant CREDIT = "credit";

    /* STORAGE */

    mapping(bytes32 kind => Kind) private _kinds;

    /// @dev By kind first, because one kind is written on many passes at once.
    mapping(bytes32 kind => mapping(uint256 id => Entry)) private _entries;

    bytes32[] private _names;

    /* CONSTRUCTOR */

    /// @dev The kinds that the pass is born with. What is a count of things done never falls; what is measured anew
    /// (volume found to be no volume, a score) may.
    constructor(address publisher, address contributors) {
        if (publisher == address(0) || contributors == address(0)) revert SoulPass__ZeroAddress();
        _register(XPT, "xPT", 18, true, publisher);
        _register(SHOVEL, "shovel", 0, false, publisher);
        _register(CONTRIBUTION, "point", 0, false, contributors);
        _register(GOVERNANCE, "ballot", 0, false, publisher);
        _register(CREDIT, "point", 0, true, publisher);
    }

    /* KINDS */

    /// @inheritdoc IPassRecord
    function registerKind(bytes32 kind, bytes32 unit, uint8 decimals, bool mayFall, address writer)
        external
        onlyDao
    {
        _register(kind, unit, decimals, mayFall, writer);
    }

    /// @inheritdoc IPassRecord
    function setWriter(bytes32 kind, address writer) external onlyDao {
        Kind storage entry = _kinds[kind];
        if (!entry.registered) revert SoulPass__UnknownKind(kind);
        emit WriterChanged(kind, entry.writer, writer);
        entry.writer = writer;
    }

    /* WRITING */

    /// @inheritdoc IPassRecord
    function write(bytes32 kind, uint256 id, uint192 value) external {
        _write(kind, _entries[kind], _writable(kind), _lastId, id, value);
    }

    /// @inheritdoc IPassRecord
    function writeMany(bytes32 kind, uint256[] calldata ids, uint192[] calldata values) external {
        if (ids.length != values.length) revert SoulPass__LengthMismatch(ids.length, values.length);
        bool mayFall = _writable(kind);
        mapping(uint256 id => Entry) storage entries = _entries[kind];
        uint256 last = _lastId;
        for (uint256 i; i < ids.length; ++i) {
            _write(kind, entries, mayFall, last, ids[i], values[i]);
        }
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IPassRecord
    function entryOf(uint256 id, bytes32 kind) public view returns (Entry memory) {
        return _entries[kind][id];
    }

    /// @inheritdoc IPassRecord
    function entriesOf(uint256 id, bytes32[] calldata kinds_) external view returns (Entry[] memory entries) {
        entries = new Entry[](kinds_.length);
        for (uint256 i; i < kinds_.length; ++i) {
            entries[i] = _entries[kinds_[i]][id];
        }
    }

    /// @inheritdoc IPassRecord
    function kindOf(bytes32 kind) external view returns (Kind memory) {
        return _kinds[kind];
    }

    /// @inheritdoc IPassRecord
    function kinds() external view returns (bytes32[] memory) {
        return _names;
    }

    /* INTERNAL */

    function _register(bytes32 kind, bytes32 unit, uint8 decimals, bool mayFall, address writer) private {
        if (kind == 0 || unit == 0) revert SoulPass__EmptyName();
        if (_kinds[kind].registered) revert SoulPass__KindExists(kind);
        if (_names.length == MAX_KINDS) revert SoulPass__TooManyKinds(MAX_KINDS);
        _kinds[kind] = Kind(writer, decimals, mayFall, true, unit);
        _names.push(kind);
        emit KindRegistered(kind, unit, decimals, mayFall);
        emit WriterChanged(kind, address(0), writer);
    }

    /// @dev That the caller may write the kind; whether it may fall.
    function _writable(bytes32 kind) private view returns (bool mayFall) {
        Kind storage entry = _kinds[kind];
        if (!entry.registered) revert SoulPass__UnknownKind(kind);
        if (msg.sender != entry.writer) revert SoulPass__NotWriter(msg.sender, kind);
        return entry.mayFall;
    }

    /// @dev What is the same for a whole batch is read once, by the caller.
    function _write(
        bytes32 kind,
        mapping(uint256 id => Entry) storage entries,
        bool mayFall,
        uint256 last,
        uint256 id,
        uint192 value
    ) private {
        _requireKnown(id, last);
        Entry storage entry = entries[id];
        if (!mayFall && value < entry.value && msg.sender != dao) {
            revert SoulPass__MayNotFall(id, kind, entry.value, value);
        }
        entries[id] = Entry(value, uint64(block.timestamp));
        emit RecordWritten(id, kind, value);
        emit MetadataUpdate(id);
    }
}

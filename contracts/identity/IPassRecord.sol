// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Soul Pass: the record
/// @notice What is known of a pass: for each kind of knowledge a number, and when it was written. The DAO registers
/// kinds and says who writes them; anyone reads. A record belongs to the id: it outlives burning, and moves along with
/// a recovery. Earlier values are in the events.
/// @dev Times are in seconds since 1970. Names are short strings in a word, padded with zeros to the right.
interface IPassRecord {
    /* TYPES */

    /// @notice A kind of knowledge. All but the writer is for ever, because it gives the numbers their meaning.
    /// @param writer Who writes it; zero if nobody may at present.
    /// @param decimals How many decimals the numbers have.
    /// @param mayFall Whether a number may be written that is lower than the one before, by another than the DAO.
    /// @param registered Whether there is such a kind.
    /// @param unit What is counted.
    struct Kind {
        address writer;
        uint8 decimals;
        bool mayFall;
        bool registered;
        bytes32 unit;
    }

    /// @notice One number of a pass.
    /// @param value The number, in units of its kind.
    /// @param updatedAt When it was written; zero if never.
    struct Entry {
        uint192 value;
        uint64 updatedAt;
    }

    /* ERRORS */

    /// @notice There is no such kind.
    error SoulPass__UnknownKind(bytes32 kind);

    /// @notice There is such a kind already, with a meaning that stays.
    error SoulPass__KindExists(bytes32 kind);

    /// @notice A kind needs a name and a unit.
    error SoulPass__EmptyName();

    /// @notice There are as many kinds as there can be.
    error SoulPass__TooManyKinds(uint256 limit);

    /// @notice Only the writer of this kind may do this.
    error SoulPass__NotWriter(address sender, bytes32 kind);

    /// @notice Numbers of this kind never fall, unless the DAO itself writes them.
    error SoulPass__MayNotFall(uint256 id, bytes32 kind, uint256 present, uint256 given);

    /// @notice There are not as many values as passes.
    error SoulPass__LengthMismatch(uint256 ids, uint256 values);

    /* EVENTS */

    /// @notice The DAO registered a kind.
    event KindRegistered(bytes32 indexed kind, bytes32 unit, uint8 decimals, bool mayFall);

    /// @notice The writer of a kind changed (nobody: zero).
    event WriterChanged(bytes32 indexed kind, address indexed previous, address indexed current);

    /// @notice A number was written, in the second of its block; beside `MetadataUpdate`.
    event RecordWritten(uint256 indexed id, bytes32 indexed kind, uint256 value);

    /* KINDS */

    /// @notice Registers a kind. There are 64 at most.
    /// @dev Requirements: the caller is the DAO; the name is new; neither name nor unit is empty. Emits {KindRegistered}
    /// and {WriterChanged}.
    function registerKind(bytes32 kind, bytes32 unit, uint8 decimals, bool mayFall, address writer) external;

    /// @notice Changes who writes a kind; zero for nobody.
    /// @dev The DAO may name itself, to put right what a stolen key wrote: it is the one writer who can lower what never
    /// falls. Naming itself, writing and naming the next writer fit one proposal. Requirements: the caller is the DAO; the
    /// kind is registered. Emits {WriterChanged}.
    function setWriter(bytes32 kind, address writer) external;

    /* WRITING */

    /// @notice Writes a number on a pass, held, dormant or revoked.
    /// @dev Requirements: the caller is the kind's writer; the id was given to an account; the number is not lower than the
    /// present one, unless the kind may fall or the caller is the DAO. Emits {RecordWritten} and `MetadataUpdate`.
    function write(bytes32 kind, uint256 id, uint192 value) external;

    /// @notice Writes a kind on many passes: all of them, or none and a revert.
    /// @dev Requirements: those of {write} for each; as many values as ids. Emits {RecordWritten} and `MetadataUpdate`
    /// for each.
    function writeMany(bytes32 kind, uint256[] calldata ids, uint192[] calldata values) external;

    /* VIEWS */

    /// @notice The number of one kind on a pass; zeros if none was written.
    function entryOf(uint256 id, bytes32 kind) external view returns (Entry memory);

    /// @notice The numbers of many kinds on a pass, in the order asked.
    function entriesOf(uint256 id, bytes32[] calldata kinds_) external view returns (Entry[] memory);

    /// @notice What a kind is; all zeros if it is not registered.
    function kindOf(bytes32 kind) external view returns (Kind memory);

    /// @notice The names of all kinds, in the order of their registration: 64 at most.
    function kinds() external view returns (bytes32[] memory);
}

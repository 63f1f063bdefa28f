// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title What kind of decision an action is
/// @notice The table `(target, selector) -> class` by which proposals are judged, and the rules of each class. A
/// proposal is what it does: it has the strictest class among its actions, whatever it calls itself.
interface IActionClasses {
    /* TYPES */

    /// @notice The classes, the laxest first.
    enum Class {
        General,
        Treasury,
        Organization,
        Constitutional
    }

    /// @notice What a proposal of one class needs. Weights are whole vePT, which keeps a class in one slot.
    /// @param threshold Whole vePT that its proposer needs at least.
    /// @param delay Seconds from the proposal to its snapshot, at which voting opens.
    /// @param period Seconds from the snapshot to the last second of the vote.
    /// @param floor Whole vePT that its quorum is at least, as long as that is no more than half of all vePT.
    /// @param quorumBps Share of all vePT that its quorum is at least, in ten-thousandths.
    /// @param majorityBps For / (For + Against) that it takes, in ten-thousandths; For must exceed Against besides.
    struct Rules {
        uint32 threshold;
        uint32 delay;
        uint32 period;
        uint32 floor;
        uint16 quorumBps;
        uint16 majorityBps;
    }

    /// @notice One line of the table.
    struct Entry {
        address target;
        bytes4 selector;
        Class class;
    }

    /* EVENTS */

    /// @notice Calls of `selector` at `target` are of that class from now on.
    event ActionClassSet(address indexed target, bytes4 indexed selector, Class class);

    /// @notice Calls of `selector` at `target` are unknown from now on, which makes them Constitutional.
    event ActionForgotten(address indexed target, bytes4 indexed selector);

    /// @notice Proposals of that class follow these rules from now on. Those that live keep theirs.
    event ClassRulesSet(Class indexed class, Rules rules);

    /* ERRORS */

    /// @notice Only the DAO's timelock may do this.
    error ActionClasses__NotDao(address caller);

    /// @notice The governor and the timelock can't be nobody.
    error ActionClasses__ZeroAddress();

    /// @notice This action is Constitutional in code: an entry for it would only feign another class.
    error ActionClasses__Fixed(address target, bytes4 selector);

    /// @notice The table has no such entry.
    error ActionClasses__Unknown(address target, bytes4 selector);

    /// @notice A figure of a class is outside the bounds that the code sets for it.
    error ActionClasses__OutOfBounds(Class class, uint256 value, uint256 least, uint256 most);

    /// @notice A class would be laxer in some figure than the one below it.
    error ActionClasses__OutOfOrder(Class class, uint256 value, uint256 below);

    /// @notice Targets, values and call data must be equally many.
    error ActionClasses__InvalidLength(uint256 targets, uint256 values, uint256 calldatas);

    /* KEEPING THE TABLE */

    /// @notice Enters actions into the table, or gives those that are in it another class.
    /// @dev Requirements: the caller is the DAO's timelock; none of the actions is Constitutional in code.
    /// Emits {ActionClassSet} for each.
    function setClasses(Entry[] calldata entries) external;

    /// @notice Takes an action out of the table, which makes it Constitutional.
    /// @dev Requirements: the caller is the DAO's timelock; the action is in the table. Emits {ActionForgotten}.
    function forget(address target, bytes4 selector) external;

    /// @notice Sets the rules of all classes, in the order of {Class}.
    /// @dev Requirements: the caller is the DAO's timelock; every figure is within {leastRules} and {mostRules};
    /// no class is laxer in any figure than the one below it. Emits {ClassRulesSet} for each.
    function setRules(Rules[4] calldata rules) external;

    /* VIEWS */

    /// @notice The governor, calls to which are Constitutional.
    function governor() external view returns (address);

    /// @notice The DAO's timelock, which keeps the table, and calls to which are Constitutional.
    function timelock() external view returns (address);

    /// @notice The rules that a proposal of that class would be born under now.
    function rulesOf(Class class) external view returns (Rules memory);

    /// @notice Whether the table has an entry for such calls, and which.
    function entryOf(address target, bytes4 selector) external view returns (bool known, Class class);

    /// @notice Whether such calls are Constitutional in code, whatever the table says.
    function isFixed(address target, bytes4 selector) external view returns (bool);

    /// @notice The class of a single action.
    /// @dev A target or selector that is Constitutional in code comes first, then: no call data is an ether transfer,
    /// Treasury; one to three bytes call something that no table can name, Constitutional; four or more go by the
    /// table, and what it doesn't know is Constitutional. Value makes any call at least Treasury.
    function actionClass(address target, uint256 value, bytes calldata data) external view returns (Class);

    /// @notice The strictest class among the actions: that of a proposal that consists of them.
    function classOf(address[] calldata targets, uint256[] calldata values, bytes[] calldata calldatas)
        external
        view
        returns (Class);

    /// @notice {classOf} and the rules of that class at once.
    function judge(address[] calldata targets, uint256[] calldata values, bytes[] calldata calldatas)
        external
        view
        returns (Class class, Rules memory rules);

    /// @notice The least that each figure of any class can be.
    function leastRules() external pure returns (Rules memory);

    /// @notice The most that each figure of any class can be: a figure voted by mistake must leave the DAO able to
    /// vote it back.
    function mostRules() external pure returns (Rules memory);
}

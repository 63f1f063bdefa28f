// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IActionClasses} from "./IActionClasses.sol";

/// @title ActionClasses
/// @notice See {IActionClasses}.
/// @dev The governor reads it once for each proposal, at its birth; later changes don't reach back.
contract ActionClasses is IActionClasses {
    /* STORAGE */

    /// @inheritdoc IActionClasses
    address public immutable governor;

    /// @inheritdoc IActionClasses
    address public immutable timelock;

    /// @dev The class of an action plus one; zero: unknown.
    mapping(address target => mapping(bytes4 selector => uint256)) private _entries;

    /// @dev One slot for each class.
    mapping(Class class => Rules) private _rules;

    /* CONSTRUCTOR */

    /// @param governor_ The governor, which need not stand yet.
    /// @param timelock_ The DAO's timelock, which need not stand yet.
    /// @param rules The rules to begin with, in the order of {Class}.
    /// @param entries The table to begin with.
    constructor(address governor_, address timelock_, Rules[4] memory rules, Entry[] memory entries) {
        if (governor_ == address(0) || timelock_ == address(0)) revert ActionClasses__ZeroAddress();
        governor = governor_;
        timelock = timelock_;
        _setRules(rules);
        for (uint256 i = 0; i < entries.length; ++i) {
            _setClass(entries[i], governor_, timelock_);
        }
    }

    modifier onlyDao() {
        if (msg.sender != timelock) revert ActionClasses__NotDao(msg.sender);
        _;
    }

    /* KEEPING THE TABLE */

    /// @inheritdoc IActionClasses
    function setClasses(Entry[] calldata entries) external onlyDao {
        for (uint256 i = 0; i < entries.length; ++i) {
            _setClass(entries[i], governor, timelock);
        }
    }

    /// @inheritdoc IActionClasses
    function forget(address target, bytes4 selector) external onlyDao {
        if (_entries[target][selector] == 0) revert ActionClasses__Unknown(target, selector);
        delete _entries[target][selector];
        emit ActionForgotten(target, selector);
    }

    /// @inheritdoc IActionClasses
    function setRules(Rules[4] calldata rules) external onlyDao {
        _setRules(rules);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IActionClasses
    function rulesOf(Class class) external view returns (Rules memory) {
        return _rules[class];
    }

    /// @inheritdoc IActionClasses
    function entryOf(address target, bytes4 selector) external view returns (bool known, Class class) {
        uint256 entry = _entries[target][selector];
        if (entry != 0) (known, class) = (true, Class(entry - 1));
    }

    /// @inheritdoc IActionClasses
    function isFixed(address target, bytes4 selector) external view returns (bool) {
        return _isKeystone(target, governor, timelock) || _namesRole(selector);
    }

    /// @inheritdoc IActionClasses
    function actionClass(address target, uint256 value, bytes calldata data) public view returns (Class) {
        if (_isKeystone(target, governor, timelock)) return Class.Constitutional;
        if (data.length == 0) return Class.Treasury;
        if (data.length < 4) return Class.Constitutional;
        // forge-lint: disable-next-line(unsafe-typecast) -- a selector is the first four bytes
        bytes4 selector = bytes4(data);
        uint256 entry = _namesRole(selector) ? 0 : _entries[target][selector];
        if (entry == 0) return Class.Constitutional;
        Class class = Class(entry - 1);
        return value != 0 && class == Class.General ? Class.Treasury : class;
    }

    /// @inheritdoc IActionClasses
    function classOf(address[] calldata targets, uint256[] calldata values, bytes[] calldata calldatas)
        public
        view
        returns (Class strictest)
    {
        if (targets.length != values.length || targets.length != calldatas.length) {
            revert ActionClasses__InvalidLength(targets.length, values.length, calldatas.length);
        }
        for (uint256 i = 0; i < targets.length; ++i) {
            Class class = actionClass(targets[i], values[i], calldatas[i]);
            if (class > strictest) strictest = class;
        }
    }

    /// @inheritdoc IActionClasses
    function judge(address[] calldata targets, uint256[] calldata values, bytes[] calldata calldatas)
        external
        view
        returns (Class class, Rules memory rules)
    {
        class = classOf(targets, values, calldatas);
        rules = _rules[class];
    }

    /// @inheritdoc IActionClasses
    function leastRules() public pure returns (Rules memory) {
        // A day of delay, so that a proposal can be seen, answered and withdrawn before its vote begins.
        return Rules({
            threshold: 1_000,
            delay: 1 days,
            period: 3 days,
            floor: 500_000,
            quorumBps: 100,
            majorityBps: 5_000
        });
    }

    /// @inheritdoc IActionClasses
    function mostRules() public pure returns (Rules memory) {
        // The slowest decision (3 + 14 days, 3 of late extension, 5 in the timelock, 3 of the core team) takes 28: if a
        // stolen issuer's key revokes everybody, the DAO replaces it before the 30 days after which that counts are over.
        return Rules({
            threshold: 1_000_000,
            delay: 3 days,
            period: 14 days,
            floor: 50_000_000,
            quorumBps: 3_000,
            majorityBps: 8_000
        });
    }

    /* INTERNAL: CONSTITUTIONAL IN CODE */

    function _isKeystone(address target, address governor_, address timelock_) private view returns (bool) {
        return target == governor_ || target == timelock_ || target == address(this);
    }

    /// @dev Every setter of a role, an owner, an operator or a guardian that the suite has, and those that contracts
    /// of others commonly have.
    function _namesRole(bytes4 selector) private pure returns (bool) {
        return selector == bytes4(keccak256("setGuardian(address)"))
            || selector == bytes4(keccak256("nominateIssuer(address)"))
            || selector == bytes4(keccak256("acceptIssuer()"))
            || selector == bytes4(keccak256("setPublisher(address)"))
            || selector == bytes4(keccak256("setGrantor(address)"))
            || selector == bytes4(keccak256("setWriter(bytes32,address)"))
            || selector == bytes4(keccak256("registerKind(bytes32,bytes32,uint8,bool,address)"))
            || selector == bytes4(keccak256("setOperator(address,bool,uint256)"))
            || selector == bytes4(keccak256("setOwner(address)"))
            || selector == bytes4(keccak256("setAdmin(address)"))
            || selector == bytes4(keccak256("setAuthority(address)"))
            || selector == bytes4(keccak256("transferOwnership(address)"))
            || selector == bytes4(keccak256("acceptOwnership()"))
            || selector == bytes4(keccak256("renounceOwnership()"))
            || selector == bytes4(keccak256("grantRole(bytes32,address)"))
            || selector == bytes4(keccak256("revokeRole(bytes32,address)"))
            || selector == bytes4(keccak256("renounceRole(bytes32,address)"));
    }

    /* INTERNAL: CHANGES */

    function _setClass(Entry memory entry, address governor_, address timelock_) private {
        if (_isKeystone(entry.target, governor_, timelock_) || _namesRole(entry.selector)) {
            revert ActionClasses__Fixed(entry.target, entry.selector);
        }
        _entries[entry.target][entry.selector] = uint256(entry.class) + 1;
        emit ActionClassSet(entry.target, entry.selector, entry.class);
    }

    function _setRules(Rules[4] memory rules) private {
        Rules memory below = leastRules();
        for (uint256 i = 0; i < rules.length; ++i) {
            Class class = Class(i);
            _checkBounds(class, rules[i], leastRules(), mostRules());
            _checkOrder(class, rules[i], below);
            _rules[class] = below = rules[i];
            emit ClassRulesSet(class, rules[i]);
        }
    }

    function _checkBounds(Class class, Rules memory rules, Rules memory least, Rules memory most)
        private
        pure
    {
        _within(class, rules.threshold, least.threshold, most.threshold);
        _within(class, rules.delay, least.delay, most.delay);
        _within(class, rules.period, least.period, most.period);
        _within(class, rules.floor, least.floor, most.floor);
        _within(class, rules.quorumBps, least.quorumBps, most.quorumBps);
        _within(class, rules.majorityBps, least.majorityBps, most.majorityBps);
    }

    function _checkOrder(Class class, Rules memory rules, Rules memory below) private pure {
        _notLaxer(class, rules.threshold, below.threshold);
        _notLaxer(class, rules.delay, below.delay);
        _notLaxer(class, rules.period, below.period);
        _notLaxer(class, rules.floor, below.floor);
        _notLaxer(class, rules.quorumBps, below.quorumBps);
        _notLaxer(class, rules.majorityBps, below.majorityBps);
    }

    function _within(Class class, uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert ActionClasses__OutOfBounds(class, value, least, most);
    }

    function _notLaxer(Class class, uint256 value, uint256 below) private pure {
        if (value < below) revert ActionClasses__OutOfOrder(class, value, below);
    }
}

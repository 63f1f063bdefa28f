// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGroupGuard} from "./IGroupGuard.sol";
import {IWorkingGroups} from "./IWorkingGroups.sol";
import {ITransactionGuard} from "@safe-global/safe-smart-account/contracts/base/GuardManager.sol";
import {IERC165} from "@safe-global/safe-smart-account/contracts/interfaces/IERC165.sol";
import {ISafe} from "@safe-global/safe-smart-account/contracts/interfaces/ISafe.sol";
import {Enum} from "@safe-global/safe-smart-account/contracts/libraries/Enum.sol";

/// @title GroupGuard
/// @notice See {IGroupGuard}.
contract GroupGuard is IGroupGuard, ITransactionGuard {
    /* STORAGE */

    /// @inheritdoc IGroupGuard
    IWorkingGroups public immutable groups;

    /// @dev Known in the code, since {equip} runs at another address.
    address private immutable SELF = address(this);

    /* CONSTRUCTOR */

    /// @param groups_ The working groups, which need not stand yet.
    constructor(address groups_) {
        if (groups_ == address(0)) revert GroupGuard__ZeroAddress();
        groups = IWorkingGroups(groups_);
    }

    /* BIRTH */

    /// @inheritdoc IGroupGuard
    function equip() external {
        ISafe safe = ISafe(payable(address(this)));
        safe.enableModule(address(groups));
        safe.setGuard(SELF);
    }

    /* GUARDING */

    /// @inheritdoc ITransactionGuard
    /// @dev The caller is the Safe.
    function checkTransaction(
        address to,
        uint256,
        bytes memory,
        Enum.Operation operation,
        uint256,
        uint256,
        uint256,
        address,
        address payable,
        bytes memory,
        address
    ) external view {
        if (operation != Enum.Operation.Call) revert GroupGuard__DelegateCall(to);
        if (to == msg.sender) revert GroupGuard__CallToItself(to);
        uint256 group = groups.groupByAccount(msg.sender);
        if (!groups.inLine(group)) revert GroupGuard__OutOfLine(group);
    }

    /// @inheritdoc ITransactionGuard
    function checkAfterExecution(bytes32, bool) external {}

    /* PUBLIC VIEWS */

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == type(ITransactionGuard).interfaceId || id == type(IERC165).interfaceId;
    }
}

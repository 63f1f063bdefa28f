// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassStanding} from "../identity/IPassStanding.sol";
import {IBudgets} from "../treasury/IBudgets.sol";
import {IGroupAccounts} from "./IGroupAccounts.sol";
import {IOrders} from "./IOrders.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

// slither-disable-start incorrect-equality -- states, ids and zeros are compared, no balance that could be nudged

/// @title Who orders, and who is a contributor
/// @notice See {IOrders}.
abstract contract Orders is IOrders {
    /* STORAGE */

    /// @inheritdoc IOrders
    IBudgets public immutable treasury;

    /// @inheritdoc IOrders
    IGroupAccounts public immutable groups;

    /// @inheritdoc IOrders
    address public immutable soulPass;

    /// @inheritdoc IOrders
    address public immutable dao;

    /* CONSTRUCTOR */

    constructor(address treasury_, address groups_, address soulPass_, address dao_) {
        if (treasury_ == address(0) || groups_ == address(0) || soulPass_ == address(0) || dao_ == address(0))
        {
            revert Contributors__ZeroAddress();
        }
        treasury = IBudgets(treasury_);
        groups = IGroupAccounts(groups_);
        soulPass = soulPass_;
        dao = dao_;
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IOrders
    function counts(uint256 pass) public view returns (bool) {
        // A pass that nobody holds has no owner to ask for.
        try IERC721(soulPass).ownerOf(pass) returns (address wallet) {
            (, uint256 since) = _elector(wallet);
            return since != 0;
        } catch {
            return false;
        }
    }

    /* INTERNAL */

    /// @dev Reverts unless the caller speaks for the group now.
    function _requireGroup(uint256 group) internal view {
        if (msg.sender != groups.accountOf(group) || !groups.maySpend(group, msg.sender)) {
            revert Contributors__NotGroup(group, msg.sender);
        }
    }

    /// @dev Who may end something.
    function _requireGroupOrDao(uint256 group) internal view {
        if (msg.sender != dao) _requireGroup(group);
    }

    /// @dev Reverts unless the budget pays here and the caller speaks for its group. Both are fixed with the budget.
    function _requireOurs(uint256 budget) internal view returns (uint24 group, address asset) {
        IBudgets.Terms memory terms = treasury.budgetOf(budget).terms;
        if (terms.spender != address(this) || terms.group == 0) revert Contributors__NotOurs(budget);
        _requireGroup(terms.group);
        return (terms.group, terms.asset);
    }

    function _requireCounts(uint256 pass) internal view {
        if (!counts(pass)) revert Contributors__DoesNotCount(pass);
    }

    /// @dev Reverts unless the caller holds this pass, and it counts.
    function _requireHolder(uint256 pass) internal view {
        (uint256 held, uint256 since) = _elector(msg.sender);
        if (since == 0 || held != pass) revert Contributors__NotContributor(pass, msg.sender);
    }

    /// @dev The pass of a wallet; `since` is zero if it does not count now.
    function _elector(address wallet) internal view returns (uint256 pass, uint256 since) {
        return IPassStanding(soulPass).electorAt(wallet, block.timestamp);
    }
}
// slither-disable-end incorrect-equality

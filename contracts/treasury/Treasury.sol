// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPlace} from "../token/IPlace.sol";
import {Budgets} from "./Budgets.sol";
import {IGroupGate} from "./IGroupGate.sol";
import {IGuardianSource} from "./IGuardianSource.sol";
import {ITreasury} from "./ITreasury.sol";
import {SpendingCap} from "./SpendingCap.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title Treasury
/// @notice What the DAO owns, and the doors through which it leaves.
contract Treasury is Budgets, ITreasury {
    using SafeERC20 for IERC20;

    /* STORAGE */

    /// @inheritdoc IPlace
    address public immutable override token;

    /// @inheritdoc ITreasury
    address public immutable override dao;

    /// @inheritdoc ITreasury
    IGuardianSource public immutable override guardianSource;

    /// @inheritdoc ITreasury
    IGroupGate public immutable override groups;

    mapping(address asset => SpendingCap) private _caps;

    /* CONSTRUCTOR */

    /// @param token_ PT, which need not stand yet.
    /// @param dao_ The DAO's timelock, which need not stand yet.
    /// @param guardianSource_ The governor, which need not stand yet.
    /// @param groups_ The working groups, which need not stand yet.
    constructor(address token_, address dao_, address guardianSource_, address groups_) {
        if (
            token_ == address(0) || dao_ == address(0) || guardianSource_ == address(0)
                || groups_ == address(0)
        ) {
            revert Treasury__ZeroAddress();
        }
        token = token_;
        dao = dao_;
        guardianSource = IGuardianSource(guardianSource_);
        groups = IGroupGate(groups_);
    }

    /* RECEIVING */

    receive() external payable {
        emit Received(msg.sender, msg.value);
    }

    /* SPENDING */

    /// @inheritdoc ITreasury
    function spend(address asset, address to, uint256 amount, string calldata memo) external nonReentrant {
        _requireDao();
        uint256 left = spendable(asset);
        if (amount > left) revert Treasury__AboveCap(asset, amount, left);
        _caps[asset].book(amount);
        _spend(asset, to, amount, memo);
    }

    /// @inheritdoc ITreasury
    function spendLarge(address asset, address to, uint256 amount, string calldata memo)
        external
        nonReentrant
    {
        _requireDao();
        _spend(asset, to, amount, memo);
    }

    /* VIEWS */

    /// @inheritdoc ITreasury
    function spendable(address asset) public view returns (uint256) {
        uint256 recent = _caps[asset].recent();
        uint256 cap = (_balance(asset) + recent) * SHARE / BPS;
        return cap > recent ? cap - recent : 0;
    }

    /* INTERNAL */

    function _spend(address asset, address to, uint256 amount, string calldata memo) private {
        emit Spent(asset, to, amount, memo);
        _transfer(asset, to, amount);
    }

    function _transfer(address asset, address to, uint256 amount) internal override {
        if (to == address(0) || to == address(this) || to == token || to == asset) {
            revert Treasury__InvalidRecipient(to);
        }
        if (amount == 0) revert Treasury__ZeroAmount();
        if (asset == address(0)) Address.sendValue(payable(to), amount);
        else IERC20(asset).safeTransfer(to, amount);
    }

    function _collect(address asset, uint256 amount) internal override returns (uint256) {
        uint256 due = asset == address(0) ? amount : 0;
        if (msg.value != due) revert Budgets__WrongValue(msg.value, due);
        if (asset == address(0)) return amount;
        uint256 before = IERC20(asset).balanceOf(address(this));
        IERC20(asset).safeTransferFrom(msg.sender, address(this), amount);
        return IERC20(asset).balanceOf(address(this)) - before;
    }

    function _balance(address asset) internal view override returns (uint256) {
        return asset == address(0) ? address(this).balance : IERC20(asset).balanceOf(address(this));
    }

    function _requireDao() internal view override {
        if (msg.sender != dao) revert Treasury__NotDao(msg.sender);
    }

    function _token() internal view override returns (address) {
        return token;
    }

    function _dao() internal view override returns (address) {
        return dao;
    }

    function _guardians() internal view override returns (IGuardianSource) {
        return guardianSource;
    }

    function _gate() internal view override returns (IGroupGate) {
        return groups;
    }
}

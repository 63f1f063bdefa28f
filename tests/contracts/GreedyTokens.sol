// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that takes 1% from the sender on top of what it was told, once it was made greedy.
contract GreedyToken is ERC20 {
    bool public greedy;

    constructor(address holder, uint256 amount) ERC20("Greedy", "GREED") {
        _mint(holder, amount);
    }

    function setGreedy(bool greedy_) external {
        greedy = greedy_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (greedy && from != address(0)) super._update(from, address(0xdead), amount / 100 + 1);
    }
}

/// @notice A token whose recipients get nothing.
contract VoidToken is ERC20 {
    constructor(address holder, uint256 amount) ERC20("Void", "VOID") {
        _mint(holder, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, from == address(0) ? to : address(0xdead), amount);
    }
}

/// @notice A token whose recipients get twice of it.
contract DoublingToken is ERC20 {
    constructor(address holder, uint256 amount) ERC20("Doubling", "TWO") {
        _mint(holder, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0)) _mint(to, amount);
    }
}

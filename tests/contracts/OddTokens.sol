// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Actor} from "./Actor.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token whose transfers return nothing, as some old ones do.
contract SilentToken {
    mapping(address account => uint256) public balanceOf;

    constructor(address holder, uint256 amount) {
        balanceOf[holder] = amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice A token whose transfers return false instead of reverting.
contract FalseToken {
    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }
}

/// @notice A token that calls its recipient before the transfer is over, whatever that does then.
contract HookingToken is ERC20 {
    constructor(address holder, uint256 amount) ERC20("Hooking", "HOOK") {
        _mint(holder, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from == address(0)) return;
        // Not every recipient has the hook.
        (bool ignored,) = to.call(abi.encodeCall(Reentrant.onTokens, ()));
        ignored;
    }
}

/// @notice A token that keeps 1% of every transfer.
contract TaxedToken is ERC20 {
    constructor(address holder, uint256 amount) ERC20("Taxed", "TAX") {
        _mint(holder, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 tax = from == address(0) ? 0 : amount / 100;
        super._update(from, to, amount - tax);
        if (tax != 0) super._update(from, address(0), tax);
    }
}

/// @notice Calls back what it was armed with as soon as it receives tokens or ether; keeps what came of it.
contract Reentrant is Actor {
    address private _target;
    bytes private _data;

    bool public tried;
    bool public succeeded;
    bytes public answer;

    receive() external payable {
        onTokens();
    }

    function arm(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    function onTokens() public {
        if (_target == address(0) || tried) return;
        tried = true;
        (succeeded, answer) = _target.call(_data);
    }
}

/// @notice Accepts no ether.
contract Miser {}

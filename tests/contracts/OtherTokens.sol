// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token without a cap, to show what PT's supply keeps the escrow from.
contract Boundless is ERC20("Boundless", "B") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice A token that moves nothing and says so in its return value alone.
contract Sulking {
    function transferFrom(address, address, uint256) external pure returns (bool) {
        return false;
    }
}

/// @notice A token that calls itself what its deployer likes.
contract NamedToken is ERC20 {
    constructor(string memory symbol_) ERC20("Named", symbol_) {}
}

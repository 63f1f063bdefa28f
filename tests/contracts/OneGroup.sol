// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One group whose account says itself whether it is in line: what no Safe with the groups' guard can do.
contract OneGroup {
    address public immutable account;
    bool public isInLine;

    constructor(address account_) {
        account = account_;
    }

    function setInLine(bool is_) external {
        isInLine = is_;
    }

    function accountOf(uint256) external view returns (address) {
        return account;
    }

    function leadOf(uint256) external pure returns (address) {
        return address(0);
    }

    function inLine(uint256) external view returns (bool) {
        return isInLine;
    }
}

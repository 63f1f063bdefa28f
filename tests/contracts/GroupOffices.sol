// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Offices} from "./Offices.sol";

/// @notice Offices that know the groups' accounts, too, as a test wants them.
contract GroupOffices is Offices {
    mapping(uint256 group => address) public accountOf;

    function setAccount(uint256 group, address account) external {
        accountOf[group] = account;
    }
}

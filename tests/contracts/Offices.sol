// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGroupGate} from "../../contracts/treasury/IGroupGate.sol";
import {IGuardianSource} from "../../contracts/treasury/IGuardianSource.sol";

/// @notice Says who is guardian and who speaks for a group, as a test wants it.
contract Offices is IGroupGate, IGuardianSource {
    address public guardian;
    mapping(uint256 group => mapping(address account => bool)) public maySpend;

    function setGuardian(address guardian_) external {
        guardian = guardian_;
    }

    function setSpends(uint256 group, address account, bool may) external {
        maySpend[group][account] = may;
    }
}

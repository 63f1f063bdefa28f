// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICreate3Factory} from "./ICreate3Factory.sol";
import {CREATE3} from "solady/utils/CREATE3.sol";

/// @title Create3Factory
/// @notice Anyone may deploy; nobody can take an address that belongs to another deployer's salt.
/// @dev Without constructor arguments, so that it gets one address on every chain from the deterministic
/// deployment proxy.
contract Create3Factory is ICreate3Factory {
    /* DEPLOYING */

    /// @inheritdoc ICreate3Factory
    function deploy(bytes32 salt, bytes calldata initCode) external payable returns (address deployed) {
        address place = addressOf(msg.sender, salt);
        if (place.code.length != 0) revert Create3Factory__AlreadyDeployed(place);
        deployed = CREATE3.deployDeterministic(msg.value, initCode, _bound(msg.sender, salt));
        emit Deployed(msg.sender, salt, deployed, keccak256(initCode));
    }

    /* VIEWS */

    /// @inheritdoc ICreate3Factory
    function addressOf(address deployer, bytes32 salt) public view returns (address) {
        return CREATE3.predictDeterministicAddress(_bound(deployer, salt));
    }

    /* INTERNAL */

    /// @dev The salt that CREATE2 sees: no two deployers share one.
    function _bound(address deployer, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(deployer, salt));
    }
}

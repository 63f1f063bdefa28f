// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Deployments at addresses that are known beforehand
/// @notice An address made here depends on the caller and its salt, and on nothing else: not on the code, its
/// constructor arguments or anybody's nonce. So contracts that name each other can all be given their
/// addresses before the first of them stands, and a deployment that was interrupted goes on at the same ones.
interface ICreate3Factory {
    /* EVENTS */

    /// @notice A contract was deployed.
    /// @param deployer The caller whose address is part of the salt.
    /// @param salt The salt as the caller gave it.
    /// @param deployed Where the contract stands.
    /// @param initCodeHash keccak-256 of the code that made it: creation code and constructor arguments. Two
    /// constructors can leave the same runtime code and different storage, so this is what tells who deployed
    /// what; no later event can take its place, since a salt is used once.
    event Deployed(
        address indexed deployer, bytes32 indexed salt, address indexed deployed, bytes32 initCodeHash
    );

    /* ERRORS */

    /// @notice The caller has used this salt before; its contract stands at `deployed`.
    error Create3Factory__AlreadyDeployed(address deployed);

    /// @notice The constructor reverted or left no code. Solady's own error, named here so that tools can read it.
    error DeploymentFailed();

    /* DEPLOYING */

    /// @notice Runs `initCode` (creation code followed by encoded constructor arguments) and keeps the contract it
    /// makes at `addressOf(msg.sender, salt)`, with the ether sent along passed on to the constructor.
    /// @dev Requirements: the caller has not used the salt; the constructor succeeds and leaves code, or the call
    /// reverts with {DeploymentFailed}, which does not carry the constructor's own reason: simulate the creation
    /// to see that. In the constructor, `msg.sender` is a forwarder and not the caller, so no contract deployed here
    /// may give rights to its deployer. The forwarder can be called by anyone for ever; what it makes then stands at
    /// other addresses, which mean nothing here. A failed deployment leaves the salt free. Emits {Deployed}.
    function deploy(bytes32 salt, bytes calldata initCode) external payable returns (address deployed);

    /* VIEWS */

    /// @notice Where `deployer`'s contract of that salt stands or will stand. Nobody else can deploy there.
    function addressOf(address deployer, bytes32 salt) external view returns (address);
}

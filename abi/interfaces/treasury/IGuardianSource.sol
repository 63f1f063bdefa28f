// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Who is guardian
/// @notice All that the treasury asks of the governor.
interface IGuardianSource {
    /// @notice The guardian whose term runs; zero for nobody.
    function guardian() external view returns (address);
}

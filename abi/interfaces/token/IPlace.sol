// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title A place where PT is born
/// @notice A contract that receives a share of the supply at genesis. It names the token that it was built for, so
/// that PT can refuse to be minted to an address where nothing, or something else, stands.
interface IPlace {
    /// @notice The token this place holds: PT, at an address known before PT is deployed.
    function token() external view returns (address);
}

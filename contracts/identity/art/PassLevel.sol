// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassArt} from "./IPassArt.sol";

/// @title The level of a pass
/// @notice How far a pass has come, for the eye alone: no right hangs on it. What it counts is called standing:
/// one for each whole xPT, 500 for each point of contribution, 100 for each ballot.
library PassLevel {
    /// @notice Standing in whole units.
    function standing(IPassArt.Portrait memory portrait) internal pure returns (uint256) {
        return portrait.xpt / 1e18 + 500 * portrait.contribution + 100 * portrait.governance;
    }

    /// @notice The level, 1 to 7, and its name.
    function level(IPassArt.Portrait memory portrait) internal pure returns (uint256, string memory) {
        uint256 reached = standing(portrait);
        if (reached >= 1_000_000) return (7, "Nova");
        if (reached >= 200_000) return (6, "Star");
        if (reached >= 50_000) return (5, "Beacon");
        if (reached >= 10_000) return (4, "Lantern");
        if (reached >= 2_000) return (3, "Flame");
        if (reached >= 200) return (2, "Ember");
        return (1, "Spark");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Bounties} from "./Bounties.sol";
import {Grants} from "./Grants.sol";
import {IContributors} from "./IContributors.sol";
import {Orders} from "./Orders.sol";
import {Streams} from "./Streams.sol";

/// @title Contributors
/// @notice See {IContributors}. What is here is the door for ether; the rest is in the parts.
contract Contributors is Grants, Streams, Bounties, IContributors {
    /* CONSTRUCTOR */

    /// @param treasury_ The treasury, which need not stand yet.
    /// @param groups_ The working groups, which need not stand yet.
    /// @param soulPass_ The Soul Pass, which need not stand yet.
    /// @param dao_ The DAO's timelock, which need not stand yet.
    constructor(address treasury_, address groups_, address soulPass_, address dao_)
        Orders(treasury_, groups_, soulPass_, dao_)
    {}

    /* RECEIVING */

    receive() external payable {
        if (msg.sender != address(treasury)) revert Contributors__NotTreasury(msg.sender);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IAwards} from "./IAwards.sol";
import {IBounties} from "./IBounties.sol";
import {IGrants} from "./IGrants.sol";
import {IOrders} from "./IOrders.sol";
import {IRecognition} from "./IRecognition.sol";
import {IStreams} from "./IStreams.sol";

/// @title The contributor program
/// @notice Grants by milestone, ongoing compensation, bounties and recognition, paid from budgets of the treasury on the
/// orders of working groups. Each of the interfaces that make it up tells one of its concerns.
///
/// A budget pays here when its spender is this contract and a group answers for it: the group's account opens it below
/// its own. Nobody stands above the groups but the DAO, which can end what they may end, and nothing else.
interface IContributors is IOrders, IRecognition, IAwards, IGrants, IStreams, IBounties {}

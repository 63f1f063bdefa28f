// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IERC4906} from "./IERC4906.sol";
import {IERC5192} from "./IERC5192.sol";
import {IERC5484} from "./IERC5484.sol";
import {IERC7572} from "./IERC7572.sol";
import {IPassIssuance} from "./IPassIssuance.sol";
import {IPassOffices} from "./IPassOffices.sol";
import {IPassRecord} from "./IPassRecord.sol";
import {IPassRecovery} from "./IPassRecovery.sol";
import {IPassStanding} from "./IPassStanding.sol";

/// @title Soul Pass (PSP)
/// @notice The passport of the exchange: an ERC-721 that can't be moved (ERC-5192, ERC-5484), one for each qualified
/// account of the exchange and one for each wallet. Each of the interfaces that make it up tells one of its concerns.
///
/// An account is known on chain only as a commitment, a keyed hash of its id that nobody can guess. It has one pass id
/// for ever: burning makes the pass dormant, minting again revives the same id, a recovery moves it to a new wallet.
///
/// ERC-5484 calls the pass's burn authorisation `Both`: the holder ends a pass by burning it, the issuer by revoking
/// it. The issuer never burns, because that would reach governance at once.
interface ISoulPass is
    IERC4906,
    IERC5192,
    IERC5484,
    IERC7572,
    IPassOffices,
    IPassIssuance,
    IPassStanding,
    IPassRecovery,
    IPassRecord
{
    /// @notice The contract that draws the passes, for ever: metadata can't be pointed elsewhere.
    function art() external view returns (address);
}

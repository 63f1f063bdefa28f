// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassArt} from "./IPassArt.sol";
import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title What draws a Soul Pass
/// @notice See {IPassArt}.
contract PassArt is IPassArt {
    /// @inheritdoc IPassArt
    function tokenURI(Portrait calldata portrait) external pure returns (string memory) {
        string memory json = string.concat(
            '{"name":"Phemex Soul Pass #',
            Strings.toString(portrait.id),
            '","description":"Membership of the Phemex DAO. It belongs to one soul and cannot be transferred."}'
        );
        return string.concat("data:application/json;base64,", Base64.encode(bytes(json)));
    }

    /// @inheritdoc IPassArt
    function contractURI() external pure returns (string memory) {
        return string.concat(
            "data:application/json;base64,", Base64.encode('{"name":"Phemex Soul Pass","symbol":"PSP"}')
        );
    }
}

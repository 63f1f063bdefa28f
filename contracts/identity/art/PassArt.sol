// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassArt} from "./IPassArt.sol";
import {PassLevel} from "./PassLevel.sol";
import {PassPicture} from "./PassPicture.sol";
import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title What draws a Soul Pass
/// @notice See {IPassArt}. The picture is explained in {PassPicture}, the level in {PassLevel}.
contract PassArt is IPassArt {
    using Strings for uint256;

    string private constant ABOUT = "Membership of the Phemex exchange and its DAO. It belongs to one soul and cannot be moved. "
        "The picture is drawn on chain from what its holder has done: each level adds a ring of petals, each "
        "doubling of xPT lights an arc, each contribution adds a pearl and each ballot a ray; the moon tells the day.";

    /* METADATA */

    /// @inheritdoc IPassArt
    function tokenURI(Portrait calldata portrait) external pure returns (string memory) {
        return _json(
            abi.encodePacked(
                '{"name":"Phemex Soul Pass #',
                portrait.id.toString(),
                '","description":"',
                ABOUT,
                '","image":"',
                _svg(PassPicture.draw(portrait)),
                '","attributes":[',
                _attributes(portrait),
                "]}"
            )
        );
    }

    /// @inheritdoc IPassArt
    function contractURI() external pure returns (string memory) {
        // The collection shows what a pass can become.
        Portrait memory finest = Portrait({
            id: 0,
            since: 0,
            revoked: false,
            xpt: 1_000_000e18,
            shovels: 5,
            contribution: 24,
            governance: 48,
            credit: 0
        });
        return _json(
            abi.encodePacked(
                '{"name":"Phemex Soul Pass","symbol":"PSP","description":"',
                ABOUT,
                '","image":"',
                _svg(PassPicture.draw(finest)),
                '"}'
            )
        );
    }

    /* INTERNAL */

    function _attributes(Portrait memory portrait) private pure returns (bytes memory) {
        (uint256 level, string memory title) = PassLevel.level(portrait);
        return abi.encodePacked(
            _word("Rank", bytes(title)),
            ",",
            _number("Level", level.toString()),
            ",",
            _number("xPT", _decimal(portrait.xpt)),
            ",",
            _number("Golden Soul Shovels", portrait.shovels.toString()),
            ",",
            _number("Contribution", portrait.contribution.toString()),
            ",",
            _number("Ballots", portrait.governance.toString()),
            ",",
            _number("Credit", portrait.credit.toString()),
            ',{"display_type":"date","trait_type":"Held since","value":',
            portrait.since.toString(),
            "},",
            _word("Status", portrait.revoked ? bytes("Revoked") : bytes("In good standing"))
        );
    }

    function _word(string memory trait, bytes memory value) private pure returns (bytes memory) {
        return abi.encodePacked('{"trait_type":"', trait, '","value":"', value, '"}');
    }

    function _number(string memory trait, string memory value) private pure returns (bytes memory) {
        return abi.encodePacked('{"display_type":"number","trait_type":"', trait, '","value":', value, "}");
    }

    /// @dev 18 decimals, of which the first two are shown.
    function _decimal(uint256 wei_) private pure returns (string memory) {
        uint256 cents = wei_ / 1e16 % 100;
        return string.concat((wei_ / 1e18).toString(), cents < 10 ? ".0" : ".", cents.toString());
    }

    function _svg(bytes memory svg) private pure returns (string memory) {
        return string.concat("data:image/svg+xml;base64,", Base64.encode(svg));
    }

    function _json(bytes memory json) private pure returns (string memory) {
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }
}

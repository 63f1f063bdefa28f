// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {DynamicBufferLib} from "solady/utils/DynamicBufferLib.sol";

/// @title Letters drawn as lines
/// @notice A picture that brings its own letters looks the same wherever it is shown: no font has to be there.
/// @dev A letter is a list of strokes, parted by `/`; a stroke is a list of points, two digits each, x and y, in a cell
/// that is 4 wide and 6 high. There are digits, capitals, `#`, `-` and the space; anything else is a space.
library Lettering {
    // Solady's buffers begin empty, and `p` answers with the buffer that it was given.
    // slither-disable-start uninitialized-local,unused-return

    using Strings for uint256;
    using DynamicBufferLib for DynamicBufferLib.DynamicBuffer;

    /// @dev Parted by `;`: digits, then capitals in two lines, then `#`, `-` and the space.
    bytes private constant ALPHABET = "103041453616050110;112026/1636;01103041420646;004022324345361605;36300444;4000023243453606;4130100105163645443303;004016;103041423313020110/1304051636454433;0516364541301001021343;"
        "0602204246/0444;00063645443303/3342413000;4130100105163645;00062644422000;40000646/0333;400006/0333;41301001051636454323;0006/4046/0343;1030/2026/1636;4045361605;0006/400346;000646;0600234046;"
        "06004640;103041453616050110;06003041423303;103041453616050110/3446;06003041423303/2346;413010010213334445361605;0040/2026;000516364540;002640;0016233640;0046/4006;002340/2326;00400646;"
        "1016/3036/0242/0444;1333;";

    /// @notice From one letter to the next, in cell units.
    uint256 internal constant ADVANCE = 6;

    /// @notice The width of a text, in cell units.
    function width(bytes memory text) internal pure returns (uint256) {
        return text.length * ADVANCE - 2;
    }

    /// @notice Path data of a text whose upper left corner is the origin.
    function path(bytes memory text) internal pure returns (bytes memory) {
        bytes memory alphabet = ALPHABET;
        DynamicBufferLib.DynamicBuffer memory data;
        for (uint256 i; i < text.length; ++i) {
            uint256 at = _find(alphabet, uint8(text[i]));
            bool starts = true;
            while (at < alphabet.length && alphabet[at] != ";") {
                if (alphabet[at] == "/") {
                    starts = true;
                    ++at;
                }
                uint256 x = uint8(alphabet[at]) - 48 + i * ADVANCE;
                data.p(abi.encodePacked(starts ? "M" : "L", x.toString(), " ", alphabet[at + 1]));
                starts = false;
                at += 2;
            }
        }
        return data.data;
    }

    /// @dev Where the strokes of a character begin.
    function _find(bytes memory alphabet, uint256 code) private pure returns (uint256 at) {
        for (uint256 left = _index(code); left != 0; ++at) {
            if (alphabet[at] == ";") --left;
        }
    }

    function _index(uint256 code) private pure returns (uint256) {
        if (code >= 48 && code < 58) return code - 48;
        if (code >= 65 && code < 91) return code - 55;
        if (code == 35) return 36; // #
        if (code == 45) return 37; // -
        return 38; // a space
    }
    // slither-disable-end uninitialized-local,unused-return
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassArt} from "./IPassArt.sol";
import {Lettering} from "./Lettering.sol";
import {PassLevel} from "./PassLevel.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {DateTimeLib} from "solady/utils/DateTimeLib.sol";
import {DynamicBufferLib} from "solady/utils/DynamicBufferLib.sol";

/// @title The picture of a pass
/// @notice A flower of light on a night sky, 512 by 512, that grows with what its holder does:
///
/// - the id gives the hue, the number of petals and the stars; no two passes are alike;
/// - each level adds a ring of petals;
/// - each doubling of xPT lights one of the 24 arcs around the flower;
/// - each contribution is a pearl between flower and arcs (24 at most), each ballot a ray of light (48 at most);
/// - the date since which it is held is where the moon stands on its orbit, New Year at the top;
/// - Golden Soul Shovels turn frame and arcs to gold, and sit on the orbit as diamonds (9 at most);
/// - a revoked pass loses its colour, and a line goes through it.
///
/// @dev Shapes, gradients and rotations only: no text, filters, scripts, styles or references to elsewhere, so that a
/// browser and a wallet's small renderer draw the same. Saturation is zero for a revoked pass, everywhere.
library PassPicture {
    // Solady's buffers begin empty, and `p` answers with the buffer that it was given.
    // slither-disable-start uninitialized-local,unused-return

    using DynamicBufferLib for DynamicBufferLib.DynamicBuffer;
    using Strings for uint256;

    /* TYPES */

    /// @dev What all parts of the picture share.
    struct Palette {
        uint256 seed;
        uint256 hue;
        uint256 saturation;
        bool golden;
        bytes night;
        bytes line;
        bytes light;
        bytes metal;
    }

    /* CONSTANTS */

    uint256 private constant MAX_ARCS = 24;
    uint256 private constant MAX_PEARLS = 24;
    uint256 private constant MAX_RAYS = 48;
    uint256 private constant MAX_DIAMONDS = 9;
    uint256 private constant STARS = 26;

    /// @dev Rays follow one another by the golden angle, so that any number of them is spread evenly.
    uint256 private constant GOLDEN_ANGLE = 137_508;

    bytes private constant GOLD = "#f6c945";

    /* FUNCTIONS */

    /// @notice The SVG of a pass.
    function draw(IPassArt.Portrait memory portrait) internal pure returns (bytes memory) {
        uint256 seed = uint256(keccak256(abi.encode("Phemex Soul Pass", portrait.id)));
        Palette memory palette = Palette({
            seed: seed,
            hue: (seed >> 8) % 360,
            saturation: portrait.revoked ? 0 : 100,
            golden: portrait.shovels != 0 && !portrait.revoked,
            night: portrait.revoked ? bytes("#0c0c0e") : bytes("#0a0b20"),
            line: "",
            light: "",
            metal: GOLD
        });
        palette.line = _colour(palette, 30, 65, 76);
        palette.light = _colour(palette, 55, 90, 88);
        if (!palette.golden) palette.metal = _colour(palette, 20, 90, 72);
        (uint256 level, string memory title) = PassLevel.level(portrait);

        DynamicBufferLib.DynamicBuffer memory svg;
        svg.p('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">');
        svg.p(_gradients(palette), _sky(palette), '<g transform="translate(256 256)" fill="none">');
        svg.p(_orbit(palette, portrait), _gauge(palette, portrait), _rays(palette, portrait));
        svg.p(_petals(palette, level), _core(), _pearls(palette, portrait));
        if (portrait.revoked) svg.p(_bar());
        svg.p("</g>", _inscription(palette, portrait, level, title), "</svg>");
        return svg.data;
    }

    /* PARTS, FROM THE GROUND UP */

    function _gradients(Palette memory palette) private pure returns (bytes memory) {
        return abi.encodePacked(
            '<defs><radialGradient id="s"><stop offset="0" stop-color="',
            _colour(palette, 0, 62, 19),
            '"/><stop offset=".8" stop-color="',
            palette.night,
            '"/><stop offset="1" stop-color="#04040a"/></radialGradient><radialGradient id="h"><stop offset="0" stop-color="',
            _colour(palette, 0, 95, 70),
            '" stop-opacity=".75"/><stop offset=".4" stop-color="',
            _colour(palette, 12, 95, 60),
            '" stop-opacity=".22"/><stop offset="1" stop-color="',
            _colour(palette, 24, 95, 55),
            '" stop-opacity="0"/></radialGradient><radialGradient id="c"><stop offset="0" stop-color="#fff"/>',
            '<stop offset=".45" stop-color="',
            _colour(palette, 0, 100, 88),
            '"/><stop offset="1" stop-color="',
            _colour(palette, 16, 95, 62),
            '"/></radialGradient></defs>'
        );
    }

    /// @dev Background, frame and stars.
    function _sky(Palette memory palette) private pure returns (bytes memory) {
        DynamicBufferLib.DynamicBuffer memory sky;
        sky.p('<rect width="512" height="512" fill="url(#s)"/>');
        sky.p('<rect x="10" y="10" width="492" height="492" rx="30" fill="none" stroke-width="3" stroke="');
        sky.p(palette.metal, '"', palette.golden ? bytes("") : bytes(' stroke-opacity=".35"'), "/>");
        uint256 random = uint256(keccak256(abi.encode(palette.seed)));
        sky.p('<g fill="#fff">');
        for (uint256 i; i < STARS; ++i) {
            uint256 bits = uint256(keccak256(abi.encode(random, i)));
            sky.p('<circle cx="', _text(24 + bits % 464), '" cy="', _text(24 + (bits >> 32) % 464));
            sky.p(
                '" r="',
                i % 5 == 0 ? bytes("1.8") : bytes("1"),
                '" opacity=".',
                _text(2 + (bits >> 64) % 6),
                '"/>'
            );
        }
        sky.p("</g>");
        return sky.data;
    }

    /// @dev The orbit with a mark for each month, the moon of the date, and the diamonds.
    function _orbit(Palette memory palette, IPassArt.Portrait memory portrait)
        private
        pure
        returns (bytes memory)
    {
        DynamicBufferLib.DynamicBuffer memory orbit;
        orbit.p('<circle r="204" stroke="', palette.line, '" stroke-opacity=".4"/>');
        orbit.p('<circle r="204" stroke="', palette.line);
        // 2 pi 204 in twelve, each a mark and the rest empty; turned back by half a mark.
        orbit.p(
            '" stroke-width="7" stroke-opacity=".6" stroke-dasharray="2 104.8" transform="rotate(-90.28)"/>'
        );
        uint256 diamonds = Math.min(portrait.shovels, MAX_DIAMONDS);
        for (uint256 i; i < diamonds; ++i) {
            // Side by side around the bottom of the orbit.
            uint256 tenths = 1845 + 90 * i - 45 * diamonds;
            orbit.p('<path transform="rotate(', _tenths(tenths), ')" d="M0-218L9-204L0-190L-9-204Z" fill="');
            orbit.p(palette.metal, '" stroke="#140d02" stroke-width="2"/>');
        }
        uint256 angle = _angleOfYear(portrait.since);
        orbit.p('<g transform="rotate(', _text(angle), ')"><circle cy="-204" r="13" fill="');
        orbit.p(palette.night, '" stroke="', palette.metal, '" stroke-width="2"/>');
        orbit.p('<circle cy="-204" r="7.5" fill="#fff"/></g>');
        return orbit.data;
    }

    /// @dev Twenty-four arcs around, those of each doubling of xPT alight.
    function _gauge(Palette memory palette, IPassArt.Portrait memory portrait)
        private
        pure
        returns (bytes memory)
    {
        uint256 whole = portrait.xpt / 1e18;
        uint256 alight = whole == 0 ? 0 : Math.min(Math.log2(whole) + 1, MAX_ARCS);
        DynamicBufferLib.DynamicBuffer memory gauge;
        // 2 pi 182 in twenty-four: 38 of arc, 9.65 of nothing.
        gauge.p('<g transform="rotate(-88.48)" stroke-width="9"><circle r="182" stroke="');
        gauge.p(palette.line, '" stroke-opacity=".16" stroke-dasharray="38 9.65"/>');
        if (alight != 0) {
            gauge.p('<circle r="182" stroke="', palette.metal, '" stroke-dasharray="');
            for (uint256 i = 1; i < alight; ++i) {
                gauge.p("38 9.65 ");
            }
            gauge.p('38 1200"/>');
        }
        gauge.p("</g>");
        return gauge.data;
    }

    function _pearls(Palette memory palette, IPassArt.Portrait memory portrait)
        private
        pure
        returns (bytes memory)
    {
        uint256 pearls = Math.min(portrait.contribution, MAX_PEARLS);
        DynamicBufferLib.DynamicBuffer memory chain;
        chain.p('<g fill="', palette.light, '">');
        for (uint256 i; i < pearls; ++i) {
            chain.p('<circle cy="-166" r="4" transform="rotate(', _text(i * 15), ')"/>');
        }
        chain.p("</g>");
        return chain.data;
    }

    function _rays(Palette memory palette, IPassArt.Portrait memory portrait)
        private
        pure
        returns (bytes memory)
    {
        uint256 rays = Math.min(portrait.governance, MAX_RAYS);
        DynamicBufferLib.DynamicBuffer memory sun;
        sun.p('<g fill="', palette.light, '" fill-opacity=".38">');
        for (uint256 i; i < rays; ++i) {
            sun.p(
                '<path transform="rotate(',
                _text(i * GOLDEN_ANGLE / 1000 % 360),
                ')" d="M-3-20L0-175L3-20Z"/>'
            );
        }
        sun.p("</g>");
        return sun.data;
    }

    /// @dev One ring for each level, the outermost first; rings stand between one another.
    function _petals(Palette memory palette, uint256 level) private pure returns (bytes memory) {
        uint256 number = 6 + palette.seed % 7;
        DynamicBufferLib.DynamicBuffer memory flower;
        for (uint256 ring = level; ring != 0; --ring) {
            bytes memory petal = _petal(ring, number);
            flower.p('<g fill="', _colour(palette, ring * 11, 88, 58), '" fill-opacity=".26" stroke="');
            flower.p(_colour(palette, ring * 11, 92, 74), '" stroke-width="2" stroke-opacity=".85">');
            for (uint256 i; i < number; ++i) {
                uint256 tenths = i * 3600 / number + (ring % 2 == 0 ? 1800 / number : 0);
                flower.p('<path transform="rotate(', _tenths(tenths), ')" d="', petal, '"/>');
            }
            flower.p("</g>");
        }
        return flower.data;
    }

    function _petal(uint256 ring, uint256 number) private pure returns (bytes memory) {
        uint256 from = 6 + 13 * ring;
        uint256 to = 62 + 14 * ring;
        uint256 half = to * 30 / (10 * number);
        bytes memory low = _text(from + 10);
        bytes memory high = _text(to - 12);
        bytes memory side = _text(half);
        return abi.encodePacked(
            "M0-",
            _text(from),
            "C",
            side,
            "-",
            low,
            " ",
            side,
            "-",
            high,
            " 0-",
            _text(to),
            "C-",
            side,
            "-",
            high,
            "-",
            side,
            "-",
            low,
            " 0-",
            _text(from),
            "Z"
        );
    }

    function _core() private pure returns (bytes memory) {
        return '<circle r="120" fill="url(#h)"/><circle r="27" fill="url(#c)"/>';
    }

    function _bar() private pure returns (bytes memory) {
        return '<path d="M-140 140L140-140" stroke="#000" stroke-width="22" stroke-linecap="round"/>'
            '<path d="M-140 140L140-140" stroke="#fff" stroke-width="9" stroke-linecap="round"/>';
    }

    function _inscription(
        Palette memory palette,
        IPassArt.Portrait memory portrait,
        uint256 level,
        string memory title
    ) private pure returns (bytes memory) {
        bytes memory right = portrait.revoked
            ? bytes("REVOKED")
            : abi.encodePacked("LEVEL ", level.toString(), " ", _capitals(title));
        DynamicBufferLib.DynamicBuffer memory words;
        words.p('<g fill="none" stroke="', palette.light);
        words.p('" stroke-width=".9" stroke-linecap="round" stroke-linejoin="round">');
        words.p(
            _line("SOUL PASS", 30, 32, false),
            _line(abi.encodePacked("SINCE ", isoDate(portrait.since)), 482, 32, true)
        );
        words.p(
            _line(abi.encodePacked("#", portrait.id.toString()), 30, 468, false), _line(right, 482, 468, true)
        );
        words.p("</g>");
        return words.data;
    }

    function _line(bytes memory text, uint256 x, uint256 y, bool toTheRight)
        private
        pure
        returns (bytes memory)
    {
        uint256 left = toTheRight ? x - 2 * Lettering.width(text) : x;
        return abi.encodePacked(
            '<path transform="translate(',
            _text(left),
            " ",
            _text(y),
            ')scale(2)" d="',
            Lettering.path(text),
            '"/>'
        );
    }

    /* SMALL THINGS */

    /// @notice A date as year, month and day.
    function isoDate(uint256 timestamp) internal pure returns (bytes memory) {
        (uint256 year, uint256 month, uint256 day) = DateTimeLib.timestampToDate(timestamp);
        return abi.encodePacked(
            year.toString(), month < 10 ? "-0" : "-", month.toString(), day < 10 ? "-0" : "-", day.toString()
        );
    }

    /// @dev Degrees from New Year, clockwise.
    function _angleOfYear(uint256 timestamp) private pure returns (uint256) {
        (uint256 year,,) = DateTimeLib.timestampToDate(timestamp);
        return (timestamp - DateTimeLib.dateToTimestamp(year, 1, 1)) * 360 / 366 days;
    }

    /// @dev A colour of the pass: hue turned on, saturation and lightness in percent.
    function _colour(Palette memory palette, uint256 turn, uint256 saturation, uint256 lightness)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(
            "hsl(",
            ((palette.hue + turn) % 360).toString(),
            ",",
            (saturation * palette.saturation / 100).toString(),
            "%,",
            lightness.toString(),
            "%)"
        );
    }

    function _capitals(string memory title) private pure returns (bytes memory capitals) {
        capitals = bytes(title);
        for (uint256 i; i < capitals.length; ++i) {
            if (capitals[i] >= "a") capitals[i] = bytes1(uint8(capitals[i]) - 32);
        }
    }

    /// @dev A number of tenths, with its point.
    function _tenths(uint256 number) private pure returns (bytes memory) {
        return abi.encodePacked((number / 10).toString(), ".", (number % 10).toString());
    }

    function _text(uint256 number) private pure returns (bytes memory) {
        return bytes(number.toString());
    }
    // slither-disable-end uninitialized-local,unused-return
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Awards} from "./Awards.sol";
import {IStreams} from "./IStreams.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Ongoing compensation
/// @notice See {IStreams}.
abstract contract Streams is Awards, IStreams {
    /* CONSTANTS */

    uint256 private constant MAX_TERM = 92 days;

    /* FUNCTIONS */

    /// @inheritdoc IStreams
    function openStream(uint256 pass, StreamTerms calldata terms, string calldata memo)
        external
        nonReentrant
        returns (uint256 stream)
    {
        (stream,) = _openStream(0, pass, block.timestamp, terms, memo);
    }

    /// @inheritdoc IStreams
    function renewStream(uint256 stream, StreamTerms calldata terms, string calldata memo)
        external
        nonReentrant
        returns (uint256 next)
    {
        Line storage line = _stream(stream);
        if (line.stopped != 0 || line.renewed || block.timestamp < line.start) {
            revert Contributors__NotRenewable(stream);
        }
        line.renewed = true;
        uint256 group;
        (next, group) = _openStream(stream, line.pass, Math.max(_end(line), block.timestamp), terms, memo);
        if (group != line.group) revert Contributors__NotOurs(terms.budget);
    }

    /// @inheritdoc IStreams
    function stopStream(uint256 stream) external nonReentrant {
        Line storage line = _stream(stream);
        _requireGroupOrDao(line.group);
        if (block.timestamp >= _end(line)) revert Contributors__StreamOver(stream);
        line.stopped = uint40(block.timestamp);
        uint256 earned = _earned(line, block.timestamp);
        emit StreamStopped(stream, msg.sender, earned);
        _giveBack(stream, line, line.amount - earned);
    }

    /// @inheritdoc IStreams
    function claimStream(uint256 stream, address to) external nonReentrant returns (uint256 amount) {
        return _draw(stream, _stream(stream), to);
    }

    /* INTERNAL */

    function _stream(uint256 stream) private view returns (Line storage line) {
        line = _lines[stream];
        if (line.kind != Kind.Stream) revert Contributors__NoStream(stream);
    }

    function _openStream(
        uint256 previous,
        uint256 pass,
        uint256 start,
        StreamTerms calldata terms,
        string calldata memo
    ) private returns (uint256 stream, uint24 group) {
        if (terms.term == 0 || terms.term > MAX_TERM) {
            revert Contributors__InvalidTerms();
        }
        _requireCounts(pass);
        (stream, group) = _hold(
            Making({
                kind: Kind.Stream,
                category: "stream",
                budget: terms.budget,
                pass: pass,
                amount: terms.amount,
                points: terms.points,
                start: start,
                span: terms.term
            }),
            memo
        );
        emit StreamOpened(stream, pass, previous, start, start + terms.term, terms.text);
    }
}

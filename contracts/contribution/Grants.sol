// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Awards} from "./Awards.sol";
import {IGrants} from "./IGrants.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Grants by milestone
/// @notice See {IGrants}.
abstract contract Grants is Awards, IGrants {
    /* TYPES */

    /// @dev In one slot.
    struct Plan {
        uint64 pass;
        uint32 budget;
        uint24 group;
        uint8 tranches;
        bool ended;
    }

    /// @dev Two slots.
    struct Part {
        uint112 amount;
        uint32 vesting;
        uint32 points;
        uint64 award;
        bool dropped;
        bytes32 text;
    }

    /* CONSTANTS */

    uint256 private constant MAX_TRANCHES = 16;
    uint256 private constant MAX_VESTING = 1461 days;

    /* STORAGE */

    /// @inheritdoc IGrants
    uint256 public grants;

    mapping(uint256 grant => Plan) private _plans;
    mapping(uint256 grant => mapping(uint256 tranche => Part)) private _parts;

    /* BY A GROUP */

    /// @inheritdoc IGrants
    function openGrant(uint256 pass, uint256 budget, Milestone[] calldata milestones)
        external
        returns (uint256 grant)
    {
        uint256 count = milestones.length;
        if (count == 0 || count > MAX_TRANCHES) revert Contributors__InvalidTerms();
        // slither-disable-next-line unused-return -- the asset is asked for again when the budget pays
        (uint24 group,) = _requireOurs(budget);
        _requireCounts(pass);
        grant = ++grants;
        // forge-lint: disable-next-line(unsafe-typecast) -- 16 at most
        _plans[grant] = Plan(SafeCast.toUint64(pass), SafeCast.toUint32(budget), group, uint8(count), false);
        uint256 points = 0;
        for (uint256 i = 0; i < count; ++i) {
            Milestone calldata stone = milestones[i];
            if (stone.amount == 0 || stone.points == 0 || stone.vesting > MAX_VESTING) {
                revert Contributors__InvalidTerms();
            }
            points += stone.points;
            _parts[grant][i + 1] = Part(stone.amount, stone.vesting, stone.points, 0, false, stone.text);
        }
        _allot(group, points);
        emit GrantOpened(grant, pass, budget, milestones);
    }

    /// @inheritdoc IGrants
    function approveTranche(uint256 grant, uint256 tranche, string calldata memo)
        external
        nonReentrant
        returns (uint256 award)
    {
        Part storage part = _open(grant, tranche);
        Plan storage plan = _plans[grant];
        (award,) = _hold(
            Making({
                kind: Kind.Tranche,
                category: "grant",
                budget: plan.budget,
                pass: plan.pass,
                amount: part.amount,
                points: part.points,
                start: block.timestamp,
                span: part.vesting
            }),
            memo
        );
        part.award = SafeCast.toUint64(award);
        emit TrancheApproved(grant, tranche, award);
    }

    /// @inheritdoc IGrants
    function dropTranche(uint256 grant, uint256 tranche) external nonReentrant {
        Part storage part = _open(grant, tranche);
        _requireGroupOrDao(_plans[grant].group);
        part.dropped = true;
        emit TrancheDropped(grant, tranche, msg.sender);
    }

    /// @inheritdoc IGrants
    function endGrant(uint256 grant) external nonReentrant {
        Plan storage plan = _plans[grant];
        if (plan.pass == 0 || plan.ended) revert Contributors__GrantOver(grant);
        _requireGroupOrDao(plan.group);
        plan.ended = true;
        emit GrantEnded(grant, msg.sender);
    }

    /* BY THE CONTRIBUTOR */

    /// @inheritdoc IGrants
    function payTranche(uint256 grant, uint256 tranche, address to)
        external
        nonReentrant
        returns (uint256 amount)
    {
        uint256 award = _parts[grant][tranche].award;
        if (award == 0) revert Contributors__TrancheNotApproved(grant, tranche);
        return _draw(award, _lines[award], to);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IGrants
    function grantOf(uint256 grant) external view returns (Grant memory) {
        Plan storage plan = _plans[grant];
        return Grant(plan.pass, plan.budget, plan.group, plan.tranches, plan.ended);
    }

    /// @inheritdoc IGrants
    function trancheOf(uint256 grant, uint256 tranche) external view returns (Tranche memory) {
        Part storage part = _parts[grant][tranche];
        Milestone memory stone = Milestone(part.amount, part.vesting, part.points, part.text);
        return Tranche(stone, _stateOf(grant, part), part.award);
    }

    /* INTERNAL */

    function _open(uint256 grant, uint256 tranche) private view returns (Part storage part) {
        part = _parts[grant][tranche];
        if (_stateOf(grant, part) != TrancheState.Open) revert Contributors__TrancheNotOpen(grant, tranche);
    }

    function _stateOf(uint256 grant, Part storage part) private view returns (TrancheState) {
        if (part.amount == 0) return TrancheState.None;
        if (part.award != 0) return TrancheState.Approved;
        return part.dropped || _plans[grant].ended ? TrancheState.Dropped : TrancheState.Open;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISoulPass} from "../identity/ISoulPass.sol";
import {WalletSignature} from "../identity/WalletSignature.sol";
import {CampaignRoots} from "./CampaignRoots.sol";
import {CampaignTerms, ICampaign} from "./ICampaign.sol";
import {Plan, Way} from "./IDistribution.sol";
import {Ledger} from "./Ledger.sol";
import {Payout} from "./Payout.sol";
import {Schedule, scheduleOf} from "./Schedule.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
import {MerkleProofLib} from "solady/utils/MerkleProofLib.sol";

/// @title Campaign
/// @notice Cumulative Merkle claims of PT by pass and kind, as each kind's plan unlocks them, until a deadline.
contract Campaign is CampaignRoots, EIP712, Nonces {
    /* CONSTANTS */

    /// @dev Everybody has that long after everything has unlocked.
    uint256 private constant LEAST_CLAIMING = 30 days;

    /// @dev As many packed plans as fit a word.
    uint256 private constant MOST_KINDS = 5;
    uint256 private constant PLAN_BITS = 48;

    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(address holder,uint256 passId,uint8 kind,address to,uint8 way,uint256 nonce,uint256 deadline)"
    );

    /* STORAGE */

    /// @inheritdoc ICampaign
    address public immutable override escrow;

    /// @dev The plan of each kind, from the lowest bits; zero where there is none.
    uint256 private immutable _plans;

    /// @dev By pass and kind in one word, see {_key}.
    mapping(uint256 key => uint256 amount) private _claimed;

    /* CONSTRUCTOR */

    /// @param token_ PT. None of the addresses needs to stand yet.
    /// @param soulPass_ The Soul Pass.
    /// @param dao_ The DAO's timelock.
    /// @param treasury_ Where the rest goes after the deadline.
    /// @param escrow_ The vote escrow.
    /// @param coreTeam_ The core team, any member of which may drop roots.
    /// @param publisher_ Who proposes roots.
    /// @param guardian_ Who may drop them too, until 180 days after the TGE: before it there is no DAO to renew a term; zero
    /// for nobody.
    /// @param allocation_ Wei of PT that it is to distribute, and will be given.
    /// @param terms_ The promises.
    /// @param plans_ How each kind unlocks, by index.
    constructor(
        address token_,
        address soulPass_,
        address dao_,
        address treasury_,
        address escrow_,
        address coreTeam_,
        address publisher_,
        address guardian_,
        uint256 allocation_,
        CampaignTerms memory terms_,
        Plan[] memory plans_
    )
        CampaignRoots(
            token_, soulPass_, dao_, treasury_, coreTeam_, publisher_, guardian_, allocation_, terms_
        )
        EIP712("Phemex Campaign", "1")
    {
        if (escrow_ == address(0)) revert Campaign__ZeroAddress();
        escrow = escrow_;
        if (plans_.length == 0 || plans_.length > MOST_KINDS) revert Campaign__InvalidKinds(plans_.length);
        uint256 word = 0;
        for (uint256 kind = 0; kind < plans_.length; ++kind) {
            Schedule schedule = scheduleOf(plans_[kind]);
            if (terms_.deadline < schedule.endOf(terms_.start) + LEAST_CLAIMING) {
                revert Campaign__InvalidTerms();
            }
            word |= uint256(Schedule.unwrap(schedule)) << (kind * PLAN_BITS);
        }
        _plans = word;
    }

    /* CLAIMING */

    /// @inheritdoc ICampaign
    function claim(uint256 passId, uint8 kind, uint256 cumulative, bytes32[] calldata proof, address to)
        external
        returns (uint256 amount)
    {
        _checkHolder(msg.sender, passId);
        return _claim(passId, kind, cumulative, proof, to, Way.Wallet);
    }

    /// @inheritdoc ICampaign
    function claimMany(Leaf[] calldata leaves, address to) external returns (uint256 amount) {
        for (uint256 i = 0; i < leaves.length; ++i) {
            _checkHolder(msg.sender, leaves[i].passId);
            amount += _claimLeaf(leaves[i], to, Way.Wallet);
        }
    }

    /// @inheritdoc ICampaign
    function claimToLock(Leaf calldata leaf, address lockOwner, bool create) external returns (uint256) {
        _checkHolder(msg.sender, leaf.passId);
        Way way = create ? Way.NewLock : Way.AddToLock;
        _checkLock(msg.sender, lockOwner, way);
        return _claimLeaf(leaf, lockOwner, way);
    }

    /// @inheritdoc ICampaign
    function claimBySig(SignedOrder calldata signed) external returns (uint256) {
        Order calldata order = signed.order;
        if (block.timestamp > order.deadline) revert Campaign__OrderExpired(order.deadline);
        _useCheckedNonce(order.holder, order.nonce);
        if (!WalletSignature.isValid(order.holder, _digest(signed.leaf, order), signed.signature)) {
            revert Campaign__InvalidSignature(order.holder);
        }
        _checkHolder(order.holder, signed.leaf.passId);
        if (order.way > uint8(type(Way).max)) revert Campaign__UnknownWay(order.way);
        _checkLock(order.holder, order.to, Way(order.way));
        return _claimLeaf(signed.leaf, order.to, Way(order.way));
    }

    // An order is skipped after a call that was undone, and the token calls nobody.
    // slither-disable-start reentrancy-events

    /// @inheritdoc ICampaign
    function claimManyBySig(SignedOrder[] calldata batch) external returns (uint256 amount) {
        for (uint256 i = 0; i < batch.length; ++i) {
            // A call of its own, so that what an order changed is undone with it.
            // slither-disable-next-line calls-loop (to this contract; one that fails is skipped)
            try this.claimBySig(batch[i]) returns (uint256 paid) {
                amount += paid;
            } catch (bytes memory reason) {
                // forge-lint: disable-next-line(unsafe-typecast) -- a selector is the first four bytes
                emit OrderSkipped(batch[i].leaf.passId, batch[i].leaf.kind, bytes4(reason));
            }
        }
    }

    // slither-disable-end reentrancy-events

    /* PUBLIC VIEWS */

    /// @inheritdoc ICampaign
    function claimed(uint256 passId, uint8 kind) external view returns (uint256) {
        return _claimed[_key(passId, kind)];
    }

    /// @inheritdoc ICampaign
    function plans() external view returns (Plan[] memory list) {
        uint256 count = 0;
        while (count < MOST_KINDS && !_planOf(count).isNone()) {
            ++count;
        }
        list = new Plan[](count);
        for (uint256 kind = 0; kind < count; ++kind) {
            list[kind] = _planOf(kind).planOf();
        }
    }

    /// @inheritdoc ICampaign
    function unlocked(uint8 kind, uint256 cumulative, uint48 time) external view returns (uint256) {
        return _unlocked(kind, cumulative, time);
    }

    /* INTERNAL */

    /// @dev Ids start at 1: zero is what the pass answers for a wallet without one.
    function _checkHolder(address wallet, uint256 passId) private view {
        // slither-disable-next-line calls-loop (once for each of the caller's own leaves)
        if (passId == 0 || ISoulPass(soulPass).passOf(wallet) != passId) {
            revert Campaign__NotHolder(wallet, passId);
        }
    }

    /// @dev A new lock binds its owner for up to two years: an approval lets nobody else make one of dust.
    function _checkLock(address holder, address lockOwner, Way way) private pure {
        if (way == Way.NewLock && lockOwner != holder) revert Campaign__NotOwnLock(holder, lockOwner);
    }

    function _claimLeaf(Leaf calldata leaf, address to, Way way) private returns (uint256) {
        return _claim(leaf.passId, leaf.kind, leaf.cumulative, leaf.proof, to, way);
    }

    /// @dev Who may is the caller's to check. Everything is written before the payment.
    function _claim(
        uint256 passId,
        uint8 kind,
        uint256 cumulative,
        bytes32[] calldata proof,
        address to,
        Way way
    ) private returns (uint256 amount) {
        _checkOpen();
        Ledger ledger = _settled();
        // Hashed twice, a leaf can't be mistaken for an inner node. Solady's check costs half of OpenZeppelin's.
        bytes32 leaf =
            EfficientHashLib.hash(uint256(EfficientHashLib.hash(passId, uint256(kind), cumulative)));
        if (!MerkleProofLib.verifyCalldata(proof, _root, leaf)) {
            revert Campaign__InvalidProof(passId, kind, cumulative);
        }
        uint256 key = _key(passId, kind);
        uint256 before = _claimed[key];
        // A leaf that grants more than its root is worth that: a bad one unlocks no faster by being large.
        uint256 due = _unlocked(kind, Math.min(cumulative, ledger.total()), block.timestamp);
        if (due <= before) revert Campaign__NothingToClaim(passId, kind, due);
        uint256 left = Math.saturatingSub(ledger.total(), claimedTotal());
        // slither-disable-next-line incorrect-equality (nothing is left; a gift makes it more, and is paid to who is due)
        if (left == 0) revert Campaign__TotalExhausted(ledger.total());
        unchecked {
            amount = Math.min(due - before, left);
            before += amount;
        }
        _claimed[key] = before;
        emit Claimed(passId, kind, to, amount, before);
        Payout.pay(token, escrow, to, amount, way);
    }

    /// @dev Ids fit 64 bits, as the pass gives them.
    function _key(uint256 passId, uint8 kind) private pure returns (uint256) {
        return (passId << 8) | kind;
    }

    function _unlocked(uint8 kind, uint256 cumulative, uint256 time) private view returns (uint256) {
        Schedule schedule = _planOf(kind);
        if (schedule.isNone()) revert Campaign__UnknownKind(kind);
        return schedule.unlocked(_start, cumulative, time);
    }

    function _planOf(uint256 kind) private view returns (Schedule) {
        // Cut to the plan's own bits; nothing is left where there is no such kind.
        // forge-lint: disable-next-line(unsafe-typecast)
        return Schedule.wrap(uint48(_plans >> (kind * PLAN_BITS)));
    }

    function _digest(Leaf calldata leaf, Order calldata order) private view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    ORDER_TYPEHASH,
                    order.holder,
                    leaf.passId,
                    leaf.kind,
                    order.to,
                    order.way,
                    order.nonce,
                    order.deadline
                )
            )
        );
    }
}

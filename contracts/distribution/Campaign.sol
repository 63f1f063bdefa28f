// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICoreTeam} from "../governance/ICoreTeam.sol";
import {ISoulPass} from "../identity/ISoulPass.sol";
import {IPlace} from "../token/IPlace.sol";
import {CampaignTerms, ICampaign} from "./ICampaign.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Campaign
/// @notice Cumulative Merkle claims of PT by pass and kind, until a deadline.
contract Campaign is ICampaign {
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @dev No campaign lets a root count the moment it is proposed.
    uint256 private constant LEAST_ROOT_DELAY = 1 days;

    uint48 private constant GUARDIAN_TERM = 180 days;

    /* STORAGE */

    /// @inheritdoc IPlace
    address public immutable override token;

    /// @inheritdoc ICampaign
    address public immutable override soulPass;

    /// @inheritdoc ICampaign
    address public immutable override dao;

    /// @inheritdoc ICampaign
    address public immutable override treasury;

    /// @inheritdoc ICampaign
    address public immutable override coreTeam;

    uint48 private immutable _rootDelay;
    uint48 private immutable _deadline;
    uint256 private immutable _maxStep;

    /// @inheritdoc ICampaign
    address public override publisher;

    address private _guardian;

    /// @inheritdoc ICampaign
    uint48 public override guardianUntil;

    /// @inheritdoc ICampaign
    uint256 public override claimedTotal;

    /// @inheritdoc ICampaign
    mapping(uint256 passId => mapping(uint8 kind => uint256 amount)) public override claimed;

    Root private _active;
    Root private _pending;

    /* CONSTRUCTOR */

    /// @param token_ PT. None of the addresses needs to stand yet.
    /// @param soulPass_ The Soul Pass.
    /// @param dao_ The DAO's timelock.
    /// @param treasury_ Where the rest goes after the deadline.
    /// @param coreTeam_ The core team, any member of which may drop roots.
    /// @param publisher_ Who proposes roots.
    /// @param guardian_ Who may drop them too, for a first term from now on; zero for nobody.
    /// @param terms_ The promises.
    constructor(
        address token_,
        address soulPass_,
        address dao_,
        address treasury_,
        address coreTeam_,
        address publisher_,
        address guardian_,
        CampaignTerms memory terms_
    ) {
        if (
            terms_.rootDelay < LEAST_ROOT_DELAY || terms_.maxStep == 0
                || terms_.deadline <= block.timestamp + terms_.rootDelay
        ) revert Campaign__InvalidTerms();
        if (
            token_ == address(0) || soulPass_ == address(0) || dao_ == address(0) || treasury_ == address(0)
                || coreTeam_ == address(0) || publisher_ == address(0)
        ) revert Campaign__ZeroAddress();
        token = token_;
        soulPass = soulPass_;
        dao = dao_;
        treasury = treasury_;
        coreTeam = coreTeam_;
        (_rootDelay, _deadline, _maxStep) = (terms_.rootDelay, terms_.deadline, terms_.maxStep);
        publisher = publisher_;
        emit PublisherSet(address(0), publisher_);
        _setGuardian(guardian_);
    }

    /* PUBLISHING */

    /// @inheritdoc ICampaign
    function proposeRoot(bytes32 root, uint256 total) external {
        if (msg.sender != publisher) revert Campaign__NotPublisher(msg.sender);
        _checkOpen();
        if (root == 0) revert Campaign__ZeroRoot();
        _settle();

        uint256 step = uint256(_active.total) + _maxStep;
        uint256 most = funds() < step ? funds() : step;
        if (total > most) revert Campaign__TotalTooHigh(total, most);
        if (total < claimedTotal) revert Campaign__TotalTooLow(total, claimedTotal);

        if (_pending.root != 0) emit RootDropped(_pending.root, msg.sender);
        uint48 since = uint48(block.timestamp) + _rootDelay;
        // The supply of PT, which bounds the funds, fits 90 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        _pending = Root(root, uint208(total), since);
        emit RootProposed(root, total, since);
    }

    /// @inheritdoc ICampaign
    function activateRoot() external {
        _checkOpen();
        Root memory pending = _pending;
        if (pending.root == 0) revert Campaign__NoPendingRoot();
        if (block.timestamp < pending.since) revert Campaign__RootWaits(pending.since);
        if (pending.total < claimedTotal) revert Campaign__TotalTooLow(pending.total, claimedTotal);
        _settle();
    }

    /// @inheritdoc ICampaign
    function dropRoot() external {
        if (msg.sender != guardian() && msg.sender != dao && !ICoreTeam(coreTeam).isMember(msg.sender)) {
            revert Campaign__MayNotDrop(msg.sender);
        }
        bytes32 root = _pending.root;
        // slither-disable-next-line incorrect-equality (no amount: zero stands for no root)
        if (root == 0) revert Campaign__NoPendingRoot();
        delete _pending;
        emit RootDropped(root, msg.sender);
    }

    /// @inheritdoc ICampaign
    function setPublisher(address newPublisher) external {
        _checkDao();
        emit PublisherSet(publisher, newPublisher);
        // slither-disable-next-line missing-zero-check (zero leaves nobody to publish)
        publisher = newPublisher;
    }

    /// @inheritdoc ICampaign
    function setGuardian(address newGuardian) external {
        _checkDao();
        _setGuardian(newGuardian);
    }

    /* CLAIMING */

    /// @inheritdoc ICampaign
    function claim(uint256 passId, uint8 kind, uint256 cumulative, bytes32[] calldata proof, address to)
        external
        returns (uint256 amount)
    {
        // Ids start at 1: zero is what the pass answers for a wallet without one.
        if (passId == 0 || ISoulPass(soulPass).passOf(msg.sender) != passId) {
            revert Campaign__NotHolder(msg.sender, passId);
        }
        return _claim(passId, kind, cumulative, proof, to);
    }

    /* AFTER THE DEADLINE */

    /// @inheritdoc ICampaign
    function sweep() external returns (uint256 amount) {
        if (block.timestamp <= _deadline) revert Campaign__NotEnded(_deadline);
        amount = IERC20(token).balanceOf(address(this));
        emit Swept(amount);
        IERC20(token).safeTransfer(treasury, amount);
    }

    /* VIEWS */

    /// @inheritdoc ICampaign
    function guardian() public view override returns (address) {
        return block.timestamp < guardianUntil ? _guardian : address(0);
    }

    /// @inheritdoc ICampaign
    function terms() external view returns (CampaignTerms memory) {
        return CampaignTerms(_rootDelay, _deadline, _maxStep);
    }

    /// @inheritdoc ICampaign
    function activeRoot() external view returns (Root memory) {
        return _isDue(_pending) ? _pending : _active;
    }

    /// @inheritdoc ICampaign
    function pendingRoot() external view returns (Root memory) {
        return _pending;
    }

    /// @inheritdoc ICampaign
    function funds() public view returns (uint256) {
        return IERC20(token).balanceOf(address(this)) + claimedTotal;
    }

    /* INTERNAL */

    /// @dev Who may is the caller's to check. Everything is written before the token is called.
    function _claim(uint256 passId, uint8 kind, uint256 cumulative, bytes32[] calldata proof, address to)
        private
        returns (uint256 amount)
    {
        _checkOpen();
        _settle();
        // Hashed twice, a leaf can't be mistaken for an inner node.
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(passId, kind, cumulative))));
        if (!MerkleProof.verifyCalldata(proof, _active.root, leaf)) {
            revert Campaign__InvalidProof(passId, kind, cumulative);
        }
        uint256 before = claimed[passId][kind];
        if (cumulative <= before) revert Campaign__NothingToClaim(passId, kind, cumulative);
        uint256 total = _active.total;
        if (claimedTotal >= total) revert Campaign__TotalExhausted(total);
        amount = Math.min(cumulative - before, total - claimedTotal);

        claimed[passId][kind] = before + amount;
        claimedTotal += amount;
        emit Claimed(passId, kind, to, amount, before + amount);
        IERC20(token).safeTransfer(to, amount);
    }

    /// @dev Makes a root active whose wait is over. One that claims under its predecessor have overtaken stays
    /// where it is, and can only be replaced or dropped: claims never fall, so it never becomes due.
    function _settle() private {
        Root memory pending = _pending;
        if (!_isDue(pending)) return;
        _active = pending;
        delete _pending;
        emit RootActivated(pending.root, pending.total);
    }

    function _isDue(Root memory pending) private view returns (bool) {
        return pending.root != 0 && block.timestamp >= pending.since && pending.total >= claimedTotal;
    }

    function _setGuardian(address guardian_) private {
        uint48 until = uint48(block.timestamp) + GUARDIAN_TERM;
        (_guardian, guardianUntil) = (guardian_, until);
        emit GuardianSet(guardian_, until);
    }

    function _checkOpen() private view {
        if (block.timestamp > _deadline) revert Campaign__Ended(_deadline);
    }

    function _checkDao() private view {
        if (msg.sender != dao) revert Campaign__NotDao(msg.sender);
    }
}

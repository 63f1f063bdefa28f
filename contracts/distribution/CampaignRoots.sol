// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICoreTeam} from "../governance/ICoreTeam.sol";
import {IPlace} from "../token/IPlace.sol";
import {CampaignTerms, ICampaign} from "./ICampaign.sol";
import {Ledger} from "./Ledger.sol";
import {requireSaneStart} from "./Schedule.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title A campaign's funds and its roots
/// @notice Who publishes, how long a root waits, who drops it, what its total may be, and where the rest goes.
abstract contract CampaignRoots is ICampaign {
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

    /// @inheritdoc ICampaign
    uint256 public immutable override allocation;

    uint48 internal immutable _start;
    uint48 private immutable _rootDelay;
    uint48 internal immutable _deadline;
    uint256 private immutable _maxStep;

    /// @inheritdoc ICampaign
    address public override publisher;

    address private _guardian;

    /// @inheritdoc ICampaign
    uint48 public override guardianUntil;

    Ledger private _ledger;
    bytes32 internal _root;
    bytes32 private _pendingRoot;

    /* CONSTRUCTOR */

    constructor(
        address token_,
        address soulPass_,
        address dao_,
        address treasury_,
        address coreTeam_,
        address publisher_,
        address guardian_,
        uint256 allocation_,
        CampaignTerms memory terms_
    ) {
        if (
            allocation_ == 0 || allocation_ > type(uint96).max || terms_.rootDelay < LEAST_ROOT_DELAY
                || terms_.maxStep == 0 || terms_.maxStep > type(uint96).max
                || terms_.deadline > type(uint32).max || terms_.deadline <= block.timestamp + terms_.rootDelay
        ) revert Campaign__InvalidTerms();
        if (
            token_ == address(0) || soulPass_ == address(0) || dao_ == address(0) || treasury_ == address(0)
                || coreTeam_ == address(0) || publisher_ == address(0)
        ) revert Campaign__ZeroAddress();
        requireSaneStart(terms_.start);
        token = token_;
        soulPass = soulPass_;
        dao = dao_;
        treasury = treasury_;
        coreTeam = coreTeam_;
        allocation = allocation_;
        (_start, _rootDelay, _deadline, _maxStep) =
        (terms_.start, terms_.rootDelay, terms_.deadline, terms_.maxStep);
        publisher = publisher_;
        emit PublisherSet(address(0), publisher_);
        _setGuardian(guardian_, Math.max(block.timestamp, terms_.start));
    }

    modifier onlyDao() {
        if (msg.sender != dao) revert Campaign__NotDao(msg.sender);
        _;
    }

    /* PUBLISHING */

    /// @inheritdoc ICampaign
    function proposeRoot(bytes32 root, uint256 total) external {
        if (msg.sender != publisher) revert Campaign__NotPublisher(msg.sender);
        _checkOpen();
        if (root == 0) revert Campaign__ZeroRoot();
        Ledger ledger = _settled();

        uint256 most = Math.min(allocation, ledger.total() + _maxStep);
        if (total > most) revert Campaign__TotalTooHigh(total, most);
        if (total < claimedTotal()) revert Campaign__TotalTooLow(total, claimedTotal());

        if (ledger.pendingSince() != 0) emit RootDropped(_pendingRoot, msg.sender);
        // The deadline fits 32 bits; a wait that does not would end after it.
        uint256 since = Math.min(block.timestamp + _rootDelay, type(uint32).max);
        (_ledger, _pendingRoot) = (ledger.withPending(total, since), root);
        emit RootProposed(root, total, uint48(since)); // forge-lint: disable-line(unsafe-typecast)
    }

    /// @inheritdoc ICampaign
    function activateRoot() external {
        _checkOpen();
        (uint256 since, uint256 total) = (_ledger.pendingSince(), _ledger.pendingTotal());
        // slither-disable-next-line incorrect-equality (no amount: zero stands for no root)
        if (since == 0) revert Campaign__NoPendingRoot();
        // forge-lint: disable-next-line(unsafe-typecast) -- of 32 bits
        if (block.timestamp < since) revert Campaign__RootWaits(uint48(since));
        if (total < claimedTotal()) revert Campaign__TotalTooLow(total, claimedTotal());
        // slither-disable-next-line unused-return (who claims needs it)
        _settled();
    }

    /// @inheritdoc ICampaign
    function dropRoot() external {
        if (msg.sender != guardian() && msg.sender != dao && !ICoreTeam(coreTeam).isMember(msg.sender)) {
            revert Campaign__MayNotDrop(msg.sender);
        }
        // slither-disable-next-line incorrect-equality (no amount: zero stands for no root)
        if (_ledger.pendingSince() == 0) {
            // Whoever times a root must not undo what else the DAO decided with this.
            if (msg.sender == dao) return;
            revert Campaign__NoPendingRoot();
        }
        _ledger = _ledger.withPending(0, 0);
        emit RootDropped(_pendingRoot, msg.sender);
        _pendingRoot = 0;
    }

    /// @inheritdoc ICampaign
    function setPublisher(address newPublisher) external onlyDao {
        emit PublisherSet(publisher, newPublisher);
        // slither-disable-next-line missing-zero-check (zero leaves nobody to publish)
        publisher = newPublisher;
    }

    /// @inheritdoc ICampaign
    function setGuardian(address newGuardian) external onlyDao {
        _setGuardian(newGuardian, block.timestamp);
    }

    /* AFTER THE DEADLINE */

    /// @inheritdoc ICampaign
    function sweep() external returns (uint256 amount) {
        if (block.timestamp <= _deadline) revert Campaign__NotEnded(_deadline);
        amount = IERC20(token).balanceOf(address(this));
        emit Swept(amount);
        IERC20(token).safeTransfer(treasury, amount);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc ICampaign
    function guardian() public view override returns (address) {
        return block.timestamp < guardianUntil ? _guardian : address(0);
    }

    /// @inheritdoc ICampaign
    function terms() external view returns (CampaignTerms memory) {
        return CampaignTerms(_start, _rootDelay, _deadline, _maxStep);
    }

    /// @inheritdoc ICampaign
    function activeRoot() external view returns (Root memory) {
        return _isDue(_ledger) ? pendingRoot() : _shown(_root, _ledger.total(), _ledger.since());
    }

    /// @inheritdoc ICampaign
    function pendingRoot() public view returns (Root memory) {
        return _shown(_pendingRoot, _ledger.pendingTotal(), _ledger.pendingSince());
    }

    /// @inheritdoc ICampaign
    function claimedTotal() public view returns (uint256) {
        // slither-disable-next-line calls-loop (once for each of the caller's own leaves)
        return Math.saturatingSub(allocation, IERC20(token).balanceOf(address(this)));
    }

    /* INTERNAL */

    /// @dev Makes a root active whose wait is over. One that claims under its predecessor have overtaken stays where it
    /// is, and can only be replaced or dropped.
    function _settled() internal returns (Ledger ledger) {
        ledger = _ledger;
        if (!_isDue(ledger)) return ledger;
        (bytes32 root, uint256 total) = (_pendingRoot, ledger.pendingTotal());
        (_ledger, _root, _pendingRoot) = (ledger = ledger.activated(), root, 0);
        emit RootActivated(root, total);
    }

    function _isDue(Ledger ledger) private view returns (bool) {
        uint256 since = ledger.pendingSince();
        return since != 0 && block.timestamp >= since && ledger.pendingTotal() >= claimedTotal();
    }

    function _setGuardian(address guardian_, uint256 from) private {
        // forge-lint: disable-next-line(unsafe-typecast) -- the present, or a start within two years
        uint48 until = uint48(from) + GUARDIAN_TERM;
        (_guardian, guardianUntil) = (guardian_, until);
        emit GuardianSet(guardian_, until);
    }

    function _shown(bytes32 root, uint256 total, uint256 since) private pure returns (Root memory) {
        // Both come from fewer bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        return Root(root, uint208(total), uint48(since));
    }

    function _checkOpen() internal view {
        if (block.timestamp > _deadline) revert Campaign__Ended(_deadline);
    }
}

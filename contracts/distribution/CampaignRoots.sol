// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPlace} from "../token/IPlace.sol";
import {CampaignTerms, ICampaign} from "./ICampaign.sol";
import {requireSaneStart} from "./Schedule.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title A campaign's funds and its roots
/// @notice Who publishes, how long a root waits, who drops it, what its total may be, and where the rest goes.
abstract contract CampaignRoots is ICampaign {
    using SafeERC20 for IERC20;

    /* TYPES */

    /// @dev All figures that a claim needs, in one word. The supply fits 90 bits; times fit until 2106.
    /// @param total Of the active root.
    /// @param claimed By everybody, in all.
    /// @param since When the active root's wait ended.
    /// @param pendingSince When the pending root's wait ends; 0 if there is none.
    struct Ledger {
        uint96 total;
        uint96 claimed;
        uint32 since;
        uint32 pendingSince;
    }

    /* CONSTANTS */

    /// @dev No campaign lets a root count the moment it is proposed.
    uint256 private constant LEAST_ROOT_DELAY = 1 days;

    /* STORAGE */

    /// @inheritdoc IPlace
    address public immutable override token;

    /// @inheritdoc ICampaign
    address public immutable override soulPass;

    /// @inheritdoc ICampaign
    address public immutable override dao;

    /// @inheritdoc ICampaign
    address public immutable override treasury;

    uint48 internal immutable _start;
    uint48 private immutable _rootDelay;
    uint48 internal immutable _deadline;
    uint256 private immutable _maxStep;

    /// @inheritdoc ICampaign
    address public override publisher;

    /// @inheritdoc ICampaign
    address public override guardian;

    Ledger internal _ledger;
    bytes32 internal _root;
    bytes32 private _pendingRoot;
    uint256 private _pendingTotal;

    /* CONSTRUCTOR */

    constructor(
        address token_,
        address soulPass_,
        address dao_,
        address treasury_,
        address publisher_,
        address guardian_,
        CampaignTerms memory terms_
    ) {
        if (
            terms_.rootDelay < LEAST_ROOT_DELAY || terms_.maxStep == 0 || terms_.deadline > type(uint32).max
                || terms_.deadline <= block.timestamp + terms_.rootDelay
        ) revert Campaign__InvalidTerms();
        if (
            token_ == address(0) || soulPass_ == address(0) || dao_ == address(0) || treasury_ == address(0)
                || publisher_ == address(0)
        ) revert Campaign__ZeroAddress();
        requireSaneStart(terms_.start);
        token = token_;
        soulPass = soulPass_;
        dao = dao_;
        treasury = treasury_;
        (_start, _rootDelay, _deadline, _maxStep) =
        (terms_.start, terms_.rootDelay, terms_.deadline, terms_.maxStep);
        publisher = publisher_;
        // slither-disable-next-line missing-zero-check (zero: the DAO alone drops roots)
        guardian = guardian_;
        emit PublisherSet(address(0), publisher_);
        emit GuardianSet(address(0), guardian_);
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
        Ledger memory ledger = _settled();

        uint256 step = uint256(ledger.total) + _maxStep;
        uint256 most = funds() < step ? funds() : step;
        if (total > most) revert Campaign__TotalTooHigh(total, most);
        if (total < ledger.claimed) revert Campaign__TotalTooLow(total, ledger.claimed);

        if (ledger.pendingSince != 0) emit RootDropped(_pendingRoot, msg.sender);
        // The deadline fits 32 bits and has not passed; a root that would wait longer than that counts no more.
        uint256 since = block.timestamp + _rootDelay;
        // forge-lint: disable-next-line(unsafe-typecast)
        ledger.pendingSince = since < type(uint32).max ? uint32(since) : type(uint32).max;
        (_ledger, _pendingRoot, _pendingTotal) = (ledger, root, total);
        emit RootProposed(root, total, ledger.pendingSince);
    }

    /// @inheritdoc ICampaign
    function activateRoot() external {
        _checkOpen();
        Ledger memory ledger = _ledger;
        uint256 since = ledger.pendingSince;
        // slither-disable-next-line incorrect-equality (no amount: zero stands for no root)
        if (since == 0) revert Campaign__NoPendingRoot();
        // forge-lint: disable-next-line(unsafe-typecast) -- from 32 bits
        if (block.timestamp < since) revert Campaign__RootWaits(uint48(since));
        if (_pendingTotal < ledger.claimed) revert Campaign__TotalTooLow(_pendingTotal, ledger.claimed);
        _ledger = _settled();
    }

    /// @inheritdoc ICampaign
    function dropRoot() external {
        if (msg.sender != guardian && msg.sender != dao) revert Campaign__NotDaoOrGuardian(msg.sender);
        // slither-disable-next-line incorrect-equality (no amount: zero stands for no root)
        if (_ledger.pendingSince == 0) revert Campaign__NoPendingRoot();
        _ledger.pendingSince = 0;
        emit RootDropped(_pendingRoot, msg.sender);
        (_pendingRoot, _pendingTotal) = (0, 0);
    }

    /// @inheritdoc ICampaign
    function setPublisher(address newPublisher) external onlyDao {
        emit PublisherSet(publisher, newPublisher);
        // slither-disable-next-line missing-zero-check (zero leaves nobody to publish)
        publisher = newPublisher;
    }

    /// @inheritdoc ICampaign
    function setGuardian(address newGuardian) external onlyDao {
        emit GuardianSet(guardian, newGuardian);
        // slither-disable-next-line missing-zero-check (zero leaves it to the DAO alone)
        guardian = newGuardian;
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
    function terms() external view returns (CampaignTerms memory) {
        return CampaignTerms(_start, _rootDelay, _deadline, _maxStep);
    }

    /// @inheritdoc ICampaign
    function activeRoot() external view returns (Root memory) {
        Ledger memory ledger = _ledger;
        if (_isDue(ledger)) return pendingRoot();
        return Root(_root, ledger.total, ledger.since);
    }

    /// @inheritdoc ICampaign
    function pendingRoot() public view returns (Root memory) {
        // Bounded by the funds.
        // forge-lint: disable-next-line(unsafe-typecast)
        return Root(_pendingRoot, uint208(_pendingTotal), _ledger.pendingSince);
    }

    /// @inheritdoc ICampaign
    function claimedTotal() external view returns (uint256) {
        return _ledger.claimed;
    }

    /// @inheritdoc ICampaign
    function funds() public view returns (uint256) {
        return IERC20(token).balanceOf(address(this)) + _ledger.claimed;
    }

    /* INTERNAL */

    /// @dev The ledger with a root active whose wait is over; writing the ledger is the caller's. A root that claims under
    /// its predecessor have overtaken stays where it is, and can only be replaced or dropped: claims never fall, so it
    /// never becomes due.
    function _settled() internal returns (Ledger memory ledger) {
        ledger = _ledger;
        if (!_isDue(ledger)) return ledger;
        (bytes32 root, uint256 total) = (_pendingRoot, _pendingTotal);
        _root = root;
        // Bounded by the funds.
        // forge-lint: disable-next-line(unsafe-typecast)
        (ledger.total, ledger.since, ledger.pendingSince) = (uint96(total), ledger.pendingSince, 0);
        (_pendingRoot, _pendingTotal) = (0, 0);
        emit RootActivated(root, total);
    }

    function _isDue(Ledger memory ledger) private view returns (bool) {
        return
            ledger.pendingSince != 0 && block.timestamp >= ledger.pendingSince
                && _pendingTotal >= ledger.claimed;
    }

    function _checkOpen() internal view {
        if (block.timestamp > _deadline) revert Campaign__Ended(_deadline);
    }
}

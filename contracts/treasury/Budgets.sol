// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IBudgets} from "./IBudgets.sol";
import {IGroupGate} from "./IGroupGate.sol";
import {IGuardianSource} from "./IGuardianSource.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {DateTimeLib} from "solady/utils/DateTimeLib.sol";

/// @title Budgets
/// @notice See {IBudgets}.
/// @dev A payment walks up to the root, three steps at most. What it needs of a budget above the first is two slots:
/// who is above and whether it is open, and what is left. Terms lie within the parent's, so only the first budget's own
/// are looked at.
abstract contract Budgets is IBudgets, ReentrancyGuardTransient {
    /* TYPES */

    /// @dev Three slots: whom it concerns; what it is for; what is left.
    struct Book {
        address spender;
        uint32 parent;
        uint40 end;
        Period period;
        uint8 depth;
        uint8 flags;
        address asset;
        uint40 start;
        uint32 payments;
        uint24 group;
        uint112 limit;
        uint112 spent; // in the period `spentIn`
        uint32 spentIn;
    }

    /// @dev A payment: what of it has not been given back, and when it was made.
    struct Receipt {
        uint112 left;
        uint40 paidAt;
    }

    /* CONSTANTS */

    uint256 private constant MAX_DEPTH = 4;
    uint256 private constant MAX_TERM = 731 days;
    uint8 private constant LARGE = 1;
    uint8 private constant FROZEN = 2;
    uint8 private constant CLOSED = 4;

    /// @dev Of what is held of an asset, in bps: the most that open budgets together promise.
    uint256 internal constant SHARE = 200;
    uint256 internal constant BPS = 10_000;

    /* STORAGE */

    /// @inheritdoc IBudgets
    uint256 public budgets;

    /// @inheritdoc IBudgets
    mapping(address asset => uint256) public promised;

    mapping(uint256 budget => Book) private _books;
    mapping(uint256 budget => mapping(uint256 number => Receipt)) private _receipts;

    /* OPENING */

    /// @inheritdoc IBudgets
    function openBudget(Terms calldata terms) external returns (uint256 budget) {
        _requireDao();
        uint256 sum = promised[terms.asset] + terms.limit;
        uint256 most = _balance(terms.asset) * SHARE / BPS;
        if (sum > most) revert Budgets__AboveShare(terms.asset, sum, most);
        promised[terms.asset] = sum;
        return _open(0, 1, 0, terms);
    }

    /// @inheritdoc IBudgets
    function openLargeBudget(Terms calldata terms) external returns (uint256 budget) {
        _requireDao();
        return _open(0, 1, LARGE, terms);
    }

    /// @inheritdoc IBudgets
    function openBudgetBelow(uint256 parent, Terms calldata terms) external returns (uint256 budget) {
        Book storage above = _known(parent);
        _requireSpender(parent, above);
        _requireOpen(parent);
        if (above.depth == MAX_DEPTH) revert Budgets__TooDeep(parent);
        if (terms.start < above.start || terms.end > above.end) revert Budgets__InvalidTerms();
        Terms memory within = terms;
        within.asset = above.asset;
        within.group = above.group;
        return _open(parent, above.depth + 1, 0, within);
    }

    /// @inheritdoc IBudgets
    function closeBudget(uint256 budget) external {
        Book storage book = _known(budget);
        if (book.flags & CLOSED != 0) revert Budgets__NotOpen(budget);
        bool allowed = msg.sender == _dao() || msg.sender == book.spender || block.timestamp >= book.end
            || msg.sender == _books[book.parent].spender;
        if (!allowed) revert Budgets__NotAllowed(budget, msg.sender);
        if (book.parent == 0 && book.flags & LARGE == 0) promised[book.asset] -= book.limit;
        book.flags |= CLOSED;
        emit BudgetClosed(budget, msg.sender);
    }

    /// @inheritdoc IBudgets
    function freezeBudget(uint256 budget) external {
        Book storage book = _known(budget);
        if (msg.sender != _dao() && msg.sender != _guardians().guardian()) {
            revert Budgets__NotAllowed(budget, msg.sender);
        }
        if (book.flags & (FROZEN | CLOSED) != 0) revert Budgets__NotOpen(budget);
        book.flags |= FROZEN;
        emit BudgetFrozen(budget, msg.sender);
    }

    /// @inheritdoc IBudgets
    function unfreezeBudget(uint256 budget) external {
        Book storage book = _known(budget);
        _requireDao();
        if (book.flags & FROZEN == 0) revert Budgets__NotAllowed(budget, msg.sender);
        book.flags &= ~FROZEN;
        emit BudgetUnfrozen(budget);
    }

    /* PAYING */

    /// @inheritdoc IBudgets
    function pay(uint256 budget, address to, uint112 amount, bytes32 category, string calldata memo)
        external
        nonReentrant
        returns (uint256 number)
    {
        number = _spend(budget, amount, 1);
        _settle(budget, number, to, amount, category, memo);
    }

    /// @inheritdoc IBudgets
    function payMany(uint256 budget, Payment[] calldata payments) external nonReentrant returns (uint256 first) {
        uint256 sum = 0;
        for (uint256 i = 0; i < payments.length; ++i) {
            sum += payments[i].amount;
        }
        first = _spend(budget, sum, payments.length);
        for (uint256 i = 0; i < payments.length; ++i) {
            Payment calldata payment = payments[i];
            _settle(budget, first + i, payment.to, payment.amount, payment.category, payment.memo);
        }
    }

    /// @inheritdoc IBudgets
    function giveBack(uint256 budget, uint256 number, uint256 amount) external payable nonReentrant {
        Receipt storage receipt = _receipts[budget][number];
        (uint256 left, uint256 paidAt) = (receipt.left, receipt.paidAt);
        address asset = _books[budget].asset;
        if (amount == 0 || amount > left) revert Budgets__NotPaid(budget, number, left);
        amount = _collect(asset, amount);
        // A token may deliver less than it was told to, and a hook of its own may have sent more.
        if (amount > left) amount = left;
        receipt.left = uint112(left - amount);
        for (uint256 id = budget; id != 0;) {
            Book storage book = _books[id];
            if (book.spentIn == _periodOf(book.period, paidAt)) book.spent -= uint112(amount);
            id = book.parent;
        }
        emit GivenBack(budget, number, msg.sender, amount);
    }

    /* VIEWS */

    /// @inheritdoc IBudgets
    function budgetOf(uint256 budget) external view returns (Budget memory) {
        Book storage book = _known(budget);
        return Budget({
            terms: Terms({
                spender: book.spender,
                asset: book.asset,
                limit: book.limit,
                period: book.period,
                start: book.start,
                end: book.end,
                group: book.group
            }),
            parent: book.parent,
            spent: book.spentIn == _periodOf(book.period, block.timestamp) ? book.spent : 0,
            payments: book.payments,
            depth: book.depth,
            large: book.flags & LARGE != 0,
            frozen: book.flags & FROZEN != 0,
            closed: book.flags & CLOSED != 0
        });
    }

    /// @inheritdoc IBudgets
    function headroom(uint256 budget) external view returns (uint256 left) {
        Book storage book = _known(budget);
        if (block.timestamp < book.start || block.timestamp >= book.end) return 0;
        left = type(uint256).max;
        for (uint256 id = budget; id != 0; id = book.parent) {
            book = _books[id];
            if (book.flags & (FROZEN | CLOSED) != 0) return 0;
            uint256 spent = book.spentIn == _periodOf(book.period, block.timestamp) ? book.spent : 0;
            if (book.limit - spent < left) left = book.limit - spent;
        }
    }

    /// @inheritdoc IBudgets
    function paymentOf(uint256 budget, uint256 number) external view returns (uint256 left, uint256 paidAt) {
        Receipt storage receipt = _receipts[budget][number];
        return (receipt.left, receipt.paidAt);
    }

    /* INTERNAL */

    /// @dev The DAO's timelock.
    function _dao() internal view virtual returns (address);

    /// @dev Who says who is guardian.
    function _guardians() internal view virtual returns (IGuardianSource);

    /// @dev Who says whether an account speaks for a working group.
    function _gate() internal view virtual returns (IGroupGate);

    /// @dev Reverts unless the DAO calls.
    function _requireDao() internal view virtual;

    /// @dev What is held of an asset.
    function _balance(address asset) internal view virtual returns (uint256);

    /// @dev Moves money out; reverts where it can't.
    function _transfer(address asset, address to, uint256 amount) internal virtual;

    /// @dev Takes `amount` from the caller; returns what arrived.
    function _collect(address asset, uint256 amount) internal virtual returns (uint256);

    function _open(uint256 parent, uint256 depth, uint8 flags, Terms memory terms) private returns (uint256 budget) {
        bool sound = terms.spender != address(0) && terms.limit != 0 && terms.end > block.timestamp
            && terms.end > terms.start && terms.end - terms.start <= MAX_TERM;
        if (!sound) revert Budgets__InvalidTerms();
        budget = ++budgets;
        _books[budget] = Book({
            spender: terms.spender,
            parent: SafeCast.toUint32(parent),
            end: terms.end,
            period: terms.period,
            depth: uint8(depth),
            flags: flags,
            asset: terms.asset,
            start: terms.start,
            payments: 0,
            group: terms.group,
            limit: terms.limit,
            spent: 0,
            spentIn: 0
        });
        emit BudgetOpened(budget, parent, terms.spender, terms, flags == LARGE);
    }

    function _known(uint256 budget) private view returns (Book storage book) {
        book = _books[budget];
        if (book.depth == 0) revert Budgets__Unknown(budget);
    }

    /// @dev Reverts unless the caller is the spender, and its group stands behind it.
    function _requireSpender(uint256 budget, Book storage book) private view {
        if (msg.sender != book.spender) revert Budgets__NotAllowed(budget, msg.sender);
        uint256 group = book.group;
        if (group != 0 && !_gate().maySpend(group, msg.sender)) revert Budgets__GroupObjects(group, msg.sender);
    }

    /// @dev Reverts unless the budget and all above it are open.
    function _requireOpen(uint256 budget) private view {
        if (block.timestamp >= _books[budget].end) revert Budgets__NotOpen(budget);
        for (uint256 id = budget; id != 0; id = _books[id].parent) {
            if (_books[id].flags & (FROZEN | CLOSED) != 0) revert Budgets__NotOpen(id);
        }
    }

    /// @dev Counts `amount` in `count` payments against a budget and all above it; returns the first payment's number.
    function _spend(uint256 budget, uint256 amount, uint256 count) private returns (uint256 number) {
        Book storage book = _known(budget);
        _requireSpender(budget, book);
        if (block.timestamp < book.start || block.timestamp >= book.end) revert Budgets__NotOpen(budget);
        number = book.payments;
        book.payments = SafeCast.toUint32(number + count);
        (uint256 month, uint256 quarter) = (_periodOf(Period.Month, block.timestamp), 0);
        quarter = (month - 1) / 3 + 1;
        for (uint256 id = budget; id != 0; id = book.parent) {
            book = _books[id];
            if (book.flags & (FROZEN | CLOSED) != 0) revert Budgets__NotOpen(id);
            Period kind = book.period;
            uint256 period = kind == Period.Month ? month : kind == Period.Quarter ? quarter : 1;
            uint256 spent = book.spentIn == period ? book.spent : 0;
            uint256 left = book.limit - spent;
            if (amount > left) revert Budgets__AboveLimit(id, amount, left);
            (book.spent, book.spentIn) = (uint112(spent + amount), uint32(period));
        }
        return number + 1;
    }

    /// @dev Keeps a receipt, and pays.
    function _settle(
        uint256 budget,
        uint256 number,
        address to,
        uint112 amount,
        bytes32 category,
        string calldata memo
    ) private {
        _receipts[budget][number] = Receipt(amount, uint40(block.timestamp));
        address asset = _books[budget].asset;
        emit Paid(budget, to, category, asset, amount, number, memo);
        _transfer(asset, to, amount);
    }

    /// @dev The period in which a second lies, counted from 1970 and from 1, since 0 stands for never.
    function _periodOf(Period kind, uint256 time) private pure returns (uint256) {
        if (kind == Period.Once) return 1;
        (uint256 year, uint256 month,) = DateTimeLib.timestampToDate(time);
        month = (year - 1970) * 12 + month;
        return kind == Period.Month ? month : (month - 1) / 3 + 1;
    }
}

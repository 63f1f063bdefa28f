// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BudgetLedger, BudgetLedgerLib} from "./BudgetLedger.sol";
import {IBudgets} from "./IBudgets.sol";
import {IGroupGate} from "./IGroupGate.sol";
import {IGuardianSource} from "./IGuardianSource.sol";
import {SpendingCap} from "./SpendingCap.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {DateTimeLib} from "solady/utils/DateTimeLib.sol";

/// @title Budgets
/// @notice See {IBudgets}.
/// @dev A payment walks up to the root, three steps at most, and reads and writes one slot in each budget: its ledger.
/// Terms lie within the parent's, so only the first budget's own are looked at.
abstract contract Budgets is IBudgets, ReentrancyGuardTransient {
    /* TYPES */

    /// @dev Whom it concerns, and what it is for; another slot for an asset other than PT, and one for the ledger.
    struct Book {
        address spender;
        uint32 start;
        uint32 end;
        uint24 group;
        bool inToken;
        address asset; // unless it is PT
        BudgetLedger ledger;
    }

    /* CONSTANTS */

    uint256 private constant MAX_DEPTH = 4;
    uint256 private constant MAX_TERM = 731 days;

    /// @dev Where a receipt keeps what has not been given back; below it stands when it was paid.
    uint256 private constant LEFT = 40;

    /// @dev Of what is held of an asset, in bps: the most that open budgets together promise.
    uint256 internal constant SHARE = 200;
    uint256 internal constant BPS = 10_000;

    /* STORAGE */

    /// @inheritdoc IBudgets
    uint256 public budgets;

    /// @inheritdoc IBudgets
    mapping(address asset => uint256) public promised;

    mapping(uint256 budget => Book) private _books;
    /// @dev What closed budgets had paid. Without it, opening, paying and closing could go round and round.
    mapping(address asset => SpendingCap) private _closed;
    /// @dev One slot, written at once: what has not been given back, and in 40 bits when it was paid.
    mapping(uint256 budget => mapping(uint256 number => uint256)) private _receipts;

    /* OPENING */

    /// @inheritdoc IBudgets
    function openBudget(Terms calldata terms) external returns (uint256 budget) {
        _requireDao();
        uint256 sum = promised[terms.asset] + terms.limit;
        uint256 counted = sum + paidByClosed(terms.asset);
        uint256 most = _balance(terms.asset) * SHARE / BPS;
        if (counted > most) revert Budgets__AboveShare(terms.asset, counted, most);
        promised[terms.asset] = sum;
        return _open(0, 1, false, terms);
    }

    /// @inheritdoc IBudgets
    function openLargeBudget(Terms calldata terms) external returns (uint256 budget) {
        _requireDao();
        return _open(0, 1, true, terms);
    }

    /// @inheritdoc IBudgets
    function openBudgetBelow(uint256 parent, Terms calldata terms) external returns (uint256 budget) {
        Book storage above = _known(parent);
        _requireSpender(parent, above);
        _requireOpen(parent);
        uint256 depth = above.ledger.depth();
        if (depth == MAX_DEPTH) revert Budgets__TooDeep(parent);
        if (terms.start < above.start || terms.end > above.end) revert Budgets__InvalidTerms();
        Terms memory within = terms;
        within.asset = _assetOf(above);
        within.group = above.group;
        return _open(parent, depth + 1, false, within);
    }

    /// @inheritdoc IBudgets
    function closeBudget(uint256 budget) external {
        Book storage book = _known(budget);
        BudgetLedger ledger = book.ledger;
        if (ledger.isClosed()) {
            // Nobody makes a decision of the DAO fail by being quicker.
            if (msg.sender == _dao()) return;
            revert Budgets__NotOpen(budget);
        }
        uint256 parent = ledger.parent();
        bool allowed = msg.sender == _dao() || msg.sender == book.spender || block.timestamp >= book.end
            || msg.sender == _books[parent].spender;
        if (!allowed) revert Budgets__NotAllowed(budget, msg.sender);
        if (parent == 0 && !ledger.isLarge()) {
            address asset = _assetOf(book);
            promised[asset] -= ledger.limit();
            _closed[asset].book(ledger.spentOf(_periodOf(ledger.period(), block.timestamp)));
        }
        book.ledger = ledger.withClosed();
        emit BudgetClosed(budget, msg.sender);
    }

    /// @inheritdoc IBudgets
    function freezeBudget(uint256 budget) external {
        Book storage book = _known(budget);
        if (msg.sender != _dao() && msg.sender != _guardians().guardian()) {
            revert Budgets__NotAllowed(budget, msg.sender);
        }
        if (book.ledger.isStopped()) {
            if (msg.sender == _dao()) return;
            revert Budgets__NotOpen(budget);
        }
        book.ledger = book.ledger.withFrozen(true);
        emit BudgetFrozen(budget, msg.sender);
    }

    /// @inheritdoc IBudgets
    function unfreezeBudget(uint256 budget) external {
        Book storage book = _known(budget);
        _requireDao();
        if (!book.ledger.isFrozen()) revert Budgets__NotAllowed(budget, msg.sender);
        book.ledger = book.ledger.withFrozen(false);
        emit BudgetUnfrozen(budget);
    }

    /* PAYING */

    /// @inheritdoc IBudgets
    function pay(uint256 budget, address to, uint112 amount, bytes32 category, string calldata memo)
        external
        nonReentrant
        returns (uint256 number)
    {
        address asset;
        (number, asset) = _spend(budget, amount, 1);
        _settle(budget, number, asset, to, amount, category, memo);
    }

    /// @inheritdoc IBudgets
    function payMany(uint256 budget, Payment[] calldata payments)
        external
        nonReentrant
        returns (uint256 first)
    {
        uint256 sum = 0;
        for (uint256 i = 0; i < payments.length; ++i) {
            sum += payments[i].amount;
        }
        address asset;
        (first, asset) = _spend(budget, sum, payments.length);
        for (uint256 i = 0; i < payments.length; ++i) {
            Payment calldata payment = payments[i];
            _settle(budget, first + i, asset, payment.to, payment.amount, payment.category, payment.memo);
        }
    }

    /// @inheritdoc IBudgets
    function giveBack(uint256 budget, uint256 number, uint256 amount) external payable nonReentrant {
        (uint256 left, uint256 paidAt) = paymentOf(budget, number);
        if (amount == 0 || amount > left) revert Budgets__NotPaid(budget, number, left);
        uint256 arrived = _collect(_assetOf(_books[budget]), amount);
        // A token may deliver less than it was told to. What it adds, as interest, or a hook of its own, is not the giver's.
        if (arrived < amount) amount = arrived;
        _receipts[budget][number] = ((left - amount) << LEFT) | paidAt;
        for (uint256 id = budget; id != 0;) {
            BudgetLedger ledger = _books[id].ledger;
            uint256 period = _periodOf(ledger.period(), paidAt);
            // slither-disable-next-line incorrect-equality -- periods are counted, and each is one of its own
            if (ledger.spentIn() == period) {
                _books[id].ledger = ledger.withSpent(ledger.spentOf(period) - amount, period);
            }
            id = ledger.parent();
        }
        emit GivenBack(budget, number, msg.sender, amount);
    }

    /* VIEWS */

    /// @inheritdoc IBudgets
    function budgetOf(uint256 budget) external view returns (Budget memory) {
        Book storage book = _known(budget);
        BudgetLedger ledger = book.ledger;
        return Budget({
            terms: Terms({
                spender: book.spender,
                asset: _assetOf(book),
                limit: uint112(ledger.limit()),
                period: Period(ledger.period()),
                start: book.start,
                end: book.end,
                group: book.group
            }),
            parent: ledger.parent(),
            spent: ledger.spentOf(_periodOf(ledger.period(), block.timestamp)),
            payments: ledger.payments(),
            depth: ledger.depth(),
            large: ledger.isLarge(),
            frozen: ledger.isFrozen(),
            closed: ledger.isClosed()
        });
    }

    /// @inheritdoc IBudgets
    function headroom(uint256 budget) external view returns (uint256 left) {
        Book storage book = _known(budget);
        if (block.timestamp < book.start || block.timestamp >= book.end) return 0;
        left = type(uint256).max;
        for (uint256 id = budget; id != 0;) {
            BudgetLedger ledger = _books[id].ledger;
            if (ledger.isStopped()) return 0;
            uint256 rest = ledger.limit() - ledger.spentOf(_periodOf(ledger.period(), block.timestamp));
            if (rest < left) left = rest;
            id = ledger.parent();
        }
    }

    /// @inheritdoc IBudgets
    function paymentOf(uint256 budget, uint256 number) public view returns (uint256 left, uint256 paidAt) {
        uint256 receipt = _receipts[budget][number];
        return (receipt >> LEFT, receipt & ((1 << LEFT) - 1));
    }

    /// @inheritdoc IBudgets
    function paidByClosed(address asset) public view returns (uint256) {
        return _closed[asset].recent();
    }

    /* INTERNAL */

    /// @dev The DAO's timelock.
    function _dao() internal view virtual returns (address);

    /// @dev Who says who is guardian.
    function _guardians() internal view virtual returns (IGuardianSource);

    /// @dev Who says whether an account speaks for a working group.
    function _gate() internal view virtual returns (IGroupGate);

    /// @dev PT.
    function _token() internal view virtual returns (address);

    /// @dev Reverts unless the DAO calls.
    function _requireDao() internal view virtual;

    /// @dev What is held of an asset.
    function _balance(address asset) internal view virtual returns (uint256);

    /// @dev Moves money out; reverts where it can't.
    function _transfer(address asset, address to, uint256 amount) internal virtual;

    /// @dev Takes `amount` from the caller; returns what arrived.
    function _collect(address asset, uint256 amount) internal virtual returns (uint256);

    function _open(uint256 parent, uint256 depth, bool large, Terms memory terms)
        private
        returns (uint256 budget)
    {
        bool sound = terms.spender != address(0) && terms.limit != 0 && terms.limit <= BudgetLedgerLib.MOST
            && terms.end > block.timestamp && terms.end > terms.start && terms.end - terms.start <= MAX_TERM;
        if (!sound) revert Budgets__InvalidTerms();
        budget = ++budgets;
        Book storage book = _books[budget];
        (book.spender, book.group) = (terms.spender, terms.group);
        (book.start, book.end) = (SafeCast.toUint32(terms.start), SafeCast.toUint32(terms.end));
        if (terms.asset == _token()) book.inToken = true;
        else book.asset = terms.asset;
        uint256 above = SafeCast.toUint24(parent);
        book.ledger = BudgetLedgerLib.opened(terms.limit, uint256(terms.period), above, depth, large);
        emit BudgetOpened(budget, parent, terms.spender, terms, large);
    }

    function _known(uint256 budget) private view returns (Book storage book) {
        book = _books[budget];
        if (book.spender == address(0)) revert Budgets__Unknown(budget);
    }

    function _assetOf(Book storage book) private view returns (address) {
        return book.inToken ? _token() : book.asset;
    }

    /// @dev Reverts unless the caller is the spender, and its group stands behind it.
    function _requireSpender(uint256 budget, Book storage book) private view {
        if (msg.sender != book.spender) revert Budgets__NotAllowed(budget, msg.sender);
        uint256 group = book.group;
        if (group != 0 && !_gate().maySpend(group, msg.sender)) {
            revert Budgets__GroupObjects(group, msg.sender);
        }
    }

    /// @dev Reverts unless the budget and all above it are open.
    function _requireOpen(uint256 budget) private view {
        if (block.timestamp >= _books[budget].end) revert Budgets__NotOpen(budget);
        for (uint256 id = budget; id != 0;) {
            BudgetLedger ledger = _books[id].ledger;
            if (ledger.isStopped()) revert Budgets__NotOpen(id);
            id = ledger.parent();
        }
    }

    /// @dev Counts `amount` in `count` payments against a budget and all above it; returns the first payment's number,
    /// and what is paid in.
    function _spend(uint256 budget, uint256 amount, uint256 count)
        private
        returns (uint256 number, address asset)
    {
        Book storage book = _known(budget);
        _requireSpender(budget, book);
        if (block.timestamp < book.start || block.timestamp >= book.end) revert Budgets__NotOpen(budget);
        asset = _assetOf(book);
        uint256 month = _periodOf(uint256(Period.Month), block.timestamp);
        for (uint256 id = budget; id != 0;) {
            BudgetLedger ledger = _books[id].ledger;
            if (ledger.isStopped()) revert Budgets__NotOpen(id);
            uint256 period = _ofMonth(ledger.period(), month);
            uint256 spent = ledger.spentOf(period);
            uint256 left = ledger.limit() - spent;
            if (amount > left) revert Budgets__AboveLimit(id, amount, left);
            BudgetLedger changed = ledger.withSpent(spent + amount, period);
            if (id == budget) {
                number = ledger.payments();
                changed = changed.withPayments(SafeCast.toUint32(number + count));
            }
            _books[id].ledger = changed;
            id = ledger.parent();
        }
        return (number + 1, asset);
    }

    /// @dev Keeps a receipt, and pays.
    function _settle(
        uint256 budget,
        uint256 number,
        address asset,
        address to,
        uint112 amount,
        bytes32 category,
        string calldata memo
    ) private {
        _receipts[budget][number] = (uint256(amount) << LEFT) | block.timestamp;
        emit Paid(budget, to, category, asset, amount, number, memo);
        _transfer(asset, to, amount);
    }

    /// @dev The period in which a second lies, counted from 1970 and from 1, since 0 stands for never.
    function _periodOf(uint256 kind, uint256 time) private pure returns (uint256) {
        if (kind == uint256(Period.Once)) return 1;
        // slither-disable-next-line unused-return -- which day does not matter
        (uint256 year, uint256 month,) = DateTimeLib.timestampToDate(time);
        return _ofMonth(kind, (year - 1970) * 12 + month);
    }

    /// @dev The same by the month in which it lies.
    function _ofMonth(uint256 kind, uint256 month) private pure returns (uint256) {
        if (kind == uint256(Period.Month)) return month;
        return kind == uint256(Period.Once) ? 1 : (month - 1) / 3 + 1;
    }
}

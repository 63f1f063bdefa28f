// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title What others may pay out of the treasury
/// @notice A budget lets one account pay one asset out of the treasury, up to a limit in each calendar period. A
/// payment counts against its own budget and every one above it, and is refused where any of them is short. What a
/// period leaves unspent is gone; money that is given back restores the period it was paid in, and no other. Twice a
/// limit can leave around the edge of two periods: that is what a limit by calendar means.
/// @dev Months and quarters are those of the civil calendar in UTC. Terms and parents are fixed when a budget is opened.
interface IBudgets {
    /* TYPES */

    /// @notice How often the limit begins anew.
    enum Period {
        Once,
        Month,
        Quarter
    }

    /// @notice What a budget is opened with.
    /// @param spender Who pays: a group's account, a member of a group, or a contract that pays by its own rules.
    /// @param asset An ERC-20, or the zero address for ether. A budget below another has that one's.
    /// @param limit In the asset's smallest unit, for each period; less than 2^90, more than the whole supply of PT.
    /// @param period How often the limit begins anew.
    /// @param start The first second in which it pays.
    /// @param end The first second in which it no longer does.
    /// @param group The working group whose account or member the spender must be with each payment; zero for none. A
    /// budget below another has that one's.
    struct Terms {
        address spender;
        address asset;
        uint112 limit;
        Period period;
        uint40 start;
        uint40 end;
        uint24 group;
    }

    /// @notice A budget as it stands.
    /// @param parent The budget above it; zero for none.
    /// @param spent In the period that is running.
    /// @param payments How many were made.
    /// @param depth 1 for one without a parent, 4 at most.
    /// @param large Opened as a large one: it counts against no share of the treasury.
    /// @param frozen The guardian stopped it, until the DAO lets it go on.
    /// @param closed For ever.
    struct Budget {
        Terms terms;
        uint256 parent;
        uint256 spent;
        uint256 payments;
        uint256 depth;
        bool large;
        bool frozen;
        bool closed;
    }

    /// @notice A payment to be made.
    /// @param to Who is paid.
    /// @param amount In the asset's smallest unit.
    /// @param category A word that reports sum by, such as `"bounty"`.
    /// @param memo What it is for; kept in the event only.
    struct Payment {
        address to;
        uint112 amount;
        bytes32 category;
        string memo;
    }

    /* EVENTS */

    /// @notice A budget was opened, below `parent` (zero: by the DAO itself).
    event BudgetOpened(
        uint256 indexed budget, uint256 indexed parent, address indexed spender, Terms terms, bool large
    );

    /// @notice A budget was closed for ever, and with it all below it.
    event BudgetClosed(uint256 indexed budget, address by);

    /// @notice A budget was stopped, and with it all below it.
    event BudgetFrozen(uint256 indexed budget, address by);

    /// @notice The DAO let a frozen budget go on.
    event BudgetUnfrozen(uint256 indexed budget);

    /// @notice A payment out of a budget; with its number it can be given back.
    event Paid(
        uint256 indexed budget,
        address indexed to,
        bytes32 indexed category,
        address asset,
        uint256 amount,
        uint256 number,
        string memo
    );

    /// @notice Money of a payment came back.
    event GivenBack(uint256 indexed budget, uint256 indexed number, address from, uint256 amount);

    /* ERRORS */

    /// @notice There is no such budget.
    error Budgets__Unknown(uint256 budget);

    /// @notice The terms are none: no spender, no limit or one of 2^90 or more, an end that is past or not after the start, a term of more than
    /// two years, or not within the parent's.
    error Budgets__InvalidTerms();

    /// @notice A budget can have three above it, no more.
    error Budgets__TooDeep(uint256 parent);

    /// @notice The limits of all budgets in an asset that are open, those opened as large ones aside, and what was lately
    /// paid by such as are closed, can't exceed this share of what the treasury holds of it.
    error Budgets__AboveShare(address asset, uint256 promised, uint256 most);

    /// @notice `caller` is not who may do that to this budget.
    error Budgets__NotAllowed(uint256 budget, address caller);

    /// @notice The budget's working group does not stand behind this spender now: its account's owners are not its
    /// members, or who pays is no member.
    error Budgets__GroupObjects(uint256 group, address spender);

    /// @notice This budget, or the one above that is named, is closed, frozen, not begun, or over.
    error Budgets__NotOpen(uint256 budget);

    /// @notice This budget, or the one above that is named, has less left in its period.
    error Budgets__AboveLimit(uint256 budget, uint256 amount, uint256 left);

    /// @notice That payment was smaller, less of it is left to give back, or it was never made.
    error Budgets__NotPaid(uint256 budget, uint256 number, uint256 left);

    /// @notice Ether was sent with a gift in a token, or the wrong amount of it.
    error Budgets__WrongValue(uint256 sent, uint256 expected);

    /* OPENING */

    /// @notice Opens a budget.
    /// @dev Requirements: the caller is the DAO; the terms are sound; with it, the limits of the asset's open budgets, and
    /// {paidByClosed}, are at most 2% of what the treasury holds. Emits {BudgetOpened}.
    /// @return budget Its number, from 1.
    function openBudget(Terms calldata terms) external returns (uint256 budget);

    /// @notice Opens a budget of any limit; the DAO decides on it as on its own rules.
    /// @dev As {openBudget} without the share.
    function openLargeBudget(Terms calldata terms) external returns (uint256 budget);

    /// @notice Opens a budget below one's own.
    /// @param terms Asset and group are the parent's, whatever stands here.
    /// @dev Requirements: the caller may pay from the parent now; the terms are sound and within the parent's; no more
    /// than four deep. Emits {BudgetOpened}.
    function openBudgetBelow(uint256 parent, Terms calldata terms) external returns (uint256 budget);

    /// @notice Closes a budget for ever, and with it all below it. What it has paid in the running period goes on counting
    /// against the share, see {paidByClosed}.
    /// @dev Requirements: it is not closed; the caller is the DAO, its spender, the spender of the one above it, or
    /// anyone if it is over. For the DAO a closed budget is no error, so that no spender makes a decision fail by being
    /// quicker. Emits {BudgetClosed}.
    function closeBudget(uint256 budget) external;

    /// @notice Stops a budget at once, and with it all below it.
    /// @dev Requirements: it is neither frozen nor closed, which for the DAO is no error; the caller is the guardian or
    /// the DAO. Emits {BudgetFrozen}.
    function freezeBudget(uint256 budget) external;

    /// @notice Lets a frozen budget go on.
    /// @dev Requirements: it is frozen; the caller is the DAO. Emits {BudgetUnfrozen}.
    function unfreezeBudget(uint256 budget) external;

    /* PAYING */

    /// @notice Pays out of a budget.
    /// @dev Requirements: the caller is the spender, and its group, if any, stands behind it; the budget has begun and is
    /// not over; neither it nor one above it is closed, frozen or short; what {ITreasury-spend} asks of a recipient.
    /// Emits {Paid}.
    /// @return number Of the payment within its budget, from 1.
    function pay(uint256 budget, address to, uint112 amount, bytes32 category, string calldata memo)
        external
        returns (uint256 number);

    /// @notice Makes several payments out of one budget: all of them or none.
    /// @dev As {pay}; limits are counted once for all.
    /// @return first The number of the first; the others follow.
    function payMany(uint256 budget, Payment[] calldata payments) external returns (uint256 first);

    /// @notice Gives back what was paid, or a part of it. Anyone may.
    /// @dev Takes the tokens by their allowance; ether comes with the call. Headroom returns by what really arrived, never
    /// by more than `amount`, in the budget and all above it, wherever the period of the payment is still running.
    /// Requirements: no more than is left of that payment. Emits {GivenBack}.
    function giveBack(uint256 budget, uint256 number, uint256 amount) external payable;

    /* VIEWS */

    /// @notice How many budgets were opened; they are numbered from 1.
    function budgets() external view returns (uint256);

    /// @notice A budget as it stands.
    function budgetOf(uint256 budget) external view returns (Budget memory);

    /// @notice What this budget could pay now if its spender asked: the least that is left in it and all above it; zero
    /// when one of them is closed, frozen, not begun or over. Whether its group stands behind the spender and whether the
    /// treasury holds as much is not looked at.
    function headroom(uint256 budget) external view returns (uint256);

    /// @notice What of a payment has not been given back, and when it was made.
    function paymentOf(uint256 budget, uint256 number) external view returns (uint256 left, uint256 paidAt);

    /// @notice The sum of the limits of an asset's budgets that the DAO opened, those opened as large ones aside, and that
    /// nobody has closed.
    function promised(address asset) external view returns (uint256);

    /// @notice What such budgets of an asset had paid in the period in which they were closed, if that was in the last
    /// three spans of 15 days. It goes on counting against the share, so that no budget makes room by being emptied.
    function paidByClosed(address asset) external view returns (uint256);
}

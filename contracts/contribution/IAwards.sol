// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Contributors: the money
/// @notice Whatever a group promises firmly lies here, as an award: an amount that came out of a budget, is earned
/// between two seconds, and is drawn by the holder of the pass that earns it. Streams, approved tranches and bounties
/// are awards; they differ in who may still take back what.
///
/// Of every award, what was drawn, what went back to the treasury and what is still here are together what arrived.
/// @dev An asset is an ERC-20, or the zero address for ether. A token that keeps a part of each transfer can be paid in:
/// what counts is what arrived. One that takes more from the sender than it was told to is refused. A token whose
/// balances shrink by themselves can't be kept apart from those of others who are paid in it, and should not be used.
interface IAwards {
    /* TYPES */

    /// @notice Where an award comes from.
    enum Kind {
        None,
        Stream,
        Tranche,
        Bounty
    }

    /// @notice An award as it stands.
    /// @param pass Who earns it; zero for a bounty that is not approved.
    /// @param group The working group that answers for it.
    /// @param budget What it was paid from.
    /// @param payment The number of the payment within the budget.
    /// @param amount What arrived, in the asset's smallest unit.
    /// @param claimed What was drawn.
    /// @param returned What went back to the treasury.
    /// @param points What it adds to the record when all of it is drawn.
    /// @param start From when on it is earned.
    /// @param end The first second in which all of it is.
    /// @param stoppedAt When a stream was stopped; zero if it was not.
    /// @param lapsedAt When somebody noted that the pass does not count; zero if nobody has since it did.
    struct Award {
        Kind kind;
        uint256 pass;
        uint256 group;
        address asset;
        uint256 budget;
        uint256 payment;
        uint256 amount;
        uint256 claimed;
        uint256 returned;
        uint256 points;
        uint256 start;
        uint256 end;
        uint256 stoppedAt;
        uint256 lapsedAt;
    }

    /* ERRORS */

    /// @notice Only the treasury sends ether here; from elsewhere it could never leave.
    error Contributors__NotTreasury(address sender);

    /// @notice Of what the budget paid nothing arrived.
    error Contributors__NothingArrived(address asset);

    /// @notice The token took more than it was told to, which would be at the expense of other awards.
    error Contributors__Overcharged(address asset);

    /// @notice Nothing can be drawn to the zero address, or to this contract.
    error Contributors__InvalidRecipient(address to);

    /// @notice All that has been earned was drawn or taken back.
    error Contributors__NothingToClaim(uint256 award);

    /// @notice There is nothing to note: the pass counts or not, as is written down already, or nothing is left.
    error Contributors__NothingToNote(uint256 award);

    /// @notice What was earned waits for its pass until `until`, or, at the maximum of this type, as long as the pass
    /// counts or the lapse is not noted.
    error Contributors__Waits(uint256 award, uint256 until);

    /* EVENTS */

    /// @notice Money came out of a budget, to be earned.
    event Held(
        uint256 indexed award,
        uint256 indexed budget,
        address indexed asset,
        uint256 payment,
        uint256 amount,
        uint256 points
    );

    /// @notice The holder of the pass drew what was earned.
    event Drawn(
        uint256 indexed award,
        uint256 indexed pass,
        address indexed to,
        address asset,
        uint256 amount,
        uint256 points
    );

    /// @notice Money went back to the treasury.
    event Returned(uint256 indexed award, address indexed asset, uint256 amount);

    /// @notice A pass with an award does not count, or (`lapsed` false) counts again.
    event LapseNoted(uint256 indexed award, uint256 indexed pass, bool lapsed);

    /* A PASS THAT IS GONE */

    /// @notice Notes that an award's pass does not count, or that it counts again. Anyone may; drawing clears it, too.
    /// @dev Requirements: what was noted is not so any more; something of the award is left. Emits {LapseNoted}.
    function noteLapse(uint256 award) external;

    /// @notice Returns to the treasury what a pass has left lying here. Anyone may.
    /// @dev Requirements: 365 days have passed since the lapse was noted; the pass does not count now either; nothing more
    /// will be earned; something is left. Emits {Returned}.
    function takeBack(uint256 award) external;

    /* VIEWS */

    /// @notice How many awards there were; they are numbered from 1.
    function awards() external view returns (uint256);

    /// @notice An award as it stands; zeros for one that never was.
    function awardOf(uint256 award) external view returns (Award memory);

    /// @notice What the holder of the pass could draw now, if the pass counts.
    function claimable(uint256 award) external view returns (uint256);
}

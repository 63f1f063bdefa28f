// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IPlace} from "../token/IPlace.sol";
import {Plan} from "./IDistribution.sol";

/// @title Vesting of one row of the allocation
/// @notice Holds a row's PT and pays it to the owners of grants, by one schedule that never changes. An account may own
/// any number of grants; they are numbered for each owner from 0. Amounts are wei of PT, times seconds since 1970.
///
/// **Time.** The schedule counts from {start}, the TGE, or from a later start that a grant names, never from an earlier
/// one. A month after a time is the same day of the next month at the same time of day (UTC), or that month's last day if
/// it has no such day; a quarter is three of these. Months are always counted from the start itself: from 31 January
/// they fall on 28 February, 31 March, 30 April. An instalment is vested from the very second on.
///
/// **Start.** {start} is fixed when this contract is deployed. The DAO could not set it: before the first PT is paid
/// nobody has a vote. A key that could would hold up, or let loose, every row at once.
///
/// **Who grants.** The DAO, or the grantor, a key that the DAO replaces. Nothing is granted that this contract does not
/// hold or has promised already. What the grantor grants waits {NOTICE} before anything can be claimed; meanwhile the
/// guardian or the DAO can drop it, and what was dropped can be granted again. That is longer than any vote can take, so what
/// a stolen key grants can be undone. What the DAO grants is firm at once.
///
/// **What has vested is never taken back.** A firm grant ends by the DAO's revocation alone, if it was granted as
/// revocable: what has vested until that second stays its owner's, the rest is free to be granted again.
///
/// **Funds.** Whatever PT arrives here counts as funds. The only ways out are claims, and the DAO's return of
/// what is not promised to the treasury.
interface IVesting is IPlace {
    /* TYPES */

    /// @notice What is to be granted.
    /// @param owner Whose it will be; not the zero address.
    /// @param amount Wei of PT, more than zero.
    /// @param start When the schedule begins for this grant; 0 for {start}. Not earlier than that, and at most a year from
    /// now on or from {start}.
    /// @param revocable Whether the DAO may revoke it.
    struct NewGrant {
        address owner;
        uint96 amount;
        uint32 start;
        bool revocable;
    }

    /// @notice A grant by its owner and number.
    struct GrantId {
        address owner;
        uint256 number;
    }

    /// @notice A grant as it stands.
    /// @param amount Wei of PT in all; after a revocation, what had vested.
    /// @param claimed Wei of PT paid so far.
    /// @param vested Wei of PT vested by now, claimed or not, also while the grant waits.
    /// @param start When its schedule begins.
    /// @param firm The first second in which it can be claimed from and no longer be dropped.
    /// @param revocable Whether it was granted as revocable.
    /// @param revoked Whether it was revoked: then all of `amount` has vested.
    /// @param offeredTo Who may take it over; the zero address if nobody.
    struct Grant {
        uint256 amount;
        uint256 claimed;
        uint256 vested;
        uint256 start;
        uint256 firm;
        bool revocable;
        bool revoked;
        address offeredTo;
    }

    /* ERRORS */

    /// @notice Only the DAO's timelock may do this.
    error Vesting__NotDao(address caller);
    /// @notice Only the DAO's timelock and the grantor may do this.
    error Vesting__NotGrantor(address caller);
    /// @notice Only the DAO's timelock and the guardian may do this.
    error Vesting__NotGuardian(address caller);
    /// @notice The constructor wants every address but those of grantor and guardian; a grant wants its owner.
    error Vesting__ZeroAddress();
    /// @notice A grant of nothing.
    error Vesting__ZeroAmount(address owner);
    /// @notice A batch of this name was granted before.
    error Vesting__BatchDone(bytes32 batch);
    /// @notice A grant's start must lie between {start} and `latest`.
    error Vesting__StartOutOfBounds(uint256 start, uint256 earliest, uint256 latest);
    /// @notice More than is held and not promised.
    error Vesting__NotFunded(uint256 amount, uint256 unpromised);
    /// @notice The owner has no such grant; it may have been dropped or transferred.
    error Vesting__NoGrant(address owner, uint256 number);
    /// @notice The grant can be dropped until the second `firm`, and neither claimed from nor transferred.
    error Vesting__Waits(uint256 firm);
    /// @notice The grant has been firm since the second `firm`, and can't be dropped.
    error Vesting__Firm(uint256 firm);
    /// @notice All that has vested was claimed.
    error Vesting__NothingToClaim(address owner, uint256 number);
    /// @notice The grant was not granted as revocable, or was revoked before.
    error Vesting__NotRevocable(address owner, uint256 number);
    /// @notice The grant can be revoked, and so stays with its owner.
    error Vesting__Revocable(address owner, uint256 number);
    /// @notice A new lock is made for the claimant alone.
    error Vesting__NotOwnLock(address owner, address lockOwner);
    /// @notice The grant is not offered to the caller.
    error Vesting__NotOffered(address owner, uint256 number, address caller);
    /// @notice Less is left of the grant than the caller insists on.
    error Vesting__TooLittleLeft(uint256 left, uint256 least);

    /* EVENTS */

    /// @notice A grant came into being; it is firm from the second `firm` on.
    event Granted(
        address indexed owner,
        uint256 indexed number,
        uint256 amount,
        uint256 start,
        uint256 firm,
        bool revocable
    );
    /// @notice All grants of the batch of that name were made, worth `amount` together.
    event BatchGranted(bytes32 indexed batch, uint256 amount);
    /// @notice A grant that waited is no more.
    event Dropped(address indexed owner, uint256 indexed number, uint256 amount);
    /// @notice A grant was revoked: it keeps `vested`, and `returned` can be granted again.
    event Revoked(address indexed owner, uint256 indexed number, uint256 vested, uint256 returned);
    /// @notice A grant may be taken over by `to`; by nobody, if that is the zero address.
    event Offered(address indexed owner, uint256 indexed number, address indexed to);
    /// @notice A grant changed its owner, and thereby its number.
    event Transferred(address indexed from, uint256 number, address indexed to, uint256 newNumber);
    /// @notice `amount` was paid to `to`, or into its lock.
    event Claimed(address indexed owner, uint256 indexed number, address indexed to, uint256 amount);
    /// @notice What was not promised went to the treasury.
    event Returned(uint256 amount);
    /// @notice Another grantor grants from now on; the zero address is nobody.
    event GrantorSet(address indexed previous, address indexed current);
    /// @notice `guardian` may drop grants that wait before the second `until`; the zero address is nobody.
    event GuardianSet(address indexed guardian, uint48 until);

    /* GRANTING */

    /// @notice Grants, all or nothing.
    /// @param batch A name for the whole, used once: so that a batch sent twice is not granted twice.
    /// @dev Requirements: the caller is the DAO or the grantor; the name is new; every grant as {NewGrant} says; all of it
    /// held here and not promised. Emits {Granted} for each, and {BatchGranted}.
    function grant(bytes32 batch, NewGrant[] calldata grants) external;

    /// @notice Drops grants that wait. Those that there are no more are left out, so that nobody who drops one of them first
    /// undoes a decision about many.
    /// @dev Requirements: the caller is the guardian or the DAO; none of them is firm. Emits {Dropped} for each.
    function drop(GrantId[] calldata ids) external;

    /// @notice Revokes a grant: what has vested by now stays, the rest can be granted again.
    /// @dev Requirements: the caller is the DAO; the grant is revocable and not revoked. Emits {Revoked}.
    function revoke(address owner, uint256 number) external;

    /// @notice Sends PT that is not promised to the treasury.
    /// @dev Requirements: the caller is the DAO; no more than {unpromised}. Emits {Returned}.
    function returnUnpromised(uint256 amount) external;

    /// @notice Replaces the grantor; the zero address leaves it to the DAO. What waits goes on waiting.
    /// @dev Requirements: the caller is the DAO. Emits {GrantorSet}.
    function setGrantor(address newGrantor) external;

    /// @notice Names the guardian for a term of 180 days from now on, or renews its term; the zero address leaves it to the
    /// DAO.
    /// @dev Requirements: the caller is the DAO. Emits {GuardianSet}.
    function setGuardian(address newGuardian) external;

    /* CLAIMING */

    /// @notice Pays all that has vested of one of the caller's grants and was not paid yet.
    /// @param to Who receives the PT.
    /// @return amount Wei of PT paid.
    /// @dev Requirements: the grant exists and is firm; something is to be paid. Emits {Claimed}.
    function claim(uint256 number, address to) external returns (uint256 amount);

    /// @notice The same, straight into the lock of `lockOwner`, who has approved this contract as an operator in the
    /// escrow.
    /// @param create Whether it becomes a new lock of the caller's own, with the unlock time that it chose there, or is added
    /// to one of anybody who agreed.
    /// @dev Requirements as of {claim}, and those of the escrow for `createFor` or `addFor`, such as 1 PT at least. Emits
    /// {Claimed}.
    function claimToLock(uint256 number, address lockOwner, bool create) external returns (uint256 amount);

    /* TRANSFER */

    /// @notice Offers one of the caller's grants to another owner; the zero address withdraws the offer.
    /// @dev Requirements: the grant exists. Emits {Offered}.
    function offer(uint256 number, address to) external;

    /// @notice Takes over a grant that was offered to the caller, with what was claimed and its terms.
    /// @param leastLeft Reverts if less than that is still to be paid, vested or not: its owner could claim just before.
    /// @return newNumber Its number from now on.
    /// @dev Requirements: it is offered to the caller, firm, and not revocable unless it was revoked: what guardian or DAO
    /// may still end can't move away from their decision. Emits {Transferred}.
    function accept(address from, uint256 number, uint256 leastLeft) external returns (uint256 newNumber);

    /* VIEWS */

    /// @notice How long what the grantor grants waits, in seconds: 30 days.
    function NOTICE() external view returns (uint256);

    /// @notice The DAO's timelock.
    function dao() external view returns (address);

    /// @notice Where the DAO returns what is not promised.
    function treasury() external view returns (address);

    /// @notice The vote escrow, for claims into a lock.
    function escrow() external view returns (address);

    /// @notice Who grants besides the DAO; the zero address if nobody.
    function grantor() external view returns (address);

    /// @notice Who may drop grants that wait, besides the DAO; the zero address if nobody may, or the term is over.
    function guardian() external view returns (address);

    /// @notice When the guardian's term ends, in seconds since 1970.
    function guardianUntil() external view returns (uint48);

    /// @notice The TGE, from which the schedule counts.
    function start() external view returns (uint256);

    /// @notice The schedule.
    function plan() external view returns (Plan memory);

    /// @notice Whether a batch of this name was granted.
    function isBatchDone(bytes32 batch) external view returns (bool);

    /// @notice Wei of PT that grants are still owed, vested or not.
    function promised() external view returns (uint256);

    /// @notice Wei of PT held here and not promised.
    function unpromised() external view returns (uint256);

    /// @notice How many numbers an owner's grants have used, dropped and transferred ones included.
    function grantCount(address owner) external view returns (uint256);

    /// @notice One grant; all zeros if there is none.
    function grantOf(address owner, uint256 number) external view returns (Grant memory);

    /// @notice Wei of PT of a grant that will have vested at a time, if nothing changes.
    function vestedAt(address owner, uint256 number, uint48 time) external view returns (uint256);

    /// @notice Wei of PT that {claim} would pay now; 0 while the grant waits.
    function claimable(address owner, uint256 number) external view returns (uint256);

    /// @notice Wei of PT that this schedule has unlocked of `amount` at a time, counted from `start_`.
    function unlocked(uint96 amount, uint48 start_, uint48 time) external view returns (uint256);
}

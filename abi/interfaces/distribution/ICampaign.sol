// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IPlace} from "../token/IPlace.sol";
import {Plan} from "./IDistribution.sol";

/// @notice What a campaign promises for its whole life.
/// @param start The TGE, in seconds since 1970: what was granted unlocks by the plan of its kind from then on.
/// @param rootDelay Seconds that a root waits, in sight of all, before anyone can claim by it.
/// @param deadline The last second of claiming; what is left afterwards goes to the treasury.
/// @param maxStep Wei of PT by which a root's total may exceed its predecessor's.
struct CampaignTerms {
    uint48 start;
    uint48 rootDelay;
    uint48 deadline;
    uint256 maxStep;
}

/// @title A distribution of PT to the holders of Soul Passes
/// @notice A publisher names, as the root of a Merkle tree, how much each pass has been granted in all; the
/// holder claims the part not claimed yet. What a pass was granted under one kind (retail, API, ...) is apart from
/// what it was granted under another. Each kind has a plan by which all that was granted under it unlocks from {CampaignTerms}'s
/// `start` on, whenever it was granted: a part at once, the rest in instalments. See {Plan} for how weeks and months
/// are counted. The start is fixed at deployment, because nobody has a vote before the first PT is paid, and a key
/// that could set it would hold up everyone.
///
/// The tree is OpenZeppelin's standard tree over leaves `(uint256 passId, uint8 kind, uint256 cumulative)`.
/// Amounts are cumulative: a new root repeats the old grants and adds to them, so changing the root loses no
/// claim and pays none twice.
///
/// A root names its total, and never does a payment under it bring the PT held here below {allocation} less that total,
/// whatever the leaves say; if they grant more, those who claim first are paid. A total never exceeds the allocation, is
/// never below what was claimed, and exceeds its predecessor by a bounded step. A root waits before it counts, and until
/// then the guardian, the core team or the DAO can drop it.
///
/// What was claimed in all is not counted apart: it is what is missing from the allocation. So whoever sends PT here only
/// gives back what others claimed, and a campaign that was given less than its allocation counts the rest as claimed.
///
/// What a stolen publisher's key can do, if nobody stops it: with each wait of `rootDelay`, publish a root that leaves out
/// what others were granted and have not claimed, and grants that, and one more step (`maxStep`), to passes of its choice. So
/// the step bounds what is lost by one root only as far as claims have followed the totals: where all totals are published
/// before the TGE, the first bad root that counts can be worth the whole allocation. No leaf is paid faster than the plan of
/// its kind unlocks the root's total, but a thief has as many leaves as passes. So a total had better follow what can be
/// claimed than what was granted. The thief takes nothing back that was claimed, and touches no PT elsewhere.
///
/// Who can stop it: the guardian or any member of the core team, by one transaction at any time of the wait; the DAO,
/// by a vote, which takes its voting delay, voting period and timelock delay. Where a root waits for less than these take
/// together, as with the figures the suite is deployed with, only guardian and core team are quick enough for the first
/// bad roots, and the DAO for the later ones, by replacing the publisher. What a stolen key of theirs can do is to drop
/// every root until the DAO replaces it, or the guardian's term of 180 days is over, which only the DAO renews: claims
/// under the active root go on meanwhile.
interface ICampaign is IPlace {
    /* TYPES */

    /// @notice A published root.
    /// @param root The Merkle root; zero if there is none.
    /// @param total Wei of PT that its leaves grant in all.
    /// @param since From this second on (seconds since 1970) the root can become active.
    struct Root {
        bytes32 root;
        uint208 total;
        uint48 since;
    }

    /// @notice A leaf and its proof under the active root.
    /// @param passId The pass it grants to.
    /// @param kind The kind of grant, the index of its plan.
    /// @param cumulative Wei of PT granted in all.
    struct Leaf {
        uint256 passId;
        uint8 kind;
        uint256 cumulative;
        bytes32[] proof;
    }

    /// @notice What the holder of a pass signs for somebody else to send: EIP-712 type
    /// `Order(address holder,uint256 passId,uint8 kind,address to,uint8 way,uint256 nonce,uint256 deadline)`
    /// in the domain "Phemex Campaign", version "1". Pass and kind are those of the leaf it is sent with.
    /// @param holder Who signs; it must hold the pass when the order is carried out.
    /// @param to Who receives the PT, or whose lock it goes to.
    /// @param way A {Way}: 0 into a wallet, 1 into a lock that is there, 2 into a new lock of the holder's own. A number, so
    /// that one which stands for nothing makes its order fail, and not the batch that it is in.
    /// @param nonce The holder's `nonces` here; each is used once, in order.
    /// @param deadline The last second in which it can be carried out.
    struct Order {
        address holder;
        address to;
        uint8 way;
        uint256 nonce;
        uint256 deadline;
    }

    /// @notice An order with its leaf and its signature (ECDSA, or ERC-1271 within 300,000 gas).
    struct SignedOrder {
        Leaf leaf;
        Order order;
        bytes signature;
    }

    /* EVENTS */

    /// @notice A root waits until the second `since`.
    event RootProposed(bytes32 indexed root, uint256 total, uint48 since);

    /// @notice The waiting root will not become active: guardian, core team or DAO dropped it, or the publisher replaced it.
    event RootDropped(bytes32 indexed root, address indexed by);

    /// @notice Claims are measured by this root from now on.
    event RootActivated(bytes32 indexed root, uint256 total);

    /// @notice `amount` was paid to `to` or into its lock, which makes `cumulative` paid in all for that pass and kind.
    event Claimed(
        uint256 indexed passId, uint8 indexed kind, address indexed to, uint256 amount, uint256 cumulative
    );

    /// @notice An order of a batch was not carried out, for the error of that selector.
    event OrderSkipped(uint256 indexed passId, uint8 indexed kind, bytes4 reason);

    /// @notice What was left went to the treasury.
    event Swept(uint256 amount);

    /// @notice Another publisher proposes roots from now on.
    event PublisherSet(address indexed previous, address indexed current);

    /// @notice `guardian` may drop roots before the second `until`; the zero address is nobody.
    event GuardianSet(address indexed guardian, uint48 until);

    /* ERRORS */

    /// @notice Only the DAO's timelock may do this.
    error Campaign__NotDao(address caller);

    /// @notice Only the guardian within its term, a member of the core team and the DAO's timelock may do this.
    error Campaign__MayNotDrop(address caller);

    /// @notice Only the publisher may do this.
    error Campaign__NotPublisher(address caller);

    /// @notice The constructor wants every address but the guardian's: without one of them, a campaign could never
    /// pay, or never be set right.
    error Campaign__ZeroAddress();

    /// @notice The terms contradict themselves: no allocation, no wait of a day at least, no step or one of more than 96 bits,
    /// or less than 30 days to claim in after the last plan has unlocked everything.
    error Campaign__InvalidTerms();

    /// @notice A campaign has from one to five kinds.
    error Campaign__InvalidKinds(uint256 count);

    /// @notice There is no plan for this kind.
    error Campaign__UnknownKind(uint8 kind);

    /// @notice The zero root stands for "none".
    error Campaign__ZeroRoot();

    /// @notice The total is above `most`: the allocation, or the predecessor's total and one step.
    error Campaign__TotalTooHigh(uint256 total, uint256 most);

    /// @notice The total is below what has been claimed.
    error Campaign__TotalTooLow(uint256 total, uint256 claimed);

    /// @notice No root is waiting.
    error Campaign__NoPendingRoot();

    /// @notice The waiting root can't become active before the second `since`.
    error Campaign__RootWaits(uint48 since);

    /// @notice The deadline has passed.
    error Campaign__Ended(uint48 deadline);

    /// @notice The deadline has not passed.
    error Campaign__NotEnded(uint48 deadline);

    /// @notice The caller does not hold this pass.
    error Campaign__NotHolder(address caller, uint256 passId);

    /// @notice The active root does not contain this leaf.
    error Campaign__InvalidProof(uint256 passId, uint8 kind, uint256 cumulative);

    /// @notice All that has unlocked of the grant was claimed before.
    error Campaign__NothingToClaim(uint256 passId, uint8 kind, uint256 unlocked);

    /// @notice The order's deadline has passed.
    error Campaign__OrderExpired(uint256 deadline);

    /// @notice The holder did not sign this order.
    error Campaign__InvalidSignature(address holder);

    /// @notice There is no such {Way}.
    error Campaign__UnknownWay(uint8 way);

    /// @notice A new lock is made for the claimant alone.
    error Campaign__NotOwnLock(address holder, address lockOwner);

    /// @notice The leaves grant more than the root's total, and all of that has been claimed.
    error Campaign__TotalExhausted(uint256 total);

    /* PUBLISHING */

    /// @notice Proposes a root, whose leaves must include all that was granted before.
    /// @param root The root of the tree.
    /// @param total Wei of PT that the leaves grant in all.
    /// @dev Requirements: the caller is the publisher; the deadline has not passed; `root` is not zero; `total` is
    /// at least what has been claimed, at most the allocation, and at most one step above the active root's total.
    /// A root that has waited long enough becomes active first; one that has not is replaced, and the wait starts
    /// anew. Emits {RootProposed}; before that {RootActivated} or {RootDropped} as the case may be.
    function proposeRoot(bytes32 root, uint256 total) external;

    /// @notice Makes the waiting root the active one, once its wait is over. Anyone may; a claim does it by itself.
    /// @dev Requirements: the deadline has not passed; a root is waiting, its wait is over, and no more than its
    /// total was claimed meanwhile. Emits {RootActivated}.
    function activateRoot() external;

    /// @notice Drops the root that is waiting, also one whose wait is over as long as it is not active.
    /// @dev Requirements: the caller is the guardian, a member of the core team or the DAO; a root is waiting, unless it is the
    /// DAO, whose decision then does nothing. Emits {RootDropped}.
    function dropRoot() external;

    /// @notice Replaces the publisher; the zero address leaves nobody to publish.
    /// @dev Requirements: the caller is the DAO. A root that waits goes on waiting. Emits {PublisherSet}.
    function setPublisher(address newPublisher) external;

    /// @notice Names the guardian for a term of 180 days from now on, or renews its term; the zero address leaves it to
    /// core team and DAO to drop roots.
    /// @dev Requirements: the caller is the DAO. Emits {GuardianSet}.
    function setGuardian(address newGuardian) external;

    /* CLAIMING */

    /// @notice Pays what the caller's pass was granted, has unlocked and was not claimed, or what is left under the root's
    /// total if that is less. The rest stays granted.
    /// @param passId The caller's pass.
    /// @param kind The kind of grant.
    /// @param cumulative Wei of PT granted in all, as the leaf says.
    /// @param proof The leaf's proof under the active root.
    /// @param to Who receives the PT.
    /// @return amount Wei of PT paid now.
    /// @dev Requirements: the deadline has not passed; the caller holds the pass; the leaf is in the root, less than what
    /// has unlocked of `cumulative` has been claimed, and something is left under the root's total. A revoked pass keeps its
    /// grants, and so does one that is dormant or moved; only its present holder can claim them. Emits {RootActivated} if
    /// a root's wait is over, and {Claimed}.
    function claim(uint256 passId, uint8 kind, uint256 cumulative, bytes32[] calldata proof, address to)
        external
        returns (uint256 amount);

    /// @notice Several claims of the caller at once, of different kinds, all or nothing.
    /// @return amount Wei of PT paid in all.
    /// @dev Requirements as of {claim} for each. Emits {Claimed} for each.
    function claimMany(Leaf[] calldata leaves, address to) external returns (uint256 amount);

    /// @notice The same as {claim}, into the lock of `lockOwner`, who has approved this campaign as an operator in the
    /// escrow.
    /// @param create Whether it becomes a new lock of the caller's own, with the unlock time that it chose there, or is added
    /// to one of anybody who agreed.
    /// @dev Requirements as of {claim}, and those of the escrow for `createFor` or `addFor`, such as 1 PT at least. Emits
    /// {Claimed}.
    function claimToLock(Leaf calldata leaf, address lockOwner, bool create) external returns (uint256 amount);

    /// @notice Carries out a holder's order; anyone may send it.
    /// @dev Requirements: the order's deadline has not passed; its nonce is the holder's next; the holder signed it, and
    /// holds the pass; otherwise as of {claim} and {claimToLock}. Emits {Claimed}.
    function claimBySig(SignedOrder calldata signed) external returns (uint256 amount);

    /// @notice Carries out many orders. One that can't be is skipped, and keeps its nonce; the others count.
    /// @return amount Wei of PT paid in all.
    /// @dev Emits {Claimed} or {OrderSkipped} for each.
    function claimManyBySig(SignedOrder[] calldata batch) external returns (uint256 amount);

    /* AFTER THE DEADLINE */

    /// @notice Sends what is left to the treasury. Anyone may, strictly after the deadline.
    /// @return amount Wei of PT sent.
    /// @dev Emits {Swept}.
    function sweep() external returns (uint256 amount);

    /* VIEWS */

    /// @notice The Soul Pass.
    function soulPass() external view returns (address);

    /// @notice The DAO's timelock.
    function dao() external view returns (address);

    /// @notice Where the rest goes.
    function treasury() external view returns (address);

    /// @notice The vote escrow, for claims into a lock.
    function escrow() external view returns (address);

    /// @notice Who proposes roots; the zero address if nobody does.
    function publisher() external view returns (address);

    /// @notice The core team, any member of which may drop roots.
    function coreTeam() external view returns (address);

    /// @notice Who may drop roots besides core team and DAO; the zero address if nobody may, or the term is over.
    function guardian() external view returns (address);

    /// @notice When the guardian's term ends, in seconds since 1970.
    function guardianUntil() external view returns (uint48);

    /// @notice The promises of this campaign.
    function terms() external view returns (CampaignTerms memory);

    /// @notice The plan of each kind, by index.
    function plans() external view returns (Plan[] memory);

    /// @notice Wei of PT unlocked at a time of a grant of `cumulative` under a kind.
    function unlocked(uint8 kind, uint256 cumulative, uint48 time) external view returns (uint256);

    /// @notice The root by which a claim in this second would be measured.
    function activeRoot() external view returns (Root memory);

    /// @notice The root that waits, or has waited and is not active yet; empty if there is none.
    function pendingRoot() external view returns (Root memory);

    /// @notice Wei of PT claimed by a pass under a kind, in all.
    function claimed(uint256 passId, uint8 kind) external view returns (uint256);

    /// @notice Wei of PT that this campaign is to distribute.
    function allocation() external view returns (uint256);

    /// @notice Wei of PT claimed by everybody: what is missing from the allocation. All of it once the rest was swept.
    function claimedTotal() external view returns (uint256);
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint, sumsOf} from "../../contracts/escrow/Checkpoint.sol";
import {DecayingLine} from "../../contracts/escrow/DecayingLine.sol";
import {History} from "../../contracts/escrow/History.sol";
import {IEscrowSuccessor} from "../../contracts/escrow/IVotingEscrow.sol";
import {LockCheckpoint, packLock} from "../../contracts/escrow/LockCheckpoint.sol";
import {VotingEscrow} from "../../contracts/escrow/VotingEscrow.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

interface Vm {
    function warp(uint256 timestamp) external;
    function prank(address sender) external;
}

interface Svm {
    function createCalldata(string memory contractName) external pure returns (bytes memory);
}

/// @notice The escrow with its state laid open, so that a proof can begin anywhere.
contract OpenEscrow is VotingEscrow {
    constructor(address token_, address dao_) VotingEscrow(token_, dao_) {}

    function put(address owner, LockCheckpoint lock, address delegatee) external {
        _locks[owner].head = LockCheckpoint.unwrap(lock) & History.PAYLOAD_MASK | _now() << History.TIME_SHIFT;
        _delegatees[owner] = delegatee;
        _into(_total, lock);
        if (lock.isDelegated()) _into(_lines[delegatee], lock);
    }

    function announce(address successor, uint256 from) external {
        migratableFrom[successor] = from;
    }

    function approveOperator(address owner, address operator, uint64 unlockTime) external {
        _operators[owner][operator] = Operator(true, unlockTime);
    }

    function head(address owner) external view returns (LockCheckpoint) {
        return _head(owner);
    }

    function totalSums() external view returns (Checkpoint) {
        return Checkpoint.wrap(_total.history.head);
    }

    function lineSums(address account) external view returns (Checkpoint) {
        return Checkpoint.wrap(_lines[account].history.head);
    }

    /// @notice A and C of one lock now, by the definition and not by the escrow's own functions.
    function sumsOfLock(LockCheckpoint lock) public view returns (uint256 a, uint256 c) {
        uint256 word = LockCheckpoint.unwrap(lock);
        uint256 amount = word & ((1 << 90) - 1);
        uint256 week = word >> 90 & 4095;
        unchecked {
            if (word >> 102 & 1 == 1) return (0, amount * 104);
            return week * WEEK > block.timestamp - GENESIS ? (amount, amount * week) : (0, 0);
        }
    }

    /// @notice Weight of a lock now, times 104 weeks.
    function weightOfLock(LockCheckpoint lock) external view returns (uint256) {
        (uint256 a, uint256 c) = sumsOfLock(lock);
        unchecked {
            return c * WEEK - a * (block.timestamp - GENESIS);
        }
    }

    /// @dev Lines begin with a schedule, as they have after a second week joined.
    function _into(DecayingLine.Line storage line, LockCheckpoint lock) private {
        (uint256 amount, uint256 moment) = sumsOfLock(lock);
        Checkpoint before = Checkpoint.wrap(line.history.head);
        uint256 week = lock.week();
        Checkpoint sums;
        unchecked {
            sums = sumsOf(before.amount() + amount, before.moment() + moment);
        }
        // The mask tells the solver that the stamp is what it is, whatever the sums are.
        line.history.head = Checkpoint.unwrap(sums) & History.PAYLOAD_MASK | _now() << History.TIME_SHIFT;
        if (amount == 0) return;
        unchecked {
            line.expiring[week] += amount;
        }
        line.populated[week / 256] |= 1 << (week % 256);
    }
}

contract Money is ERC20("Money", "M") {
    function give(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function permit(address, address, uint256, uint256, uint8, bytes32, bytes32) external pure {
        revert();
    }
}

contract Successor is IEscrowSuccessor {
    function onLockMigrated(address, uint256, uint256) external pure returns (bytes4) {
        return IEscrowSuccessor.onLockMigrated.selector;
    }
}

/// @notice Where the proofs of the escrow's actions begin, and what they all measure.
/// @dev Bounds of all that derive from it: one moment, one second after the 24th week boundary; lines that were written
/// at this very moment, as time's work is proven elsewhere, and that keep a schedule; PT an ordinary ERC-20 without fees
/// or callbacks. Paths on which a call reverts end without a word.
abstract contract EscrowProof {
    Vm internal constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    Svm internal constant SVM = Svm(0xF3993A62377BCd56AE39D773740A5390411E8BC9);
    uint256 internal constant WEEK = 7 days;
    uint256 internal constant GENESIS = 1_799_884_800; // a Thursday, 00:00 UTC
    uint256 internal constant NOW_WEEK = 24;
    uint256 internal constant NOW = GENESIS + NOW_WEEK * WEEK + 1;
    uint256 internal constant HELD = 5e26;
    uint256 internal constant PURSE = 1e26;
    /// @dev Where the second lock ends.
    uint256 internal constant OTHER_WEEK = 64;
    address internal constant HOLDER = address(0x1001);
    address internal constant SECOND = address(0x1002);
    address internal constant DAO = address(0x1003);
    address internal constant THIRD = address(0x1004);

    OpenEscrow internal _escrow;
    Money internal _token;
    Successor internal _successor;

    function setUp() public {
        VM.warp(GENESIS + 1 days);
        _token = new Money();
        _escrow = new OpenEscrow(address(_token), DAO);
        assert(_escrow.GENESIS() == GENESIS);
        _successor = new Successor();
        _token.give(address(_escrow), HELD);
        _fund(HOLDER);
        _fund(SECOND);
        _fund(THIRD);
        VM.warp(NOW);
    }

    function _fund(address account) private {
        _token.give(account, PURSE);
        VM.prank(account);
        _token.approve(address(_escrow), type(uint256).max);
    }

    /// @dev Any function of the escrow that is no view, with any arguments; reverts where it does.
    function _callAny(address caller, function(bytes4) pure returns (bool) wanted) internal returns (bytes4) {
        bytes memory data = SVM.createCalldata("VotingEscrow");
        // halmos adds 1,024 bytes behind other selectors, for a fallback; the escrow has none, and these would find `put`.
        if (data.length > 260 || !wanted(bytes4(data))) revert();
        VM.prank(caller);
        (bool done,) = address(_escrow).call(data);
        if (!done) revert();
        return bytes4(data);
    }

    /// @dev A and C of what the account votes with: its own lock unless delegated, and its line.
    function _votesOf(address account) internal view returns (uint256 a, uint256 c) {
        Checkpoint line = _escrow.lineSums(account);
        (a, c) = (line.amount(), line.moment());
        LockCheckpoint lock = _escrow.head(account);
        if (!lock.isDelegated()) {
            (uint256 b, uint256 d) = _escrow.sumsOfLock(lock);
            unchecked {
                (a, c) = (a + b, c + d);
            }
        }
    }

    /// @dev The weight that the account votes with, times 104 weeks.
    function _rawVotesOf(address account) internal view returns (uint256) {
        (uint256 a, uint256 c) = _votesOf(account);
        unchecked {
            return c * WEEK - a * (NOW - GENESIS);
        }
    }
}

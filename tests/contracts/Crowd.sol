// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVotingEscrow} from "../../contracts/escrow/IVotingEscrow.sol";
import {IPlace} from "../../contracts/token/IPlace.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice A locker among many: one lock, made at birth, and perhaps delegated.
contract Locker {
    constructor(IVotingEscrow escrow, uint256 amount, uint256 unlockTime, address delegatee) {
        IERC20(escrow.token()).approve(address(escrow), amount);
        escrow.create(amount, unlockTime);
        if (delegatee != address(0)) escrow.delegate(delegatee);
    }
}

/// @notice A place of genesis that fills a chain with lockers, one transaction each, and funds accounts.
contract Crowd is IPlace {
    address public immutable token;
    IVotingEscrow public immutable ESCROW;

    constructor(address token_, IVotingEscrow escrow) {
        token = token_;
        ESCROW = escrow;
    }

    function fund(address to, uint256 amount) external {
        require(IERC20(token).transfer(to, amount));
    }

    /// @notice A new locker; `salt` has not been used before.
    function spawn(uint256 salt, uint256 amount, uint256 unlockTime, address delegatee) external {
        bytes memory code = abi.encodePacked(
            type(Locker).creationCode, abi.encode(ESCROW, amount, unlockTime, delegatee)
        );
        bytes32 hash = keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, keccak256(code)));
        require(IERC20(token).transfer(address(uint160(uint256(hash))), amount));
        new Locker{salt: bytes32(salt)}(ESCROW, amount, unlockTime, delegatee);
    }
}

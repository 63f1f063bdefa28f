// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

import {IVotingEscrow} from "phemexia-abi/interfaces/escrow/IVotingEscrow.sol";
import {ISoulPass} from "phemexia-abi/interfaces/identity/ISoulPass.sol";

/// @title An example: what a contract of one's own can ask of pass and escrow
/// @notice Opens a door for VIPs, and weighs accounts as the DAO does.
contract VipGate {
    ISoulPass public immutable soulPass;
    IVotingEscrow public immutable escrow;

    error VipGate__LevelTooLow(address account, uint256 level, uint256 needed);

    constructor(ISoulPass soulPass_, IVotingEscrow escrow_) {
        soulPass = soulPass_;
        escrow = escrow_;
    }

    /// @notice The VIP level, 0 to 5: by the vePT of the account's own lock, if its pass is not revoked.
    function levelOf(address account) public view returns (uint256) {
        if (!soulPass.isMember(account)) return 0;
        uint256 weight = escrow.balanceOf(account);
        if (weight >= 800_000e18) return 5;
        if (weight >= 400_000e18) return 4;
        if (weight >= 200_000e18) return 3;
        if (weight >= 100_000e18) return 2;
        return weight >= 50_000e18 ? 1 : 0;
    }

    modifier onlyVip(uint256 needed) {
        uint256 level = levelOf(msg.sender);
        if (level < needed) revert VipGate__LevelTooLow(msg.sender, level, needed);
        _;
    }

    /// @notice What is behind the door.
    function enter() external view onlyVip(1) returns (string memory) {
        return "welcome";
    }

    /// @notice Wei of vePT that the account votes with now: its own lock and what others delegated to it.
    function votesOf(address account) external view returns (uint256) {
        return escrow.getVotes(account);
    }

    /// @notice The same at a past second, as the governor counts it: nothing for who held no pass strictly before.
    function ballotWeight(address account, uint256 snapshot) external view returns (uint256) {
        (, uint48 since) = soulPass.electorAt(account, snapshot);
        if (since == 0 || since >= snapshot) return 0;
        return escrow.getPastVotes(account, snapshot);
    }
}

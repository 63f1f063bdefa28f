// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMandates} from "./IMandates.sol";

/// @title Mandates
/// @notice See {IMandates}.
contract Mandates is IMandates {
    /* STORAGE */

    /// @inheritdoc IMandates
    address public immutable dao;

    /* CONSTRUCTOR */

    /// @param dao_ The DAO's timelock, which need not stand yet.
    constructor(address dao_) {
        if (dao_ == address(0)) revert Mandates__ZeroAddress();
        dao = dao_;
    }

    /* SIGNALS */

    /// @inheritdoc IMandates
    function signal(bytes32 textHash) external {
        if (msg.sender != dao) revert Mandates__NotDao(msg.sender);
        emit Signaled(textHash);
    }
}

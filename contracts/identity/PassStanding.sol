// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPassStanding} from "./IPassStanding.sol";
import {PassBook} from "./PassBook.sol";
import {PassState} from "./PassState.sol";

/// @title Burning and revoking
/// @notice See {IPassStanding}.
abstract contract PassStanding is PassBook {
    /* BURNING */

    /// @inheritdoc IPassStanding
    function burn(uint256 id) external {
        if (_ownerOf(id) != msg.sender) revert SoulPass__NotHolder(msg.sender, id);
        _dropRecovery(id);
        _unbear(msg.sender, id);
        if (_state(id).isRevoked()) _occupy(msg.sender, id);
        emit PassBurned(id, msg.sender);
    }

    /* REVOCATION */

    /// @inheritdoc IPassStanding
    function revoke(uint256 id, uint8 reason) external onlyIssuer {
        PassState state = _knownState(id);
        if (state.isRevoked()) revert SoulPass__Revoked(id);
        _dropRecovery(id);
        _setState(id, state.revoked(reason));
        emit PassRevoked(id, reason);
        emit MetadataUpdate(id);
    }

    /// @inheritdoc IPassStanding
    function reinstate(uint256 id) external {
        PassState state = _knownState(id);
        if (!state.isRevoked()) revert SoulPass__NotRevoked(id);
        if (msg.sender != dao && (msg.sender != issuer || state.isStruck(block.timestamp))) {
            revert SoulPass__MayNotReinstate(msg.sender);
        }
        _setState(id, state.reinstated());
        _vacate(id);
        emit PassReinstated(id, msg.sender);
        emit MetadataUpdate(id);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc IPassStanding
    function revocationOf(uint256 id) external view returns (uint48 revokedAt, uint8 reason) {
        PassState state = _knownState(id);
        return (state.revokedAt(), state.reason());
    }

    /// @inheritdoc IPassStanding
    function isMember(address wallet) external view returns (bool) {
        uint256 id = passOf(wallet);
        return id != 0 && !_state(id).isRevoked();
    }

    /// @inheritdoc IPassStanding
    function holderSince(address wallet) external view returns (uint48) {
        uint256 id = passOf(wallet);
        return id == 0 ? 0 : _state(id).holderSince();
    }

    /// @inheritdoc IPassStanding
    /// @dev Its selector is one of the first that a call is compared with: another name can cost each ballot 500 gas.
    function electorAt(address wallet, uint256 timepoint) external view returns (uint256 id, uint48 since) {
        id = passOf(wallet);
        if (id == 0) return (0, 0);
        PassState state = _state(id);
        if (!state.isStruck(timepoint)) since = state.holderSince();
    }
}

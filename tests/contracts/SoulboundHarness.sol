// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Soulbound} from "../../contracts/identity/Soulbound.sol";

/// @notice Opens the internal functions of {Soulbound}, as a careless contract built on it could.
contract SoulboundHarness is Soulbound {
    function name() public pure override returns (string memory) {
        return "Harness";
    }

    function symbol() public pure override returns (string memory) {
        return "H";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }

    function mint(address to, uint256 id) external {
        _mint(to, id);
    }

    function burn(uint256 id) external {
        _burn(id);
    }

    function internalTransfer(address from, address to, uint256 id) external {
        _transfer(from, to, id);
    }

    function internalTransferBy(address by, address from, address to, uint256 id) external {
        _transfer(by, from, to, id);
    }

    function internalSafeTransfer(address from, address to, uint256 id) external {
        _safeTransfer(from, to, id);
    }

    function internalApprove(address to, uint256 id) external {
        _approve(to, id);
    }

    function internalApproveBy(address by, address to, uint256 id) external {
        _approve(by, to, id);
    }

    function internalApproveAll(address by, address operator) external {
        _setApprovalForAll(by, operator, true);
    }
}

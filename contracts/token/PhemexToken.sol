// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPhemexToken} from "./IPhemexToken.sol";
import {IPlace} from "./IPlace.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title Phemex Token
/// @notice See {IPhemexToken}.
/// @dev Deployed last, at an address computed beforehand, because its places have to know it before it exists.
contract PhemexToken is IPhemexToken, ERC20Permit, ERC20Burnable {
    /* CONSTANTS */

    /// @inheritdoc IPhemexToken
    uint256 public constant SUPPLY = 1_000_000_000e18;

    /* CONSTRUCTOR */

    /// @notice Mints the whole supply straight to its places; no account ever holds it all.
    /// @dev Requirements: a deployed contract at each place that answers {IPlace-token} with this address; each place
    /// once; no amount of zero; amounts that add up to {SUPPLY} exactly. Emits `Transfer` from zero for each place.
    /// @param places Where PT is born.
    /// @param amounts What each place receives, in wei, in the order of `places`.
    constructor(address[] memory places, uint256[] memory amounts)
        ERC20("Phemex Token", "PT")
        ERC20Permit("Phemex Token")
    {
        if (places.length != amounts.length) {
            revert PhemexToken__LengthMismatch(places.length, amounts.length);
        }
        for (uint256 i = 0; i < places.length; ++i) {
            _mintAt(places[i], amounts[i]);
        }
        if (totalSupply() != SUPPLY) revert PhemexToken__WrongTotal(totalSupply());
    }

    /* INTERNAL */

    function _mintAt(address place, uint256 amount) private {
        if (place.code.length == 0) revert PhemexToken__NoCode(place);
        if (!_namesThis(place)) revert PhemexToken__NotAPlace(place);
        if (amount == 0) revert PhemexToken__ZeroAmount(place);
        // No amount is zero, so a balance means that the place has had its share.
        if (balanceOf(place) != 0) revert PhemexToken__DuplicatePlace(place);
        _mint(place, amount);
    }

    /// @dev A low-level call, so that a place which reverts or answers nonsense is refused by name, too.
    function _namesThis(address place) private view returns (bool) {
        // slither-disable-next-line calls-loop (once for each place, in the constructor alone)
        (bool success, bytes memory answer) = place.staticcall(abi.encodeCall(IPlace.token, ()));
        // Exactly 32 bytes, so the cast cuts nothing.
        // forge-lint: disable-next-line(unsafe-typecast)
        return success && answer.length == 32 && uint256(bytes32(answer)) == uint160(address(this));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title Phemex Token (PT)
/// @notice Ownership in the exchange: an ERC-20 with permit (ERC-2612) and burning, whose whole supply is born in the
/// constructor. Nobody owns the contract, and nothing mints later.
/// @dev Amounts are wei of PT, 18 decimals.
interface IPhemexToken {
    /* ERRORS */

    /// @notice There must be one amount for each place.
    error PhemexToken__LengthMismatch(uint256 places, uint256 amounts);

    /// @notice Nothing stands at this place: PT minted there could be lost for ever.
    error PhemexToken__NoCode(address place);

    /// @notice What stands at this place does not name this token as its own, see {IPlace-token}.
    error PhemexToken__NotAPlace(address place);

    /// @notice A place was listed to receive nothing.
    error PhemexToken__ZeroAmount(address place);

    /// @notice A place was listed twice.
    error PhemexToken__DuplicatePlace(address place);

    /// @notice The amounts add up to something else than {SUPPLY}.
    error PhemexToken__WrongTotal(uint256 total);

    /* VIEWS */

    /// @notice What was minted at genesis, in wei: 1,000,000,000 PT. `totalSupply` is this minus what was burned.
    function SUPPLY() external view returns (uint256);
}

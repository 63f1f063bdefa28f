// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title What the DAO's timelock adds to OpenZeppelin's
/// @notice Every privilege in the suite ends here: what the DAO decided waits in public before it happens. The
/// governor alone proposes, executes and cancels; the timelock is its own administrator, so roles and delay
/// change by a decision of the DAO and in no other way.
interface IPhemexTimelock {
    /* ERRORS */

    /// @notice The delay (in seconds) is shorter or longer than the code allows.
    error PhemexTimelock__DelayOutOfBounds(uint256 delay, uint256 least, uint256 most);

    /// @notice The zero address as governor would open execution to everybody.
    error PhemexTimelock__ZeroGovernor();

    /* VIEWS */

    /// @notice The shortest delay in seconds that can ever be set: 1 day.
    function LEAST_DELAY() external view returns (uint256);

    /// @notice The longest delay in seconds that can ever be set: 5 days. A longer one, voted by mistake, could not be
    /// taken back before it has passed itself; and with the longest vote it would outlast the 30 days after which a
    /// revocation reaches governance.
    function MOST_DELAY() external view returns (uint256);
}

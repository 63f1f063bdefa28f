// SPDX-License-Identifier: MIT
pragma solidity >=0.8.20;

/// @title What draws a Soul Pass
/// @notice Pure: the same facts give the same picture on every chain, for ever.
interface IPassArt {
    /// @notice All that a picture is made from.
    /// @param id The pass.
    /// @param since Since when the present holder has had it, in seconds since 1970.
    /// @param revoked Whether it is revoked.
    /// @param xpt xPT, with 18 decimals.
    /// @param shovels Golden Soul Shovels.
    /// @param contribution Points of contribution.
    /// @param governance Ballots cast.
    /// @param credit Credit score; zero if none was written.
    struct Portrait {
        uint256 id;
        uint256 since;
        bool revoked;
        uint256 xpt;
        uint256 shovels;
        uint256 contribution;
        uint256 governance;
        uint256 credit;
    }

    /// @notice Metadata of a pass as JSON in a data URI, with the picture in it.
    function tokenURI(Portrait calldata portrait) external pure returns (string memory);

    /// @notice Metadata of the collection (ERC-7572) as JSON in a data URI.
    function contractURI() external pure returns (string memory);
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICoreTeam} from "./ICoreTeam.sol";
import {IElectorate} from "./IElectorate.sol";

/// @title CoreTeam
/// @notice See {ICoreTeam}.
/// @dev Voices are kept under the team's edition, which every change of the list raises: who has left has no say left
/// behind, and no loop is needed to take it away.
contract CoreTeam is ICoreTeam {
    /* TYPES */

    struct Motion {
        uint256 voices;
        mapping(address member => bool) supported;
    }

    /* CONSTANTS */

    /// @dev Time to mint a pass after joining; the first members are named before there is any pass.
    uint256 private constant GRACE = 30 days;

    /* STORAGE */

    /// @inheritdoc ICoreTeam
    address public immutable dao;

    /// @inheritdoc ICoreTeam
    IElectorate public immutable soulPass;

    /// @inheritdoc ICoreTeam
    mapping(address account => uint256) public listedSince;

    /// @inheritdoc ICoreTeam
    uint256 public size;

    uint256 private _edition;

    mapping(uint256 edition => mapping(address account => mapping(bool joining => Motion))) private _motions;

    /* CONSTRUCTOR */

    /// @param soulPass_ The Soul Pass, which need not stand yet.
    /// @param dao_ The DAO's timelock, which need not stand yet.
    /// @param members The first members; each acts from the moment it has a pass.
    constructor(address soulPass_, address dao_, address[] memory members) {
        if (soulPass_ == address(0) || dao_ == address(0)) revert CoreTeam__ZeroAddress();
        soulPass = IElectorate(soulPass_);
        dao = dao_;
        for (uint256 i = 0; i < members.length; ++i) {
            _join(members[i]);
        }
    }

    modifier onlyDao() {
        if (msg.sender != dao) revert CoreTeam__NotDao(msg.sender);
        _;
    }

    /* BY THE TEAM */

    /// @inheritdoc ICoreTeam
    function support(address account, bool joining) external {
        if (!isMember(msg.sender)) revert CoreTeam__NotMember(msg.sender);
        // slither-disable-next-line incorrect-equality -- zero means not listed
        if ((listedSince[account] == 0) != joining) revert CoreTeam__NothingToDecide(account, joining);
        Motion storage motion = _motions[_edition][account][joining];
        if (motion.supported[msg.sender]) revert CoreTeam__AlreadySupported(msg.sender, account, joining);
        motion.supported[msg.sender] = true;
        uint256 voices_ = ++motion.voices;
        emit Supported(msg.sender, account, joining, voices_);
        if (2 * voices_ <= size) return;
        if (joining) _join(account);
        else _leave(account);
    }

    /// @inheritdoc ICoreTeam
    function retract(address member, address account, bool joining) external {
        if (msg.sender != member && isMember(member)) revert CoreTeam__MayNotRetract(msg.sender, member);
        Motion storage motion = _motions[_edition][account][joining];
        if (!motion.supported[member]) revert CoreTeam__NothingToRetract(member, account, joining);
        motion.supported[member] = false;
        emit Retracted(member, account, joining, --motion.voices);
    }

    /// @inheritdoc ICoreTeam
    function resign() external {
        _leave(msg.sender);
    }

    /* BY ANYONE */

    /// @inheritdoc ICoreTeam
    function drop(address account) external {
        if (block.timestamp < listedSince[account] + GRACE || _isElector(account)) {
            revert CoreTeam__NotLapsed(account);
        }
        _leave(account);
    }

    /* BY THE DAO */

    /// @inheritdoc ICoreTeam
    function appoint(address account) external onlyDao {
        _join(account);
    }

    /// @inheritdoc ICoreTeam
    function dismiss(address account) external onlyDao {
        _leave(account);
    }

    /* PUBLIC VIEWS */

    /// @inheritdoc ICoreTeam
    function isMember(address account) public view returns (bool) {
        return listedSince[account] != 0 && _isElector(account);
    }

    /// @inheritdoc ICoreTeam
    function voices(address account, bool joining) external view returns (uint256) {
        return _motions[_edition][account][joining].voices;
    }

    /* INTERNAL */

    /// @dev Now: the team acts today, whatever was true when a proposal was born.
    function _isElector(address account) private view returns (bool) {
        // slither-disable-next-line unused-return -- which pass does not matter
        (, uint256 since) = soulPass.electorAt(account, block.timestamp);
        return since != 0;
    }

    function _join(address account) private {
        if (account == address(0)) revert CoreTeam__ZeroAddress();
        if (listedSince[account] != 0) revert CoreTeam__NothingToDecide(account, true);
        listedSince[account] = block.timestamp;
        ++size;
        ++_edition;
        emit Joined(account);
    }

    function _leave(address account) private {
        // slither-disable-next-line incorrect-equality -- zero means not listed
        if (listedSince[account] == 0) revert CoreTeam__NothingToDecide(account, false);
        delete listedSince[account];
        --size;
        ++_edition;
        emit Left(account);
    }
}

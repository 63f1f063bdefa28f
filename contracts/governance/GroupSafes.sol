// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGroupGuard} from "./IGroupGuard.sol";
import {IWorkingGroups} from "./IWorkingGroups.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {ISafe} from "@safe-global/safe-smart-account/contracts/interfaces/ISafe.sol";
import {Enum} from "@safe-global/safe-smart-account/contracts/libraries/Enum.sol";
import {IProxy} from "@safe-global/safe-smart-account/contracts/proxies/SafeProxy.sol";
import {SafeProxyFactory} from "@safe-global/safe-smart-account/contracts/proxies/SafeProxyFactory.sol";

/// @title Making, reading and aligning the groups' Safes
/// @notice See {IWorkingGroups}.
/// @dev As the Safes' module it could do anything with them; {_command} is the only place that uses this power, and
/// calls nothing but the Safe's own four functions about owners.
abstract contract GroupSafes is IWorkingGroups {
    /* CONSTANTS */

    /// @dev With what Safe's lists of owners and modules begin and end.
    address private constant SENTINEL = address(1);

    /// @dev Where a Safe keeps its guard: keccak-256 of "guard_manager.guard.address".
    uint256 private constant GUARD_SLOT = 0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8;

    /// @dev Where a Safe keeps its handler: keccak-256 of "fallback_manager.handler.address".
    uint256 private constant HANDLER_SLOT =
        0x6c9a6c4a39284e37ed1cf53d337577d14212a4870fb976a4366c693b939918d5;

    /* STORAGE */

    /// @inheritdoc IWorkingGroups
    address public immutable guard;

    /// @inheritdoc IWorkingGroups
    address public immutable singleton;

    /// @inheritdoc IWorkingGroups
    address public immutable factory;

    /// @inheritdoc IWorkingGroups
    address public immutable fallbackHandler;

    /* CONSTRUCTOR */

    constructor(address guard_, address singleton_, address factory_, address fallbackHandler_) {
        if (
            guard_ == address(0) || singleton_ == address(0) || factory_ == address(0)
                || fallbackHandler_ == address(0)
        ) {
            revert WorkingGroups__ZeroAddress();
        }
        (guard, singleton, factory, fallbackHandler) = (guard_, singleton_, factory_, fallbackHandler_);
    }

    /* INTERNAL: MAKING */

    /// @dev Where a group's Safe stands or will stand. That is a hash of how it is set up.
    function _safeOf(uint256 group) internal view returns (address) {
        // slither-disable-next-line calls-loop -- in the constructor, once for each group to begin with
        bytes memory code = bytes.concat(SafeProxyFactory(factory).proxyCreationCode(), abi.encode(singleton));
        bytes32 salt = keccak256(abi.encodePacked(keccak256(_initializer()), group));
        return Create2.computeAddress(salt, keccak256(code), factory);
    }

    /// @dev Makes a group's Safe, unless it stands: whoever made it a moment before made the very same, and can't have
    /// done anything with it.
    function _makeSafe(uint256 group, address account) internal {
        if (account.code.length != 0) return;
        // slither-disable-next-line unused-return,calls-loop -- it is the address above; see there
        SafeProxyFactory(factory).createProxyWithNonce(singleton, _initializer(), group);
    }

    /// @dev A Safe is set up with this contract as its only owner and module, and with its guard.
    function _initializer() private view returns (bytes memory) {
        return abi.encodeCall(
            ISafe.setup,
            (
                _nobody(),
                1,
                guard,
                abi.encodeCall(IGroupGuard.equip, ()),
                fallbackHandler,
                address(0),
                0,
                payable(address(0))
            )
        );
    }

    /// @dev The owners of a Safe that is nobody's: this contract alone, which signs nothing and calls no Safe as an owner.
    function _nobody() internal view returns (address[] memory owners) {
        owners = new address[](1);
        owners[0] = address(this);
    }

    /* INTERNAL: READING */

    /// @dev Whether a Safe is what it was born as. Its proxy's code is Safe's, and answers `masterCopy` by itself, so what
    /// follows is answered by the singleton's code and can't lie. The handler matters, since a Safe calls it on anyone's
    /// word: were it the treasury, anyone could pay as the Safe.
    function _isIntact(address account) internal view returns (bool) {
        if (IProxy(account).masterCopy() != singleton) return false;
        if (_slot(account, GUARD_SLOT) != guard || _slot(account, HANDLER_SLOT) != fallbackHandler) {
            return false;
        }
        // slither-disable-next-line unused-return -- where a third would be found does not matter
        (address[] memory modules,) = ISafe(payable(account)).getModulesPaginated(SENTINEL, 2);
        return modules.length == 1 && modules[0] == address(this);
    }

    /// @dev Whether a Safe's owners are exactly these, no two of which are the same, and more than half of them decide.
    function _isOwnedBy(address account, address[] memory wanted) internal view returns (bool) {
        ISafe safe = ISafe(payable(account));
        address[] memory owners = safe.getOwners();
        if (owners.length != wanted.length || safe.getThreshold() != _majority(wanted.length)) return false;
        for (uint256 i = 0; i < owners.length; ++i) {
            if (!_has(wanted, owners[i])) return false;
        }
        return true;
    }

    function _majority(uint256 voices) internal pure returns (uint256) {
        return voices / 2 + 1;
    }

    function _has(address[] memory list, address account) private pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == account) return true;
        }
        return false;
    }

    function _slot(address account, uint256 slot) private view returns (address) {
        return abi.decode(ISafe(payable(account)).getStorageAt(slot, 1), (address));
    }

    /* INTERNAL: ALIGNING */

    /// @dev Makes the owners of a Safe exactly these, one at least. Who has to go makes room for who has to come, as long
    /// as there are both; then the rest goes, or the rest comes.
    function _alignSafe(address account, address[] memory wanted) internal {
        ISafe safe = ISafe(payable(account));
        address[] memory owners = safe.getOwners();
        uint256 threshold = _majority(wanted.length);
        uint256 count = owners.length;
        uint256 next = _nextMissing(owners, wanted, 0);
        address previous = SENTINEL;
        for (uint256 i = 0; i < owners.length; ++i) {
            address owner = owners[i];
            if (_has(wanted, owner)) {
                previous = owner;
            } else if (next < wanted.length) {
                _command(account, abi.encodeCall(safe.swapOwner, (previous, owner, wanted[next])));
                previous = wanted[next];
                next = _nextMissing(owners, wanted, next + 1);
            } else {
                // All who are wanted are owners by now, so the threshold can be reached.
                --count;
                _command(account, abi.encodeCall(safe.removeOwner, (previous, owner, threshold)));
            }
        }
        for (; next < wanted.length; next = _nextMissing(owners, wanted, next + 1)) {
            ++count;
            uint256 reachable = threshold < count ? threshold : count;
            _command(account, abi.encodeCall(safe.addOwnerWithThreshold, (wanted[next], reachable)));
        }
        if (safe.getThreshold() != threshold) {
            _command(account, abi.encodeCall(safe.changeThreshold, (threshold)));
        }
    }

    /// @dev The place of the first who is wanted and no owner, from `from` on.
    function _nextMissing(address[] memory owners, address[] memory wanted, uint256 from)
        private
        pure
        returns (uint256)
    {
        while (from < wanted.length && _has(owners, wanted[from])) ++from;
        return from;
    }

    /// @dev Lets a Safe call itself.
    function _command(address account, bytes memory data) private {
        // slither-disable-next-line calls-loop -- one for each of 12 seats at most, all to one Safe
        bool done = ISafe(payable(account)).execTransactionFromModule(account, 0, data, Enum.Operation.Call);
        if (!done) revert WorkingGroups__SafeRefused(account);
    }
}

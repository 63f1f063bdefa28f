// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice How what is left after the start unlocks.
/// - `Weeks`: in equal instalments; cliff and step count 7 days each.
/// - `Months`: in equal instalments; cliff and step count calendar months.
/// - `Linear`: by the second, from the end of the cliff on; cliff and step count calendar months.
enum Pace {
    Weeks,
    Months,
    Linear
}

/// @notice A schedule as people read it.
/// @param atStart Ten-thousandths that unlock at the start.
/// @param cliff Weeks or months after the start in which nothing else unlocks, and from whose end steps are counted.
/// @param steps How many instalments the rest comes in; 0 if everything unlocks at the start.
/// @param step Weeks or months from one instalment to the next: 3 months for a quarter. The first instalment comes one
/// step after the end of the cliff, the last `steps` steps after it.
/// @param pace The unit, and whether the rest comes in instalments at all.
struct Plan {
    uint16 atStart;
    uint8 cliff;
    uint8 steps;
    uint8 step;
    Pace pace;
}

/// @notice What happens to PT that is paid out.
/// - `Wallet`: it goes to the recipient.
/// - `AddToLock`: it is added to the recipient's lock.
/// - `NewLock`: it becomes the recipient's lock, with the unlock time that the recipient gave this operator.
enum Way {
    Wallet,
    AddToLock,
    NewLock
}

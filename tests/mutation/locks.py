"""Mistakes in the locks: their checkpoints, the books of all of them, what an owner can do."""

from mutation.mutant import Mutant

LOCK = [
    Mutant("LockCheckpoint", "LOCK_AMOUNT_BITS = 90", "LOCK_AMOUNT_BITS = 89", "a bit less for amounts"),
    Mutant("LockCheckpoint", "LOCK_WEEK_BITS = 12", "LOCK_WEEK_BITS = 11", "a bit less for weeks"),
    Mutant("LockCheckpoint", "&& !self.isWithdrawn()", "", "A7: a lock is held after it was withdrawn"),
    Mutant(
        "LockCheckpoint",
        "self.week() > inWeek)",
        "self.week() >= inWeek)",
        "a lock lives on in the week of its end",
    ),
    Mutant("LockCheckpoint", "(self.isPermanent() || self.week() > inWeek)", "self.week() > inWeek", "V9"),
    Mutant(
        "LockCheckpoint",
        "return self.amount() != 0 && (self.isPermanent()",
        "return (self.isPermanent()",
        "a lock of nothing lives",
        same="a lock of nothing has neither a week nor the permanent bit",
    ),
    Mutant(
        "LockCheckpoint",
        "(LockCheckpoint.unwrap(self) & History.PAYLOAD_MASK) + amount_",
        "LockCheckpoint.unwrap(self) + amount_",
        "the old stamp stays under the new",
    ),
    Mutant("LockCheckpoint", "delegated ? word | DELEGATED_BIT", "!delegated ? word | DELEGATED_BIT", "inverted"),
    Mutant("LockCheckpoint", "if (delegated) word |= DELEGATED_BIT;", "", "a change takes the votes back"),
    Mutant(
        "LockCheckpoint",
        "unwrap(self) | WITHDRAWN_BIT",
        "unwrap(self)",
        "A7: tokens can be withdrawn again and again",
    ),
]

LEDGER = [
    Mutant("EscrowLedger", "MIN_DEPOSIT = 1e18", "MIN_DEPOSIT = 1e18 - 1", "V2: a wei less will do"),
    Mutant("EscrowLedger", "MAX_TERM / 24", "MAX_TERM / 26", "28 days will do"),
    Mutant("EscrowLedger", "MIGRATION_NOTICE = 30 days", "MIGRATION_NOTICE = 30 days - 1", "a second less notice"),
    Mutant("EscrowLedger", "LAST_WEEK = 4095", "LAST_WEEK = 4096", "an end that 12 bits don't hold"),
    Mutant("EscrowLedger", "LAST_WEEK = 4095", "LAST_WEEK = 4094", "the last week is lost"),
    Mutant(
        "EscrowLedger",
        "if (token_ == address(0)) revert VotingEscrow__BadAddress(token_);",
        "",
        "an escrow of nothing",
    ),
    Mutant(
        "EscrowLedger", "if (dao_ == address(0)) revert VotingEscrow__BadAddress(dao_);", "", "an escrow of nobody"
    ),
    Mutant(
        "EscrowLedger",
        "GENESIS = block.timestamp - block.timestamp % WEEK;",
        "GENESIS = block.timestamp;",
        "V11: weeks that begin at any time",
    ),
    Mutant("EscrowLedger", "_total.replace(from, to, now_);", "", "the total does not change"),
    Mutant(
        "EscrowLedger",
        "if (from.isDelegated()) _lines[_delegatees[owner]].replace(from, to, now_);",
        "",
        "D8: the delegatee's votes do not change",
    ),
    Mutant(
        "EscrowLedger",
        "if (from.isDelegated()) _lines",
        "if (!from.isDelegated()) _lines",
        "the wrong line changes",
    ),
    Mutant(
        "EscrowLedger",
        "lock.isPermanent() ? lock.amount() * MAX_TERM :",
        "lock.isPermanent() ? lock.amount() * (MAX_TERM - WEEK) :",
        "a permanent lock weighs less",
    ),
    Mutant(
        "EscrowLedger",
        "lock.amount() * (lock.week() * WEEK - time)",
        "lock.amount() * (lock.week() * WEEK - time / WEEK * WEEK)",
        "weights fall in steps",
    ),
    Mutant(
        "EscrowLedger",
        "if (!lock.isAlive(time / WEEK)) return 0;",
        "if (!lock.isHeld()) return 0;",
        "an expired lock's weight is below zero",
    ),
    Mutant(
        "EscrowLedger",
        "if (!lock.isDelegated()) raw += _lockRaw(lock, time);",
        "raw += _lockRaw(lock, time);",
        "D3: delegated votes count twice",
    ),
    Mutant(
        "EscrowLedger",
        "if (time < GENESIS) return (0, 0, 0);",
        "if (time <= GENESIS) return (0, 0, 0);",
        "V7: the first second does not count",
    ),
    Mutant("EscrowLedger", "if (time < GENESIS) return (0, 0, 0);", "", "times before the first second revert"),
    Mutant("EscrowLedger", "if (unlockTime < GENESIS ||", "if (", "times before the first second revert"),
    Mutant(
        "EscrowLedger",
        "unlockTime < GENESIS || unlockTime % WEEK != 0",
        "unlockTime < GENESIS",
        "within the week",
    ),
    Mutant(
        "EscrowLedger",
        "if (!lock.isAlive(_now() / WEEK)) revert VotingEscrow__LockExpired(account, _endOf(lock.week()));",
        "",
        "A2: an expired lock is revived",
    ),
    Mutant(
        "EscrowLedger",
        "lock = _running(account);\n        if (lock.isPermanent()) revert VotingEscrow__LockPermanent(account);",
        "lock = _running(account);",
        "a permanent lock is extended",
    ),
    Mutant(
        "EscrowLedger",
        "lock = _held(account);\n        if (lock.isPermanent()) revert VotingEscrow__LockPermanent(account);",
        "lock = _held(account);",
        "a permanent lock is refused by another name",
    ),
    Mutant(
        "EscrowLedger",
        "if (lock.isAlive(_now() / WEEK)) revert VotingEscrow__LockActive(account, _endOf(lock.week()));",
        "",
        "D4: tokens leave before the end",
    ),
    Mutant("EscrowLedger", "if (amount < MIN_DEPOSIT)", "if (amount <= MIN_DEPOSIT)", "1 PT is too little"),
    Mutant(
        "EscrowLedger", "if (msg.sender != dao) revert VotingEscrow__NotDao(msg.sender);", "", "anyone is the DAO"
    ),
    Mutant("EscrowLedger", "if (time >= block.timestamp)", "if (time > block.timestamp)", "V16: now is past"),
    Mutant("EscrowLedger", "if (unlockTime <= current)", "if (unlockTime < current)", "extended by nothing"),
    Mutant("EscrowLedger", "if (unlockTime > latest)", "if (unlockTime >= latest)", "104 weeks are too long"),
    Mutant("EscrowLedger", "if (latest > LAST_WEEK) latest = LAST_WEEK;", "", "ends past the bits"),
    Mutant("EscrowLedger", "if (excess != 0) {", "if (false) {", "V11, V13: an end is rounded in silence"),
    Mutant(
        "EscrowLedger",
        "if (unlockTime < block.timestamp + MIN_TERM) {",
        "if (unlockTime <= block.timestamp + MIN_TERM) {",
        "the shortest term is too short",
    ),
    Mutant(
        "EscrowLedger",
        "uint256 time = block.timestamp + MIN_TERM + WEEK - 1;",
        "uint256 time = block.timestamp + MIN_TERM + WEEK;",
        "the earliest end is told a week late",
    ),
]

ESCROW = [
    Mutant(
        "VotingEscrow",
        "_change(msg.sender, lock, packLock(lock.amount(), week, false, lock.isDelegated()));\n"
        "        emit Extended",
        "_change(msg.sender, lock, packLock(lock.amount(), lock.week(), false, lock.isDelegated()));\n"
        "        emit Extended",
        "extended in name only",
    ),
    Mutant(
        "VotingEscrow",
        "packLock(lock.plus(amount).amount(), week, false, lock.isDelegated())",
        "packLock(lock.amount(), week, false, lock.isDelegated())",
        "what is added with an extension does not count",
    ),
    Mutant(
        "VotingEscrow",
        "emit Extended(msg.sender, unlockTime);\n        PT.safeTransferFrom(msg.sender, address(this), amount);",
        "emit Extended(msg.sender, unlockTime);",
        "nobody pays for what is added with an extension",
    ),
    Mutant(
        "VotingEscrow",
        "packLock(lock.amount(), 0, true, lock.isDelegated())",
        "packLock(lock.amount(), lock.week(), true, lock.isDelegated())",
        "a permanent lock keeps its end week",
    ),
    Mutant("VotingEscrow", "emit MadePermanent(msg.sender);", "", "nothing is told"),
    Mutant(
        "VotingEscrow",
        "if (!lock.isPermanent()) revert VotingEscrow__LockNotPermanent(msg.sender);",
        "",
        "startClock extends any lock, an expired one too",
    ),
    Mutant(
        "VotingEscrow",
        "+ MAX_WEEKS;\n        if (week > LAST_WEEK) week = LAST_WEEK;",
        "+ MAX_WEEKS + 1;\n        if (week > LAST_WEEK) week = LAST_WEEK;",
        "the clock starts above the top",
    ),
    Mutant(
        "VotingEscrow",
        "if (week > LAST_WEEK) revert VotingEscrow__TermTooLong(_endOf(week), _endOf(LAST_WEEK));",
        "",
        "a lock becomes permanent where the bits can't hold its weight",
    ),
    Mutant(
        "VotingEscrow",
        "+ MAX_WEEKS;\n        if (week > LAST_WEEK) revert",
        "+ MAX_WEEKS - 1;\n        if (week > LAST_WEEK) revert",
        "a lock becomes permanent one week too late",
    ),
    Mutant("VotingEscrow", "if (week > LAST_WEEK) week = LAST_WEEK;", "", "the clock can't be started at the end"),
    Mutant(
        "VotingEscrow", "if (to == address(0) || to == address(this))", "if (to == address(0))", "to the escrow"
    ),
    Mutant("VotingEscrow", "if (to == address(0) || to == address(this))", "if (to == address(this))", "to zero"),
    Mutant(
        "VotingEscrow", "PT.safeTransfer(to, amount);", "PT.safeTransfer(msg.sender, amount);", "to the caller"
    ),
    Mutant(
        "VotingEscrow",
        "LockCheckpoint lock = _expired(msg.sender);\n        uint256 week = _termWeek(unlockTime);",
        "LockCheckpoint lock = _held(msg.sender);\n        uint256 week = _termWeek(unlockTime);",
        "relocking shortens a running lock",
    ),
    Mutant(
        "VotingEscrow", "if (from == 0 || block.timestamp < from)", "if (block.timestamp < from)", "to anywhere"
    ),
    Mutant("VotingEscrow", "if (from == 0 || block.timestamp < from)", "if (from == 0)", "without notice"),
    Mutant("VotingEscrow", "block.timestamp < from)", "block.timestamp <= from)", "a second late"),
    Mutant(
        "VotingEscrow",
        "_change(msg.sender, lock, packLock(0, 0, false, lock.isDelegated()));",
        "",
        "what migrates stays",
    ),
    Mutant(
        "VotingEscrow",
        "if (answer != IEscrowSuccessor.onLockMigrated.selector) {",
        "if (false) {",
        "a successor that does not confirm",
    ),
    Mutant(
        "VotingEscrow",
        "LockCheckpoint lock = _running(msg.sender);\n        uint256 amount = lock.amount();",
        "LockCheckpoint lock = _held(msg.sender);\n        uint256 amount = lock.amount();",
        "an expired lock migrates",
    ),
    Mutant(
        "VotingEscrow",
        "_permit(amount, deadline, v, r, s);\n        add(amount);",
        "add(amount);",
        "the permit is left lying",
    ),
    Mutant("VotingEscrow", "if (operator == address(0))", "if (false)", "zero is an operator"),
    Mutant(
        "VotingEscrow",
        "if (!terms.approved || terms.unlockTime == 0)",
        "if (terms.unlockTime == 0)",
        "A1: stopped",
    ),
    Mutant(
        "VotingEscrow", "if (!terms.approved || terms.unlockTime == 0)", "if (!terms.approved)", "no end chosen"
    ),
    Mutant(
        "VotingEscrow",
        "if (!_operators[owner][msg.sender].approved)",
        "if (!_operators[msg.sender][owner].approved)",
        "A1: the owner's and the operator's part swapped",
    ),
    Mutant("VotingEscrow", "if (block.timestamp > expiry)", "if (block.timestamp >= expiry)", "a second early"),
    Mutant("VotingEscrow", "_useCheckedNonce(account, nonce);", "_useNonce(account);", "D10: any nonce will do"),
    Mutant(
        "VotingEscrow",
        "uint256 nonce,uint256 expiry)",
        "uint256 nonce,uint256 deadline)",
        "D9: another typehash",
    ),
    Mutant("VotingEscrow", "_total.checkpoint(_now());", "", "V3: no checkpoint of the total"),
    Mutant("VotingEscrow", "_lines[account].checkpoint(_now());", "", "no checkpoint of an account"),
    Mutant(
        "VotingEscrow",
        "successor == address(this) || successor.code.length == 0",
        "successor.code.length == 0",
        "its own successor",
    ),
    Mutant(
        "VotingEscrow",
        "successor == address(this) || successor.code.length == 0",
        "successor == address(this)",
        "a successor without code",
    ),
    Mutant("VotingEscrow", "delete migratableFrom[successor];", "", "an announcement stays"),
    Mutant("VotingEscrow", "if (time < GENESIS) return 0;", "", "times before the first second revert"),
    Mutant(
        "VotingEscrow",
        "return time < GENESIS ? 0 : _votesRaw(account, time - GENESIS) / MAX_TERM;",
        "return time <= GENESIS ? 0 : _votesRaw(account, time - GENESIS) / MAX_TERM;",
        "V7: no votes in the first second",
    ),
    Mutant("VotingEscrow", "_requirePast(timepoint);", "", "V16: the future is past"),
    Mutant("VotingEscrow", "delegated = lock.isDelegated();", "", "who voted is not told"),
    Mutant(
        "VotingEscrow",
        "if (lock.isAlive((time - GENESIS) / WEEK)) {",
        "if (lock.isHeld()) {",
        "what was locked in the past depends on the present",
    ),
    Mutant("VotingEscrow", "lock.amount() == 0 ? 0 : _unlockTime(lock)", "_unlockTime(lock)", "an end of nothing"),
    Mutant(
        "VotingEscrow", "if (lock.isHeld()) revert VotingEscrow__LockExists(owner);", "", "a lock is overwritten"
    ),
    Mutant(
        "VotingEscrow",
        "emit Created(owner, msg.sender, amount, unlockTime);\n"
        "        PT.safeTransferFrom(msg.sender, address(this), amount);",
        "emit Created(owner, msg.sender, amount, unlockTime);",
        "nobody pays for a new lock",
    ),
    Mutant(
        "VotingEscrow",
        "emit Created(owner, msg.sender, amount, unlockTime);\n"
        "        PT.safeTransferFrom(msg.sender, address(this), amount);",
        "emit Created(owner, msg.sender, amount, unlockTime);\n"
        "        PT.safeTransferFrom(owner, address(this), amount);",
        "the owner pays for its operator",
    ),
    Mutant("VotingEscrow", "!lock.isPermanent() && _endOf", "_endOf", "nothing can be added to a permanent lock"),
    Mutant(
        "VotingEscrow",
        "_endOf(lock.week()) < block.timestamp + MIN_TERM",
        "_endOf(lock.week()) <= block.timestamp + MIN_TERM",
        "A2: the shortest term is too short to add",
    ),
    Mutant("VotingEscrow", "if (delegatee == address(0)) delegatee = account;", "", "D6: votes are zero's"),
    Mutant("VotingEscrow", "if (delegatee == current) return;", "", "D7: the same delegatee again"),
    Mutant(
        "VotingEscrow",
        "if (alive && current != account) _lines[current].replace(lock, NO_LOCK, now_);",
        "",
        "D3: the former delegatee keeps the votes",
    ),
    Mutant(
        "VotingEscrow",
        "if (alive) _lines[delegatee].replace(NO_LOCK, lock, now_);",
        "",
        "the new delegatee gets nothing",
    ),
    Mutant(
        "VotingEscrow",
        "(lock.isWithdrawn() ? NO_LOCK : lock).withDelegated",
        "lock.withDelegated",
        "what has left is in the next record",
    ),
    Mutant(
        "VotingEscrow",
        "emit DelegateVotesChanged(current, loser / MAX_TERM, (loser - raw) / MAX_TERM);",
        "emit DelegateVotesChanged(current, loser / MAX_TERM, loser / MAX_TERM - raw / MAX_TERM);",
        "divided twice, a wei off",
    ),
    Mutant(
        "VotingEscrow",
        "uint256 winner = alive ? _votesRaw(delegatee, now_) : 0;",
        "uint256 winner = 0;",
        "what the new delegatee had is not told",
    ),
]

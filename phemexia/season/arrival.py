"""First part of the season: passes; and later, when there is PT, locks."""

from __future__ import annotations

from eth_account.signers.local import LocalAccount

from phemexia.season.company import (
    EXECUTIVES,
    ISSUER,
    Season,
    balance,
)
from phemexia.season.mining import KEY, account_of
from phemexia.season.stage import DAY, WEEK, Stage, actor, pt, sign_typed

VOUCHER = {
    "Voucher": [
        {"name": "wallet", "type": "address"},
        {"name": "account", "type": "bytes32"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint256"},
    ]
}


def mint_passes(stage: Stage, season: Season) -> None:
    """The exchange attests, each holder mints its own pass."""
    stage.chapter("The exchange attests its accounts; their holders mint Soul Passes")
    for holder in season.everybody:
        holder.pass_id = _mint(stage, holder.account, account_of(season, holder))
    for number in EXECUTIVES:
        _mint(stage, actor(number), f"executive-{number}")
    first, last = season.everybody[0].pass_id, season.everybody[-1].pass_id
    stage.say(f"{len(season.everybody)} vouchers signed, passes {first} to {last} minted")
    stage.say(f"the {len(EXECUTIVES)} members of the core team have theirs: without one they could not act")


def _mint(stage: Stage, account: LocalAccount, account_id: str) -> int:
    """A voucher signed by the issuer, brought by its holder; returns the pass."""
    soul_pass = stage.suite.soul_pass
    domain = {
        "name": "Phemex Soul Pass",
        "version": "1",
        "chainId": stage.web3.eth.chain_id,
        "verifyingContract": soul_pass.address,
    }
    voucher = {
        "wallet": account.address,
        "account": KEY.commit(account_id),
        "nonce": 0,
        "deadline": stage.now() + DAY,
    }
    signature = sign_typed(actor(ISSUER), domain, VOUCHER, voucher)
    stage.act(account, "mint a pass", soul_pass.functions.mint(tuple(voucher.values()), signature))
    return int(soul_pass.functions.passOf(account.address).call())


def lock_and_delegate(stage: Stage, season: Season) -> None:
    """Locks of different terms; three holders let somebody else vote."""
    stage.chapter("Holders lock PT, for six weeks to two years")
    token, escrow = stage.suite.token, stage.suite.escrow
    for holder in season.everybody:
        part, start = holder.part, stage.now() // WEEK * WEEK
        amount = balance(stage, holder.account.address) * part.locks // 100
        approve = token.functions.approve(escrow.address, amount)
        stage.act(holder.account, "approve PT", approve)
        create = escrow.functions.create(amount, start + part.weeks * WEEK)
        stage.act(holder.account, "lock PT", create)
    for holder in season.holders:
        if holder.part.delegate:
            delegatee = season.holder(holder.part.delegate).account.address
            stage.act(holder.account, "delegate", escrow.functions.delegate(delegatee))
            stage.say(f"{holder.name} lets {holder.part.delegate} vote")
    stage.say(
        f"{pt(balance(stage, escrow.address))} PT locked, "
        f"weighing {pt(escrow.functions.totalSupply().call())} vePT together"
    )
    stage.until(stage.now() + DAY)  # votes are read before the second of a proposal

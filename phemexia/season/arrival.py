"""First part of the season: passes, the first PT, locks."""

from __future__ import annotations

import hmac
from hashlib import sha256

from eth_account.signers.local import LocalAccount

from phemexia.merkle import StandardTree
from phemexia.season.company import (
    BYSTANDER,
    EXECUTIVES,
    GUARDIAN,
    ISSUER,
    PUBLISHER,
    Season,
    balance,
)
from phemexia.season.stage import DAY, PT, WEEK, Stage, actor, pt, sign_typed

XPT = 0
"""The kind of claim that pre-mining makes."""

LEAF = ("uint256", "uint8", "uint256")
"""Pass, kind, and wei of PT granted in all."""

COMMITMENT_KEY = b"the season's key; an exchange keeps its own secret, for ever the same"

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
        holder.pass_id = _mint(stage, holder.account, holder.name)
    for number in EXECUTIVES:
        _mint(stage, actor(number), f"executive {number}")
    first, last = season.everybody[0].pass_id, season.everybody[-1].pass_id
    stage.say(f"{len(season.everybody)} vouchers signed, passes {first} to {last} minted")
    stage.say(f"the {len(EXECUTIVES)} members of the core team have theirs: without one they could not act")


def _mint(stage: Stage, account: LocalAccount, name: str) -> int:
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
        "account": hmac.digest(COMMITMENT_KEY, name.encode(), sha256),
        "nonce": 0,
        "deadline": stage.now() + DAY,
    }
    signature = sign_typed(actor(ISSUER), domain, VOUCHER, voucher)
    stage.act(account, "mint a pass", soul_pass.functions.mint(tuple(voucher.values()), signature))
    return int(soul_pass.functions.passOf(account.address).call())


def claim_tokens(stage: Stage, season: Season) -> None:
    """Mined xPT becomes PT through a Merkle root that waits for five days."""
    stage.chapter("The exchange publishes who mined how much xPT")
    campaign, holders = stage.suite.campaign, season.everybody
    leaves = [(holder.pass_id, XPT, holder.part.mined * PT) for holder in holders]
    tge, delay, *_ = campaign.functions.terms().call()

    (first, kind, mined), *others = leaves
    total = _publish(stage, [(first, kind, 2 * mined), *others])
    stage.say(f"a root over {len(leaves)} leaves, {pt(total)} PT; it can be dropped for {delay // DAY} days")
    stage.until(stage.now() + DAY)
    refusal = stage.refused(actor(BYSTANDER), campaign.functions.dropRoot())
    stage.say(f"[dim]a bystander can't drop it: {refusal.partition('(')[0]}[/]")
    stage.act(actor(GUARDIAN), "drop a root", campaign.functions.dropRoot())
    stage.say(f"the guardian drops it: it granted the {holders[0].name} twice what was mined")

    total = _publish(stage, leaves)
    stage.say(f"the corrected root: {pt(total)} PT")
    stage.until(stage.now() + delay)
    tree = StandardTree(leaves, LEAF)
    for second, title in (
        (tge, "The token generation event: one xPT becomes one PT, a quarter of them now"),
        (tge + 3 * WEEK, "Three weeks later: the rest has unlocked"),
    ):
        stage.until(second)
        stage.chapter(title)
        for i, holder in enumerate(holders):
            claim = campaign.functions.claim(*leaves[i], tree.proof(i), holder.account.address)
            stage.act(holder.account, "claim PT", claim)
        stage.say(f"{len(holders)} claims; the campaign still holds {pt(balance(stage, campaign.address))} PT")


def _publish(stage: Stage, leaves: list[tuple[int, int, int]]) -> int:
    """Propose the root of these leaves; returns what they grant in all, in wei."""
    total = sum(leaf[2] for leaf in leaves)
    propose = stage.suite.campaign.functions.proposeRoot(StandardTree(leaves, LEAF).root, total)
    stage.act(actor(PUBLISHER), "publish a root", propose)
    return total


def lock_and_delegate(stage: Stage, season: Season) -> None:
    """Locks of different terms; three holders let somebody else vote."""
    stage.chapter("Holders lock PT, for six weeks to two years")
    token, escrow = stage.suite.token, stage.suite.escrow
    for holder in season.everybody:
        part, start = holder.part, stage.now() // WEEK * WEEK
        approve = token.functions.approve(escrow.address, part.locked * PT)
        stage.act(holder.account, "approve PT", approve)
        create = escrow.functions.create(part.locked * PT, start + part.weeks * WEEK)
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

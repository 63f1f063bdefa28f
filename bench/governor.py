"""PhemexGovernor: each operation, and the same by OpenZeppelin's governor with `ERC20Votes` in the same run.

A member has a pass and a lock that it votes with itself. Ids of passes run from 1, so that the first 63 members
share a word of ballots. Proposals pay one ERC-20 transfer out of the timelock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import function_abi_to_4byte_selector, keccak
from support.solidity import compile_source

from bench.chain import START, WEEK, Bench, Contract
from bench.escrow import _created
from phemexia import artifacts

PT = 10**18
DAY = 86_400
RULES = [
    (50_000, DAY, 5 * DAY, 2_000_000, 400, 5_000),
    (100_000, DAY, 7 * DAY, 10_000_000, 600, 5_000),
    (100_000, 2 * DAY, 7 * DAY, 10_000_000, 800, 6_000),
    (250_000, 2 * DAY, 10 * DAY, 20_000_000, 1_500, 6_667),
]
BATCH = 64
LAST_ID = 184
"""The bit at which the last id begins in the issuer's slot (`forge inspect SoulPass storage`)."""
Progress = Callable[[str], None]


def _typed(
    contract: Contract, domain: str, kind: str, types: list[tuple[str, str]], message: Any
) -> dict[str, Any]:
    fields = [("name", "string"), ("version", "string"), ("chainId", "uint256"), ("verifyingContract", "address")]
    return {
        "types": {
            "EIP712Domain": [{"name": name, "type": type_} for name, type_ in fields],
            kind: [{"name": name, "type": type_} for name, type_ in types],
        },
        "primaryType": kind,
        "domain": {"name": domain, "version": "1", "chainId": 31_337, "verifyingContract": contract.address},
        "message": message,
    }


class Dao:
    """The suite as far as votes need it, and some members."""

    def __init__(self, chain: Bench) -> None:
        self.chain = chain
        chain.at(START)
        deployer = self.deployer = chain.account("deployer")
        self.issuer = Account.from_key(keccak(text="bench issuer"))
        self.executive = self.key("executive")
        names = ("classes", "team", "timelock", "governor", "art", "pass", "escrow", "crowd", "token")
        at = {name: _created(deployer, nonce) for nonce, name in enumerate(names)}
        transfer = next(i for i in artifacts.load("PhemexToken").abi if i.get("name") == "transfer")
        entries = [(at["token"], function_abi_to_4byte_selector(transfer), 1)]
        self.classes = chain.deploy(
            "ActionClasses", at["governor"], at["timelock"], RULES, entries, sender=deployer
        )
        team = [self.executive.address]
        self.team = chain.deploy("CoreTeam", at["pass"], at["timelock"], team, sender=deployer)
        self.timelock = chain.deploy("PhemexTimelock", 2 * DAY, at["governor"], sender=deployer)
        self.governor = chain.deploy(
            "PhemexGovernor",
            *(at["escrow"], at["pass"], at["timelock"], at["classes"], at["team"], chain.account("guardian")),
            sender=deployer,
        )
        art = chain.deploy("PassArt", sender=deployer)
        publisher, guardian = chain.account("publisher"), chain.account("guardian")
        self.soul_pass = chain.deploy(
            "SoulPass",
            at["timelock"],
            self.issuer.address,
            guardian,
            publisher,
            publisher,
            art.address,
            sender=deployer,
        )
        self.escrow = chain.deploy("VotingEscrow", at["token"], at["timelock"], sender=deployer)
        crowd = compile_source("Crowd.sol", "Crowd")
        self.crowd = chain.deploy(crowd, at["token"], at["escrow"], sender=deployer)
        self.pt = chain.deploy("PhemexToken", [self.crowd.address], [10**27], sender=deployer)
        self.belong(self.executive)
        chain.send(self.crowd, deployer, "fund", self.timelock.address, 1_000 * PT)

    def key(self, role: str) -> LocalAccount:
        """A key whose address has no zero byte, so that calldata costs the same for all."""
        salt = 0
        while True:
            account: LocalAccount = Account.from_key(keccak(text=f"bench {role} {salt}"))
            if 0 not in bytes.fromhex(account.address[2:]):
                return account
            salt += 1

    def belong(self, account: LocalAccount) -> None:
        """Mint a pass."""
        voucher = {
            "wallet": account.address, "account": keccak(text=account.address), "nonce": 0, "deadline": 2**32,
        }  # fmt: skip
        types = [("wallet", "address"), ("account", "bytes32"), ("nonce", "uint256"), ("deadline", "uint256")]
        typed = _typed(self.soul_pass, "Phemex Soul Pass", "Voucher", types, voucher)
        signature = bytes(self.issuer.sign_typed_data(full_message=typed).signature)
        self.chain.send(self.soul_pass, account.address, "mint", tuple(voucher.values()), signature)

    def member(self, role: str, locked: int = 1_000_000) -> LocalAccount:
        """A key with a pass, and a lock of two years that it votes with itself."""
        account = self.key(role)
        self.belong(account)
        self.chain.send(self.crowd, self.deployer, "fund", account.address, locked * PT)
        self.chain.send(self.pt, account.address, "approve", self.escrow.address, 2**256 - 1)
        self.chain.send(self.escrow, account.address, "create", locked * PT, START + 104 * WEEK)
        return account

    def skip(self, passes: int) -> None:
        """As if so many more passes had been minted: the last id stands above the issuer, in one slot."""
        issuer, last = int(self.issuer.address, 16), self.chain.read(self.soul_pass, "lastId")
        for slot in range(32):
            word = int(self.chain.rpc("eth_getStorageAt", self.soul_pass.address, hex(slot), "latest"), 16)
            if word % 2**160 == issuer:
                word += passes << LAST_ID
                self.chain.rpc("anvil_setStorageAt", self.soul_pass.address, f"0x{slot:064x}", f"0x{word:064x}")
        if self.chain.read(self.soul_pass, "lastId") != last + passes:
            raise RuntimeError("the pass keeps its last id elsewhere")

    def action(self, target: Contract | None = None) -> tuple[list[str], list[int], list[bytes]]:
        """One transfer."""
        data = self.pt.data("transfer", self.chain.account("payee"), 1_000 * PT)
        return [(target or self.pt).address], [0], [bytes.fromhex(data[2:])]

    def propose(self, proposer: LocalAccount, text: str = "Pay 1,000 PT for the translation") -> tuple[int, int]:
        """Propose the transfer; its id, and the gas."""
        action = self.action()
        gas = self.chain.send(self.governor, proposer.address, "propose", *action, text)
        return self.chain.read(self.governor, "getProposalId", *action, keccak(text=text)), gas

    def open(self, proposal: int, governor: Contract | None = None) -> None:
        """To the vote."""
        self.chain.at(self.chain.read(governor or self.governor, "proposalSnapshot", proposal) + 3_600)

    def vote(self, proposal: int, voter: LocalAccount, support: int = 1) -> int:
        """Gas of a vote."""
        return self.chain.send(self.governor, voter.address, "castVote", proposal, support)

    def sponsored(self, proposal: int, voters: list[LocalAccount]) -> int:
        """Gas of a batch of signed ballots."""
        types = [("proposalId", "uint256"), ("support", "uint8"), ("voter", "address"), ("deadline", "uint256")]
        ballots = []
        deadline = self.chain.now() + WEEK
        for voter in voters:
            message = {"proposalId": proposal, "support": 1, "voter": voter.address, "deadline": deadline}
            typed = _typed(self.governor, "Phemexia DAO", "SponsoredBallot", types, message)
            ballots.append(
                (voter.address, 1, deadline, bytes(voter.sign_typed_data(full_message=typed).signature))
            )
        carrier = self.chain.account("carrier")
        gas = self.chain.send(self.governor, carrier, "castBallotsBySig", proposal, ballots)
        if not all(self.chain.read(self.governor, "hasVoted", proposal, voter.address) for voter in voters):
            raise RuntimeError("not every ballot of the batch counted")
        return gas


def _life(chain: Bench) -> dict[str, int]:
    """From proposal to execution."""
    dao, figures = Dao(chain), {}
    first, second, third, newcomer = (dao.member(role) for role in ("first", "second", "third", "newcomer"))
    dao.skip(60)
    far, farther = dao.member("far"), dao.member("farther")
    if chain.read(dao.soul_pass, "passOf", far.address) < 64:
        raise RuntimeError("the far voters share the word of the others")
    chain.at(chain.now() + DAY)
    proposal, figures["propose/first_of_proposer"] = dao.propose(first)
    dao.open(proposal)
    figures["vote/first_of_proposal"] = dao.vote(proposal, first)
    figures["vote"] = dao.vote(proposal, second)
    figures["vote/against"] = dao.vote(proposal, third, 0)
    figures["vote/abstain"] = dao.vote(proposal, newcomer, 2)
    figures["vote/first_in_word"] = dao.vote(proposal, far)
    figures["vote/change"] = dao.vote(proposal, third, 1)
    deadline = chain.read(dao.governor, "proposalDeadline", proposal)
    chain.at(deadline - 60)
    figures["vote/late"] = dao.vote(proposal, farther)
    chain.at(deadline + 1)
    call = (*dao.action(), keccak(text="Pay 1,000 PT for the translation"))
    figures["queue"] = chain.send(dao.governor, first.address, "queue", *call)
    chain.at(chain.now() + 2 * DAY + 60)
    figures["execute"] = chain.send(dao.governor, dao.executive.address, "execute", *call)
    chain.at(chain.now() + DAY)
    _, figures["propose"] = dao.propose(first, "Pay 1,000 PT for another translation")
    return figures


def _sponsor(chain: Bench, scattered: bool) -> int:
    """Gas for each of a batch of 64 ballots, the first of the proposal among them."""
    dao = Dao(chain)
    voters: list[LocalAccount] = []
    proposer = dao.member("proposer")
    dao.skip(61)  # with the executive's and the proposer's, the next pass has id 64: the first place of a word
    for i in range(BATCH):
        voters.append(dao.member(f"voter {i}", 100_000))
        if scattered:
            dao.skip(63)
    chain.at(chain.now() + DAY)
    if chain.read(dao.soul_pass, "passOf", voters[0].address) != BATCH:
        raise RuntimeError("the batch does not begin with a word")
    proposal, _ = dao.propose(proposer)
    dao.open(proposal)
    return -(-dao.sponsored(proposal, voters) // BATCH)


def _plain(chain: Bench) -> dict[str, int]:
    """OpenZeppelin's governor, made by its wizard's recipe."""
    deployer = chain.account("deployer")
    figures = {}
    chain.at(START)
    votes = chain.deploy(compile_source("PlainDao.sol", "PlainVotes"), sender=deployer)
    governor_at = _created(deployer, 2)
    timelock = chain.deploy("PhemexTimelock", 2 * DAY, governor_at, sender=deployer)
    governor = chain.deploy(
        compile_source("PlainDao.sol", "PlainDao"), votes.address, timelock.address, sender=deployer
    )
    voters = [chain.account(role) for role in ("first", "second")]
    for voter in voters:
        chain.send(votes, deployer, "transfer", voter, 10**8 * PT)
        chain.send(votes, voter, "delegate", voter)
    chain.send(votes, deployer, "transfer", timelock.address, 1_000 * PT)
    signer = Account.from_key(keccak(text="bench plain signer"))
    chain.send(votes, deployer, "transfer", signer.address, 10**7 * PT)
    chain.send(votes, signer.address, "delegate", signer.address)
    chain.at(chain.now() + DAY)
    text = "Pay 1,000 PT for the translation"
    data = votes.data("transfer", chain.account("payee"), 1_000 * PT)
    action = ([votes.address], [0], [bytes.fromhex(data[2:])])
    figures["propose"] = chain.send(governor, voters[0], "propose", *action, text)
    proposal = chain.read(governor, "getProposalId", *action, keccak(text=text))
    chain.at(chain.read(governor, "proposalSnapshot", proposal) + 3_600)
    figures["vote/first_of_proposal"] = chain.send(governor, voters[0], "castVote", proposal, 1)
    figures["vote"] = chain.send(governor, voters[1], "castVote", proposal, 1)
    types = [("proposalId", "uint256"), ("support", "uint8"), ("voter", "address"), ("nonce", "uint256")]
    message = {"proposalId": proposal, "support": 1, "voter": signer.address, "nonce": 0}
    typed = _typed(governor, "Plain", "Ballot", types, message)
    signature = bytes(signer.sign_typed_data(full_message=typed).signature)
    carrier = chain.account("carrier")
    figures["sponsor"] = chain.send(governor, carrier, "castVoteBySig", proposal, 1, signer.address, signature)
    chain.at(chain.read(governor, "proposalDeadline", proposal) + 1)
    call = (*action, keccak(text=text))
    figures["queue"] = chain.send(governor, voters[0], "queue", *call)
    chain.at(chain.now() + 2 * DAY + 60)
    figures["execute"] = chain.send(governor, voters[0], "execute", *call)
    return figures


def measure(progress: Progress = lambda text: None) -> dict[str, int]:
    """Every figure: operation -> gas."""
    figures: dict[str, int] = {}
    progress("a proposal's life")
    with Bench() as chain:
        figures |= {f"PhemexGovernor.{name}": gas for name, gas in _life(chain).items()}
    for name, scattered in (("each_of_64", False), ("each_of_64_scattered", True)):
        progress(name)
        with Bench() as chain:
            figures[f"PhemexGovernor.sponsor/{name}"] = _sponsor(chain, scattered)
    progress("OpenZeppelin's")
    with Bench() as chain:
        figures |= {f"OZGovernor.{name}": gas for name, gas in _plain(chain).items()}
    return figures

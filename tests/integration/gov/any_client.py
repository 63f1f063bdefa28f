"""A governor's client that knows OpenZeppelin's IGovernor and nothing of this project.

The ABI is the one in OpenZeppelin's package. Contracts are addresses, actions are bytes.
"""

import json
from urllib.parse import parse_qs

from eth_utils import keccak

from phemexia.toolchain import ROOT

ABI = json.loads(
    (ROOT / "node_modules/@openzeppelin/contracts/build/contracts/IGovernor.json").read_text(encoding="utf-8")
)["abi"]
PENDING, ACTIVE, CANCELED, DEFEATED, SUCCEEDED, QUEUED, EXPIRED, EXECUTED = range(8)
AGAINST, FOR, ABSTAIN = range(3)


class AnyClient:
    """Takes a proposal from draft to execution; ``wait`` is told until which second of the governor's clock."""

    def __init__(self, web3, governor, wait):
        self.web3 = web3
        self.governor = web3.eth.contract(governor, abi=ABI)
        self.ask = self.governor.functions
        self.wait = wait
        assert self.ask.CLOCK_MODE().call() == "mode=timestamp"
        self.counting = parse_qs(self.ask.COUNTING_MODE().call())

    def send(self, sender, function, *arguments):
        """A transaction; the governor's events in it, by name."""
        sent = self.governor.functions[function](*arguments).transact({"from": sender})
        receipt = self.web3.eth.wait_for_transaction_receipt(sent)
        assert receipt["status"] == 1
        found = {}
        for item in (item for item in ABI if item["type"] == "event"):
            event = self.governor.events[item["name"]]()
            topic = "0x" + keccak(text=event.signature).hex()
            for log in receipt["logs"]:
                if log["address"] == self.governor.address and log["topics"][0].to_0x_hex() == topic:
                    found[item["name"]] = event.process_log(log)["args"]
        return found

    def may_propose(self, account):
        """As clients ask: the weight a second ago against the threshold."""
        clock = self.ask.clock().call()
        return self.ask.getVotes(account, clock - 1).call() >= self.ask.proposalThreshold().call()

    def propose(self, proposer, targets, values, calldatas, description):
        """Returns the proposal's id, as the event tells it."""
        expected = self.ask.hashProposal(targets, values, calldatas, keccak(text=description)).call()
        made = self.send(proposer, "propose", targets, values, calldatas, description)["ProposalCreated"]
        assert made["proposalId"] == expected
        assert made["proposer"] == proposer == self.ask.proposalProposer(expected).call()
        assert (made["targets"], made["values"], made["calldatas"]) == (targets, values, calldatas)
        assert made["signatures"] == [""] * len(targets)
        assert made["description"] == description
        assert made["voteStart"] == self.ask.proposalSnapshot(expected).call()
        assert made["voteEnd"] == self.ask.proposalDeadline(expected).call()
        assert made["voteEnd"] - made["voteStart"] == self.ask.votingPeriod().call()
        return expected

    def vote(self, voter, number, support, reason=""):
        """Returns the weight that was counted."""
        assert not self.ask.hasVoted(number, voter).call()
        cast = self.send(voter, "castVoteWithReason", number, support, reason)["VoteCast"]
        assert (cast["voter"], cast["proposalId"], cast["support"], cast["reason"]) == (
            voter, number, support, reason,
        )  # fmt: skip
        assert self.ask.hasVoted(number, voter).call()
        assert cast["weight"] == self.ask.getVotes(voter, self.ask.proposalSnapshot(number).call()).call()
        return cast["weight"]

    def state(self, number):
        return self.ask.state(number).call()

    def carry(self, proposer, ballots, executor, targets, values, calldatas, description):
        """From draft to execution; ``ballots`` are accounts and what they say. Returns the states seen."""
        assert self.may_propose(proposer)
        number = self.propose(proposer, targets, values, calldatas, description)
        states, tally = [self.state(number)], [0, 0, 0]
        self.wait(self.ask.proposalSnapshot(number).call() + 1)
        states.append(self.state(number))
        for voter, support in ballots.items():
            tally[support] += self.vote(voter, number, support, "as discussed")
        counted = {"for": tally[FOR], "against": tally[AGAINST], "abstain": tally[ABSTAIN]}
        quorate = sum(counted[way] for way in self.counting["quorum"][0].split(","))
        reached = quorate >= self.ask.quorum(self.ask.proposalSnapshot(number).call()).call()
        self.wait(self.ask.proposalDeadline(number).call() + 1)
        states.append(self.state(number))
        assert (states[-1] == SUCCEEDED) == (reached and tally[FOR] > tally[AGAINST])
        if states[-1] != SUCCEEDED:
            return states
        hashed = (targets, values, calldatas, keccak(text=description))
        assert self.ask.proposalNeedsQueuing(number).call()
        queued = self.send(proposer, "queue", *hashed)["ProposalQueued"]
        assert queued == {"proposalId": number, "etaSeconds": self.ask.proposalEta(number).call()}
        states.append(self.state(number))
        self.wait(queued["etaSeconds"])
        assert self.send(executor, "execute", *hashed)["ProposalExecuted"] == {"proposalId": number}
        return [*states, self.state(number)]

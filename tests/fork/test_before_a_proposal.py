"""What an operator wants to see before a proposal: the deployment is as configured, and the DAO can decide."""

DAY = 86_400
WEEK = 7 * DAY
PT = 10**18
TEAM_WINDOW = 3 * DAY
FOR, EXECUTED = 1, 7


def test_the_deployment_is_as_configured(fork):
    report = fork.check()
    assert report.differences == []
    assert len(report.proven) > 50


def test_a_holder_mints_locks_and_decides(fork, holder):
    """From no pass to an executed decision, with nobody's key but the holder's."""
    suite, me = fork.suite, holder.address
    with fork.issuer_agrees():
        voucher = (me, fork.web3.keccak(text="an account of a test on a fork"), 0, fork.now() + DAY)
        fork.act(me, suite.soul_pass.functions.mint(voucher, b"any"))
    assert suite.soul_pass.functions.passOf(me).call()

    amount = 30_000_000 * PT
    fork.act(suite.treasury.address, suite.token.functions.transfer(me, amount))
    fork.act(me, suite.token.functions.approve(suite.escrow.address, amount))
    fork.act(me, suite.escrow.functions.create(amount, fork.now() // WEEK * WEEK + 104 * WEEK))
    assert suite.escrow.functions.getVotes(me).call() > 29_000_000 * PT
    fork.until(fork.now() + DAY)  # weight and pass are looked up in the past

    title = "A decision on a fork, before it is proposed on the chain"
    text = fork.web3.keccak(text=title)
    data = bytes.fromhex(suite.mandates.encode_abi("signal", [text])[2:])
    action = ([suite.mandates.address], [0], [data])
    governor = suite.governor.functions
    fork.act(me, governor.propose(*action, title))
    proposal = governor.hashProposal(*action, text).call()
    fork.until(governor.proposalSnapshot(proposal).call() + 1)
    fork.act(me, governor.castVote(proposal, FOR))
    fork.until(governor.proposalDeadline(proposal).call() + 1)
    fork.act(me, governor.queue(*action, text))
    waiting = fork.check()
    assert waiting.differences == []
    assert any(str(proposal) in fact for _, _, fact in waiting.proven)
    fork.until(governor.proposalEta(proposal).call() + TEAM_WINDOW)
    fork.act(me, governor.execute(*action, text))
    assert governor.state(proposal).call() == EXECUTED
    assert fork.check().differences == []

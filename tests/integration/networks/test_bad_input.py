"""Each mistake of an operator: one sentence, exit code 2, nothing lost, nothing sent."""

import json
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from eth_account import Account
from support.anvil import Node

from phemexia.config import FOLDER
from phemexia.deployment.plan import PROXY, STEPS

from .conftest import CHAIN_ID

DEPLOY = ("--account", "deployer", "--yes")


@pytest.fixture
def liar() -> Iterator[str]:
    """A node of another chain that says it is Sepolia's; its address."""
    with Node() as honest:

        class Lies(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = self.rfile.read(int(self.headers["Content-Length"]))
                answer = requests.post(
                    honest.url, data=request, headers={"Content-Type": "application/json"}
                ).json()
                lies = {"eth_chainId": hex(CHAIN_ID), "net_version": str(CHAIN_ID)}
                for asked, answered in zip(*map(_list, (json.loads(request), answer)), strict=True):
                    if asked["method"] in lies:
                        answered["result"] = lies[asked["method"]]
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Lies)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        assert honest.web3.eth.block_number == 0
        server.shutdown()
        server.server_close()


def _list(value):
    return value if isinstance(value, list) else [value]


def test_a_wrong_chain_behind_a_right_name(operator, refused):
    with Node() as other:
        operator.connect(other.url)
        sentence = "chain ID '31337', which does not match network chain ID '11155111'"
        refused(sentence, "deploy", *DEPLOY)
        assert other.web3.eth.block_number == 0


def test_a_node_that_lies_about_its_chain(operator, refused, liar):
    operator.connect(liar)
    refused(f"its chain has the id {CHAIN_ID}, and contracts on it see 31337", "deploy", *DEPLOY)
    refused(f"its chain has the id {CHAIN_ID}, and contracts on it see 31337", "check")


def test_a_stand_in_where_it_is_no_rehearsal(operator, refused, tmp_path):
    """The right id on another chain: told by block 0."""
    figures = shutil.copytree(FOLDER, tmp_path / "config")
    path = figures / "networks" / "sepolia.yaml"
    text = path.read_text().replace("rehearsal: yes", "rehearsal: no")
    path.write_text(re.sub(r'"0x[0-9a-fA-F]{40}"', lambda _: f'"{Account.create().address}"', text))
    operator.extra["PHEMEXIA_CONFIG"] = str(figures)
    refused("it is a stand-in, a fork or another chain, and this is no rehearsal", "deploy", *DEPLOY)


def test_an_account_without_funds(operator, refused, stand_in):
    stand_in().fund(operator.address, 10**12)
    cost = f"{len(STEPS)} transactions may cost"
    refused(f"the deployer {operator.address} holds 0.000001 ether, and {cost}", "deploy", *DEPLOY)


def test_a_wrong_passphrase(operator, refused):
    operator.passphrase = "a guess"
    refused("the passphrase of deployer is wrong", "deploy", *DEPLOY)


def test_fees_above_the_ceiling(operator, refused):
    refused("gwei, more than the ceiling of 0.000001 gwei (", "deploy", *DEPLOY, "--max-fee", "0.000001")


def test_a_no_and_no_answer(operator, refused):
    refused("not agreed: nothing was sent", "deploy", "--account", "deployer", answer="n\n")
    refused("not agreed: nothing was sent", "deploy", "--account", "deployer")


def test_a_call_that_would_revert(operator, refused, stand_in):
    """Something else than the deployment proxy stands where the first call goes."""
    stand_in().rpc("anvil_setCode", PROXY, "0x60006000fd")
    refused("the chain refuses Create3Factory: execution reverted: nothing was sent", "deploy", *DEPLOY)

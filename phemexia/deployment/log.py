"""The operators' log: `deployments/<network>.log`, a line of JSON for each thing that happened to a transaction.

It is only ever added to, and nothing is read from it: the chain and the record decide what is done.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from phemexia.deployment.manifest import shown


class Log:
    """The log beside a record."""

    def __init__(self, record: Path) -> None:
        self.path = record.with_suffix(".log")
        self.spent = 0
        """Wei of the transactions that this process saw mined."""

    @property
    def shown(self) -> str:
        """The file as a person would type it."""
        return shown(self.path)

    def add(self, event: str, contract: str, transaction: str, **details: Any) -> None:
        """A line: time (UTC), what happened, and to which transaction. Sums are wei."""
        line = {
            "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "event": event,
            "contract": contract,
            "transaction": transaction,
            **details,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def mined(self, contract: str, transaction: str, receipt: Any) -> None:
        """What a transaction cost, with what a second layer charged for publishing it."""
        price = int(receipt.get("effectiveGasPrice", 0))
        publishing = receipt.get("l1Fee") or 0
        publishing = int(publishing, 16) if isinstance(publishing, str) else int(publishing)
        cost = receipt["gasUsed"] * price + publishing
        self.spent += cost
        self.add(
            "mined" if receipt["status"] == 1 else "reverted",
            contract,
            transaction,
            block=receipt["blockNumber"],
            gas=receipt["gasUsed"],
            price=price,
            cost=cost,
        )

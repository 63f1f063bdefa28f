"""Names for `ape console`: the deployed suite, from the record of the connected chain.

    ape console --network ethereum:sepolia:node
    In [1]: ve.getVotes("0x...")

`soul_pass`, `pt`, `ve`, `gov`, `timelock`, `classes`, `team`, `mandates`, `groups`, `treasury` and `campaign` are
contracts of ape; `suite` is the same over web3, `figures` the configuration, `record` what was deployed.
"""

from typing import Any


def ape_init_extras(networks: Any) -> dict[str, Any]:
    """Bind the names, or say in one sentence why there are none; ape calls this when a name is first looked up."""
    from phemexia import cli

    return cli.console_names(networks.active_provider)

"""Deploying the suite, and proving what stands on a chain.

`plan` says what is deployed with which arguments, `rehearsal` runs the plan in process (addresses, exact runtime
code, gas), `manifest` is the record on disk, `deployer` does what is not done yet, `proof` compares a chain with
the configuration.
"""

from phemexia.deployment.deployer import Deployer, KeySigner, Outcome, Progress, Signer
from phemexia.deployment.manifest import Entry, Manifest, record_path
from phemexia.deployment.printing import Lines, print_report
from phemexia.deployment.proof import Report, check

__all__ = [
    "Deployer",
    "Entry",
    "KeySigner",
    "Lines",
    "Manifest",
    "Outcome",
    "Progress",
    "Report",
    "Signer",
    "check",
    "print_report",
    "record_path",
]

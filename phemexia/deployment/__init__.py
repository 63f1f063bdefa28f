"""Deploying the suite, and proving what stands on a chain.

`plan` says what is deployed with which arguments, `rehearsal` runs the plan in process (addresses, exact runtime
code, gas), `manifest` is the record on disk, `deployer` does what is not done yet (`sending` one
transaction at a time, at the prices of `fees`, noted in `log`), `proof` compares a chain with
the configuration.
"""

from phemexia.deployment.deployer import Deployer, Outcome
from phemexia.deployment.fees import Quote
from phemexia.deployment.manifest import Entry, Manifest, record_path
from phemexia.deployment.printing import Lines, print_quote, print_report
from phemexia.deployment.proof import Report, check, recorded
from phemexia.deployment.sending import KeySigner, Patience, Progress, Signer

__all__ = [
    "Deployer",
    "Entry",
    "KeySigner",
    "Lines",
    "Manifest",
    "Outcome",
    "Patience",
    "Progress",
    "Quote",
    "Report",
    "Signer",
    "check",
    "print_quote",
    "print_report",
    "record_path",
    "recorded",
]

"""Deploying the suite, and proving what stands on a chain.

`plan` says what is deployed with which arguments, `rehearsal` runs the plan in process (addresses, exact runtime
code, gas), `manifest` is the record on disk, `deployer` does what is not done yet, `proof` compares a chain with
the configuration.
"""

from phemexia.deployment.proof import Report, check
from phemexia.deployment.deployer import Deployer, KeySigner, Outcome, Progress, Signer
from phemexia.deployment.manifest import Manifest

__all__ = ["Deployer", "KeySigner", "Manifest", "Outcome", "Progress", "Report", "Signer", "check"]

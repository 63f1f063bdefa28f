"""What the exchange attests about its accounts, so that they can have Soul Passes.

The commitment to an account, the issuer's vouchers, and the files between the exchange and the chain. Only this
package knows account ids; nothing that it writes for the chain reveals one. See docs/attestation.md.
"""

from phemexia.attest.accounts import Qualified, read_accounts
from phemexia.attest.commitment import CommitmentKey
from phemexia.attest.issuing import Issued, Outcome, issue
from phemexia.attest.papers import Files, read_papers
from phemexia.attest.voucher import Domain, KeySigner, Kind, Paper, Signer, Voucher

__all__ = [
    "CommitmentKey",
    "Domain",
    "Files",
    "Issued",
    "KeySigner",
    "Kind",
    "Outcome",
    "Paper",
    "Qualified",
    "Signer",
    "Voucher",
    "issue",
    "read_accounts",
    "read_papers",
]

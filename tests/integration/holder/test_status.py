"""What a wallet is told about itself."""

from support.anvil import key
from support.holders import FOUNDER, PT

HOLDER = 11


def test_status(world, run, tmp_path):
    world.propose()
    told = run("status", by=FOUNDER).stdout
    print(told)
    told = run("lock", "1", "2027-03-04", by=FOUNDER, exit_code=2)
    print(told.stderr)
    told = run("status", key(HOLDER).address).stdout
    print(told)
    print(run("mint", world.voucher(key(HOLDER).address, tmp_path / "v.json"), by=HOLDER).stdout)
    world.pay(key(HOLDER).address, 1000 * PT)
    print(run("lock", "1_000", "2028-01-06", by=HOLDER).stdout)
    print(run("lock", "1_000", "2028-01-06", "--send", by=HOLDER).stdout)
    print(run("lock", "1_000", "2028-01-06", "--send", by=FOUNDER, exit_code=2).stderr)
    print(run("status", "--delegators", by=HOLDER).stdout)

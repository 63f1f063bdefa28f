"""VIP levels of the exchange by vePT: a pass that is not revoked, and the weight of the wallet's own lock."""

from phemexia.config.units import WEI

THRESHOLDS = tuple(whole * WEI for whole in (50_000, 100_000, 200_000, 400_000, 800_000))
"""Wei of vePT for VIP 1 to 5."""


def level(weight: int, is_member: bool) -> int:
    """0 for none, up to 5."""
    return sum(weight >= threshold for threshold in THRESHOLDS) if is_member else 0


def show_level(weight: int, is_member: bool) -> str:
    """`VIP 2`, `none`."""
    found = level(weight, is_member)
    return f"VIP {found}" if found else "none"

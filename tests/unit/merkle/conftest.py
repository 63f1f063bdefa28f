"""Leaves as a campaign has them."""

import pytest

TYPES = ("uint256", "uint8", "uint256")


def leaves(size: int) -> list[tuple[int, int, int]]:
    """Grants of 1, 2, 3 ... PT to the passes 1, 2, 3 ... under three kinds."""
    return [(i + 1, i % 3, (i + 1) * 10**18) for i in range(size)]


@pytest.fixture(params=[1, 2, 3, 4, 5, 8, 9, 33], ids=lambda size: f"{size} leaves")
def grants(request):
    return leaves(request.param)

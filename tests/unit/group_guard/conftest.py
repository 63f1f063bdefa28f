"""A group of three whose real Safe has the guard."""

from unit.working_groups.conftest import (  # noqa: F401 -- fixtures
    burn,
    candidate,
    chain,
    dao,
    group,
    groups,
    lead,
    member,
    other,
    person,
    safe,
    stranger,
    suite,
    until,
)

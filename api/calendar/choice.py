"""Which events a calendar has."""

from collections.abc import Mapping
from typing import TypeAlias

from db.columns import Condition

# As the address has them.
Filters: TypeAlias = Mapping[str, str | list[str]]
# Of the events that are shown, and of those that are left out because they have no date.
Conditions: TypeAlias = tuple[list[Condition], list[Condition]]

"""How the keys of the members of a batch are read."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias, TypeVar

from db.statements import RawRow

K = TypeVar("K")
# How the key of a member is read. None has no value.
KeyOf: TypeAlias = Callable[[Any], K | None]


class ColumnKey:
    """How the key of a member is read from a column of its row, which has it as the driver does."""

    def __init__(self, column: str) -> None:
        self.column = column
        self.read = attrgetter(column)

    def __call__(self, member: Any) -> Any:
        raw = member.raw
        return self.read(member.row) if raw is None else raw[member.batch.layout.places[self.column]]


# The primary key of a row: the key of most relations.
KEY: KeyOf[int] = ColumnKey("id")


def keys_of(key_of: KeyOf[K], members: Sequence[Any], rows: Sequence[RawRow] | None) -> Iterable[K | None]:
    """The keys of members of one type, of which `rows` are the rows as the driver has them."""
    if rows is None or not isinstance(key_of, ColumnKey):
        return map(key_of, members)
    return map(itemgetter(members[0].batch.layout.places[key_of.column]), rows)

"""Objects that come from one answer load together: what one of them asks for is loaded for all, by one SQL statement.

SQLite answers in place, and nothing is awaited: a DataLoader takes twice the time for a large query.
"""

import asyncio
import datetime as dt
import inspect
from collections.abc import Awaitable, Callable, Mapping
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeAlias, TypeVar, TypeVarTuple, cast

from sqlmodel import Session
from strawberry.types import get_object_definition

from db.models.base import Base
from db.paging import Page
from db.rows import row_type
from schema.context import Context
from schema.moment import Moment

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
Args = TypeVarTuple("Args")
# The contract between a question of `db` and a field: the session, the keys of all members of the batch and further
# arguments, to the value of each key. A value is a row, a list of rows, a page of rows, or no row at all, such as a
# count; a key whose row does not exist is left out.
Question: TypeAlias = Callable[[Session, list[K], *Args], Mapping[K, V]]
# How the key of a member is read. None has no value.
KeyOf: TypeAlias = Callable[[Any], K | None]
# The primary key of a row: the key of most relations.
KEY: KeyOf[int] = attrgetter("row.id")
Values: TypeAlias = Mapping[Any, object]
# More keys than this take several statements: a database takes only so many parameters.
KEYS = 10_000


class BatchMember:
    """An object of a batch. Its methods load a value in place, or return an awaitable of it for graphql-core."""

    batch: "Batch"

    @property
    def moment(self) -> Moment:
        return self.batch.moment

    def load(
        self,
        question: Question[K, *Args, V],
        key_of: KeyOf[K],
        *args: *Args,
        known_at: dt.datetime | None = None,
    ) -> V:
        """The value of this member, for questions whose values are no rows, at its moment or as known at an instant."""
        return cast(V, self.value(question, key_of, args, known_at))

    def load_as(
        self,
        kind: type[T],
        question: Question[K, *Args, object],
        key_of: KeyOf[K],
        *args: *Args,
        known_at: dt.datetime | None = None,
    ) -> T:
        """The same for rows, which come as their GraphQL types: one that always exists, a list, or a page."""
        return cast(T, self.value(question, key_of, args, known_at))

    def load_optional(
        self,
        kind: type[T],
        question: Question[K, *Args, object],
        key_of: KeyOf[K],
        *args: *Args,
        known_at: dt.datetime | None = None,
    ) -> T | None:
        """The same for one row; None if there is none."""
        return cast(T | None, self.value(question, key_of, args, known_at))

    def value(
        self,
        question: Callable[..., Values],
        key_of: KeyOf[object],
        args: tuple[object, ...],
        known_at: dt.datetime | None = None,
    ) -> object:
        """The same without types, for relations, which are resolved most often."""
        key = key_of(self)
        if key is None:
            return None
        values = self.batch.load(question, key_of, args, known_at)
        return _value_later(values, key) if isinstance(values, asyncio.Future) else values.get(key)


class RowMember(BatchMember):
    """An object that shows a row of a table."""

    model: ClassVar[type[Base]]
    row: Any

    @classmethod
    def from_row(cls, row: object) -> Self:
        # Not by `__init__`, which sets each field by its keyword and takes longer.
        member = cls.__new__(cls)
        member.row = row
        columns, readers = _readers[cls]
        for name in columns:
            setattr(member, name, getattr(row, name))
        for name, reader in readers.items():
            setattr(member, name, reader(row))
        return member

    def name_moment(self, name: str) -> None:
        """Puts the moment into what names the object beside its row: the id of a node."""


M = TypeVar("M", bound=BatchMember)
R = TypeVar("R", bound=RowMember)
Reader: TypeAlias = Callable[[Any], object]
# The GraphQL type of a row, by its table and by the type of its rows.
_types: dict[type, type[RowMember]] = {}
# The fields of a type: the columns, and the functions that read the others.
_readers: dict[type, tuple[list[str], dict[str, Reader]]] = {}


class Batch:
    """Objects of one type and moment: that of the request, unless another is given."""

    def __init__(self, context: Context, moment: Moment | None = None) -> None:
        self.context = context
        self.moment = moment or context.moment
        self.members: list[BatchMember] = []
        self.values: dict[object, Values | asyncio.Future[Values]] = {}
        self.made: dict[object, Any] = {}
        # Those of other types that came from the same list.
        self.others: dict[type, Batch] = {}

    def add(self, member: M) -> M:
        member.batch = self
        self.members.append(member)
        return member

    def to_graphql(self, kind: type[T], value: object) -> T:
        """A row, or a list of rows, as GraphQL types: `kind` or a subtype of it; members of this batch."""
        return cast(T, self.convert(value))

    def convert(self, value: object) -> object:
        """A row, or the rows of a list or of a page, as GraphQL types; what has no row stays as it is."""
        kind = _types.get(type(value))
        if kind is not None:
            if self.members and type(self.members[0]) is not kind:
                return self.others.setdefault(kind, Batch(self.context, self.moment)).convert(value)
            member = self.add(kind.from_row(value))
            # Before the function is called: most objects are of now, and there are many.
            if self.moment.is_stated:
                member.name_moment(self.moment.name)
            return member
        if isinstance(value, list):
            return [self.convert(row) for row in value]
        if isinstance(value, Page):
            return Page([(self.convert(row), position) for row, position in value.rows], value.has_next)
        return value

    def load(
        self,
        question: Callable[..., Values],
        key_of: KeyOf[object],
        args: tuple[object, ...],
        known_at: dt.datetime | None,
    ) -> Values | asyncio.Future[Values]:
        """The values of every member, which the first of them loads."""
        # A member that joins after the others were loaded has no value among theirs.
        name = (question, key_of, args, known_at, len(self.members))
        if name not in self.values:
            keys = list({key: None for member in self.members if (key := key_of(member)) is not None})
            for _ in range(0, len(keys), KEYS):
                self.context.meter.statement()
            moment = self.moment.known_at(known_at, self.context.clock)
            if self.context.in_place:
                values = moment.reader.read_sync(_read_in_chunks, question, keys, args)
                self.values[name] = self._convert(values, moment)
            else:
                self.values[name] = asyncio.ensure_future(self._read(moment, question, keys, args))
        return self.values[name]

    def once(self, make: Callable[["Batch"], T]) -> T:
        """What is made of all members, by the first that asks for it."""
        if make not in self.made:
            self.made[make] = make(self)
        return cast(T, self.made[make])

    async def _read(
        self, moment: Moment, question: Callable[..., Values], keys: list[object], args: tuple[object, ...]
    ) -> Values:
        return self._convert(await moment.reader.read(_read_in_chunks, question, keys, args), moment)

    def _convert(self, values: Values, moment: Moment) -> Values:
        """The rows in the values as their GraphQL types: one batch over all values."""
        batch = Batch(self.context, moment)
        return {key: batch.convert(value) for key, value in values.items()}


def graphql_type_of(model: type) -> type[RowMember]:
    return _types[model]


def shows(model: type[Base], **readers: Reader) -> Callable[[type[R]], type[R]]:
    """Registers the GraphQL type of the rows of a table. Its fields without a resolver are read by the given
    functions; the others are the columns of their names."""

    def register(cls: type[R]) -> type[R]:
        cls.model = model
        _types[model] = cls
        return shows_type(row_type(model).type, **readers)(cls)

    return register


def shows_type(kind: type, **readers: Reader) -> Callable[[type[R]], type[R]]:
    """The same for what a question answers with that is no row of a table."""

    def register(cls: type[R]) -> type[R]:
        _types[kind] = cls
        fields = get_object_definition(cls, strict=True).fields
        columns = [f.python_name for f in fields if not f.base_resolver and f.python_name not in readers]
        _readers[cls] = columns, readers
        return cls

    return register


def then(value: V, change: Callable[[V], T]) -> T:
    """Applies a function to a value that a member loads: at once, or after it is awaited."""
    return cast(T, _change_later(value, change)) if inspect.iscoroutine(value) else change(value)


def _read_in_chunks(
    session: Session, question: Callable[..., Values], keys: list[object], args: tuple[object, ...]
) -> Values:
    values: dict[object, object] = {}
    for start in range(0, len(keys), KEYS):
        values |= question(session, keys[start : start + KEYS], *args)
    return values


async def _value_later(values: Awaitable[Values], key: object) -> object:
    return (await values).get(key)


async def _change_later(value: Awaitable[V], change: Callable[[V], T]) -> T:
    return change(await value)

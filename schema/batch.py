"""Objects that come from one answer load together: what one of them asks for is loaded for all, by one SQL statement.

SQLite answers in place, and nothing is awaited: a DataLoader takes twice the time for a large query.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, TypeAlias, TypeVar, TypeVarTuple, cast

from sqlmodel import Session

from db.models.base import Base
from db.paging import Page
from db.queries import Query, Question
from db.rows import Unread, row_type
from db.statements import RawRow
from schema.context import Context
from schema.keys import KeyOf, keys_of
from schema.loads import Load
from schema.moment import Moment
from schema.row_types import READERS, TYPES

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
Args = TypeVarTuple("Args")
# The contract between a question of `db` and a field: the session, the keys of all members of the batch and further
# arguments, to the value of each key. A value is a row, a list of rows, a page of rows, or no row at all, such as a
# count; a key whose row does not exist is left out.
AnyQuestion: TypeAlias = Callable[[Session, list[K], *Args], Mapping[K, V]]
Values: TypeAlias = Mapping[Any, object]
# More keys than this take several statements: a database takes only so many parameters.
KEYS = 10_000


class BatchMember:
    """An object of a batch. Its methods load a value in place, or return an awaitable of it for graphql-core."""

    batch: "Batch"
    # The row that it shows as the driver has it, where it came so.
    raw: RawRow | None = None

    @property
    def moment(self) -> Moment:
        return self.batch.moment

    def load(
        self,
        question: AnyQuestion[K, *Args, V],
        key_of: KeyOf[K],
        *args: *Args,
        known_at: dt.datetime | None = None,
    ) -> V:
        """The value of this member, for questions whose values are no rows, at its moment or as known at an instant."""
        return cast(V, self.value(question, key_of, args, known_at))

    def load_as(
        self,
        kind: type[T],
        question: AnyQuestion[K, *Args, object],
        key_of: KeyOf[K],
        *args: *Args,
        known_at: dt.datetime | None = None,
    ) -> T:
        """The same for rows, which come as their GraphQL types: one that always exists, a list, or a page."""
        return cast(T, self.value(question, key_of, args, known_at))

    def load_optional(
        self,
        kind: type[T],
        question: AnyQuestion[K, *Args, object],
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


class AnyMember(BatchMember):
    """Stands for every member of a batch, for a resolver that says what it loads for each."""

    def __init__(self, batch: "Batch") -> None:
        self.batch = batch

    def value(
        self,
        question: Callable[..., Values],
        key_of: KeyOf[object],
        args: tuple[object, ...],
        known_at: dt.datetime | None = None,
    ) -> Load:
        return Load(question, key_of, args, known_at)


class RowMember(BatchMember):
    """An object that shows a row of a table. It reads of the row what it is asked for, when it is asked."""

    model: ClassVar[type[Base]]
    row: Any

    def __getattr__(self, name: str) -> Any:
        # Called for what is not there yet.
        kind = type(self)
        reader = READERS.get(kind, {}).get(name)
        if name == "row" and self.raw is not None:
            value: object = self.batch.layout.read(self.raw, self.batch.dialect)
        elif isinstance(reader, str) and self.raw is not None:
            value = self.batch.layout.read_column(self.raw, reader, self.batch.dialect)
        elif reader is not None:
            value = getattr(self.row, reader) if isinstance(reader, str) else reader(self.row)
        else:
            raise AttributeError(f"{kind.__name__!r} has no attribute {name!r}", name=name, obj=self)
        setattr(self, name, value)
        return value

    def name_moment(self, name: str) -> None:
        """Puts the moment into what names the object beside its row: the id of a node."""


M = TypeVar("M", bound=BatchMember)


class Batch:
    """Objects of one type and moment: that of the request, unless another is given."""

    def __init__(self, context: Context, moment: Moment | None = None) -> None:
        self.context = context
        if context.batches is not None:
            context.batches.append(self)
        self.moment = moment or context.moment
        self.dialect = context.db.engine.dialect
        self.members: list[Any] = []
        # Where the columns stand in the rows of the members; None where they are not as the driver has them.
        self.layout: Any = None
        self.values: dict[object, Values | asyncio.Future[Values]] = {}
        # Of values that are rows with some of their columns, these columns.
        self.narrow: dict[object, frozenset[str]] = {}
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
        kind: type[RowMember] | None = TYPES.get(type(value))
        if kind is not None:
            if self.members and type(self.members[0]) is not kind:
                return self.others.setdefault(kind, Batch(self.context, self.moment)).convert(value)
            member = self.add(kind.__new__(kind))
            member.row = value
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
        columns: frozenset[str] | None = None,
    ) -> Values | asyncio.Future[Values]:
        """The values of every member, which the first of them loads: rows with these columns, or with all.

        Raises Unread where they were loaded with fewer.
        """
        # A member that joins after the others were loaded has no value among theirs.
        name = (question, key_of, args, known_at, len(self.members))
        if name not in self.values:
            rows = [member.raw for member in self.members] if self.layout else None
            found = dict.fromkeys(keys_of(key_of, self.members, rows))
            found.pop(None, None)
            keys = list(found)
            if not keys:
                self.values[name] = {}
                return {}
            for _ in range(0, len(keys), KEYS):
                self.context.meter.statement()
            moment = self.moment.known_at(known_at, self.context.clock)
            # The id of an object of a moment is made of its whole row.
            if columns is not None and isinstance(question, Question) and not moment.is_stated:
                self.narrow[name] = columns
            else:
                columns = None
            if isinstance(question, Question):
                query = _query(question, keys, args, columns)
                statement, params = query.statement, query.params
                if self.context.in_place:
                    self.values[name] = self._collect(query, moment.reader.rows_sync(statement, params), moment)
                else:
                    collect = partial(self._collect, query, moment=moment)
                    off_loop = self.context.off_loop
                    self.values[name] = moment.reader.request(statement, params, collect, off_loop=off_loop)
            elif not self.context.in_place:
                self.values[name] = asyncio.ensure_future(self._read(moment, question, keys, args))
            else:
                values = moment.reader.read_sync(_read_in_chunks, question, keys, args)
                self.values[name] = self._convert(values, moment)
        elif self.narrow and (loaded := self.narrow.get(name)) is not None and (columns is None or columns - loaded):
            raise Unread(*(columns or ()))
        return self.values[name]

    async def ask(self, question: Question[..., Any], *args: object) -> Any:
        """The answer to a question that no member asks, with its rows as their GraphQL types."""
        query = question.query(*args)
        return self._collect(query, await self.context.rows(self.moment, query), self.moment)

    def once(self, make: Callable[["Batch"], T]) -> T:
        """What is made of all members, by the first that asks for it."""
        if make not in self.made:
            self.made[make] = make(self)
        return cast(T, self.made[make])

    async def _read(
        self, moment: Moment, question: Callable[..., Values], keys: list[object], args: tuple[object, ...]
    ) -> Values:
        if self.context.off_loop:
            return self._convert(moment.reader.read_sync(_read_in_chunks, question, keys, args), moment)
        return self._convert(await moment.reader.read(_read_in_chunks, question, keys, args), moment)

    def _collect(self, query: Query[Any], rows: Sequence[RawRow], moment: Moment) -> Any:
        """The answer to a query, with its rows as their GraphQL types."""
        if query.model is None:
            return query.read(rows, self.dialect)
        rows = query.with_values(rows, self.dialect)
        batch = Batch(self.context, moment)
        kind: type[RowMember] = TYPES[row_type(query.model).type]
        create, members, is_stated = kind.__new__, batch.members, moment.is_stated
        batch.layout = query.layout

        def make(row: RawRow) -> RowMember:
            member = create(kind)
            member.batch = batch
            member.raw = row
            members.append(member)
            if is_stated:
                member.name_moment(moment.name)
            return member

        return query.collect(rows, make)

    def _convert(self, values: Values, moment: Moment) -> Values:
        """The rows in the values as their GraphQL types: one batch over all values."""
        batch = Batch(self.context, moment)
        return {key: batch.convert(value) for key, value in values.items()}


def _query(
    question: Question[..., Values], keys: list[object], args: tuple[object, ...], columns: frozenset[str] | None
) -> Query[Values]:
    query = question.query(keys, *args)
    return query if columns is None else query.narrow(columns)


def _read_in_chunks(
    session: Session, question: Callable[..., Values], keys: list[object], args: tuple[object, ...]
) -> Values:
    values: dict[object, object] = {}
    for start in range(0, len(keys), KEYS):
        values |= question(session, keys[start : start + KEYS], *args)
    return values


async def _value_later(values: Awaitable[Values], key: object) -> object:
    return (await values).get(key)

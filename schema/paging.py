"""Connections: every list that can grow is read in pages, by cursors that are keyed on the row."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import cache, partial
from typing import Generic, TypeVar, cast

import sqlalchemy as sa
import strawberry
from strawberry.annotation import StrawberryAnnotation

from db import paging
from db.columns import Condition
from db.models.base import Base
from db.paging import Order, Page
from schema.batch import Batch
from schema.context import Context
from schema.cost import costs, page_count, page_items
from schema.errors import InvalidCursor
from schema.limits import PAGE
from schema.moment import Moment

T = TypeVar("T")
Position = Sequence[object]
# The order of a list that is computed as a whole: a cursor is a place in it.
PLACE = Order((sa.literal_column("place", sa.Integer()),))


@strawberry.type(description="The place of a page in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follows.")
    has_previous_page: bool = strawberry.field(description="Whether anything comes before: true after a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item: `after` for the next page.")


@strawberry.type(description="An item of a page, with its cursor.")
class Edge(Generic[T]):
    node: T = strawberry.field(description="The item.")
    name: strawberry.Private[str]
    position: strawberry.Private[Position]

    @strawberry.field(
        description="Its place in the list. Opaque, and stable while items are added.", metadata=costs(flat=0)
    )
    def cursor(self) -> str:
        return write_cursor(self.name, self.position)


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    page: strawberry.Private[Page[T]]
    # In cursors, it tells lists and orders apart.
    name: strawberry.Private[str]
    after: strawberry.Private[str | None]
    count: strawberry.Private[Callable[[], int | Awaitable[int]]]

    @strawberry.field(description="The items of this page with their cursors.", metadata=costs(page_items, flat=0))
    def edges(self) -> list[Edge[T]]:
        return [Edge(node=item, name=self.name, position=position) for item, position in self.page.rows]

    @strawberry.field(description="The items of this page.", metadata=costs(page_items, flat=0))
    def nodes(self) -> list[T]:
        return [item for item, _ in self.page.rows]

    @strawberry.field(description="The place of this page in the list.", metadata=costs(flat=0))
    def page_info(self) -> PageInfo:
        positions = [position for _, position in self.page.rows]
        return PageInfo(
            has_next_page=self.page.has_next,
            has_previous_page=bool(self.after),
            start_cursor=write_cursor(self.name, positions[0]) if positions else None,
            end_cursor=write_cursor(self.name, positions[-1]) if positions else None,
        )

    @strawberry.field(
        description="How many items the whole list has, on all pages.",
        graphql_type=int,
        metadata=costs(flat=page_count),
    )
    def total_count(self) -> int | Awaitable[int]:
        return self.count()


@cache
def connection_of(kind: type) -> object:
    """`Connection[kind]` for a field, made once: Strawberry would make it anew for each field."""
    return StrawberryAnnotation(Connection[kind]).resolve()  # type: ignore[valid-type]


async def connect(
    kind: type[T],
    context: Context,
    moment: Moment,
    model: type[Base],
    where: Sequence[Condition],
    order: Order,
    first: int | None,
    after: str | None,
    *,
    name: str,
) -> Connection[T]:
    """A page of the rows that meet the conditions. `name`, in its cursors, tells lists and orders apart."""
    position = read_cursor(after, name, order) if after else None
    items: Page[T] = await Batch(context, moment).ask(paging.page, model, where, order, first or PAGE, position)
    count = partial(context.read, moment, paging.count, model, where)
    return Connection(page=items, name=name, after=after, count=count)


def page_by_place(rows: Sequence[T], first: int | None, after: str | None, *, name: str) -> Page[T]:
    """A page of a list that is computed as a whole, each with its place from 1."""
    start = max(0, cast(int, read_cursor(after, name, PLACE)[0])) if after else 0
    end = start + (first or PAGE)
    return Page([(row, (place,)) for place, row in enumerate(rows[start:end], start + 1)], end < len(rows))


def write_cursor(name: str, position: Position) -> str:
    text = json.dumps([name, *position], default=_write_value, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode()


def read_cursor(cursor: str, name: str, order: Order) -> Position:
    """The position in a cursor, which must be of this list in this order."""
    try:
        kind, *position = json.loads(base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True))
        if kind != name:
            raise ValueError
        return tuple(_read_value(value, kind) for value, kind in zip(position, order.types, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise InvalidCursor("`after` takes a cursor of the same list in the same order.") from None


def _write_value(value: dt.date) -> str:
    return value.isoformat()


def _read_value(value: object, kind: type) -> object:
    if kind is dt.date and isinstance(value, str):
        return dt.date.fromisoformat(value)
    if kind is dt.datetime and isinstance(value, str) and (instant := dt.datetime.fromisoformat(value)).tzinfo:
        return instant
    if type(value) is not kind or (isinstance(value, int) and abs(value) >= 2**63):
        raise ValueError
    # No database takes a NUL, and no encoding half a character: `encode` raises ValueError, too.
    if isinstance(value, str) and b"\0" in value.encode():
        raise ValueError
    return value

"""Connections: every list that can grow is read in pages, by cursors that are keyed on the row."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

import strawberry

from db import paging
from db.paging import Order, Page
from schema.cohort import Cohort
from schema.context import Context
from schema.errors import InvalidCursor

PAGE = 100
Item = TypeVar("Item")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follows.")
    has_previous_page: bool = strawberry.field(description="Whether anything comes before: true behind a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item: `after` for the next page.")


@strawberry.type(description="An item of a page, with its cursor.")
class Edge(Generic[Item]):
    node: Item = strawberry.field(description="The item.")
    cursor: str = strawberry.field(description="Where it stands. Opaque, and stable while items are added.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Item]):
    edges: list[Edge[Item]] = strawberry.field(description="The items of this page with their cursors.")
    nodes: list[Item] = strawberry.field(description="The items of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    count: strawberry.Private[Callable[[], Any]]

    @strawberry.field(description="How many items the whole list has, on all pages.")
    def total_count(self) -> int:
        number: int = self.count()
        return number


async def connect(
    context: Context,
    model: type[Any],
    where: Sequence[Any],
    order: Order,
    first: int | None,
    after: str | None,
    *,
    name: str,
) -> Any:
    """A page of the rows that meet the conditions. `name` tells lists and orders apart in cursors."""
    position = None if after is None else read_cursor(after, name, order)
    found = await context.read(paging.page, model, where, order, first or PAGE, position)
    cohort = Cohort(context)
    shaped = Page([(cohort.shape(row), at) for row, at in found.rows], found.has_next)
    return connection(shaped, name, after, partial(context.read, paging.count, model, where))


def connection(found: Page[Any], name: str, after: str | None, count: Callable[[], Any]) -> Any:
    edges: list[Edge[Any]] = [Edge(node=item, cursor=write_cursor(name, at)) for item, at in found.rows]
    return Connection(
        edges=edges,
        nodes=[edge.node for edge in edges],
        page_info=PageInfo(
            has_next_page=found.has_next,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        count=count,
    )


def write_cursor(name: str, position: Sequence[Any]) -> str:
    written = json.dumps([name, *position], default=dt.date.isoformat, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(written.encode()).decode()


def read_cursor(cursor: str, name: str, order: Order) -> tuple[Any, ...]:
    """The position that a cursor holds; refused unless this list in this order wrote it."""
    try:
        read = json.loads(base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True))
        kind, *position = read
        if kind != name:
            raise ValueError
        return tuple(_value(value, kind) for value, kind in zip(position, order.types, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise InvalidCursor("`after` takes a cursor of the same list in the same order.") from None


def _value(value: Any, wanted: type[Any]) -> Any:
    if wanted is dt.date and isinstance(value, str):
        return dt.date.fromisoformat(value)
    if type(value) is not wanted or (wanted is int and abs(value) >= 2**63):
        raise ValueError
    # No database takes a NUL, and no encoding half a character: `encode` raises ValueError, too.
    if wanted is str and b"\0" in value.encode():
        raise ValueError
    return value

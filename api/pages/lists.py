"""Lists as CSV, each at the address of its page and `.csv`: the whole list by the filters of the page."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TypeAlias

from sqlmodel import Session
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from api.exports import as_text
from api.exports.batch import Batch, Batches, matching
from api.exports.citations import DOCUMENTS
from api.exports.commitments import COMMITMENTS
from api.exports.download import MARK, Downloads
from api.exports.events import EVENTS
from api.exports.files import File
from api.exports.funds import FUNDS
from api.exports.gaps import GAPS
from api.exports.organisations import ORGANISATIONS
from api.exports.table import ExportTable
from api.json_types import JsonObject
from api.moment import Moment
from api.pages import commitments, events, funds
from api.pages.page_request import read_filter
from db import documents, models, organisations
from db.clock import Clock
from db.models.base import Entity
from db.paging import Order
from schema.build import Schema
from schema.errors import ClientError
from schema.filters import CommitmentFilter, DocumentFilter, EventFilter, Filter, FundFilter, OrganisationFilter
from schema.orders import CommitmentOrder, EventOrder, FundOrder, SortOrder

# The variables of the query of a page, of which `filter` and `orderBy` are read here.
Variables: TypeAlias = Callable[[QueryParams, Moment], JsonObject]
# The rows of a list by the parameters of an address. Raises ClientError for values that are not valid.
Select: TypeAlias = Callable[[Schema, QueryParams, Moment], Batches]


def rows_of(
    model: type[Entity], filter_type: type[Filter], order_type: Order | type[SortOrder], *lists: Variables
) -> Select:
    """The rows of a table in the lists of a page, one list behind the other."""

    def select(schema: Schema, params: QueryParams, moment: Moment) -> Batches:
        parts = [_part(schema, variables(params, moment), moment) for variables in lists]

        def batches(session: Session, moment: Moment) -> Iterator[Batch]:
            return chain.from_iterable(part(session, moment) for part in parts)

        return batches

    def _part(schema: Schema, variables: JsonObject, moment: Moment) -> Batches:
        filter = schema.read_input(filter_type, variables["filter"])
        where = filter.conditions(moment.as_of, moment.today)
        if isinstance(order_type, Order):
            return matching(model, where, order_type)
        order = schema.read_input(order_type, variables.get("orderBy", {}))
        return matching(model, where, order.order(filter.day(moment.as_of), moment.today))

    return select


def by_filter(*names: str) -> Variables:
    """For a page whose parameters are those of its filter."""
    return lambda params, _moment: {"filter": read_filter(params, *names)}


@dataclass(frozen=True)
class ListFile:
    """The file of a list. `params` are the parameters of the page, but for `after`."""

    table: ExportTable
    params: tuple[str, ...]
    select: Select


@dataclass(frozen=True)
class ListOffer:
    """What `Downloads` asks for."""

    list: ListFile
    schema: Schema

    def names(self, _request: Request) -> Collection[str]:
        return (*self.list.params, MARK)

    def file(self, request: Request, moment: Moment) -> File:
        items = request.query_params.multi_items()
        pairs = [(name, value) for name, value in items if name in self.list.params and value.strip()]
        try:
            batches = self.list.select(self.schema, QueryParams(pairs), moment)
        except ClientError as error:
            raise HTTPException(400, error.message) from None
        table = replace(self.list.table, batches=batches)
        name, write = f"{table.name}-list.csv", partial(as_text.write_csv, table=table)
        return File(name, table.title, table.description, as_text.CSV_TYPE, write, table, params=tuple(pairs))


def _all_gaps(_schema: Schema, _params: QueryParams, _moment: Moment) -> Batches:
    return GAPS.batches


LISTS: dict[str, ListFile] = {
    "/commitments": ListFile(
        COMMITMENTS,
        commitments.LIST,
        rows_of(models.Commitment, CommitmentFilter, CommitmentOrder, commitments.variables),
    ),
    "/funds": ListFile(FUNDS, funds.LIST, rows_of(models.Fund, FundFilter, FundOrder, funds.variables)),
    "/events": ListFile(
        EVENTS, events.LIST, rows_of(models.Event, EventFilter, EventOrder, events.dated, events.undated)
    ),
    "/sources": ListFile(
        DOCUMENTS,
        ("kind", "publisher", "search"),
        rows_of(models.Document, DocumentFilter, documents.by_title(), by_filter("kind", "publisher")),
    ),
    "/organisations": ListFile(
        ORGANISATIONS,
        ("kind", "search"),
        rows_of(models.Organisation, OrganisationFilter, organisations.by_name(), by_filter("kind")),
    ),
    "/gaps": ListFile(GAPS, (), _all_gaps),
}


def routes(schema: Schema, clock: Clock) -> list[BaseRoute]:
    return [Route(f"{path}.csv", Downloads(clock, ListOffer(list_file, schema))) for path, list_file in LISTS.items()]

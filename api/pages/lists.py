"""Lists as CSV, each at the address of its page and `.csv`: the whole list by the filters of the page."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from api.exports import as_text, comparison
from api.exports.areas import AREAS
from api.exports.batch import Batches, in_turn, matching
from api.exports.citations import DOCUMENTS
from api.exports.claims import CLAIMS
from api.exports.commitments import COMMITMENTS
from api.exports.download import MARK, Downloads
from api.exports.events import EVENTS
from api.exports.files import File
from api.exports.funds import FUNDS
from api.exports.gaps import GAPS
from api.exports.organisations import ORGANISATIONS
from api.exports.people import PEOPLE
from api.exports.table import ExportTable
from api.json_types import JsonObject
from api.moment import Moment
from api.pages import areas, claims, commitments, compare, events, funds
from api.pages.page_request import read_filter
from db import documents, models, organisations, people
from db.areas import by_name as areas_by_name
from db.clock import Clock
from db.commitments import by_ref
from db.models.base import Entity
from db.paging import Order
from schema.build import Schema
from schema.errors import ClientError
from schema.filter_fields import Filter
from schema.filters import (
    AreaFilter,
    CommitmentFilter,
    EventFilter,
    FundFilter,
    OrganisationFilter,
    PersonFilter,
)
from schema.orders import CommitmentOrder, EventOrder, FundOrder, SortOrder
from schema.source_filters import DocumentFilter

# The variables of the query of a page, of which `filter` and `orderBy` are read here.
Variables: TypeAlias = Callable[[QueryParams, Moment], JsonObject]
# The table of a list by the parameters of an address. Raises ClientError for values that are not valid.
Select: TypeAlias = Callable[[Schema, QueryParams, Moment], ExportTable]


def rows_of(
    table: ExportTable,
    model: type[Entity],
    filter_type: type[Filter],
    order_type: Order | type[SortOrder],
    *lists: Variables,
) -> Select:
    """The rows of a table that are in the lists of a page, one list behind the other."""

    def select(schema: Schema, params: QueryParams, moment: Moment) -> ExportTable:
        parts = [part(schema, variables(params, moment), moment) for variables in lists]
        return replace(table, batches=in_turn(*parts))

    def part(schema: Schema, variables: JsonObject, moment: Moment) -> Batches:
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


def all_gaps(_schema: Schema, _params: QueryParams, _moment: Moment) -> ExportTable:
    return GAPS


def status_changes(schema: Schema, params: QueryParams, moment: Moment) -> ExportTable:
    start, end = compare.read_days(params, moment)
    filter = schema.read_input(CommitmentFilter, compare.read_commitments(params))
    return comparison.status_changes(start, end, filter.conditions(moment.as_of, moment.today))


def amounts_between(_schema: Schema, params: QueryParams, moment: Moment) -> ExportTable:
    return comparison.amounts(*compare.read_days(params, moment))


@dataclass(frozen=True)
class ListFile:
    """The file of a list, as `Downloads` asks for it. `params` are the parameters of the page that it takes."""

    path: str
    params: tuple[str, ...]
    select: Select
    schema: Schema

    def names(self, _request: Request) -> Collection[str]:
        return (*self.params, MARK)

    def file(self, request: Request, moment: Moment) -> File:
        items = request.query_params.multi_items()
        pairs = [(name, value) for name, value in items if name in self.params and value.strip()]
        try:
            table = self.select(self.schema, QueryParams(pairs), moment)
        except ClientError as error:
            raise HTTPException(400, error.message) from None
        name, write = f"{self.path.strip('/').replace('/', '-')}-list.csv", partial(as_text.write_csv, table=table)
        return File(name, table.title, table.description, as_text.CSV_TYPE, write, table, params=tuple(pairs))


# By the path of the page: the parameters of the page that the file takes, and its table.
LISTS: dict[str, tuple[tuple[str, ...], Select]] = {
    "/commitments": (
        commitments.LIST,
        rows_of(COMMITMENTS, models.Commitment, CommitmentFilter, CommitmentOrder, commitments.variables),
    ),
    "/areas": (areas.LIST, rows_of(AREAS, models.Area, AreaFilter, areas_by_name(), areas.variables)),
    "/claims": (
        claims.LIST,
        rows_of(CLAIMS, models.Commitment, CommitmentFilter, by_ref(), claims.variables),
    ),
    "/funds": (funds.LIST, rows_of(FUNDS, models.Fund, FundFilter, FundOrder, funds.variables)),
    "/events": (events.LIST, rows_of(EVENTS, models.Event, EventFilter, EventOrder, events.dated, events.undated)),
    "/sources": (
        ("kind", "publisher", "search"),
        rows_of(DOCUMENTS, models.Document, DocumentFilter, documents.by_title(), by_filter("kind", "publisher")),
    ),
    "/organisations": (
        ("kind", "search"),
        rows_of(ORGANISATIONS, models.Organisation, OrganisationFilter, organisations.by_name(), by_filter("kind")),
    ),
    "/people": (("search",), rows_of(PEOPLE, models.Person, PersonFilter, people.by_name(), by_filter())),
    "/gaps": ((), all_gaps),
    "/compare": ((*compare.DAYS, *compare.FILTERS), status_changes),
    "/compare/money": (compare.DAYS, amounts_between),
}


def routes(schema: Schema, clock: Clock) -> list[BaseRoute]:
    return [
        Route(f"{path}.csv", Downloads(clock, ListFile(path, params, select, schema)))
        for path, (params, select) in LISTS.items()
    ]

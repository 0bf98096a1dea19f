"""The questions that can be asked."""

import datetime as dt
from typing import Annotated, Any

import strawberry

from db import coverage, dataset, discrepancies, documents, models, organisations, progress, relations
from db.vocabulary import Interval
from schema.arguments import After, AsOf, First, KnownAt
from schema.cohort import Cohort
from schema.commitments import Commitment
from schema.context import Context, Info
from schema.coverage import Coverage, covered
from schema.dataset import Dataset
from schema.discrepancies import Discrepancy
from schema.documents import Document
from schema.errors import BadInput, NotFound
from schema.events import Event
from schema.filters import (
    CommitmentFilter,
    DiscrepancyFilter,
    DocumentFilter,
    EventFilter,
    FundFilter,
    OrganisationFilter,
)
from schema.funds import Fund
from schema.node import Node, nodes
from schema.orders import CommitmentOrder, EventOrder, FundOrder
from schema.organisations import Organisation
from schema.paging import PAGE, Connection, connect
from schema.progress import Progress, StatusChange, counted, ends
from schema.statuses import StatusDefinition, definitions
from schema.strategy import Strategy, Theme

Ref = Annotated[str, strawberry.argument(description="The ref, such as SVS-19.")]
Slug = Annotated[str, strawberry.argument(description="The slug.")]
From = Annotated[dt.date, strawberry.argument(name="from", description="The first day.")]
To = Annotated[dt.date, strawberry.argument(description="The last day.")]
Wanted = Annotated[CommitmentFilter | None, strawberry.argument(name="filter", description="Which commitments.")]


@strawberry.type(description="What can be asked.")
class Query:
    @strawberry.field(description="The node with this id; null where there is none.")
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")]
    ) -> Node | None:
        found: list[Node | None] = await nodes(info.context, [id])
        return found[0]

    @strawberry.field(description="The nodes with these ids, in their order; null in the place of an unknown one.")
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 100 global ids.")],
    ) -> list[Node | None]:
        return await nodes(info.context, ids)

    @strawberry.field(description="The Strategy itself.")
    async def strategy(self, info: Info) -> Strategy:
        found: Strategy = Cohort(info.context).shape(await _strategy(info.context))
        return found

    @strawberry.field(description="The commitment with this ref. An unknown one is null, with the error NOT_FOUND.")
    async def commitment(self, info: Info, ref: Ref) -> Commitment | None:
        found: Commitment = await _named(info.context, models.Commitment, models.Commitment.ref, ref)
        return found

    @strawberry.field(description="With no arguments: the Strategy's 61, in the order of their refs.")
    async def commitments(
        self,
        info: Info,
        filter: Wanted = None,
        order_by: Annotated[
            CommitmentOrder | None, strawberry.argument(name="orderBy", description="By ref if left out.")
        ] = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Commitment]:
        wanted, sort = filter or CommitmentFilter(), order_by or CommitmentOrder()
        today = info.context.today
        page: Connection[Commitment] = await connect(
            info.context,
            models.Commitment,
            wanted.conditions(today),
            sort.order(wanted.as_of or today),
            first,
            after,
            name=f"commitments {sort.name()}",
        )
        return page

    @strawberry.field(description="The fund with this slug. An unknown one is null, with the error NOT_FOUND.")
    async def fund(self, info: Info, slug: Slug) -> Fund | None:
        found: Fund = await _named(info.context, models.Fund, models.Fund.slug, slug)
        return found

    @strawberry.field(description="With no arguments: all funds, by name, parts beside their wholes.")
    async def funds(
        self,
        info: Info,
        filter: Annotated[FundFilter | None, strawberry.argument(description="Which funds.")] = None,
        order_by: Annotated[
            FundOrder | None, strawberry.argument(name="orderBy", description="By name if left out.")
        ] = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Fund]:
        sort = order_by or FundOrder()
        page: Connection[Fund] = await connect(
            info.context,
            models.Fund,
            (filter or FundFilter()).conditions(),
            sort.order(info.context.today),
            first,
            after,
            name=f"funds {sort.name()}",
        )
        return page

    @strawberry.field(description="The event with this slug. An unknown one is null, with the error NOT_FOUND.")
    async def event(self, info: Info, slug: Slug) -> Event | None:
        found: Event = await _named(info.context, models.Event, models.Event.slug, slug)
        return found

    @strawberry.field(description="With no arguments: all events, by date, the undated last.")
    async def events(
        self,
        info: Info,
        filter: Annotated[EventFilter | None, strawberry.argument(description="Which events.")] = None,
        order_by: Annotated[
            EventOrder | None, strawberry.argument(name="orderBy", description="By date if left out.")
        ] = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Event]:
        sort = order_by or EventOrder()
        page: Connection[Event] = await connect(
            info.context,
            models.Event,
            (filter or EventFilter()).conditions(),
            sort.order(),
            first,
            after,
            name=f"events {sort.name()}",
        )
        return page

    @strawberry.field(description="The organisation with this slug. An unknown one is null, with the error NOT_FOUND.")
    async def organisation(self, info: Info, slug: Slug) -> Organisation | None:
        found: Organisation = await _named(info.context, models.Organisation, models.Organisation.slug, slug)
        return found

    @strawberry.field(description="Every body that a source names, by name.")
    async def organisations(
        self,
        info: Info,
        filter: Annotated[OrganisationFilter | None, strawberry.argument(description="Which organisations.")] = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Organisation]:
        where = (filter or OrganisationFilter()).conditions()
        page: Connection[Organisation] = await connect(
            info.context, models.Organisation, where, organisations.by_name(), first, after, name="organisations"
        )
        return page

    @strawberry.field(description="The document with this slug. An unknown one is null, with the error NOT_FOUND.")
    async def document(self, info: Info, slug: Slug) -> Document | None:
        found: Document = await _named(info.context, models.Document, models.Document.slug, slug)
        return found

    @strawberry.field(description="Everything that the tracker cites, by title.")
    async def documents(
        self,
        info: Info,
        filter: Annotated[DocumentFilter | None, strawberry.argument(description="Which documents.")] = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Document]:
        where = (filter or DocumentFilter()).conditions()
        page: Connection[Document] = await connect(
            info.context, models.Document, where, documents.by_title(), first, after, name="documents"
        )
        return page

    @strawberry.field(description="Where sources do not agree, by slug.")
    async def discrepancies(
        self,
        info: Info,
        filter: Annotated[DiscrepancyFilter | None, strawberry.argument(description="Which discrepancies.")] = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Discrepancy]:
        where = (filter or DiscrepancyFilter()).conditions()
        page: Connection[Discrepancy] = await connect(
            info.context, models.Discrepancy, where, discrepancies.by_slug(), first, after, name="discrepancies"
        )
        return page

    @strawberry.field(description="How many commitments stand where, on one day, as known at one instant.")
    async def progress(
        self, info: Info, as_of: AsOf = None, known_at: KnownAt = None, filter: Wanted = None
    ) -> Progress:
        day = as_of or info.context.today
        where = _where(filter, info.context)
        tally = await info.context.db.read(progress.tally, where, day, known_at)
        return counted(day, tally, await _themes(info.context))

    @strawberry.field(
        description="The same count on the last day of each month, quarter or year of a period: what a chart needs. At"
        " most 120 points."
    )
    async def progress_series(
        self,
        info: Info,
        from_: From,
        to: To,
        every: Annotated[Interval, strawberry.argument(description="How far apart the points are.")] = Interval.MONTH,
        filter: Wanted = None,
    ) -> list[Progress]:
        days = ends(from_, to, every)
        if not days:
            return []
        tallies = await info.context.db.read(progress.series, _where(filter, info.context), days)
        themes = await _themes(info.context)
        return [counted(day, tally, themes) for day, tally in zip(days, tallies, strict=True)]

    @strawberry.field(description="Commitments whose status differs between two days, by ref.")
    async def status_changes(
        self, info: Info, from_: From, to: To, known_at: KnownAt = None, filter: Wanted = None
    ) -> list[StatusChange]:
        if from_ > to:
            raise BadInput("`from` is after `to`.")
        where = _where(filter, info.context)
        rows = await info.context.db.read(progress.changes, where, from_, to, known_at)
        updates = await info.context.db.read(
            progress.updates_between, [row.id for row, _, _ in rows], from_, to, known_at
        )
        commitments, moves = Cohort(info.context), Cohort(info.context)
        return [
            StatusChange(
                commitment=commitments.shape(row),
                before=before,
                after=after,
                updates=[moves.shape(update) for update in updates[row.id]],
            )
            for row, before, after in rows
        ]

    @strawberry.field(description="What is known, and what is not yet known.")
    async def coverage(self, info: Info) -> Coverage:
        strategy = await _strategy(info.context)
        counts = await info.context.db.read(coverage.counts)
        return covered(strategy.stated_commitments, counts, await _themes(info.context))

    @strawberry.field(
        description="Every status there is, in order, with its meaning: clients need not hard-code labels."
    )
    def status_definitions(self) -> list[StatusDefinition]:
        return definitions()

    @strawberry.field(description="Which edition of the data answered.")
    async def dataset(self, info: Info) -> Dataset:
        edition = await info.context.db.read(dataset.edition)
        if edition is None:
            raise LookupError("No data is loaded.")
        return Dataset.from_row(edition)


async def _named(context: Context, model: type[Any], column: Any, name: str) -> Any:
    found = await context.db.read(relations.by_id, [name], model, column)
    if name not in found:
        raise NotFound(f"There is no {model.__name__.lower()} {name!r}.")
    return Cohort(context).shape(found[name])


async def _themes(context: Context) -> list[Theme]:
    cohort = Cohort(context)
    return [cohort.shape(row) for row in await context.db.read(progress.themes)]


async def _strategy(context: Context) -> models.Strategy:
    found = await context.db.read(dataset.strategy)
    if found is None:
        raise LookupError("No data is loaded.")
    return found


def _where(filter: CommitmentFilter | None, context: Context) -> list[Any]:
    return (filter or CommitmentFilter()).conditions(context.today)

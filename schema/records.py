"""Questions for records: one by its name, or a list of them."""

from typing import Annotated, Any

import strawberry

from db import dataset, discrepancies, documents, models, organisations, relations
from db.natural_keys import spellings
from schema.arguments import After, First
from schema.cohort import Cohort
from schema.commitments import Commitment
from schema.context import Context, Info
from schema.cost import costs
from schema.discrepancies import Discrepancy
from schema.documents import Document
from schema.errors import NotFound
from schema.events import Event
from schema.filters import (
    CommitmentFilter,
    DiscrepancyFilter,
    DocumentFilter,
    EventFilter,
    FundFilter,
    OrganisationFilter,
    Wanted,
    listing,
)
from schema.funds import Fund
from schema.node import Node, ids, ids_fee, nodes
from schema.orders import CommitmentOrder, EventOrder, FundOrder
from schema.organisations import Organisation
from schema.paging import PAGE, Connection, connect
from schema.strategy import Strategy

Ref = Annotated[str, strawberry.argument(description="The ref, such as SVS-19; small letters will do.")]
Slug = Annotated[str, strawberry.argument(description="The slug; capitals will do.")]


@strawberry.type
class Records:
    @strawberry.field(description="The node with this id; null where there is none.")
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")]
    ) -> Node | None:
        found: list[Node | None] = await nodes(info.context, [id])
        return found[0]

    @strawberry.field(
        description="The nodes with these ids, in their order; null in the place of an unknown one.",
        metadata=costs(ids, ids_fee),
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 100 global ids.")],
    ) -> list[Node | None]:
        return await nodes(info.context, ids)

    @strawberry.field(description="The Strategy itself.")
    async def strategy(self, info: Info) -> Strategy:
        found: Strategy = Cohort(info.context).shape(await info.context.read(dataset.strategy))
        return found

    @strawberry.field(description="The commitment with this ref. An unknown one is null, with the error NOT_FOUND.")
    async def commitment(self, info: Info, ref: Ref) -> Commitment | None:
        found: Commitment = await _named(info.context, models.Commitment, models.Commitment.ref, ref)
        return found

    @strawberry.field(
        description="With no arguments: the Strategy's 61, in the order of their refs.",
        metadata=listing("commitments", models.Commitment),
    )
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

    @strawberry.field(
        description="With no arguments: all funds, by name, parts beside their wholes.",
        metadata=listing("funds", models.Fund),
    )
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

    @strawberry.field(
        description="With no arguments: all events, by date, the undated last.",
        metadata=listing("events", models.Event),
    )
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

    @strawberry.field(
        description="Every body that a source names, by name.",
        metadata=listing("organisations", models.Organisation),
    )
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

    @strawberry.field(
        description="Everything that the tracker cites, by title.",
        metadata=listing("documents", models.Document),
    )
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

    @strawberry.field(
        description="Where sources do not agree, by slug.",
        metadata=listing("discrepancies", models.Discrepancy),
    )
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


async def _named(context: Context, model: type[Any], column: Any, name: str) -> Any:
    forms = spellings([name])
    found = await context.read(relations.by_id, forms, model, column)
    row = next((found[form] for form in forms if form in found), None)
    if row is None:
        raise NotFound(f"There is no {model.__name__.lower()} {name!r}.")
    return Cohort(context).shape(row)

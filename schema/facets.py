"""Facets: the values that filters of events take, counted."""

from collections.abc import Sequence
from typing import Annotated, cast

import strawberry
from strawberry.types.field import StrawberryField

from db import facets, models
from db.columns import Condition
from db.facets import EventFacet
from db.models.base import Base
from db.sizes import Sizes
from schema.context import Info
from schema.cost import BUILT, Arguments, costs, fixed, own, scan
from schema.filter_fields import filter_scan
from schema.filters import EventFilter
from schema.limits import PAGE
from schema.moment import Moment
from schema.record import moment_of

EVENTS = filter_scan(models.Event, EventFilter)


def facets_cost(sizes: Sizes, arguments: Arguments) -> int:
    """Each facet asks the filter."""
    return EVENTS(sizes, arguments) * len(EventFacet)


@strawberry.type(description="A value that a filter takes.")
class FacetValue:
    value: str = strawberry.field(description="What to give the filter: a text or a slug.")
    label: str = strawberry.field(description="What to show a reader: the text, or the name.")
    count: int = strawberry.field(description="How many of the events have it.")


def values_of(facet: EventFacet, *tables: type[Base]) -> StrawberryField:
    """A field with the values of one facet, which stand in these tables."""

    async def resolve(self: "EventFacets", info: Info) -> list[FacetValue]:
        values = await info.context.read(self.moment, facets.of_events, facet, self.where, PAGE)
        return [FacetValue(**vars(value)) for value in values]

    field = strawberry.field(
        resolver=resolve,
        description=f"For the filter `{facet.value}`: at most {PAGE} values, the most frequent first.",
        metadata=costs(fixed(PAGE), scan(*tables, work=0.25, base=BUILT)),
    )
    return cast(StrawberryField, field)


@strawberry.type(description="The values that events have, for the filters of these names.")
class EventFacets:
    moment: strawberry.Private[Moment]
    where: strawberry.Private[Sequence[Condition]]

    region = values_of(EventFacet.REGION, models.Event)
    series = values_of(EventFacet.SERIES, models.Event)
    topic = values_of(EventFacet.TOPIC, models.Event)
    sector = values_of(EventFacet.SECTOR, models.Event)
    host = values_of(EventFacet.HOST, models.EventHost)
    participant = values_of(EventFacet.PARTICIPANT, models.Participant)
    fund = values_of(EventFacet.FUND, models.EventFund)


@strawberry.type
class FacetQueries:
    @strawberry.field(
        description="What events can be filtered by: the values that there are, each with how many events have it."
        " With a filter, among the events that it lets through.",
        metadata=costs(own, facets_cost),
    )
    def facets(
        self,
        info: Info,
        filter: Annotated[EventFilter | None, strawberry.argument(description="Which events.")] = None,
    ) -> EventFacets | None:
        moment = moment_of(self, info)
        return EventFacets(moment=moment, where=(filter or EventFilter()).conditions(moment.as_of, moment.today))

"""Facets: the values that filters of events take, counted."""

from typing import Annotated

import strawberry

from db import facets, models
from db.facets import EventFacet
from db.sizes import Sizes
from schema.context import Info
from schema.cost import Arguments, costs, fixed, own, scan
from schema.filter_fields import filter_scan
from schema.filters import EventFilter
from schema.limits import PAGE
from schema.record import moment_of

EVENTS = filter_scan(models.Event, EventFilter)
# The flat cost of the counts: each event is grouped by each facet, and what is tied to it, too.
COUNTS = scan(models.Event, models.EventHost, models.EventFund, models.Participant, work=0.5, base=500)


def facets_cost(sizes: Sizes, arguments: Arguments) -> int:
    return EVENTS(sizes, arguments) + COUNTS(sizes, arguments)


@strawberry.type(description="A value that a filter takes.")
class FacetValue:
    value: str = strawberry.field(description="What to give the filter: a text or a slug.")
    label: str = strawberry.field(description="What to show a reader: the text, or the name.")
    count: int = strawberry.field(description="How many of the events have it.")


def values_of(filter: str) -> list[FacetValue]:
    return strawberry.field(  # type: ignore[no-any-return]
        description=f"For the filter `{filter}`: at most {PAGE} values, the most frequent first.",
        metadata=costs(fixed(PAGE)),
    )


@strawberry.type(description="The values that events have, for the filters of these names.")
class EventFacets:
    region: list[FacetValue] = values_of("region")
    series: list[FacetValue] = values_of("series")
    topic: list[FacetValue] = values_of("topic")
    sector: list[FacetValue] = values_of("sector")
    host: list[FacetValue] = values_of("host")
    participant: list[FacetValue] = values_of("participant")
    fund: list[FacetValue] = values_of("fund")


@strawberry.type
class FacetQueries:
    @strawberry.field(
        description="What events can be filtered by: the values that there are, each with how many events have it."
        " With a filter, among the events that it lets through.",
        metadata=costs(own, facets_cost),
    )
    async def facets(
        self,
        info: Info,
        filter: Annotated[EventFilter | None, strawberry.argument(description="Which events.")] = None,
    ) -> EventFacets | None:
        moment = moment_of(self, info)
        where = (filter or EventFilter()).conditions(moment.as_of, moment.today)
        values = await info.context.read(moment, facets.of_events, where, PAGE)
        return EventFacets(
            **{
                facet.value: [FacetValue(value=v.value, label=v.label, count=v.count) for v in values[facet]]
                for facet in EventFacet
            }
        )

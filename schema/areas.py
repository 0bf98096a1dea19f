"""Areas, and what stands in them."""

import strawberry

from db import areas, citations, events, models, shares
from db.vocabulary import AreaKind
from schema.arguments import First
from schema.cost import BUILT, costs, own, scan
from schema.filters import AreaFilter
from schema.keys import KEY
from schema.limits import PAGE
from schema.loads import then
from schema.named import Named
from schema.node import node_of
from schema.relations import many, row_of
from schema.root_fields import list_field, row_field
from schema.shares import SHARES, AreaTotal, Share, each_fund
from schema.versions import Versioned


@node_of(models.Area)
@strawberry.type(description="The area of a police force, a region or a nation.")
class Area(Named, Versioned):
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    name: str = strawberry.field(description="Its name.")
    kind: AreaKind = strawberry.field(description="What kind of area it is.")
    code: str = strawberry.field(
        description="Its code in official statistics, such as E23000007: of the Office for National Statistics."
    )

    parent = row_of(models.Area, models.Area.parent_id, "The wider area that it is within; null for the widest.")
    parts = many(areas.parts, "The areas directly within it, by name.")
    organisations = many(
        areas.organisations,
        "The bodies that stand in it, by name; those of the areas within it stand there.",
    )
    events = many(
        events.of_areas, "The events held in it, by date, the undated last; those of the areas within it stand there."
    )

    @strawberry.field(
        description="How many events were held in it, or in an area within it, by the day of the record. Those"
        " without a date are counted, too.",
        metadata=costs(flat=scan(models.Event, work=0.1, base=BUILT)),
    )
    def event_count(self) -> int:
        return self.load(events.count_within, KEY, self.moment.as_of)

    @strawberry.field(
        description="What the bodies that stand in it got, by the name of the fund. Those of the areas within it stand"
        " there. Allocations have no day.",
        metadata=costs(each_fund, SHARES),
    )
    def shares(self, first: First = PAGE) -> list[Share]:
        return self.load_as(list[Share], shares.of_areas, KEY, first or PAGE)

    @strawberry.field(
        description="What the bodies in it, or in an area within it, got from all funds; no sum counts twice.",
        metadata=costs(own, SHARES),
    )
    def allocated(self) -> AreaTotal:
        return then(self.load(shares.totals, KEY), AreaTotal.from_value)

    citations = many(citations.of(models.Citation.area_id), "The sources of its name, its code and its place.")


@strawberry.type
class AreaQueries:
    area = row_field(Area)
    areas = list_field(Area, AreaFilter, areas.by_name(), "Every area on record, by name.")

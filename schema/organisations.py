"""Organisations: who publishes, leads, hosts and receives."""

import strawberry

from db import areas, commitments, events, funds, models, organisations
from db.vocabulary import OrganisationKind, OrganisationRole
from schema.cost import STATEMENT, costs, own, scan
from schema.filters import OrganisationFilter
from schema.keys import KEY
from schema.loads import then
from schema.money import Money, money
from schema.named import Named
from schema.node import node_of
from schema.orders import OrganisationOrder
from schema.relations import many
from schema.root_fields import list_field, row_field
from schema.versions import Versioned


@node_of(models.Organisation)
@strawberry.type(description="A body that sources name. A commissioner and a police force are two bodies.")
class Organisation(Named, Versioned):
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    name: str = strawberry.field(description="Its name; with `collectively` where a source names a group as one.")
    kind: OrganisationKind = strawberry.field(description="What kind of body it is.")

    areas = many(areas.of_organisations, "The areas that it stands in, by name; none where it stands in no one area.")
    leads = many(commitments.led, "The commitments that it leads, alone or with others, by ref; later ones included.")
    hosted = many(events.hosted, "The events that it held, by date, the undated last.")
    allocations = many(funds.allocated_to, "What it received, or was named to receive.")

    @strawberry.field(
        description="What it does in this record.",
        metadata=costs(flat=STATEMENT * len(OrganisationRole)),
    )
    def roles(self) -> list[OrganisationRole]:
        return self.load(organisations.roles, KEY)

    @strawberry.field(
        description="The sum of the known allocations to it, none counted twice: what came from a part of a fund is not"
        " added to a known sum from the whole. Its bound follows from theirs; with one that is unknown it is AT_LEAST."
        " Null where no sum is known. Allocations have no day: the sum is the same on every day.",
        metadata=costs(own, scan(models.Fund, work=0.5, base=500)),
    )
    def allocated(self) -> Money | None:
        sum = self.load_optional(tuple, organisations.allocated, KEY)
        return then(sum, lambda sum: money(*sum) if sum else None)


@strawberry.type
class OrganisationQueries:
    organisation = row_field(Organisation)
    organisations = list_field(
        Organisation, OrganisationFilter, OrganisationOrder, "Every body that a source names, by name."
    )

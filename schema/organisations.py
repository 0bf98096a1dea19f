"""Organisations: who publishes, leads, hosts and receives."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from db import commitments, events, funds, models, organisations
from db.vocabulary import GBP, Bound, OrganisationKind
from schema.cost import costs, own, scan
from schema.funds import Money
from schema.node import KEY, Node, global_id, many, node_of

if TYPE_CHECKING:
    from schema.commitments import Commitment
    from schema.cost import costs, own, scan
    from schema.events import Event
from schema.funds import Allocation


@node_of(models.Organisation, models.Organisation.slug)
@strawberry.type(description="A body that sources name. A commissioner and a police force are two bodies.")
class Organisation(Node):
    key: strawberry.Private[int]
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    name: str = strawberry.field(description="Its name; with `collectively` where a source names a group as one.")
    kind: OrganisationKind = strawberry.field(description="What kind of body it is.")

    leads: list[Annotated["Commitment", strawberry.lazy("schema.commitments")]] = many(
        commitments.led,
        "The commitments that it leads, alone or with others, by ref; later ones included.",
        owner=models.CommitmentLead.organisation_id,
        target=models.CommitmentLead.commitment_id,
    )
    hosted: list[Annotated["Event", strawberry.lazy("schema.events")]] = many(
        events.hosted,
        "The events that it held, by date, the undated last.",
        owner=models.EventHost.organisation_id,
        target=models.EventHost.event_id,
    )
    allocations: list[Annotated["Allocation", strawberry.lazy("schema.funds")]] = many(
        funds.allocated_to, "What it received, or was named to receive.", owner=models.Allocation.recipient_id
    )

    @strawberry.field(
        description="The sum of the known allocations to it, each pound once: what came from a part of a fund is not"
        " added to a known sum from the whole. AT_LEAST where a sum is unknown or not exact.",
        metadata=costs(own, scan(models.Fund, work=0.5, base=500)),
    )
    def allocated(self) -> Money:
        found: Money = self.asked(organisations.allocated, KEY, then=_money)
        return found

    @classmethod
    def from_row(cls, row: models.Organisation) -> Self:
        return cls(id=global_id("Organisation", row.slug), key=row.id, slug=row.slug, name=row.name, kind=row.kind)


def _money(sum: tuple[Decimal, Bound]) -> Money:
    amount, bound = sum
    return Money(amount=amount, currency=GBP, bound=bound)

"""Query, composed of the queries of each noun."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import strawberry

from schema.areas import AreaQueries
from schema.arguments import AsOf, KnownAt
from schema.batch import Batch
from schema.changes import ChangeQueries
from schema.commitments import CommitmentQueries
from schema.comparison import ComparisonQueries
from schema.confirmations import ConfirmationQueries
from schema.context import SKEW, Context, Info
from schema.cost import STATEMENT, costs
from schema.coverage import CoverageQueries
from schema.dataset import DatasetQueries
from schema.discrepancies import DiscrepancyQueries
from schema.documents import DocumentQueries
from schema.errors import BadInput, NotFound
from schema.events import EventQueries
from schema.facets import FacetQueries
from schema.federation import SubgraphQueries, entities_field
from schema.funds import FundQueries
from schema.groups import GroupQueries
from schema.lookup import NodeQueries
from schema.moment import Moment
from schema.node import ONLY, Node, id_at, node_by
from schema.organisations import OrganisationQueries
from schema.people import PersonQueries
from schema.progress import ProgressQueries
from schema.record import find_moment
from schema.search import SearchQueries
from schema.service import ServiceQueries
from schema.statuses import StatusQueries
from schema.strategy import StrategyQueries
from schema.terms import TermQueries
from schema.versions import VersionQueries
from schema.viewer import ViewerQueries


class RecordQueries(
    ChangeQueries,
    ProgressQueries,
    ConfirmationQueries,
    ComparisonQueries,
    CoverageQueries,
    StatusQueries,
    DatasetQueries,
    NodeQueries,
    StrategyQueries,
    CommitmentQueries,
    FundQueries,
    GroupQueries,
    EventQueries,
    FacetQueries,
    OrganisationQueries,
    AreaQueries,
    PersonQueries,
    TermQueries,
    DocumentQueries,
    DiscrepancyQueries,
    VersionQueries,
    SearchQueries,
):
    """What can be asked of the record, at whichever moment."""


async def _find(context: Context, moment: Moment, keys: Sequence[str]) -> Mapping[str, Node]:
    return {ONLY: build_record(context, moment)} if ONLY in keys else {}


@node_by(_find, lambda _sizes, _arguments: 0)
@strawberry.type(description="The record as of one day, as it was known at one revision: what Query offers.")
class DatedRecord(RecordQueries, Node):
    """Not Record: TypeScript generated from the schema would put that in the place of TypeScript's own Record."""


def build_record(context: Context, moment: Moment) -> DatedRecord:
    return Batch(context, moment).add(DatedRecord(id=id_at(moment, DatedRecord, ONLY)))


@strawberry.type(
    description="What can be asked. Null, an empty list or an empty text in the place of an argument that may be left"
    " out is as if it were left out. A field of Query is null where there is nothing, or beside an error that says why."
)
class Query(RecordQueries, ViewerQueries, ServiceQueries, SubgraphQueries):
    entities = entities_field()

    @strawberry.field(
        description="The record as of a day, and as it was known: all that is asked under it is of that moment, and"
        " need not repeat it. A day or an instant that is stated further down takes its place there. Null, with the"
        " error NOT_FOUND, where nothing was on record yet.",
        metadata=costs(flat=2 * STATEMENT),
    )
    async def record(
        self,
        info: Info,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        revision: Annotated[
            int | None,
            strawberry.argument(description="As the record stood at this revision. Give this or `knownAt`, not both."),
        ] = None,
    ) -> DatedRecord | None:
        context = info.context
        if known_at is not None and revision is not None:
            raise BadInput("Give `knownAt` or `revision`, not both.")
        if revision is not None and not 0 < revision < 2**31:
            raise NotFound(f"There is no revision {revision}.")
        moment = await find_moment(context, context.moment, as_of, known_at=known_at, revision=revision)
        if moment is None:
            which = f"no revision {revision}" if known_at is None else "nothing on record at that instant"
            raise NotFound(f"There is {which}.")
        is_past = known_at is None or known_at < context.clock() - SKEW
        context.pinned.append(as_of is not None and moment.states_revision and is_past)
        return build_record(context, moment)

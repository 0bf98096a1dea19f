"""Query, composed of the queries of each noun."""

import strawberry

from schema.changes import ChangeQueries
from schema.commitments import CommitmentQueries
from schema.coverage import CoverageQueries
from schema.dataset import DatasetQueries
from schema.discrepancies import DiscrepancyQueries
from schema.documents import DocumentQueries
from schema.events import EventQueries
from schema.funds import FundQueries
from schema.node import NodeQueries
from schema.organisations import OrganisationQueries
from schema.progress import ProgressQueries
from schema.statuses import StatusQueries
from schema.strategy import StrategyQueries
from schema.viewer import ViewerQueries


@strawberry.type(description="What can be asked.")
class Query(
    ChangeQueries,
    ViewerQueries,
    ProgressQueries,
    CoverageQueries,
    StatusQueries,
    DatasetQueries,
    NodeQueries,
    StrategyQueries,
    CommitmentQueries,
    FundQueries,
    EventQueries,
    OrganisationQueries,
    DocumentQueries,
    DiscrepancyQueries,
):
    pass

"""The questions that can be asked."""

import strawberry

from schema.figures import Figures
from schema.log import Log
from schema.records import Records


@strawberry.type(description="What can be asked.")
class Query(Log, Figures, Records):
    pass

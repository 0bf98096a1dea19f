"""The questions that can be asked."""

import strawberry

from schema.figures import Figures
from schema.records import Records


@strawberry.type(description="What can be asked.")
class Query(Figures, Records):
    pass

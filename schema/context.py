"""What a resolver may touch."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

import strawberry

from db.database import Database


@dataclass(frozen=True)
class Context:
    """Built once a request."""

    db: Database
    today: dt.date


Info: TypeAlias = strawberry.Info[Context, None]

"""The Strategy and its themes, and what each status means."""

from collections.abc import Iterator

from sqlmodel import Session, col

from api.exports.batch import Batch, every
from api.exports.sources import citation_count
from api.exports.table import ApiColumns, ExportTable, attribute, id_of, key_of
from api.moment import Moment
from db import models
from db.paging import Order
from schema.statuses import StatusDefinition, build_definitions
from schema.strategy import Strategy, Theme

column, theme, definition = ApiColumns(Strategy), ApiColumns(Theme), ApiColumns(StatusDefinition)


def definitions(session: Session, moment: Moment) -> Iterator[Batch]:
    yield Batch(session, moment, build_definitions())


STRATEGIES = ExportTable(
    "strategies",
    "The Strategy",
    "The strategy that the commitments were made in: one row.",
    ("slug",),
    every(models.Strategy),
    (
        *column.attributes("slug", "title", "publishedOn", "statedCommitments"),
        column("publisher", key_of(models.Organisation, "publisher_id"), references="organisations"),
        citation_count(models.Citation.strategy_id),
        id_of(Strategy, attribute("slug")),
    ),
)
THEMES = ExportTable(
    "themes",
    "Themes",
    "The chapters of the Strategy, in order.",
    ("slug",),
    every(models.Theme, Order((col(models.Theme.position), col(models.Theme.slug)))),
    (*theme.attributes("slug", "title", "position"), id_of(Theme, attribute("slug"))),
)
DEFINITIONS = ExportTable(
    "definitions",
    "What each status means",
    "Every status there is, in order, with what it says and what it takes to record it.",
    ("status",),
    definitions,
    (*definition.attributes("status", "group", "position", "label", "meaning", "evidence"), definition("id")),
)

"""The Strategy and its themes, and what each status means."""

from collections.abc import Iterator

from sqlmodel import Session, col

from api.exports.batch import Batch, every
from api.exports.columns import ApiColumns, Kind, key_of
from api.exports.sources import citation_count
from api.exports.table import ExportTable
from api.moment import Moment
from db import models
from db.paging import Order
from db.vocabulary import Status, StatusGroup
from schema.statuses import StatusDefinition, build_definitions
from schema.strategy import Strategy, Theme

own, theme, definition = ApiColumns(Strategy), ApiColumns(Theme), ApiColumns(StatusDefinition)


def definitions(session: Session, moment: Moment) -> Iterator[Batch]:
    yield Batch(session, moment, build_definitions())


STRATEGIES = ExportTable(
    "strategies",
    "The Strategy",
    "The strategy that the commitments were made in: one row.",
    ("slug",),
    every(models.Strategy),
    (
        own("slug", required=True),
        own("title", required=True),
        own("publishedOn", Kind.DATE, required=True),
        own("statedCommitments", Kind.INTEGER, required=True),
        own("publisher", read=key_of(models.Organisation, "publisher_id"), references="organisations", required=True),
        citation_count(models.Citation.strategy_id),
    ),
)
THEMES = ExportTable(
    "themes",
    "Themes",
    "The chapters of the Strategy, in order.",
    ("slug",),
    every(models.Theme, Order((col(models.Theme.position), col(models.Theme.slug)))),
    (
        theme("slug", required=True),
        theme("title", required=True),
        theme("position", Kind.INTEGER, required=True),
    ),
)
DEFINITIONS = ExportTable(
    "definitions",
    "What each status means",
    "Every status there is, in order, with what it says and what it takes to record it.",
    ("status",),
    definitions,
    (
        definition("status", enum=Status, required=True),
        definition("group", enum=StatusGroup, required=True),
        definition("position", Kind.INTEGER, required=True),
        definition("label", required=True),
        definition("meaning", required=True),
        definition("evidence", required=True),
    ),
)

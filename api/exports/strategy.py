"""The Strategy and its themes, and what each status means."""

from collections.abc import Iterator

from sqlmodel import Session, col

from api.exports import sources
from api.exports.table import ExportTable, Fields, Kind, Row, batches, ids
from api.moment import Moment
from db import citations, models
from db.paging import Order
from db.vocabulary import Status, StatusGroup
from schema.statuses import StatusDefinition, build_definitions
from schema.strategy import Strategy, Theme

own, theme, definition = Fields(Strategy), Fields(Theme), Fields(StatusDefinition)
BY_SLUG = Order((col(models.Strategy.slug),))
BY_POSITION = Order((col(models.Theme.position), col(models.Theme.slug)))


def strategies(session: Session, _: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Strategy, BY_SLUG):
        publishers = sources.slugs(session, models.Organisation, (row.publisher_id for row in batch))
        cited = citations.of(models.Citation.strategy_id)(session, ids(batch))
        yield [
            (
                row.slug,
                row.title,
                row.published_on,
                row.stated_commitments,
                publishers[row.publisher_id],
                len(cited[row.id]),
            )
            for row in batch
        ]


def themes(session: Session, _: Moment) -> Iterator[list[Row]]:
    for batch in batches(session, models.Theme, BY_POSITION):
        yield [(row.slug, row.title, row.position) for row in batch]


def meanings(_: Session, __: Moment) -> Iterator[list[Row]]:
    yield [
        (word.status, word.group, word.position, word.label, word.meaning, word.evidence)
        for word in build_definitions()
    ]


STRATEGIES = ExportTable(
    "strategies",
    "The Strategy",
    "The strategy that the commitments were made in: one row.",
    models.Strategy,
    ("slug",),
    (
        own("slug", required=True),
        own("title", required=True),
        own("publishedOn", Kind.DATE, required=True),
        own("statedCommitments", Kind.INTEGER, required=True),
        own("publisher", refers="organisations", required=True),
        sources.COUNT,
    ),
    strategies,
)
THEMES = ExportTable(
    "themes",
    "Themes",
    "The chapters of the Strategy, in order.",
    models.Theme,
    ("slug",),
    (
        theme("slug", required=True),
        theme("title", required=True),
        theme("position", Kind.INTEGER, required=True),
    ),
    themes,
)
DEFINITIONS = ExportTable(
    "definitions",
    "What each status means",
    "Every status there is, in order, with what it says and what it takes to record it.",
    None,
    ("status",),
    (
        definition("status", words=Status, required=True),
        definition("group", words=StatusGroup, required=True),
        definition("position", Kind.INTEGER, required=True),
        definition("label", required=True),
        definition("meaning", required=True),
        definition("evidence", required=True),
    ),
    meanings,
)

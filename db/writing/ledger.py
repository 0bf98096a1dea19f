"""Entries in the log of changes."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session, col

from db.edits import Edits
from db.models import Change, ChangeNode, Dataset
from db.models.base import Base
from db.natural_keys import natural_key
from db.statements import Statement
from db.vocabulary import ChangeAction
from db.writing import rows

# The channel of PostgreSQL that is notified of every change as it is committed.
CHANNEL = "sixtyone"
TAKE = Statement(
    sa.update(Dataset)
    .values(revision=sa.bindparam("revision_"), updated_at=sa.bindparam("updated_at_"))
    .returning(col(Dataset.id))
)
NODES = Statement(
    sa.insert(ChangeNode.__table__).values({name: sa.bindparam(f"{name}_") for name in ("revision", "type", "key")})
)
NOTIFY = Statement(sa.select(sa.func.pg_notify(CHANNEL, "")))
# How far the clocks of the machines that write may be apart.
TOLERANCE = dt.timedelta(minutes=1)


class ClockBehind(Exception):
    """The record has entries that are in the future by this clock. What is written now would stay behind them."""


def next_instant(dataset: Dataset, now: dt.datetime) -> dt.datetime:
    """The instant at which a change is recorded: now, or just after the last one if another clock is a little ahead.

    Raises `ClockBehind` if it is ahead by more than `TOLERANCE`.
    """
    if problem := clock_problem(dataset, now):
        raise ClockBehind(problem)
    return max(now, dataset.updated_at + dt.timedelta(microseconds=1), dataset.recorded_at)


def clock_problem(dataset: Dataset, now: dt.datetime) -> str | None:
    """What is wrong with the clock, or with the record; None where they agree."""
    latest = _latest(dataset)
    if latest - TOLERANCE <= now:
        return None
    return (
        f"The record goes up to {latest:%Y-%m-%dT%H:%M:%SZ}, and the clock of this machine says"
        f" {now:%Y-%m-%dT%H:%M:%SZ}: one of the two is wrong. Nothing can be recorded until they agree."
    )


def _latest(dataset: Dataset) -> dt.datetime:
    return max(dataset.updated_at, dataset.recorded_at)


def take_revision(session: Session, dataset: Dataset, instant: dt.datetime | None = None) -> None:
    """Takes the next revision, before anything else is written: triggers mark each version of a row with it.

    `instant` is that of its making, where it is known by now.
    """
    values = {"revision": dataset.revision + 1, "updated_at": instant or dataset.updated_at}
    TAKE.ask(session, {f"{name}_": value for name, value in values.items()})
    rows.note_values(dataset, values)


def append_change(
    session: Session,
    dataset: Dataset,
    instant: dt.datetime,
    actor: str,
    action: ChangeAction,
    summary: str,
    subject: Base,
    others: Iterable[Base],
    edits: Edits,
    reason: str | None = None,
) -> Change:
    """Logs the change under the revision that its writer took. It affects its subject and the other rows."""
    if dataset.updated_at != instant:
        dataset.updated_at = instant
    kind, key = type(subject).__name__, natural_key(session, subject)
    change = Change(
        revision=dataset.revision,
        recorded_at=instant,
        actor=actor,
        action=action,
        summary=summary,
        reason=reason,
        subject_type=kind,
        subject_key=key,
        edits=edits.entries,
    )
    rows.insert(session, change)
    nodes = dict.fromkeys([(kind, key), *((type(row).__name__, natural_key(session, row)) for row in others)])
    NODES.write(session, [{"revision_": change.revision, "type_": kind, "key_": key} for kind, key in nodes])
    if session.get_bind().dialect.name == "postgresql":
        NOTIFY.ask(session, {})
    return change

"""Entries in the log of changes."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session

from db.edits import Edits
from db.models import Change, ChangeNode, Dataset
from db.models.base import Base
from db.natural_keys import natural_key
from db.vocabulary import ChangeAction

# On PostgreSQL, whoever listens here learns of every change as it is committed.
CHANNEL = "sixtyone"
# How far the clocks of the machines that write may be apart.
TOLERANCE = dt.timedelta(minutes=1)


class ClockBehind(Exception):
    """The record has what is still to come by this clock. What is written now would stand there for good."""


def next_instant(dataset: Dataset, now: dt.datetime) -> dt.datetime:
    """When a change is recorded: now, and behind the one before it, though the clocks of two machines differ a little.

    Raises `ClockBehind` where they differ by more.
    """
    if fault := clock_problem(dataset, now):
        raise ClockBehind(fault)
    return max(now, _latest(dataset) + dt.timedelta(microseconds=1))


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


def append_change(
    session: Session,
    dataset: Dataset,
    at: dt.datetime,
    actor: str,
    action: ChangeAction,
    summary: str,
    subject: Base,
    about: Iterable[Base],
    edits: Edits,
) -> Change:
    """Bumps the revision, and says what for."""
    dataset.revision += 1
    dataset.updated_at = at
    kind, key = type(subject).__name__, natural_key(session, subject)
    change = Change(
        revision=dataset.revision,
        recorded_at=at,
        actor=actor,
        action=action,
        summary=summary,
        subject_type=kind,
        subject_key=key,
        edits=edits.entries,
    )
    session.add(change)
    session.flush()
    nodes = dict.fromkeys([(kind, key), *((type(row).__name__, natural_key(session, row)) for row in about)])
    session.add_all(ChangeNode(revision=change.revision, type=kind, key=key) for kind, key in nodes)
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(sa.text(f"NOTIFY {CHANNEL}"))
    return change

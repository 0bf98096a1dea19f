"""The two clocks against a plain reference: what is true on a day, as known at an instant, for random histories."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import Session, col

from db import comparison, progress, statuses
from db.database import Database
from db.models import Commitment, StatusUpdate
from db.vocabulary import Agreement, CommitmentOrigin, DatePrecision, Status, Voice
from tests.size import sized

FIRST_DAY = dt.date(2018, 4, 9)
FIRST_INSTANT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
REFS = ("T-1", "T-2", "T-3")

days = some.integers(0, 12).map(lambda number: FIRST_DAY + dt.timedelta(days=number))
instants = some.integers(0, 8).map(lambda number: FIRST_INSTANT + dt.timedelta(hours=number))
words = some.sampled_from([status for status in Status if status is not Status.NOT_ASSESSED])


@dataclass(frozen=True)
class Statement:
    """An update as a person would note it down. `corrected_at` is when another took its place."""

    ref: str
    status: Status
    effective_on: dt.date
    recorded_at: dt.datetime
    voice: Voice
    key: str
    corrected_at: dt.datetime | None


@some.composite
def histories(draw: some.DrawFn) -> list[Statement]:
    """Updates, the last of which may have been corrected by one recorded later."""
    number = draw(some.integers(0, 14))
    times = sorted(draw(some.lists(instants, min_size=number, max_size=number)))
    statuses = [draw(words) for _ in range(number)]
    return [
        Statement(
            ref=draw(some.sampled_from(REFS)),
            status=status,
            effective_on=draw(days),
            recorded_at=times[place],
            # Only the tracker says that it found nothing.
            voice=Voice.TRACKER if status is Status.NO_EVIDENCE else draw(some.sampled_from(Voice)),
            key=f"{draw(some.integers(0, 99)):02} {place}",
            corrected_at=draw(some.sampled_from([None, None, *times[place + 1 :]])),
        )
        for place, status in enumerate(statuses)
    ]


def stands(
    history: Sequence[Statement], ref: str, as_of: dt.date, known_at: dt.datetime | None, voices: Sequence[Voice] | None
) -> Statement | None:
    """The reference: read the rules of the contract aloud."""
    candidates = [
        statement
        for statement in history
        if statement.ref == ref
        and statement.effective_on <= as_of
        and (known_at is None or statement.recorded_at <= known_at)
        and (voices is None or statement.voice in voices)
        and (statement.corrected_at is None or (known_at is not None and statement.corrected_at > known_at))
    ]
    # What was found, however old, before that nothing was.
    found = [statement for statement in candidates if statement.status is not Status.NO_EVIDENCE]
    return max(found or candidates, key=time, default=None)


def time(statement: Statement) -> tuple[dt.date, dt.datetime, str]:
    return statement.effective_on, statement.recorded_at, statement.key


def word(statement: Statement | None) -> Status:
    return statement.status if statement else Status.NOT_ASSESSED


def agreement(history: Sequence[Statement], ref: str, as_of: dt.date, known_at: dt.datetime | None) -> Agreement:
    government = stands(history, ref, as_of, known_at, [Voice.GOVERNMENT])
    others = stands(history, ref, as_of, known_at, [v for v in Voice if v not in (Voice.GOVERNMENT, Voice.TRACKER)])
    if government and others:
        return Agreement.AGREE if government.status == others.status else Agreement.DISAGREE
    if government or others:
        return Agreement.GOVERNMENT_ONLY if government else Agreement.OTHERS_ONLY
    return Agreement.NEITHER


def write(session: Session, history: Sequence[Statement]) -> dict[str, int]:
    """The history as rows; the id of each commitment. A correction says nothing new about a day of its own."""
    commitments = [Commitment(ref=ref, origin=CommitmentOrigin.STRATEGY, identified=False) for ref in REFS]
    # Corrections speak of a commitment that no question is asked about, so that only their instants matter.
    elsewhere = Commitment(ref="T-0", origin=CommitmentOrigin.LATER, identified=False)
    session.add_all([*commitments, elsewhere])
    session.flush()
    ids = {commitment.ref: commitment.id for commitment in commitments}

    def row(statement: Statement, ref: int, name: str, recorded_at: dt.datetime) -> StatusUpdate:
        return StatusUpdate(
            key=name,
            commitment_id=ref,
            status=statement.status,
            effective_on=statement.effective_on,
            precision=DatePrecision.DAY,
            recorded_at=recorded_at,
            voice=statement.voice,
            note="made up",
        )

    for statement in history:
        update = row(statement, ids[statement.ref], statement.key, statement.recorded_at)
        session.add(update)
        if statement.corrected_at:
            correction = row(statement, elsewhere.id, f"{statement.key} corrected", statement.corrected_at)
            session.add(correction)
            session.flush()
            update.corrected_by_id = correction.id
            update.correction_reason = "made up"
    session.flush()
    return ids


@given(
    history=histories(),
    as_of=days,
    voices=some.none() | some.lists(some.sampled_from(Voice), unique=True),
    later=days,
)
@settings(max_examples=sized(60, 20))
def test_every_question_of_status_is_the_reference(
    empty_database: Database,
    history: list[Statement],
    as_of: dt.date,
    voices: list[Voice] | None,
    later: dt.date,
) -> None:
    # Never committed, so that the next example finds an empty database.
    with Session(empty_database.engine) as session:
        ids = write(session, history)
        voice_filter = None if voices is None else tuple(voices)

        latest = statuses.latest(session, list(ids.values()), as_of, voice_filter)
        assert {ref: latest[id].key for ref, id in ids.items() if id in latest} == {
            ref: statement.key for ref in REFS if (statement := stands(history, ref, as_of, None, voices))
        }

        in_sql = sa.select(col(Commitment.ref), statuses.status(as_of, voice_filter)).where(
            col(Commitment.id).in_(ids.values())
        )
        assert {ref: Status(actual) for ref, actual in session.execute(in_sql)} == {
            ref: word(stands(history, ref, as_of, None, voices)) for ref in REFS
        }

        assert statuses.agreements(session, list(ids.values()), as_of) == {
            id: agreement(history, ref, as_of, None) for ref, id in ids.items()
        }

        witnesses = [voice for voice in Voice if voice is not Voice.TRACKER]
        assert statuses.evidence_days(session, list(ids.values()), as_of) == {
            id: statement.effective_on
            for ref, id in ids.items()
            if (statement := stands(history, ref, as_of, None, witnesses))
        }

        searches = [statement for statement in history if statement.status is Status.NO_EVIDENCE]
        assert statuses.last_searches(session, list(ids.values()), as_of) == {
            id: search.effective_on
            for ref, id in ids.items()
            if (search := stands(searches, ref, as_of, None, None))
            and (evidence := stands(history, ref, as_of, None, witnesses))
            and search.effective_on > evidence.effective_on
        }

        own = [col(Commitment.origin) == CommitmentOrigin.STRATEGY]
        assert progress.tally(session, own, as_of) == Counter(
            (None, word(stands(history, ref, as_of, None, None))) for ref in REFS
        )

        points = sorted({as_of, later, dt.date(2019, 1, 1)})
        assert [+tally for tally in progress.series(session, own, points)] == [
            Counter((None, word(stands(history, ref, day, None, None))) for ref in REFS) for day in points
        ]

        start, end = min(as_of, later), max(as_of, later)
        changes = {ref: tuple(word(stands(history, ref, day, None, None)) for day in (start, end)) for ref in REFS}
        changed = comparison.commitments(session, [*own, *comparison.changed(start, end)])
        assert [row.ref for row in changed] == [ref for ref, words in changes.items() if words[0] != words[1]]

        updates = statuses.history(session, list(ids.values()), voice_filter)
        assert {ref: [row.key for row in updates[id]] for ref, id in ids.items()} == {
            ref: [
                statement.key
                for statement in sorted(history, key=time)
                if statement.ref == ref and stands([statement], ref, dt.date.max, None, voices)
            ]
            for ref in REFS
        }

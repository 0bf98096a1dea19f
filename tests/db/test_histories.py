"""Random histories, recorded and corrected as editors do it, against a plain reference: on a day, as known then."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import Session, select

from db import statuses
from db.database import Database
from db.models import Change, Commitment, Dataset, Document, Organisation, StatusUpdate, Strategy, Theme
from db.tokens import Principal
from db.vocabulary import (
    CommitmentOrigin,
    Confidence,
    DocumentKind,
    OrganisationKind,
    ProblemCode,
    Role,
    Status,
    Voice,
)
from db.writing.base import Rejected, perform
from db.writing.sources import CitationInput
from db.writing.statuses import CorrectStatusInput, RecordStatusInput, correct_status, record_status
from tests.size import sized
from tests.writable import FixedClock

FIRST_DAY = dt.date(2018, 4, 9)
START = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
EDITOR = Principal("Ed Itor", Role.EDITOR, tuple(Voice))
REFS = ("H-1", "H-2")
WITNESS_STATUSES = (Status.ANNOUNCED, Status.DELIVERED, Status.STALLED)
WITNESSES = (Voice.GOVERNMENT, Voice.MEDIA)

days = some.integers(0, 6).map(lambda number: FIRST_DAY + dt.timedelta(days=number))


@dataclass(frozen=True)
class Step:
    """Something that an editor does, so many hours after the step before."""

    hours: int
    ref: str
    status: Status
    voice: Voice
    day: dt.date
    # Which of the statements so far it corrects, counted from the first and around; None for one that is new.
    corrects: int | None


@some.composite
def steps(draw: some.DrawFn) -> Step:
    is_search = draw(some.integers(0, 3)) == 0
    return Step(
        hours=draw(some.integers(0, 3)),
        ref=draw(some.sampled_from(REFS)),
        status=Status.NO_EVIDENCE if is_search else draw(some.sampled_from(WITNESS_STATUSES)),
        voice=Voice.TRACKER if is_search else draw(some.sampled_from(WITNESSES)),
        day=draw(days),
        corrects=draw(some.none() | some.integers(0, 20)),
    )


@dataclass
class Statement:
    """A statement as a person would note it down, with when another took its place."""

    key: str
    ref: str
    status: Status
    voice: Voice
    day: dt.date
    recorded: dt.datetime
    corrected: dt.datetime | None = None
    by: "Statement | None" = None

    def says(self) -> tuple[Status, Voice, dt.date]:
        return self.status, self.voice, self.day


class Notebook:
    """The reference: the rules, read aloud."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def stands(self, ref: str, *, at: dt.datetime | None = None) -> list[Statement]:
        if at is None:
            return [statement for statement in self.statements if statement.ref == ref and statement.corrected is None]
        return [
            statement
            for statement in self.statements
            if statement.ref == ref
            and statement.recorded <= at
            and (statement.corrected is None or statement.corrected > at)
        ]

    def status(self, ref: str, as_of: dt.date, at: dt.datetime | None, voices: Sequence[Voice] | None) -> Status:
        statements = [s for s in self.stands(ref, at=at) if s.day <= as_of and (voices is None or s.voice in voices)]
        # What was found, however old, before that nothing was.
        found = [s for s in statements if s.status is not Status.NO_EVIDENCE] or statements
        newest = max(found, key=lambda statement: (statement.day, statement.recorded, statement.key), default=None)
        return newest.status if newest else Status.NOT_ASSESSED

    def objection(self, step: Step, old: Statement | None) -> ProblemCode | None:
        """Why the step must be refused, if it must."""
        if old and old.by:
            again = old.by.says() == (step.status, step.voice, step.day)
            return ProblemCode.DUPLICATE if again else ProblemCode.CONFLICT
        if old and (old.status, old.voice, old.day) == (step.status, step.voice, step.day):
            return ProblemCode.INVALID
        same = [
            s
            for s in self.statements
            if (s.ref, s.status, s.voice, s.day) == (step.ref, step.status, step.voice, step.day)
        ]
        if not old and same:
            return ProblemCode.DUPLICATE
        others = [statement for statement in self.stands(step.ref) if statement is not old]
        if old and (step.status, step.voice, step.day) in {(s.status, s.voice, s.day) for s in others}:
            return ProblemCode.DUPLICATE
        return None

    def note(self, statement: Statement, old: Statement | None) -> None:
        if old:
            old.corrected, old.by = statement.recorded, statement
        self.statements.append(statement)


def prepare(session: Session) -> None:
    board = Organisation(slug="board", name="Board", kind=OrganisationKind.OTHER)
    session.add_all([board, Document(slug="paper", title="A paper", kind=DocumentKind.RECORD)])
    session.add(Dataset(revision=0, recorded_at=START, updated_at=START, licence="-", attribution="-"))
    session.flush()
    strategy = Strategy(slug="s", title="S", publisher_id=board.id, published_on=FIRST_DAY, stated_commitments=2)
    session.add(strategy)
    session.flush()
    theme = Theme(slug="t", title="T", position=1, strategy_id=strategy.id)
    session.add(theme)
    session.flush()
    for ref in REFS:
        values: dict[str, Any] = {"title": ref, "summary": ref, "theme_id": theme.id, "confidence": Confidence.HIGH}
        session.add(Commitment(ref=ref, slug=ref.lower(), origin=CommitmentOrigin.STRATEGY, identified=True, **values))
    session.flush()


def act(session: Session, clock: FixedClock, step: Step, old: Statement | None) -> StatusUpdate | set[ProblemCode]:
    """What was written, or the codes of what is wrong with it."""
    try:
        # What is rejected is rolled back, with the revision that it took.
        with session.begin_nested():
            return write(session, clock, step, old)
    except Rejected as rejected:
        return {problem.code for problem in rejected.problems}


def write(session: Session, clock: FixedClock, step: Step, old: Statement | None) -> StatusUpdate:
    source = None if step.status is Status.NO_EVIDENCE else CitationInput(document="paper")
    statement: dict[str, Any] = {
        "status": step.status,
        "effective_on": step.day,
        "voice": step.voice,
        "citation": source,
    }
    if old is None:
        input = RecordStatusInput(commitment=step.ref, note="Made up.", **statement)
        row, _ = perform(session, record_status, input, EDITOR, clock.utc)
    else:
        correction = CorrectStatusInput(reason="Made up.", **{k: v for k, v in statement.items() if k != "citation"})
        if old.status is Status.NO_EVIDENCE:
            correction.citation = source
        row, _ = perform(
            session, lambda write, _: correct_status(write, correction, old.key), correction, EDITOR, clock.utc
        )
    assert isinstance(row, StatusUpdate)
    return row


@given(
    history=some.lists(steps(), max_size=12),
    as_of=days,
    voices=some.none() | some.just(WITNESSES) | some.just((Voice.GOVERNMENT,)),
    hour=some.integers(0, 36),
)
@settings(max_examples=sized(80, 25))
def test_the_past_is_as_it_was_known(
    empty_database: Database, history: list[Step], as_of: dt.date, voices: tuple[Voice, ...] | None, hour: int
) -> None:
    clock, notebook, count = FixedClock(START), Notebook(), 0
    with empty_database.engine.connect() as connection, Session(connection) as session:
        prepare(session)
        for step in history:
            clock.now += dt.timedelta(hours=step.hours)
            old = None
            if step.corrects is not None and notebook.statements:
                old = notebook.statements[step.corrects % len(notebook.statements)]
                step = Step(step.hours, old.ref, step.status, step.voice, step.day, step.corrects)
            objection = notebook.objection(step, old)
            row = act(session, clock, step, old)
            if not isinstance(row, StatusUpdate):
                assert objection in row
                continue
            assert objection is None
            notebook.note(Statement(row.key, step.ref, step.status, step.voice, step.day, row.recorded_at), old)
            count += 1
        # Nothing that was said is gone, and every step is in the log.
        assert len(session.exec(select(StatusUpdate)).all()) == count
        assert [change.revision for change in session.exec(select(Change).order_by("revision"))] == [
            *range(1, count + 1)
        ]
        ids = {row.ref: row.id for row in session.exec(select(Commitment))}
        actual = statuses.latest(session, list(ids.values()), as_of, voices)
        for ref, id in ids.items():
            status = actual[id].status if id in actual else Status.NOT_ASSESSED
            assert status is notebook.status(ref, as_of, None, voices)
        session.rollback()

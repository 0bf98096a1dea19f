"""The government's word held against what the other sides say, for random histories, beside a plain reference."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import Session, col

from db import confirmations, sides, statuses
from db.confirmations import Words
from db.database import Database
from db.models import Citation, Commitment, CommitmentLead, Document, Organisation, StatusUpdate
from db.vocabulary import (
    CommitmentOrigin,
    Confirmation,
    DatePrecision,
    DocumentKind,
    OrganisationKind,
    Side,
    Status,
    Voice,
)
from tests.size import sized

FIRST_DAY = dt.date(2018, 4, 9)
INSTANT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
LINE = ["NOT_STARTED", "ANNOUNCED", "IN_PROGRESS", "PARTIALLY_DELIVERED", "DELIVERED"]
WORDS = [Status.ANNOUNCED, Status.IN_PROGRESS, Status.DELIVERED, Status.STALLED, Status.UNTESTABLE]
REFS = ("T-1", "T-2")


@dataclass(frozen=True)
class Statement:
    """An update as a person would note it down; `by_lead`: a lead of the commitment published its source."""

    ref: str
    status: Status
    day: dt.date
    voice: Voice
    by_lead: bool

    @property
    def side(self) -> Side | None:
        if self.voice is Voice.TRACKER:
            return None
        if self.voice is Voice.GOVERNMENT:
            return Side.GOVERNMENT
        return Side.DELIVERY if self.by_lead or self.voice is Voice.DELIVERY_BODY else Side.OTHERS


days = some.integers(0, 8).map(lambda number: FIRST_DAY + dt.timedelta(days=number))
# The government speaks more often than others, so that its word has a history.
voices = some.sampled_from([*Voice, Voice.GOVERNMENT, Voice.GOVERNMENT, Voice.MEDIA])
statements = some.builds(Statement, some.sampled_from(REFS), some.sampled_from(WORDS), days, voices, some.booleans())


def bears_out(word: Status, said: Status) -> bool:
    return word == said or (word in LINE and said in LINE and LINE.index(word) > LINE.index(said))


def is_alone(history: Sequence[Statement], as_of: dt.date, said: Status | None) -> bool:
    others = [s for s in history if s.day <= as_of and s.side in (Side.DELIVERY, Side.OTHERS)]
    return said is not None and not any(bears_out(statement.status, said) for statement in others)


def words_of(history: Sequence[Statement], as_of: dt.date) -> Words:
    """The reference: the descriptions of the schema, read aloud. The history is of one commitment, oldest first."""
    spoken = [statement for statement in history if statement.day <= as_of and statement.side]
    own = [statement for statement in spoken if statement.side is Side.GOVERNMENT]
    rest = [statement for statement in spoken if statement.side is not Side.GOVERNMENT]
    said, since = (own[-1].status, own[-1].day) if own else (None, dt.date.min)
    for earlier in reversed(own):
        if earlier.status is not said:
            break
        since = earlier.day
    answers = {statement.side: statement.status for statement in rest if statement.day >= since}
    side = next((side for side in (Side.OTHERS, Side.DELIVERY) if side in answers), None)
    answer = answers[side] if side else None
    if said is None:
        return Words(None, side, answer, Confirmation.NO_WORD, government_alone=False)
    differs = not all(bears_out(word, said) for word in answers.values())
    if side is Side.OTHERS:
        outcome = Confirmation.CONTRADICTED if differs else Confirmation.CONFIRMED
    elif side is Side.DELIVERY:
        outcome = Confirmation.DELIVERY_DIFFERS if differs else Confirmation.DELIVERY_ONLY
    else:
        outcome = Confirmation.NOT_CONFIRMED_SINCE if rest else Confirmation.NOBODY_ELSE
    return Words(said, side, answer, outcome, is_alone(history, as_of, said))


def write(session: Session, history: Sequence[Statement]) -> dict[str, int]:
    """The history as rows, recorded in its order; the id of each commitment."""
    lead, press = (Organisation(slug=name, name=name, kind=OrganisationKind.OTHER) for name in ("lead", "press"))
    session.add_all([lead, press])
    session.flush()
    papers = {
        who.slug: Document(slug=who.slug, title=who.name, kind=DocumentKind.RECORD, publisher_id=who.id)
        for who in (lead, press)
    }
    commitments = [Commitment(ref=ref, origin=CommitmentOrigin.STRATEGY, identified=False) for ref in REFS]
    session.add_all([*papers.values(), *commitments])
    session.flush()
    ids = {commitment.ref: commitment.id for commitment in commitments}
    session.add_all(CommitmentLead(commitment_id=id, organisation_id=lead.id, position=1) for id in ids.values())
    for place, statement in enumerate(history):
        update = StatusUpdate(
            key=f"{place:02}",
            commitment_id=ids[statement.ref],
            status=statement.status,
            effective_on=statement.day,
            precision=DatePrecision.DAY,
            recorded_at=INSTANT,
            voice=statement.voice,
            note="made up",
        )
        session.add(update)
        session.flush()
        paper = papers["lead" if statement.by_lead else "press"]
        session.add(Citation(key=f"{place:02}", document_id=paper.id, status_update_id=update.id))
    session.flush()
    return ids


@given(history=some.lists(statements, max_size=10), as_of=days)
@settings(max_examples=sized(60, 20))
def test_every_question_of_confirmation_is_the_reference(
    empty_database: Database, history: list[Statement], as_of: dt.date
) -> None:
    history = sorted(history, key=lambda statement: statement.day)
    of = {ref: [statement for statement in history if statement.ref == ref] for ref in REFS}
    # Never committed, so that the next example finds an empty database.
    with Session(empty_database.engine) as session:
        ids = write(session, history)
        expected = {ref: words_of(of[ref], as_of) for ref in REFS}
        assert confirmations.words(session, list(ids.values()), as_of) == {
            ids[ref]: words for ref, words in expected.items()
        }
        every = [col(Commitment.origin) == CommitmentOrigin.STRATEGY]
        found = confirmations.combinations(session, every, as_of, 1)
        assert {words: number for words, number, _ in found} == Counter(expected.values())
        first = confirmations.first(session, [ids for _, _, ids in found], 1)
        assert {words: [row.ref for row in first[ids]] for words, _, ids in found} == {
            words: [min(ref for ref in REFS if expected[ref] == words)] for words in expected.values()
        }
        for outcome in Confirmation:
            assert filtered(session, confirmations.with_confirmation([outcome], as_of)) == [
                ref for ref in REFS if expected[ref].confirmation is outcome
            ]
        for wanted in (True, False):
            assert filtered(session, confirmations.by_government_alone(wanted, as_of)) == [
                ref for ref in REFS if expected[ref].government_alone is wanted
            ]
        for side in Side:
            spoken = {ref: [s for s in of[ref] if s.side is side and s.day <= as_of] for ref in REFS}
            last = {ref: updates[-1].status for ref, updates in spoken.items() if updates}
            latest = statuses.latest(session, list(ids.values()), as_of, None, (side,))
            assert {ref: latest[id].status for ref, id in ids.items() if id in latest} == last
            assert filtered(session, statuses.status(as_of, sides=[side]) == Status.DELIVERED.value) == [
                ref for ref in REFS if last.get(ref) is Status.DELIVERED
            ]
        places = {id: int(key) for id, key in session.execute(sa.select(col(StatusUpdate.id), col(StatusUpdate.key)))}
        by_id = sides.sides(session, list(places))
        assert {id: by_id.get(id) for id in places} == {id: history[place].side for id, place in places.items()}


def filtered(session: Session, condition: sa.ColumnElement[bool]) -> list[str]:
    return list(session.scalars(sa.select(col(Commitment.ref)).where(condition).order_by(col(Commitment.ref))))

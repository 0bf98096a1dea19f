"""Steps of random histories: loads of changed files, mutations of every kind, and statements of SQL.

Run as a module, it takes one after the other until it is killed: `python -m tests.steps ADDRESS FOLDER NUMBER`.
"""

import datetime as dt
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from db.database import Database
from db.models import (
    Allocation,
    AmountStatement,
    Citation,
    Commitment,
    Discrepancy,
    Document,
    Event,
    Fund,
    Organisation,
    Person,
    StatusUpdate,
    Theme,
)
from db.models.base import Record
from db.natural_keys import KEY_COLUMN
from db.tokens import Principal
from db.vocabulary import (
    AmountKind,
    Bound,
    Confidence,
    DiscrepancyKind,
    DiscrepancyState,
    EventKind,
    OrganisationKind,
    Role,
    Status,
    Voice,
)
from db.writing import (
    allocations,
    amounts,
    citations,
    commitments,
    discrepancies,
    documents,
    events,
    funds,
    links,
    people,
    sources,
    statuses,
)
from db.writing.base import Rejected, perform
from seeds.errors import SeedError
from seeds.loader import load
from tests.seeds.strategy import SMALL
from tests.writable import FixedClock

START = dt.datetime(2031, 5, 1, 9, 30, tzinfo=dt.UTC)
EDITOR = Principal("Ed Itor", Role.EDITOR, tuple(Voice))
CITATION = {"document": "tide-2030", "note": "Somewhere."}
# Words of the files that give way to others.
WORDS = [
    ("dataset", "CC BY 4.0", "CC0"),
    ("organisations", "name: River Trust", "name: Trust"),
    ("documents", "note: Undated.", "note: Of May."),
    ("strategy", "title: Water", "title: Sea"),
    ("commitments", "summary: Every day but Sunday.", "summary: Daily."),
    ("commitments", "leads: [harbour-board, river-trust]", "leads: [river-trust]"),
    ("funds", "  commitments: [H-1]\n", ""),
    ("funds", "amount: 1250000\n", "amount: 1250001\n"),
    ("events", "    - {name: Pat Pilot}\n", ""),
    ("events", "topics: [dredging]", "topics: [mud]"),
    ("discrepancies", "says: about £2.4m", "says: some £2.4m"),
]
# A load with some of these words, a mutation of a kind of which so manieth row, or a statement.
Step = frozenset[int] | tuple[int, int] | str
SQL = [
    "UPDATE commitment SET summary = summary || '!' WHERE ref = 'H-2'",
    "UPDATE theme SET position = position + 10 WHERE slug = 'water'",
    "UPDATE organisation SET name = name || '!'",
    "UPDATE dataset SET attribution = attribution || '!'",
    "DELETE FROM event_host WHERE position = 2",
    "DELETE FROM claim",
    "DELETE FROM participant WHERE position = 2",
    "DELETE FROM citation WHERE event_id IS NOT NULL",
    "UPDATE participant SET position = position + 5",
    "INSERT INTO commitment_fund (commitment_id, fund_id, seeded) SELECT MAX(commitment.id), MAX(fund.id), false"
    " FROM commitment, fund",
]


def mutations(of: Callable[[type[Record]], str], number: int) -> list[tuple[Any, Any]]:
    """One of each kind: what is done, and the input. `of` gives the key of some row of a table."""
    text, why, cited = f"No. {number}", {"reason": "So."}, [sources.CitationInput(**CITATION)]
    trust, day = sources.OrganisationInput(slug="river-trust"), dt.date(2030, 6, 1) + dt.timedelta(days=number)
    pair = links.LinkInput(commitment=of(Commitment), fund=of(Fund), **why)

    def keyed(task: Callable[..., Any], model: type[Record]) -> Callable[..., Any]:
        key = of(model)
        return lambda draft, data: task(draft, data, key)

    said: dict[str, Any] = {"voice": Voice.MEDIA, "citation": cited[0], "note": text}
    return [
        (statuses.record_status, statuses.RecordStatusInput(
            commitment=of(Commitment), status=Status.STALLED, effective_on=day, **said)),
        (keyed(statuses.correct_status, StatusUpdate), statuses.CorrectStatusInput(note=text, effective_on=day, **why)),
        (keyed(statuses.withdraw_status, StatusUpdate), statuses.WithdrawStatusInput(**why)),
        (commitments.identify, commitments.IdentifyCommitmentInput(
            commitment="H-3", slug="h-3", theme=of(Theme), title=text, summary=text, confidence=Confidence.LOW,
            leads=[trust], citations=cited)),
        (commitments.correct_commitment, commitments.CorrectCommitmentInput(
            commitment=of(Commitment), title=text, leads=[trust], **why)),
        (commitments.withdraw_identification, commitments.WithdrawIdentificationInput(commitment="H-3", **why)),
        (sources.add_document, sources.AddDocumentInput(
            slug=f"a-{number}", title=text,
            publisher=sources.OrganisationInput(slug=f"a-{number}", name=text, kind=OrganisationKind.OTHER))),
        (events.add_event, events.AddEventInput(
            slug=f"e-{number}", title=text, kind=EventKind.OTHER, date=dt.date(2030, 6, 1), hosts=[trust],
            participants=[events.ParticipantInput(name=text, person=people.PersonInput(slug=f"p-{number}", name=text))],
            area="harbour", citations=cited)),
        (events.correct_event, events.CorrectEventInput(event=of(Event), title=text, participants=[], **why)),
        (events.withdraw_event, events.WithdrawEventInput(event=of(Event), **why)),
        (funds.add_fund, funds.AddFundInput(slug=f"f-{number}", name=text, parent=of(Fund), citations=cited)),
        (funds.correct_fund, funds.CorrectFundInput(fund=of(Fund), name=text, **why)),
        (funds.withdraw_fund, funds.WithdrawFundInput(fund=of(Fund), **why)),
        (amounts.state_amount, amounts.StateAmountInput(
            fund=of(Fund), kind=AmountKind.RESTATED, amount=number + 1, bound=Bound.ABOUT, citation=cited[0])),
        (keyed(amounts.correct_amount, AmountStatement), amounts.CorrectAmountInput(amount=number + 1, **why)),
        (keyed(amounts.withdraw_amount, AmountStatement), amounts.WithdrawAmountInput(**why)),
        (allocations.allocate, allocations.AllocateInput(fund=of(Fund), recipient=trust, citation=cited[0])),
        (keyed(allocations.correct_allocation, Allocation), allocations.CorrectAllocationInput(note=text, **why)),
        (keyed(allocations.withdraw_allocation, Allocation), allocations.WithdrawAllocationInput(**why)),
        (keyed(citations.correct_citation, Citation), citations.CorrectCitationInput(note=text, **why)),
        (keyed(citations.withdraw_citation, Citation), citations.WithdrawCitationInput(**why)),
        (documents.correct_document, documents.CorrectDocumentInput(document=of(Document), title=text, **why)),
        (documents.withdraw_document, documents.WithdrawDocumentInput(document=of(Document), **why)),
        (documents.correct_organisation, documents.CorrectOrganisationInput(
            organisation=of(Organisation), name=text, areas=["harbour"], **why)),
        (people.correct_person, people.CorrectPersonInput(person=of(Person), name=text, **why)),
        (people.withdraw_person, people.WithdrawPersonInput(person=of(Person), **why)),
        (documents.withdraw_organisation, documents.WithdrawOrganisationInput(organisation=of(Organisation), **why)),
        (links.link, pair),
        (links.unlink, links.UnlinkInput(commitment=pair.commitment, fund=pair.fund, **why)),
        (discrepancies.open_discrepancy, discrepancies.OpenDiscrepancyInput(
            slug=f"d-{number}", question=text, kind=DiscrepancyKind.COUNT, fund=of(Fund),
            claims=[sources.ClaimInput(document="tide-2030", says=says) for says in "ab"])),
        (discrepancies.settle_discrepancy, discrepancies.SettleDiscrepancyInput(
            discrepancy=of(Discrepancy), state=DiscrepancyState.RESOLVED, explanation=text)),
        (discrepancies.correct_discrepancy, discrepancies.CorrectDiscrepancyInput(
            discrepancy=of(Discrepancy), question=text, **why)),
        (discrepancies.reopen_discrepancy, discrepancies.ReopenDiscrepancyInput(discrepancy=of(Discrepancy), **why)),
        (discrepancies.withdraw_discrepancy, discrepancies.WithdrawDiscrepancyInput(
            discrepancy=of(Discrepancy), **why)),
    ]  # fmt: skip


KINDS = len(mutations(lambda _: "x", 1))


class History:
    """A database of the small strategy."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.clock = FixedClock(START)
        self.count = 0

    def take(self, step: Step) -> bool:
        """Whether the step was taken; if not, it was refused, and nothing was written."""
        self.clock.now += dt.timedelta(hours=1)
        self.count += 1
        try:
            match step:
                case str():
                    with self.database.engine.begin() as connection:
                        connection.execute(sa.text(step))
                case (kind, place):
                    with self.database.transaction() as session:
                        self.mutate(session, kind, place)
                case _:
                    self.load(step)
        except (Rejected, SeedError, sa.exc.IntegrityError):
            return False
        return True

    def load(self, words: frozenset[int]) -> None:
        texts = dict(SMALL)
        for place in words:
            file, old, new = WORDS[place]
            texts[file] = texts[file].replace(old, new)
        for name, text in texts.items():
            (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        load(self.database, self.folder, now=self.clock.now)

    def mutate(self, session: Session, kind: int, place: int) -> None:
        def of(model: type[Record]) -> str:
            keys = session.exec(select(getattr(model, KEY_COLUMN[model])).order_by(KEY_COLUMN[model])).all()
            return keys[place % len(keys)] if keys else "none"

        task, data = mutations(of, self.count)[kind]
        perform(session, task, data, EDITOR, self.clock.utc)


def main(address: str, folder: str, number: str) -> None:
    """Takes steps until it is killed, and prints a line after each. `number` tells the runs apart."""
    choice, history = random.Random(number), History(Database(address), Path(folder))
    history.clock.now += dt.timedelta(days=365 * int(number))
    history.count = 1_000 * int(number)
    while True:
        step: Step = (choice.randrange(KINDS), choice.randrange(10))
        if choice.random() < 0.3:
            step = frozenset(choice.sample(range(len(WORDS)), 3))
        elif choice.random() < 0.2:
            step = choice.choice(SQL)
        print(history.take(step), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

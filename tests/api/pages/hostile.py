"""A record in which every text is out to do harm. Rules refuse some of it, and so it is written past them."""

import datetime as dt
from itertools import count

import sqlalchemy as sa
from sqlmodel import AutoString, Session, select

from db.database import Database
from db.models import Change, ChangeNode, Dataset, metadata
from db.vocabulary import ChangeAction

WORD = "w" * 2000
# What each is, and what a reader should see of it.
HARM = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>': '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)": "' onmouseover='alert(1)",
    "{{7*7}}{% raw %}${7*7}": "{{7*7}}{% raw %}${7*7}",
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "&lt;b&gt; & <!-- ]]> </title></style></desc></svg></textarea></script><b>": (
        "&lt;b&gt; & <!-- ]]> </title></style></desc></svg></textarea></script><b>"
    ),
    WORD: WORD,
    "שלום עולם مرحبا": "שלום עולם مرحبا",
    "a\u202eb\u200bc\x07d\u2066e": "a[U+202E]b[U+200B]c[U+0007]d[U+2066]e",
}
ADDRESSES = [
    "javascript:alert(1)",
    "JavaScript:alert(1)//",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    "//example.org/",
    'https://example.org/"><script>alert(1)</script>',
    "https://example.org/?a=1&copy=2",
]
# Addresses and keys have a pattern that lets nothing through, and no row can be found by any other.
NAMES = {"slug", "ref", "key", "subject_type", "subject_key", "type", "currency", "digest", "digests"}
OF_ONE = """SELECT status_update.id FROM status_update JOIN commitment ON commitment.id = commitment_id
    WHERE ref = 'SVS-19' ORDER BY effective_on"""
# The log is append-only, and the texts of tokens are no part of a page.
LOG = {"change", "change_node", "token"}


def spoil(database: Database) -> None:
    """Fills every text of every row with harm, each time with another. For SQLite alone."""
    numbers = count()
    with database.transaction() as session:
        # Statements refuse to be edited.
        triggers = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'status_update'")
        for name in session.execute(triggers).scalars().all():
            session.execute(sa.text(f"DROP TRIGGER {name}"))
        first, *_, last = session.execute(sa.text(OF_ONE)).scalars().all()
        correction = {"first": first, "last": last, "reason": "It was put right."}
        session.execute(
            sa.text("UPDATE status_update SET corrected_by_id = :last, correction_reason = :reason WHERE id = :first"),
            correction,
        )
        for table in metadata.sorted_tables:
            if table.name in LOG:
                continue
            key = list(table.primary_key)
            for row in session.execute(sa.select(table)).mappings().all():
                values = {
                    column.name: _harm(column, row[column], next(numbers))
                    for column in table.c
                    if column.name not in NAMES and row[column] and _is_text(column)
                }
                if values:
                    session.execute(sa.update(table).where(*(c == row[c] for c in key)).values(values))
        _enter(session)


def _is_text(column: sa.Column[object]) -> bool:
    return isinstance(column.type, (AutoString, sa.JSON)) and not isinstance(column.type, sa.Enum)


def _harm(column: sa.Column[object], old: object, number: int) -> object:
    if column.name == "url":
        return f"{ADDRESSES[number % len(ADDRESSES)]}#{number}"
    harm = list(HARM)[number % len(HARM)]
    return [*HARM, f"{number}"] if isinstance(old, list) else f"{harm} {number}"


def _enter(session: Session) -> None:
    """One entry in the log for each kind of harm, in every text that it has."""
    dataset = session.exec(select(Dataset)).one()
    dataset.updated_at = dataset.updated_at + dt.timedelta(hours=1)
    for harm in HARM:
        dataset.revision += 1
        texts = {"actor": harm, "summary": harm}
        edits = [{"record": harm, "field": harm, "before": harm, "after": harm}]
        subject = {"subject_type": "Commitment", "subject_key": "SVS-19"}
        action, at = ChangeAction.RECORDED, dataset.updated_at
        session.add(Change(revision=dataset.revision, recorded_at=at, action=action, edits=edits, **texts, **subject))
        session.flush()
        session.add(ChangeNode(revision=dataset.revision, type="Commitment", key="SVS-19"))

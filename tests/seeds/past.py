"""What a database says at a revision, without anything that is of this one database."""

from typing import Any

from sqlmodel import Session, col, select

from db import edits, natural_keys
from db.database import Database
from db.models import Change, ChangeNode, Citation
from db.natural_keys import subject_of
from db.reader import Reader

Contents = dict[str, Any]


def read_past(database: Database) -> dict[int, Contents]:
    """The whole record at every revision of the log."""
    revisions = database.read_sync(lambda session: session.exec(select(Change.revision)).all())
    return {revision: Reader(database, revision=revision).read_sync(read_contents) for revision in sorted(revisions)}


def read_contents(session: Session) -> Contents:
    """Every row by its name, the citations of each row in their order, and the log."""
    contents: Contents = {}
    for model in natural_keys.MODELS.values():
        for row in session.exec(select(model)):
            contents[edits.record(session, row)] = edits.values(session, row)
    for citation in session.exec(select(Citation).order_by(col(Citation.id))):
        model, id = subject_of(Citation, citation)
        subject = edits.record(session, session.get_one(model, id))
        contents.setdefault(f"citations of {subject}", []).append(citation.key)
    for model in (Change, ChangeNode):
        contents[model.__name__] = sorted(repr(row.model_dump()) for row in session.exec(select(model)))
    return contents

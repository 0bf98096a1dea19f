"""The sentences of many changes, with the names of all that they mention."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

import sqlalchemy as sa
from sqlmodel import Session, col

from db.changes import FOLLOWABLE_KINDS
from db.edits import parse_record
from db.headline import NAMES, REFERENCES, ChangeRow, Headline, Names
from db.models import Change
from db.models.base import Base
from db.natural_keys import KEY_COLUMN
from db.statements import KEYS, Statement, among
from db.vocabulary import ChangeAction


def headlines(session: Session, revisions: Sequence[int]) -> dict[int, str]:
    """A sentence for each change; absent for an import, whose summary says what was loaded."""
    changes = [ChangeRow(*values) for values in _changes().ask(session, {"ids": revisions})]
    names = _names(session, {reference for change in changes for reference in _references(change)})
    texts = {change.revision: Headline(change, names).text() for change in changes}
    return {revision: text for revision, text in texts.items() if text}


@lru_cache
def _changes() -> Statement:
    query = sa.select(*(Change.__table__.c[column] for column in ChangeRow._fields))
    return Statement(query.where(among(col(Change.revision), KEYS), col(Change.action) != ChangeAction.IMPORTED))


@cache
def _names_of(model: type[Base]) -> Statement:
    table = model.__table__
    key = table.c[KEY_COLUMN[model]]
    name = next(table.c[column] for column in NAMES if column in table.c)
    return Statement(sa.select(key, name).where(among(key, KEYS)))


def _references(change: ChangeRow) -> Iterator[tuple[str, str]]:
    """The rows that a change mentions, by kind and key."""
    yield change.subject_type, change.subject_key
    for edit in change.edits:
        kind, key = parse_record(edit["record"])
        yield kind, key
        if kind == "Allocation":
            yield "Organisation", key.rpartition("/")[2]
        for value in (edit["before"], edit["after"]):
            if value is not None and edit["field"] in REFERENCES:
                yield REFERENCES[edit["field"]], value


def _names(session: Session, references: Collection[tuple[str, str]]) -> Names:
    """What readers call these rows, by kind and key: one statement for each kind."""
    names: dict[tuple[str, str], str] = {}
    for kind, model in FOLLOWABLE_KINDS.items():
        keys = [key for each, key in references if each == kind]
        if keys:
            rows = _names_of(model).ask(session, {"ids": keys})
            # A commitment that is not identified has no title.
            names |= {(kind, key): _full_name(kind, key, name) for key, name in rows}
    return names


def _full_name(kind: str, key: str, name: str | None) -> str:
    return " ".join(filter(None, (key, name))) if kind == "Commitment" else name or key

"""The rows that changes wrote, as far as they are still there, and the rows that these belong to or point to."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from db import places, relations
from db.edits import parse_record
from db.models import Change, Dataset
from db.models.base import Base
from db.natural_keys import KEY_COLUMN, LINK_COLUMNS, MODELS, target
from db.statements import KEYS, Statement, among

Name = tuple[str, str]
# The kinds of rows that the log names and that can be read by their names.
NAMED = {model.__name__: model for model in KEY_COLUMN if model is not Change}
PLACED = {model.__name__: model for model in places.PLACED}
KINDS = (*NAMED, *PLACED, Dataset.__name__)
CHANGES = Statement(
    sa.select(col(Change.revision), col(Change.subject_type), col(Change.subject_key), col(Change.edits)).where(
        among(col(Change.revision), KEYS)
    )
)
MODEL_OF = {model.__name__: model for model in MODELS.values()}


def rows(session: Session, revisions: Sequence[int], most: int) -> dict[int, list[Any]]:
    """The rows of each change, its subject first: of at most so many names."""
    names = {
        revision: _names((kind, key), edits, most)
        for revision, kind, key, edits in CHANGES.ask(session, {"ids": revisions})
    }
    found = _read(session, {name for each in names.values() for name in each})
    return {revision: [found[name] for name in each if name in found] for revision, each in names.items()}


def ends(model: type[Base], key: str) -> list[Name]:
    """The rows that a link ties, or the owner of a row that has but a place, by the key in the log."""
    columns = LINK_COLUMNS.get(model, ())
    targets = [(target(model, column), part) for column, part in zip(columns, key.split("/"), strict=False)]
    return [(end.__name__, part) for end, part in targets if end is not None]


@cache
def reference(kind: str, field: str) -> str | None:
    """The kind of the rows that a field of an edit names; None for a field with a value of its own."""
    model = MODEL_OF.get(kind)
    column = f"{field}_id"
    other = target(model, column) if model is not None and column in model.__table__.c else None
    return None if other is None else other.__name__


def _names(subject: Name, edits: Sequence[Any], most: int) -> list[Name]:
    """The first names in a change, each once."""
    names: dict[Name, None] = {}
    for name in chain([subject], chain.from_iterable(map(_names_of_edit, edits))):
        if len(names) == most:
            break
        names[name] = None
    return list(names)


def _names_of_edit(edit: Mapping[str, str]) -> Iterator[Name]:
    kind, key = parse_record(edit["record"])
    yield kind, key
    if kind in MODEL_OF:
        yield from ends(MODEL_OF[kind], key)
    if other := reference(kind, edit["field"]):
        yield from ((other, value) for value in (edit["before"], edit["after"]) if value is not None)


def _read(session: Session, names: set[Name]) -> dict[Name, Any]:
    """The rows with these names: one statement for each kind among them."""
    found: dict[Name, Any] = {}
    for kind in KINDS:
        keys = sorted(key for each, key in names if each == kind)
        if not keys:
            continue
        by_key: dict[Any, Base]
        if kind in NAMED:
            by_key = relations.by_id(session, keys, NAMED[kind], getattr(NAMED[kind], KEY_COLUMN[NAMED[kind]]))
        elif kind in PLACED:
            by_key = places.by_key(session, keys, PLACED[kind])
        else:
            # The only row without a name: the log has its kind alone.
            by_key = dict(zip(keys, relations.by_id(session, [1], Dataset).values(), strict=False))
        found |= {(kind, str(key)): row for key, row in by_key.items()}
    return found

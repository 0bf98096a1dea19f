"""The conditions that lists are narrowed by: functions of a column and a value, from which the nouns make their own."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from db.columns import Column, Condition
from db.models.base import Entity
from db.natural_keys import KEY_COLUMN, MODELS, spellings
from db.text import WORDS


def one_of(column: Column, values: Sequence[object]) -> Condition:
    return col(column).in_(values)


def has_value(column: Column, wanted: bool) -> Condition:
    return col(column).is_not(None) if wanted else col(column).is_(None)


def has_link(owner: Column, wanted: bool) -> Condition:
    """Whether a link table points to the row by its foreign key `owner`."""
    link = sa.exists().where(owner == col(_target(owner).id))
    return link if wanted else ~link


def references(column: Column, keys: Sequence[str]) -> Condition:
    """Whether a foreign key points to a row with one of these natural keys, in any letter case."""
    model = _target(column)
    key = col(getattr(model, KEY_COLUMN[model]))
    return one_of(column, sa.select(col(model.id)).where(key.in_(spellings(keys))))  # type: ignore[arg-type]


def linked_to(owner: Column, target: Column, keys: Sequence[str]) -> Condition:
    """Whether a link table leads from the row, by `owner`, to a row with one of these natural keys, by `target`."""
    return col(_target(owner).id).in_(sa.select(owner).where(references(target, keys)))


def contains_words(column: Column, words: Sequence[str]) -> Condition:
    """Whether every word occurs in a column of searchable text, in any order.

    No index serves this, because a word may occur within another: the rows are read, 6,100 of them in 8 ms. Every
    search binds as many words, so that all are the same statement.
    """
    return sa.and_(*(column.contains(word, autoescape=True) for word in [*words, *[""] * (WORDS - len(words))]))


def _target(column: Column) -> type[Entity]:
    """The model that a foreign key points to."""
    [key] = column.property.columns[0].foreign_keys
    model = MODELS[key.column.table.name]
    assert issubclass(model, Entity)
    return model

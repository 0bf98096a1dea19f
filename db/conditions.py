"""The conditions that lists are narrowed by: functions of a column and a value, from which the nouns make their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

from db.columns import Column, Condition, entries
from db.models.base import Entity
from db.natural_keys import KEY_COLUMN, MODELS, spellings
from db.text import WORDS


def one_of(column: Column, values: Sequence[object]) -> Condition:
    return col(column).in_(values)


def same_text(column: Column, texts: Sequence[str]) -> Condition:
    """Whether a column has one of these texts, in any letter case."""
    return sa.func.lower(column).in_(_lower(texts))


def has_entry(column: Column, texts: Sequence[str]) -> Condition:
    """Whether the list in a column has one of these texts as an entry, in any letter case."""
    each = entries(column).table_valued("value")
    return sa.exists().select_from(each).where(sa.func.lower(each.c.value).in_(_lower(texts)))


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


@dataclass(frozen=True)
class RelatedText:
    """Text that stands in other rows: a row has it whose `key` is among the `keys` of those.

    With `target`, a foreign key beside `keys`, these rows point on to the ones with the text.
    """

    key: Column
    keys: Column
    text: Column
    target: Column = None

    @property
    def models(self) -> set[type[Entity]]:
        return {self.keys.class_, self.text.class_}

    def contains(self, word: str) -> Condition:
        rows = sa.select(col(self.keys)).where(self.text.contains(word, autoescape=True))
        if self.target is not None:
            rows = rows.where(self.target == self.text.class_.id)
        return col(self.key).in_(rows)


def contains_words(column: Column, words: Sequence[str], related: Sequence[RelatedText] = ()) -> Condition:
    """Whether every word occurs in a column of searchable text or in that of related rows, in any order.

    No index serves this, because a word may occur within another: the rows are read, 6,100 of them in 8 ms. Every
    search binds as many words, so that all are the same statement. One without letters is in every row, and then the
    related rows are not read.
    """
    return sa.and_(
        *(
            sa.or_(column.contains(word, autoescape=True), *(text.contains(word) for text in related))
            for word in [*words, *[""] * (WORDS - len(words))]
        )
    )


def _lower(texts: Iterable[str]) -> list[sa.ColumnElement[str]]:
    """SQLite knows only the capitals of ASCII: the others are made small here, and capital where a title has them."""
    forms = {form for text in map(str.strip, texts) for form in (text, text.lower(), text.upper(), text.title())}
    return [sa.func.lower(form) for form in sorted(forms)]


def _target(column: Column) -> type[Entity]:
    """The model that a foreign key points to."""
    [key] = column.property.columns[0].foreign_keys
    model = MODELS[key.column.table.name]
    assert issubclass(model, Entity)
    return model

"""The base classes of the tables, and the constraints that several tables have."""

from collections.abc import Sequence
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, declared_attr
from sqlmodel import Field, SQLModel

from db.columns import search_column, since_column, snake_case
from db.text import fold, index_words, searchable

# Names for every constraint, so that migrations can name what they change on either database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel):
    """The base of all tables. A table has the name of its model: `status_update` for StatusUpdate."""

    # Rows of tables are not validated, and a validator of each class takes long to build.
    model_config = {"defer_build": True}

    __table__: ClassVar[sa.Table]

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return snake_case(cls.__name__)


class Record(Base):
    """A row of the dataset itself."""

    # True while the row is as the reviewed files gave it. The loader never changes a row where it is false.
    seeded: bool = Field(default=False, nullable=False)
    since: int = since_column()


class Entity(Record):
    # None until the row is flushed to the database, which numbers it.
    id: int = Field(default=None, primary_key=True)


class Searchable(Entity):
    """A row that can be searched by words, and by whose text lists are sorted.

    Columns hold its folded text, because the two databases fold case differently. They are written with the row and
    never shown. The first two have no index, because a title may be longer than PostgreSQL takes in one. Of the words,
    the tables of versions have one.
    """

    # The columns that are searched. A list is sorted by the first.
    TEXTS: ClassVar[Sequence[str]]

    sort_text: str = search_column()
    search_text: str = search_column()
    search_words: str = search_column()


SEARCH_COLUMNS = Searchable.model_fields.keys() - Entity.model_fields.keys()
# The columns that say nothing of the world: a change of these alone makes no new version of a row.
BOOKKEEPING = frozenset({"seeded", "since", *SEARCH_COLUMNS})


@sa.event.listens_for(Searchable, "before_insert", propagate=True)
@sa.event.listens_for(Searchable, "before_update", propagate=True)
def _before_write(_mapper: Mapper[Searchable], _connection: sa.Connection, row: Searchable) -> None:
    set_search_columns(row)


def set_search_columns(row: Searchable) -> None:
    """Sets them by the texts of the row."""
    for column, text in search_values([getattr(row, column) for column in row.TEXTS]).items():
        setattr(row, column, text)


def search_values(texts: Sequence[str | None]) -> dict[str, str]:
    """The search columns of a row with these texts."""
    return {
        "sort_text": fold(texts[0] or ""),
        "search_text": searchable(texts),
        "search_words": index_words(texts),
    }


def one_subject(columns: Sequence[str]) -> sa.CheckConstraint:
    """A row with several possible subjects has exactly one of them."""
    count = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns)
    return sa.CheckConstraint(f"{count} = 1", name="one_subject")


def all_or_none(*columns: str, name: str) -> sa.CheckConstraint:
    """All of the columns have a value, or none has."""
    return sa.CheckConstraint(
        f"({' AND '.join(f'{column} IS NULL' for column in columns)})"
        f" OR ({' AND '.join(f'{column} IS NOT NULL' for column in columns)})",
        name=name,
    )

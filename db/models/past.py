"""The tables of versions: the rows of the record as they are and as they were, written by triggers alone."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from db.models.base import Base

# `until` of the version that is in force.
OPEN = 2**31 - 1
# Of a version that is not in force any more; as text, which the index of these versions is found by.
ENDED = f"until < {OPEN}"
# The words of a row as PostgreSQL has them in its index: as they are, without the rules of a language. By its cost the
# planner knows that it takes long to split the words of a whole table.
LEXEMES = "words_of(search_words)"
WORDS_OF = (
    "CREATE FUNCTION words_of(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000"
    " AS $$ BEGIN RETURN array_to_tsvector(array_remove(string_to_array(words, ' '), '')); END $$"
)
# What the tables of SQLite's index of words have in their names.
WORDS = "_words"
VersionTables: TypeAlias = dict[type[Base], sa.Table]
# Apart from the tables of the present: only questions about versions name these tables.
past_metadata = sa.MetaData(naming_convention=Base.metadata.naming_convention)
sa.event.listen(past_metadata, "before_create", sa.DDL(WORDS_OF).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
# The columns of the dataset that its versions have. Its revision and the instant of that are in the log.
DATASET_COLUMNS = ("id", "recorded_at", "licence", "attribution", "maintainer", "funding", "since")


def version_table(model: type[Base]) -> sa.Table:
    """A table with the columns of the model's, and `until`: the revision from which the row was no longer so."""
    table = model.__table__
    names: Sequence[str] = DATASET_COLUMNS if table.name == "dataset" else table.c.keys()
    columns = [
        sa.Column(column.name, _plain(column.type), nullable=column.nullable, autoincrement=False)
        for column in (table.c[name] for name in names)
    ]
    key = sa.PrimaryKeyConstraint(*table.primary_key.columns.keys(), "since")
    until = sa.Column("until", sa.Integer, nullable=False)
    return sa.Table(f"{table.name}_version", past_metadata, *columns, until, key)


def _plain(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    """The type of a column without its CHECK, which the row met when it was written."""
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return sa.Enum(kind.enum_class, native_enum=False, create_constraint=False, length=32)
    return kind

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

# Names for every constraint, so that migrations can name what they change on either database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Stored(SQLModel):
    """What has a table. To import it is to have named the constraints as above."""


class Record(Stored):
    """A row of the dataset itself."""

    # True while the row is as the reviewed files gave it; the loader never touches a row where it is false.
    seeded: bool = Field(default=False, nullable=False)


class Entity(Record):
    # Given by the database; a row that is not stored yet has none.
    id: int = Field(default=None, primary_key=True)


def exactly_one(columns: Sequence[str], name: str) -> sa.CheckConstraint:
    """A row with several possible owners belongs to exactly one of them."""
    owned = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns)
    return sa.CheckConstraint(f"{owned} = 1", name=name)


def together(*columns: str, name: str) -> sa.CheckConstraint:
    """All of the columns have a value, or none has."""
    return sa.CheckConstraint(
        f"({' AND '.join(f'{column} IS NULL' for column in columns)})"
        f" OR ({' AND '.join(f'{column} IS NOT NULL' for column in columns)})",
        name=name,
    )

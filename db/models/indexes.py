"""The indexes that differ between databases, and those of versions. Only what makes or compares tables imports them:
SQLAlchemy imports the dialect of each database that an index has an option for."""

import sqlalchemy as sa

from db.models import VERSION_TABLES, StatusUpdate
from db.models.base import Base, Searchable
from db.models.past import ENDED, LEXEMES

CORRECTED = sa.text("corrected_by_id IS NOT NULL")


def add_version_indexes(model: type[Base], versions: sa.Table) -> None:
    table = model.__table__
    # The past is asked the same questions, and so looked up by the same columns. With the two revisions at its end, an
    # index tells of each version whether it was in force.
    lookups = {tuple(index.columns.keys()) for index in table.indexes}
    lookups |= {
        tuple(constraint.columns.keys())
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint)
    }
    lookups |= {(column.name,) for column in table.c if column.unique}
    # What is partial in the present is partial here: SQLite would look up all rows without a value by it.
    partial = {tuple(index.columns.keys()): index.dialect_options["sqlite"]["where"] for index in table.indexes}
    for keys in sorted(lookups):
        sa.Index(
            f"ix_{table.name}_version_{keys[0]}_{len(keys)}",
            *(versions.c[key] for key in (*keys, "since", "until")),
            sqlite_where=partial.get(keys),
            postgresql_where=partial.get(keys),
        )
    # Most versions are in force: those that are not are few, and found apart.
    ended = sa.text(ENDED)
    sa.Index(f"ix_{table.name}_version_ended", versions.c.until, sqlite_where=ended, postgresql_where=ended)
    if issubclass(model, Searchable):
        # Without a list of what is new, which every search would have to read.
        words = sa.Index(
            f"ix_{table.name}_version_words",
            sa.text(LEXEMES),
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
        versions.append_constraint(words.ddl_if(dialect="postgresql"))


corrected_by = StatusUpdate.__table__.c.corrected_by_id
# A partial index: nearly all rows are NULL here, and SQLite would look those up by this index.
sa.Index("ix_status_update_corrected_by_id", corrected_by, sqlite_where=CORRECTED, postgresql_where=CORRECTED)
for model, versions in VERSION_TABLES.items():
    add_version_indexes(model, versions)

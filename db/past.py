"""The views of the past on SQLite: they have the names of the tables, so that every query reads them unchanged.

Names in the temporary database come before those in the file. Those of PostgreSQL are made by migrations, in a schema.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from db.models import VERSION_TABLES, Change, ChangeNode, Dataset

REVISION = "(SELECT revision FROM temp.moment)"
LOG = (Change.__tablename__, ChangeNode.__tablename__)


def _views() -> Iterator[str]:
    yield "CREATE TEMP TABLE moment (revision INTEGER NOT NULL)"
    yield "INSERT INTO temp.moment VALUES (0)"
    for name in LOG:
        yield f"CREATE TEMP VIEW {name} AS SELECT * FROM main.{name} WHERE revision <= {REVISION}"
    for model, versions in VERSION_TABLES.items():
        name, rows = model.__tablename__, _rows(model.__tablename__, versions)
        if model is Dataset:
            instant = f"(SELECT recorded_at FROM main.change WHERE revision = {REVISION})"
            rows = f"SELECT *, {REVISION} AS revision, {instant} AS updated_at FROM ({rows})"
        yield f"CREATE TEMP VIEW {name} AS {rows}"


def _rows(name: str, versions: sa.Table) -> str:
    """The rows in force at the revision."""
    columns = ", ".join(column.name for column in versions.c if column.name != "until")
    return f"SELECT {columns} FROM main.{name}_version WHERE since <= {REVISION} AND until > {REVISION}"


SQLITE = ";\n".join(_views())

"""Columns of folded text, to search in and to sort by.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

from db.text import fold, searchable

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The columns that are searched, of which lists are sorted by the first.
TEXTS = {
    "commitment": ("title", "summary"),
    "document": ("title", "note"),
    "event": ("title", "venue", "place", "region"),
    "fund": ("name", "note"),
    "organisation": ("name",),
}
COLUMNS = ("sort_text", "search_text")
BATCH = 1_000


def upgrade() -> None:
    collation = None if op.get_bind().dialect.name == "sqlite" else "C"
    for table in TEXTS:
        for column in COLUMNS:
            # Not in batch mode, which would drop the table that others point to.
            op.add_column(table, sa.Column(column, sa.String(collation=collation), nullable=False, server_default=""))
        fill(table)


def fill(name: str) -> None:
    """Fills the columns with `fold` of the version that migrates, which also folds later rows and searches."""
    table = sa.table(name, sa.column("id"), *map(sa.column, TEXTS[name]), *map(sa.column, COLUMNS))
    change = sa.update(table).where(table.c.id == sa.bindparam("row"))
    connection, last = op.get_bind(), 0
    rows = sa.select(table.c.id, *(table.c[column] for column in TEXTS[name])).order_by(table.c.id).limit(BATCH)
    while batch := connection.execute(rows.where(table.c.id > last)).all():
        params = [
            {"row": id, "sort_text": fold(texts[0] or ""), "search_text": searchable(texts)} for id, *texts in batch
        ]
        connection.execute(change.values({column: sa.bindparam(column) for column in COLUMNS}), params)
        last = batch[-1].id


def downgrade() -> None:
    for table in TEXTS:
        for column in COLUMNS:
            op.drop_column(table, column)

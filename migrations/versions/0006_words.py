"""The index of words, in which everything is searched at once.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

from db.text import fold, index_words, searchable
from migrations.past import history, words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The columns that are searched, of which lists are sorted by the first.
TEXTS = {
    "allocation": ("note",),
    "area": ("name",),
    "commitment": ("title", "summary", "ref"),
    "discrepancy": ("question", "explanation"),
    "document": ("title", "note", "original_title"),
    "event": ("title", "venue", "place", "region"),
    "fund": ("name", "note"),
    "organisation": ("name",),
    "participant": ("name", "role"),
    "person": ("name",),
    "status_update": ("note",),
    "term": ("name", "meaning"),
    "theme": ("title",),
}
COLUMNS = ("sort_text", "search_text", "search_words")
BATCH = 1_000


def upgrade() -> None:
    collation = None if history.is_sqlite() else "C"
    words.begin()
    for table in TEXTS:
        history.drop(table)
        versions = f"{table}_version"
        for rows, key in ((table, ["id"]), (versions, ["id", "since"])):
            column = sa.Column("search_words", sa.String(collation=collation), nullable=False, server_default="")
            op.add_column(rows, column)
            fill(table, rows, key)
        with op.batch_alter_table(versions) as batch:
            batch.alter_column("search_words", server_default=None)
        history.add(table)
        words.add(table)


def fill(table: str, rows: str, key: list[str]) -> None:
    """Fills the columns of a table, or of its versions, with the words of the version that migrates."""
    each = sa.table(rows, *map(sa.column, dict.fromkeys([*key, *TEXTS[table], *COLUMNS])))
    keys = [each.c[name] for name in key]
    query = sa.select(*keys, *(each.c[name] for name in TEXTS[table])).order_by(*keys).limit(BATCH)
    change = sa.update(each).where(*(column == sa.bindparam(f"of_{column.name}") for column in keys))
    change = change.values({name: sa.bindparam(name) for name in COLUMNS})
    connection, last = op.get_bind(), [-(2**31)] * len(key)
    while batch := connection.execute(query.where(sa.tuple_(*keys) > sa.tuple_(*last))).all():
        params = []
        for row in batch:
            last, texts = list(row[: len(key)]), row[len(key) :]
            values = {
                "sort_text": fold(texts[0] or ""),
                "search_text": searchable(texts),
                "search_words": index_words(texts),
            }
            params.append(values | {f"of_{name}": value for name, value in zip(key, last, strict=True)})
        connection.execute(change, params)


def downgrade() -> None:
    for table in TEXTS:
        words.drop(table)
        history.drop(table)
        for rows in (table, f"{table}_version"):
            op.drop_column(rows, "search_words")
        history.add(table)
    words.end()

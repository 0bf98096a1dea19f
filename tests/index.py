"""The index of words, held against the versions of rows that it is of."""

import sqlalchemy as sa

from db.database import Database
from db.models import VERSION_TABLES
from db.models.base import Searchable
from db.models.past import LEXEMES

# The id and the revision of a version, and a word that it has.
Entries = set[tuple[int, int, str]]


def check_index(database: Database) -> None:
    """The index has each word of each version, and no other."""
    for model, versions in VERSION_TABLES.items():
        if issubclass(model, Searchable):
            with database.engine.connect() as connection:
                query = sa.select(versions.c.id, versions.c.since, versions.c.search_words)
                rows = connection.execute(query).all()
                expected = {(id, since, word) for id, since, words in rows for word in words.split()}
                assert entries(connection, model.__tablename__, expected) == expected, model.__tablename__


def entries(connection: sa.Connection, table: str, expected: Entries) -> Entries:
    """What the index has. That of PostgreSQL cannot be listed: it is asked for the words."""
    if connection.dialect.name == "sqlite":
        words = f"CREATE VIRTUAL TABLE temp.{table}_vocabulary USING fts5vocab('main', '{table}_words', 'instance')"
        connection.exec_driver_sql(words)
        rows = connection.exec_driver_sql(f"SELECT doc, term FROM temp.{table}_vocabulary").all()
        connection.exec_driver_sql(f"DROP TABLE temp.{table}_vocabulary")
        return {(number // 2**31, number % 2**31, word) for number, word in rows}
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    query = f"SELECT id, since FROM {table}_version WHERE {LEXEMES} @@ CAST(%(word)s AS tsquery)"
    assert "_words" in str(connection.exec_driver_sql(f"EXPLAIN {query}", {"word": "'a'"}).all())
    return {
        (id, since, word)
        for word in {word for _, _, word in expected}
        for id, since in connection.exec_driver_sql(query, {"word": f"'{word}'"})
    }

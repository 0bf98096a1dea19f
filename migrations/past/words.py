"""The index of the words of a table, for migrations: of every version of its rows, so that the past is searched, too.

SQLite has it in a table of FTS5, whose rows are numbered by the id and the revision of a version, and which triggers
keep; PostgreSQL in an index.
"""

from alembic import op

from migrations.past.history import is_sqlite

# The words stand in one column, each behind a space, with these marks within them. Where they stand is not kept. By the
# beginning of a word, if it has so many letters, the rows are found as quickly as by the word.
OPTIONS = "words, content='', columnsize=0, detail=none, prefix='3 4 5 6 7 8', tokenize=\"ascii tokenchars '=&.'\""
# The number of a version: its id, and the revision from which it was in force.
NUMBER = "{row}.id * 2147483648 + {row}.since"
# The words of a row as they are, without the rules of a language. By its cost the planner knows that it takes long to
# split the words of a whole table.
WORDS_OF = (
    "CREATE FUNCTION words_of(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000"
    " AS $$ BEGIN RETURN array_to_tsvector(array_remove(string_to_array(words, ' '), '')); END $$"
)


def begin() -> None:
    if not is_sqlite():
        op.execute(WORDS_OF)


def end() -> None:
    if not is_sqlite():
        op.execute("DROP FUNCTION words_of")


def add(table: str) -> None:
    versions = f"{table}_version"
    if not is_sqlite():
        # Without a list of what is new, which every search would have to read.
        index = f"ix_{versions}_words ON {versions}"
        op.execute(f"CREATE INDEX {index} USING gin (words_of(search_words)) WITH (fastupdate = off)")
        return
    index = f"{table}_words"
    op.execute(f"CREATE VIRTUAL TABLE {index} USING fts5({OPTIONS})")
    new, old = NUMBER.format(row="NEW"), NUMBER.format(row="OLD")
    insert = f"INSERT INTO {index} (rowid, words) VALUES ({new}, NEW.search_words)"
    delete = f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', {old}, OLD.search_words)"
    for name, event, statements in (
        ("insert", "INSERT", insert),
        ("delete", "DELETE", delete),
        ("update", "UPDATE OF id, since, search_words", f"{delete}; {insert}"),
    ):
        op.execute(f"CREATE TRIGGER {index}_{name} AFTER {event} ON {versions} BEGIN {statements}; END")
    numbers = NUMBER.format(row=versions)
    op.execute(f"INSERT INTO {index} (rowid, words) SELECT {numbers}, search_words FROM {versions}")
    op.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def drop(table: str) -> None:
    if not is_sqlite():
        op.execute(f"DROP INDEX ix_{table}_version_words")
        return
    for name in ("insert", "delete", "update"):
        op.execute(f"DROP TRIGGER {table}_words_{name}")
    op.execute(f"DROP TABLE {table}_words")

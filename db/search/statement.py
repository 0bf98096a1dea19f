"""The one statement of a search: which rows are looked at, and which of the words each has."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from db.search.engines import Engine, engine
from db.search.kinds import KINDS, Kind, Source


@lru_cache(maxsize=64)
def statement(dialect: str, places: Sequence[int], questions: int, words: int) -> str:
    """For each row that the index has for one of the questions: the place of its kind, its id, the words in its title
    and in all its text, as bits of a number, and what it is sorted by. A row comes once for each text that tells of it.

    Of each kind there are at most `all` rows, and at most `most` for each question and source.
    """
    sql = engine(dialect)
    found = [f"found_{place} AS ({_found(sql, KINDS[place], questions)})" for place in places]
    rows = [part for place in places for part in _rows(sql, place, words)]
    return sql.statement(f"WITH {', '.join(found)} {' UNION ALL '.join(rows)}")


def _found(sql: Engine, kind: Kind, questions: int) -> str:
    table = kind.model.__tablename__
    finding = [source for source in kind.sources if source.finds]
    parts = []
    for number in range(questions):
        parts.append(
            f"SELECT w.id FROM ({sql.matches(table, f'question_{number}')}) m"
            f" JOIN {table} w ON w.id = m.id AND w.since = m.since LIMIT :most"
        )
        for source in finding:
            words, link = source.words.__tablename__, source.link.__tablename__
            parts.append(
                f"SELECT DISTINCT l.{source.owner} AS id FROM ({sql.matches(words, f'question_{number}')}) m"
                f" JOIN {words} w ON w.id = m.id AND w.since = m.since"
                f" JOIN {link} l ON l.{source.target} = w.id WHERE l.{source.owner} IS NOT NULL LIMIT :most"
            )
    return " UNION ".join(f"SELECT id FROM ({part}) p{place}" for place, part in enumerate(parts)) + " LIMIT :all"


def _rows(sql: Engine, place: int, words: int) -> Iterator[str]:
    kind = KINDS[place]
    order, key = (f"CAST(w.{column} AS TEXT)" for column in (kind.order, kind.key))
    yield (
        f"SELECT {place}, w.id, {_bits(sql, 'title', words)}, {_bits(sql, 'word', words)}, {order}, {key}"
        f" FROM found_{place} f JOIN {kind.model.__tablename__} w ON w.id = f.id"
    )
    for source in kind.sources:
        yield (
            f"SELECT * FROM (SELECT {place}, f.id, {_title_bits(sql, source, words)} AS title,"
            f" {_bits(sql, 'word', words)} AS words, NULL, NULL"
            f" FROM found_{place} f JOIN {source.link.__tablename__} l ON l.{source.owner} = f.id"
            f" JOIN {source.words.__tablename__} w ON w.id = l.{source.target}) r{place} WHERE words > 0"
        )


def _title_bits(sql: Engine, source: Source, words: int) -> str:
    return _bits(sql, "title", words) if source.is_title else "0"


def _bits(sql: Engine, name: str, words: int) -> str:
    """One bit for each word that the row has."""
    return " + ".join(
        f"CASE WHEN {sql.holds('w.search_words', f'{name}_{number}')} THEN {1 << number} ELSE 0 END"
        for number in range(words)
    )

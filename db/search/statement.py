"""The one statement of a search: which rows are looked at, and which of the words each has."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from db.search.engines import Engine, engine
from db.search.kinds import KINDS, Source

# With a limit, the words are looked for in the rows that were found, and not before these are chosen.
FENCE = "LIMIT 1000000"


@lru_cache(maxsize=64)
def statement(dialect: str, places: Sequence[int], questions: int, words: int) -> str:
    """For each row that the index has for one of the questions: the place of its kind, its id, the words in its title
    and in all its text, as bits of a number, and what it is sorted by. A row comes once for each text that tells of it.

    At most `most` rows are found by each question and source, and at most `every` of one kind. Of one question, a line
    without an id says that there may be more.
    """
    sql = engine(dialect)
    tables: list[str] = []
    rows: list[str] = []
    for place in places:
        parts = dict(_parts(sql, place, questions))
        found = " UNION ".join(f"SELECT id FROM {name}" for name in parts)
        tables += [f"{name} AS ({part})" for name, part in parts.items()]
        tables.append(f"found_{place} AS ({found} LIMIT :every)")
        rows += _rows(sql, place, words)
        limits = {**dict.fromkeys(parts, "most"), f"found_{place}": "every"}
        counts = " OR ".join(f"(SELECT COUNT(*) FROM {name}) >= :{limit}" for name, limit in limits.items())
        rows.append(f"SELECT {place}, NULL, 0, 0, NULL, NULL WHERE {counts}")
    return sql.statement(f"WITH {', '.join(tables)} {' UNION ALL '.join(rows)}")


def _parts(sql: Engine, place: int, questions: int) -> Iterator[tuple[str, str]]:
    """The ids of the rows of a kind, by each question and source."""
    kind = KINDS[place]
    parts = [*sql.found(kind.model.__tablename__, "r.id", "", questions)]
    for source in kind.sources:
        if source.finds:
            link = f"JOIN {source.link.__tablename__} l ON l.{source.target} = r.id AND l.{source.owner} IS NOT NULL"
            parts += sql.found(source.words.__tablename__, f"l.{source.owner}", link, questions)
    return ((f"part_{place}_{number}", part) for number, part in enumerate(parts))


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
            f" JOIN {source.words.__tablename__} w ON w.id = l.{source.target} {FENCE}) r{place} WHERE words > 0"
        )


def _title_bits(sql: Engine, source: Source, words: int) -> str:
    return _bits(sql, "title", words) if source.is_title else "0"


def _bits(sql: Engine, name: str, words: int) -> str:
    """One bit for each word that the row has."""
    return " + ".join(
        f"CASE WHEN {sql.holds('w.search_words', f'{name}_{number}')} THEN {1 << number} ELSE 0 END"
        for number in range(words)
    )

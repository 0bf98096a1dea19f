"""The address of the database is taken as hosts and tools hand it out, or refused by what is wrong with it."""

import re

import pytest

from db.address import WRONG, parse_address

UNREADABLE = (
    "cannot be read as postgresql://user:password@host:port/database; write what is special in a password"
    " as % and its code"
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://u:p@h:5432/d", "postgresql://u:p@h:5432/d"),
        ("POSTGRES://h/d", "postgresql://h/d"),
        ("PostgreSQL://h/D", "postgresql://h/D"),
        ("postgresql+psycopg://h/d", "postgresql://h/d"),
        ("  postgres://h/d\n", "postgresql://h/d"),
        ('"postgres://h/d"', "postgresql://h/d"),
        ("'sqlite:///a b.db'", "sqlite:///a b.db"),
        ("SQLite:///x.db", "sqlite:///x.db"),
        ("sqlite:///a#b.db", "sqlite:///a#b.db"),
        ("sqlite:///100%.db", "sqlite:///100%.db"),
        ("sqlite:///é.db", "sqlite:///é.db"),
        (
            "postgres:///d?host=a,b&target_session_attrs=read-write",
            "postgresql:///d?host=a,b&target_session_attrs=read-write",
        ),
        ("postgres://h/d?sslmode=require&options=-c%20search_path%3Dx", None),
    ],
)
def test_what_hosts_and_tools_hand_out_is_taken(url: str, expected: str | None) -> None:
    assert parse_address(url) == (expected or url.replace("postgres:", "postgresql:"))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", WRONG),
        ("x.db", WRONG),
        ("mysql://root:secret@db/x", WRONG),
        ("sqlite://", WRONG),
        ("sqlite:///", WRONG),
        ("sqlite:///:memory:", WRONG),
        ("sqlite+aiosqlite:///x.db", WRONG),
        ("postgres+asyncpg://h/d", "postgres+asyncpg names a driver that is not used here: write postgresql://"),
        ("postgresql+psycopg2://h/d", "postgresql+psycopg2 names a driver that is not used here: write postgresql://"),
        ("PostgreSQL+AsyncPG://h/d", "postgresql+asyncpg names a driver that is not used here: write postgresql://"),
        ("sqlite:///a?b.db", "the name of a file of SQLite cannot hold a question mark, and no option is taken"),
        ("sqlite:///a.db?mode=ro", "the name of a file of SQLite cannot hold a question mark, and no option is taken"),
        ("postgresql://h/d?foo=1", "foo is no option of PostgreSQL"),
        ("postgresql://h/d?prepare_threshold=0", "prepare_threshold is no option of PostgreSQL"),
        ("postgresql://u:p@h:port/d", UNREADABLE),
        ("postgresql://u:p@ss@h/d", UNREADABLE),
        ("postgresql://u:p/w@ss@h/d", UNREADABLE),
    ],
)
def test_any_other_address_is_refused_without_repeating_it(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        parse_address(url)

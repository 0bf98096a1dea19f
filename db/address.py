"""Where the database is, as an operator writes it down."""

import re

import psycopg
import sqlalchemy as sa

POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
# What the client library of PostgreSQL takes.
OPTIONS = frozenset(option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults())
WRONG = "must begin with sqlite:/// and name a file, or with postgresql://"
SCHEME = re.compile(r"([A-Za-z0-9+]+)(://.*)", re.DOTALL)


def parse_address(given: str) -> str:
    """The address as SQLAlchemy reads it. Raises ValueError, whose text does not tell what was given."""
    text = given.strip()
    # Some tools that read a file of settings leave the quotes in it.
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    found = SCHEME.fullmatch(text)
    if found is None:
        raise ValueError(WRONG)
    scheme, rest = found[1].lower(), found[2]
    if scheme == "sqlite":
        return _sqlite(scheme + rest)
    if scheme not in POSTGRESQL:
        is_driver = scheme.startswith(("postgres+", "postgresql+"))
        raise ValueError(f"{scheme} names a driver that is not used here: write postgresql://" if is_driver else WRONG)
    return _postgresql(f"postgresql{rest}")


def _sqlite(text: str) -> str:
    # A database in memory would be another one for each connection.
    if not re.fullmatch(r"sqlite:///(?!:memory:).+", text):
        raise ValueError(WRONG)
    if "?" in text:
        # SQLAlchemy would take what follows for options, and open the file before it.
        raise ValueError("the name of a file of SQLite cannot hold a question mark, and no option is taken")
    if "\0" in text or "\n" in text:
        raise ValueError("the name of a file cannot hold a line end")
    return text


def _postgresql(text: str) -> str:
    try:
        url = sa.make_url(text)
        url.get_dialect()().create_connect_args(url)
        # A password with an @ in it: what follows the first would be told as the name of a host that is not found.
        if "@" in (url.host or ""):
            raise ValueError
    except (sa.exc.ArgumentError, ValueError):
        raise ValueError(
            "cannot be read as postgresql://user:password@host:port/database; write what is special in a password"
            " as % and its code"
        ) from None
    for name in url.query:
        if name not in OPTIONS:
            raise ValueError(f"{name} is no option of PostgreSQL")
    return text

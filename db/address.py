"""The address of the database, as an operator writes it."""

import re

import sqlalchemy as sa

POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
WRONG = "must begin with sqlite:/// and name a file, or with postgresql://"
SCHEME = re.compile(r"([A-Za-z0-9+]+)(://.*)", re.DOTALL)


def parse_address(text: str) -> str:
    """The address as SQLAlchemy reads it. Raises ValueError without the text, which may hold a password."""
    text = text.strip()
    # Some tools that read a file of settings leave the quotes in it.
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    parts = SCHEME.fullmatch(text)
    if parts is None:
        raise ValueError(WRONG)
    scheme, rest = parts[1].lower(), parts[2]
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
        # From a password with an @ in it: the part behind the first @ would be shown as the name of a host.
        if "@" in (url.host or ""):
            raise ValueError
    except (sa.exc.ArgumentError, ValueError):
        raise ValueError(
            "cannot be read as postgresql://user:password@host:port/database; write what is special in a password"
            " as % and its code"
        ) from None
    # Most addresses are those of files, and need no driver of PostgreSQL.
    from psycopg.pq import Conninfo  # noqa: PLC0415

    options = {option.keyword.decode() for option in Conninfo.get_defaults()}
    for name in url.query:
        if name not in options:
            raise ValueError(f"{name} is no option of PostgreSQL")
    return text

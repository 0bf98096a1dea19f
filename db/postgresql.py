"""PostgreSQL as it is used here: also behind a pooler that gives each transaction another connection."""

# Connections beside those of readers: one to write, one for the health check, and those of downloads.
OVERFLOW = 4
# How long to wait for a lock: to read, to write for a request, and to migrate or load, which several may begin at once.
READ_MS = 1_000
REQUEST_MS = 10_000
START_MS = 60_000
ENCODING = "UTF8"
# The schema of the views of the past, and the setting that they read the revision from.
PAST = "past"
SETTING = "sixtyone.revision"
# The driver reads instants in one style only, and the database may have another one.
STYLE: dict[str, str | int] = {"datestyle": "ISO"}


# A connection may have the isolation and the limit of time of readers.
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
DEFAULT = {"statement_timeout": "DEFAULT"}


def begin(begin: str, **limits: int | str) -> str:
    # In one message, and for this transaction alone: behind a pooler the next one may be another client's.
    return "; ".join([begin, *(f"SET LOCAL {name} = {value}" for name, value in (STYLE | limits).items())])


WRITE = begin(BEGIN, lock_timeout=START_MS, **DEFAULT)
REQUEST = begin(BEGIN, lock_timeout=REQUEST_MS, **DEFAULT)
SNAPSHOT = begin("BEGIN ISOLATION LEVEL REPEATABLE READ", lock_timeout=REQUEST_MS, **DEFAULT)

"""Natural keys of the rows that have no slug: the same statement has the same key in every database.

Published ids are built on them, so what goes into a key, and in which order, never changes.
"""

import datetime as dt
import hashlib

from db.vocabulary import AmountKind, DatePrecision, Status, Voice


def status_update(
    commitment: str,
    effective_on: dt.date,
    precision: DatePrecision,
    voice: Voice,
    status: Status,
    document: str | None,
    paragraph: int | None,
    *,
    corrects: str | None = None,
) -> str:
    """A correction may say the same of the same day; the key of what it corrects tells the two apart."""
    said = ("status_update", commitment, effective_on, precision, voice, status, document, paragraph)
    return _key(*said) if corrects is None else _key(*said, corrects)


def amount_statement(
    fund: str,
    kind: AmountKind,
    stated_on: dt.date | None,
    precision: DatePrecision | None,
    document: str,
    paragraph: int | None,
) -> str:
    return _key("amount_statement", fund, kind, stated_on, precision, document, paragraph)


def citation(subject: str, key: str, document: str, paragraph: int | None) -> str:
    """`subject` is the table that is supported, `key` the slug, reference or key of the row in it."""
    return _key("citation", subject, key, document, paragraph)


def allocation(fund: str, recipient: str) -> str:
    """Readable, because the pair is short."""
    return f"{fund}/{recipient}"


def _key(*parts: object) -> str:
    # No part holds a slash but the key of an allocation, which is always two: no two lists of parts read the same.
    text = "/".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:20]

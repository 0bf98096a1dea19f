"""Questions about documents."""

import datetime as dt
from functools import partial

import sqlalchemy as sa
from sqlmodel import Session, col

from db.columns import Condition
from db.conditions import RelatedText, contains_words, has_value, one_of, references
from db.models import Document, Organisation
from db.paging import Order

SLUG = col(Document.slug)

of_kind = partial(one_of, Document.kind)
read_in_part = partial(has_value, Document.read_part)
dated = partial(has_value, Document.published_on)
published_by = partial(references, Document.publisher_id)
# The names of publishers, and of the sites of copies.
NAMES = (
    RelatedText(Document.publisher_id, Organisation.id, Organisation.search_text),
    RelatedText(Document.via_id, Organisation.id, Organisation.search_text),
)
mentioning = partial(contains_words, Document.search_text, related=NAMES)
by_title = partial(Order, (col(Document.sort_text), SLUG))
# Those without a day come last, ascending.
by_day = partial(Order, (sa.func.coalesce(col(Document.published_on), dt.date.max), SLUG))


def since(day: dt.date) -> Condition:
    return col(Document.published_on) >= day


def until(day: dt.date) -> Condition:
    return col(Document.published_on) <= day


def addresses(session: Session) -> list[tuple[str, str, str]]:
    """Every address of every document: its slug, the column that has it, and the address."""
    table = Document.__table__
    columns = [table.c[name] for name in ("url", "official_url", "archived_url")]
    query = sa.select(table.c.slug, *columns).order_by(table.c.slug)
    return [
        (slug, column.name, url)
        for slug, *urls in session.connection().execute(query)
        for column, url in zip(columns, urls, strict=True)
        if url is not None
    ]

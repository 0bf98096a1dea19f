"""Questions about documents."""

from functools import partial

import sqlalchemy as sa
from sqlmodel import Session, col

from db.conditions import RelatedText, contains_words, has_value, one_of, references
from db.models import Document, Organisation
from db.paging import Order

of_kind = partial(one_of, Document.kind)
read_in_part = partial(has_value, Document.read_part)
published_by = partial(references, Document.publisher_id)
# The names of publishers, and of the sites of copies.
NAMES = (
    RelatedText(Document.publisher_id, Organisation.id, Organisation.search_text),
    RelatedText(Document.via_id, Organisation.id, Organisation.search_text),
)
mentioning = partial(contains_words, Document.search_text, related=NAMES)
by_title = partial(Order, (col(Document.sort_text), col(Document.slug)))


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

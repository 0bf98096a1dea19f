"""Questions about documents."""

from functools import partial

from sqlmodel import col

from db.conditions import contains_words, one_of, references
from db.models import Document
from db.paging import Order

of_kind = partial(one_of, Document.kind)
published_by = partial(references, Document.publisher_id)
mentioning = partial(contains_words, Document.search_text)
by_title = partial(Order, (col(Document.sort_text), col(Document.slug)))

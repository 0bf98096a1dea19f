"""Questions about documents."""

from functools import partial

from sqlmodel import col

from db.conditions import RelatedText, contains_words, one_of, references
from db.models import Document, Organisation
from db.paging import Order

of_kind = partial(one_of, Document.kind)
published_by = partial(references, Document.publisher_id)
# The names of publishers, and of the sites of copies.
NAMES = (
    RelatedText(Document.publisher_id, Organisation.id, Organisation.search_text),
    RelatedText(Document.via_id, Organisation.id, Organisation.search_text),
)
mentioning = partial(contains_words, Document.search_text, related=NAMES)
by_title = partial(Order, (col(Document.sort_text), col(Document.slug)))

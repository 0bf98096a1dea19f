"""Questions about documents."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from db.columns import Condition
from db.models import Document, Organisation
from db.natural_keys import spellings
from db.paging import Order
from db.text import contains_words
from db.vocabulary import DocumentKind


def of_kind(kinds: Sequence[DocumentKind]) -> Condition:
    return col(Document.kind).in_(kinds)


def published_by(slugs: Sequence[str]) -> Condition:
    publishers = sa.select(col(Organisation.id)).where(col(Organisation.slug).in_(spellings(slugs)))
    return col(Document.publisher_id).in_(publishers)


def mentioning(words: Sequence[str]) -> Condition:
    return contains_words(words, col(Document.search_text))


def by_title() -> Order:
    return Order((col(Document.sort_text), col(Document.slug)))

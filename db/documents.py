"""Questions about documents."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from db.models import Document, Organisation
from db.paging import Order
from db.text import folded, mentions
from db.vocabulary import DocumentKind

Condition = sa.ColumnElement[bool]


def of_kind(kinds: Sequence[DocumentKind]) -> Condition:
    return col(Document.kind).in_(kinds)


def published_by(slugs: Sequence[str]) -> Condition:
    return col(Document.publisher_id).in_(sa.select(col(Organisation.id)).where(col(Organisation.slug).in_(slugs)))


def mentioning(words: str) -> Condition:
    return sa.and_(True, *mentions(words, Document.title, Document.note))


def by_title() -> Order:
    return Order((folded(col(Document.title)), col(Document.slug)))

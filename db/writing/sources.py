"""The sources of statements: organisations, documents and citations, and how new ones are added inline."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from pydantic import Field
from sqlmodel import col, select

from db import edits, natural_keys
from db.models import Change, Citation, Document, Organisation
from db.models.base import Entity
from db.text import fold
from db.vocabulary import ChangeAction, DocumentKind, OrganisationKind, ProblemCode
from db.writing.base import Draft
from db.writing.inputs import Count, Input, Line, Lines, Prose, Slug, Url

T = TypeVar("T")
# The fields of the input that are columns of the document, as they are, beside the slug.
DOCUMENT_VALUES = (
    "title", "original_title", "published_on", "url", "official_url", "archived_url", "read_part", "note",
)  # fmt: skip
# Called once the whole input is valid: gives the row, and adds it if it is new.
Deferred: TypeAlias = Callable[[], T]


class OrganisationInput(Input):
    slug: Slug
    name: Line | None = None
    kind: OrganisationKind | None = None


class AddDocumentInput(Input):
    slug: Slug
    title: Line
    original_title: Line | None = None
    publisher: OrganisationInput | None = None
    published_on: dt.date | None = None
    url: Url | None = None
    official_url: Url | None = None
    archived_url: Url | None = None
    via: OrganisationInput | None = None
    read_part: Prose | None = None
    note: Prose | None = None


class CitationInput(Input):
    document: Slug | None = None
    new_document: AddDocumentInput | None = None
    paragraph: Count | None = None
    locator: Line | None = None
    figures: Lines = Field(default_factory=list)
    note: Prose | None = None


class ClaimInput(Input):
    document: Slug | None = None
    new_document: AddDocumentInput | None = None
    paragraph: Count | None = None
    locator: Line | None = None
    says: Prose
    figures: Lines = Field(default_factory=list)


@dataclass(frozen=True)
class ValidCitation:
    """A citation without problems. `cite` writes it, once the row that it supports is written."""

    draft: Draft
    slug: str
    published_on: dt.date | None
    document: Deferred[Document]
    paragraph: int | None = None
    figures: Sequence[str] = ()
    note: str | None = None
    locator: str | None = None

    def __str__(self) -> str:
        return self.slug if self.paragraph is None else f"{self.slug}, paragraph {self.paragraph}"

    def require_not_before(self, day: dt.date, *path: str) -> None:
        """A problem if the document was published before the day that it is cited for."""
        if self.published_on is not None and day > self.published_on:
            message = f"{self.slug} was published on {self.published_on}: it can say nothing of a later day."
            self.draft.invalid(message, *path)

    def cite(self, subject: Entity) -> None:
        key = natural_keys.natural_key(self.draft.session, subject)
        compose, parts = natural_keys.citation, (subject.__tablename__, key, self.slug, self.paragraph)
        citation = Citation(
            key=self.draft.unused_key(Citation, compose, *parts),
            document_id=self.document().id,
            paragraph=self.paragraph,
            locator=self.locator,
            figures=list(self.figures),
            note=self.note,
        )
        setattr(citation, natural_keys.SUBJECT_COLUMNS[Citation][type(subject)], subject.id)
        self.draft.add(citation)


def add_document(draft: Draft, data: AddDocumentInput) -> tuple[Document, Change]:
    resolve = resolve_document(draft, data)
    if draft.by_key(Document, data.slug) is not None:
        message = f"The document {data.slug!r} exists already."
        draft.problem(ProblemCode.DUPLICATE, message, "slug", existing=resolve())
    draft.raise_if_rejected()
    document = resolve()
    publisher = draft.session.get(Organisation, document.publisher_id) if document.publisher_id else None
    by = f", by {publisher.name}" if publisher else ""
    summary = f"The document {document.slug}: {document.title}{by}."
    return document, draft.log(ChangeAction.ADDED, summary, document, *([publisher] if publisher else []))


def resolve_organisation(draft: Draft, data: OrganisationInput | None, *path: str) -> Deferred[Organisation] | None:
    """The organisation, or how to add it; a problem if it does not exist and is not described."""
    if data is None or data.slug is None:
        return None
    slug, name, kind = data.slug, data.name, data.kind
    existing = draft.by_key(Organisation, slug)
    if existing is not None:
        for field in ("name", "kind"):
            if getattr(data, field) not in (None, getattr(existing, field)):
                message = f"{slug!r} is {existing.name}, of kind {existing.kind}. To mean that, give the slug alone."
                draft.problem(ProblemCode.CONFLICT, message, *path, field, existing=existing)
        return lambda: existing
    if name is not None and kind is not None:
        draft.note_new("organisation", slug, {"name": name, "kind": kind}, *path, "name")
        draft.note_new("name", fold(name), slug, *path, "slug")
        draft.require_free_name(Organisation, slug, *path, "slug")
        same = draft.session.exec(select(Organisation).where(col(Organisation.sort_text) == fold(name))).first()
        if same is not None:
            message = f"{name} has the slug {same.slug!r}."
            draft.problem(ProblemCode.CONFLICT, message, *path, "slug", existing=same)
    elif ("organisation", slug) not in draft.new_rows:
        if draft.is_valid(*path):
            message = f"There is no organisation {slug!r}. To add it, give its name and kind."
            draft.problem(ProblemCode.NOT_FOUND, message, *path, "slug")
        return None
    # The input may describe it in another place than this one.
    return lambda: (
        draft.by_key(Organisation, slug) or draft.add(Organisation(slug=slug, **draft.new_rows["organisation", slug]))
    )


def resolve_organisations(
    draft: Draft, data: Sequence[OrganisationInput] | None, *path: str
) -> list[Deferred[Organisation]]:
    items = data or ()
    draft.require_distinct([item.slug for item in items], *path, field=("slug",))
    organisations = [resolve_organisation(draft, item, *path, str(number)) for number, item in enumerate(items)]
    return [organisation for organisation in organisations if organisation]


def resolve_document(draft: Draft, data: AddDocumentInput, *path: str) -> Deferred[Document]:
    """The document, or how to add it. One that exists must have every value that is given."""
    draft.require_past_date(data.published_on, *path, "published_on")
    publisher = resolve_organisation(draft, data.publisher, *path, "publisher")
    via = resolve_organisation(draft, data.via, *path, "via")
    existing = None if data.slug is None else draft.by_key(Document, data.slug)
    if existing is not None:
        if not _is_same(draft, existing, data):
            message = f"Another document has the slug {data.slug!r}."
            draft.problem(ProblemCode.CONFLICT, message, *path, "slug", existing=existing)
        return lambda: existing
    if data.slug is not None:
        draft.note_new("document", data.slug, data.model_dump(), *path, "slug")
        draft.require_free_name(Document, data.slug, *path, "slug")
    if data.slug is not None and data.url is not None:
        draft.note_new("url", data.url, data.slug, *path, "url")
        same = draft.session.exec(select(Document).where(col(Document.url) == data.url)).one_or_none()
        if same is not None:
            message = f"The document at this address has the slug {same.slug!r}."
            draft.problem(ProblemCode.DUPLICATE, message, *path, "url", existing=same)
    return lambda: (
        draft.by_key(Document, data.slug)
        or draft.add(
            Document(
                **data.values("slug", *DOCUMENT_VALUES),
                kind=DocumentKind.RECORD,
                publisher_id=publisher().id if publisher else None,
                via_id=via().id if via else None,
            )
        )
    )


def resolve_citation(draft: Draft, data: CitationInput | ClaimInput, *path: str) -> ValidCitation | None:
    """A citation that can be written; None with a problem."""
    note = data.note if isinstance(data, CitationInput) else None
    if data.new_document is not None:
        new = data.new_document
        if data.document is not None:
            draft.invalid("Give a document or a new one, not both.", *path, "document")
        document = resolve_document(draft, new, *path, "new_document")
        _require_no_paragraph(draft, data, *path)
        return ValidCitation(draft, new.slug, new.published_on, document, note=note, locator=data.locator)
    if data.document is None:
        draft.invalid("A citation names a document.", *path, "document")
        return None
    existing = draft.find(Document, data.document, *path, "document")
    if existing is None:
        return None
    if existing.kind is DocumentKind.RECORD:
        _require_no_paragraph(draft, data, *path)
    elif data.paragraph is not None and existing.digests and data.paragraph > existing.paragraphs:
        message = f"{existing.slug} has {existing.paragraphs} paragraphs, and no {data.paragraph}."
        draft.invalid(message, *path, "paragraph")
    slug, published_on, figures = existing.slug, existing.published_on, data.figures or ()
    return ValidCitation(
        draft, slug, published_on, lambda: existing, data.paragraph, figures, note, data.locator
    )  # fmt: skip


def resolve_citations(draft: Draft, data: Sequence[CitationInput] | None, *path: str) -> list[ValidCitation]:
    """The valid ones of these citations; a problem if there is none at all, or if two are the same."""
    if data is not None and not data:
        draft.invalid("Give a source: nothing is asserted without one.", *path)
    citations = [resolve_citation(draft, item, *path, str(number)) for number, item in enumerate(data or ())]
    valid = [citation for citation in citations if citation]
    for number, citation in enumerate(valid):
        if str(citation) in map(str, valid[:number]):
            draft.invalid(f"{citation} is cited twice.", *path, str(number))
    return valid


def _require_no_paragraph(draft: Draft, data: CitationInput | ClaimInput, *path: str) -> None:
    reason = "The document is a RECORD: nobody can look for a paragraph or figures in it."
    for field in ("paragraph", "figures"):
        if getattr(data, field):
            draft.invalid(reason, *path, field)


def _is_same(draft: Draft, document: Document, data: AddDocumentInput) -> bool:
    """Whether the document has every value that is given."""
    slugs = edits.values(draft.session, document, "publisher_id", "via_id")
    pairs = [(getattr(data, field), getattr(document, field)) for field in DOCUMENT_VALUES]
    pairs += [(data.publisher and data.publisher.slug, slugs["publisher"]), (data.via and data.via.slug, slugs["via"])]
    return all(value in (None, column) for value, column in pairs)

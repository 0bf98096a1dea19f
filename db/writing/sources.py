"""Who speaks, what they published, and which paragraph of it supports a statement."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlmodel import col, select

from db import natural_keys
from db.models import Change, Citation, Document, Organisation
from db.models.base import Entity
from db.natural_keys import natural_key
from db.text import fold
from db.vocabulary import ChangeAction, DocumentKind, OrganisationKind, ProblemCode
from db.writing.base import Input, Write
from db.writing.fields import Count, Line, Lines, Prose, Slug, Url

NEW_BODY = "organisation"
# What is found to be sound is written later, when everything else has been found to be so, too.
Deferred = Callable[[], Any]


class OrganisationInput(Input):
    slug: Slug
    name: Line | None = None
    kind: OrganisationKind | None = None


class AddDocumentInput(Input):
    slug: Slug
    title: Line
    publisher: OrganisationInput | None = None
    published_on: dt.date | None = None
    url: Url | None = None
    via: OrganisationInput | None = None
    note: Prose | None = None


class CitationInput(Input):
    document: Slug | None = None
    new_document: AddDocumentInput | None = None
    paragraph: Count | None = None
    figures: Lines = Field(default_factory=list)
    note: Prose | None = None


@dataclass(frozen=True)
class ValidCitation:
    """A citation that was found to be sound; `cite` writes it, once the row that it supports is there."""

    write: Write
    slug: str
    published_on: dt.date | None
    document: Deferred
    paragraph: int | None = None
    figures: Sequence[str] = ()
    note: str | None = None

    def __str__(self) -> str:
        return self.slug if self.paragraph is None else f"{self.slug}, paragraph {self.paragraph}"

    def precedes(self, day: dt.date, *path: str) -> None:
        """A source can tell of nothing that came after it."""
        if self.published_on is not None and day > self.published_on:
            message = f"{self.slug} was published on {self.published_on}: it can say nothing of a later day."
            self.write.invalid(message, *path)

    def cite(self, subject: Entity) -> Citation:
        table = str(type(subject).__tablename__)
        name = natural_key(self.write.session, subject)
        row = Citation(
            key=natural_keys.citation(table, name, self.slug, self.paragraph),
            document_id=self.document().id,
            paragraph=self.paragraph,
            figures=list(self.figures),
            note=self.note,
        )
        setattr(row, f"{table}_id", subject.id)
        return self.write.add(row)


def add_document(write: Write, given: AddDocumentInput) -> tuple[Document, Change]:
    later = resolve_document(write, given)
    if write.by_key(Document, given.slug) is not None:
        write.problem(ProblemCode.DUPLICATE, f"The document {given.slug!r} is there already.", "slug", existing=later())
    write.raise_if_rejected()
    made: Document = later()
    publisher = write.session.get(Organisation, made.publisher_id) if made.publisher_id else None
    by = f", by {publisher.name}" if publisher else ""
    about = [publisher] if publisher else []
    return made, write.log(ChangeAction.ADDED, f"The document {made.slug}: {made.title}{by}.", made, *about)


def resolve_organisation(write: Write, given: OrganisationInput | None, *path: str) -> Deferred | None:
    """The organisation, or how to add it; a problem where it is not known and not described."""
    if given is None or given.slug is None:
        return None
    slug, found = given.slug, write.by_key(Organisation, given.slug)
    if found is not None:
        for field in ("name", "kind"):
            if getattr(given, field) not in (None, getattr(found, field)):
                message = f"{slug!r} is {found.name}, of kind {found.kind}. To mean that, give the slug alone."
                write.problem(ProblemCode.CONFLICT, message, *path, field, existing=found)
        return lambda: found
    name, kind = given.name, given.kind
    if name is None or kind is None:
        if (NEW_BODY, slug) in write.new_rows:
            return lambda: write.by_key(Organisation, slug)
        if write.is_valid(*path):
            message = f"There is no organisation {slug!r}. To add it, give its name and kind."
            write.problem(ProblemCode.NOT_FOUND, message, *path, "slug")
        return None
    write.note_new(NEW_BODY, slug, (name, kind), *path, "name")
    write.note_new("name", fold(name), slug, *path, "slug")
    same = write.session.exec(select(Organisation).where(col(Organisation.sort_text) == fold(name))).first()
    if same is not None:
        message = f"{name} is here with the slug {same.slug!r}."
        write.problem(ProblemCode.CONFLICT, message, *path, "slug", existing=same)
    # Asked again when it is written: it may be named twice.
    return lambda: write.by_key(Organisation, slug) or write.add(Organisation(slug=slug, name=name, kind=kind))


def resolve_organisations(write: Write, given: Sequence[OrganisationInput] | None, *path: str) -> list[Deferred]:
    slugs = [item.slug for item in given or ()]
    for number, slug in enumerate(slugs):
        if slug is not None and slug in slugs[:number]:
            write.invalid(f"{slug!r} stands twice.", *path, str(number), "slug")
    found = [resolve_organisation(write, item, *path, str(number)) for number, item in enumerate(given or ())]
    return [later for later in found if later]


def resolve_document(write: Write, given: AddDocumentInput, *path: str) -> Deferred:
    """The document, or how to add it. One that is there must be the same in all that is given."""
    write.require_past_date(given.published_on, *path, "published_on")
    publisher = resolve_organisation(write, given.publisher, *path, "publisher")
    via = resolve_organisation(write, given.via, *path, "via")
    found = None if given.slug is None else write.by_key(Document, given.slug)
    if found is not None:
        if not _same(write, found, given):
            message = f"Another document has the slug {given.slug!r}."
            write.problem(ProblemCode.CONFLICT, message, *path, "slug", existing=found)
        return lambda: found
    if given.slug is None:
        return lambda: None
    write.note_new("document", given.slug, given.model_dump(), *path, "slug")
    if given.url is not None:
        write.note_new("url", given.url, given.slug, *path, "url")
        there = write.session.exec(select(Document).where(col(Document.url) == given.url)).one_or_none()
        if there is not None:
            message = f"The document at this address is here with the slug {there.slug!r}."
            write.problem(ProblemCode.DUPLICATE, message, *path, "url", existing=there)
    return lambda: (
        write.by_key(Document, given.slug)
        or write.add(
            Document(
                slug=given.slug,
                title=given.title,
                publisher_id=publisher().id if publisher else None,
                published_on=given.published_on,
                url=given.url,
                kind=DocumentKind.RECORD,
                via_id=via().id if via else None,
                note=given.note,
            )
        )
    )


def resolve_citation(write: Write, given: CitationInput, *path: str) -> ValidCitation | None:
    """A citation that can be written; None with a problem where it cannot."""
    if given.new_document is not None:
        new = given.new_document
        if given.document is not None:
            write.invalid("Give a document or a new one, not both.", *path, "document")
        later = resolve_document(write, new, *path, "new_document")
        _unnumbered(write, given, *path)
        return ValidCitation(write, new.slug, new.published_on, later, note=given.note)
    if given.document is None:
        write.invalid("A citation names a document.", *path, "document")
        return None
    found = write.find(Document, given.document, *path, "document")
    if found is None:
        return None
    if found.kind is DocumentKind.RECORD:
        _unnumbered(write, given, *path)
    elif given.paragraph is not None and found.digests and given.paragraph > found.paragraphs:
        message = f"{found.slug} has {found.paragraphs} paragraphs, and no {given.paragraph}."
        write.invalid(message, *path, "paragraph")
    return ValidCitation(
        write, found.slug, found.published_on, lambda: found, given.paragraph, given.figures or (), given.note
    )


def resolve_citations(
    write: Write, given: Sequence[CitationInput] | None, *path: str, least: int = 0
) -> list[ValidCitation]:
    items = list(given or ())
    if given is not None and len(items) < least:
        write.invalid("Give a source: nothing is asserted without one.", *path)
    found = [resolve_citation(write, item, *path, str(number)) for number, item in enumerate(items)]
    sound = [item for item in found if item]
    for number, item in enumerate(sound):
        if str(item) in map(str, sound[:number]):
            write.invalid(f"{item} is cited twice.", *path, str(number))
    return sound


def _unnumbered(write: Write, given: CitationInput, *path: str) -> None:
    reason = "The document is a RECORD: nobody can look for a paragraph or figures in it."
    if given.paragraph is not None:
        write.invalid(reason, *path, "paragraph")
    if given.figures:
        write.invalid(reason, *path, "figures")


def _same(write: Write, found: Document, given: AddDocumentInput) -> bool:
    def slug(id: int | None) -> str | None:
        row = None if id is None else write.session.get(Organisation, id)
        return None if row is None else row.slug

    said = {
        "title": (given.title, found.title),
        "published_on": (given.published_on, found.published_on),
        "url": (given.url, found.url),
        "publisher": (given.publisher and given.publisher.slug, slug(found.publisher_id)),
        "via": (given.via and given.via.slug, slug(found.via_id)),
        "note": (given.note, found.note),
    }
    return all(mine in (None, theirs) for mine, theirs in said.values())

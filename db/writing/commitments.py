"""Identifying a commitment that was only counted so far."""

from pydantic import Field
from sqlmodel import col, select

from db.models import Change, Commitment, CommitmentLead, Theme
from db.vocabulary import ChangeAction, Confidence, ProblemCode
from db.writing.base import Draft
from db.writing.inputs import Input, Line, Prose, Slug
from db.writing.sources import CitationInput, OrganisationInput, resolve_citations, resolve_organisations


class IdentifyCommitmentInput(Input):
    commitment: str
    slug: Slug
    theme: str
    title: Line
    summary: Prose
    confidence: Confidence
    leads: list[OrganisationInput] = Field(default_factory=list, max_length=50)
    citations: list[CitationInput] = Field(max_length=50)


def identify(draft: Draft, data: IdentifyCommitmentInput) -> tuple[Commitment, Change]:
    commitment = draft.find(Commitment, data.commitment, "commitment")
    theme = draft.find(Theme, data.theme, "theme")
    leads = resolve_organisations(draft, data.leads, "leads")
    citations = resolve_citations(draft, data.citations, "citations")
    values = {"identified": True, "slug": data.slug, "theme_id": theme.id if theme else None}
    values |= data.values("title", "summary", "confidence")
    if commitment and commitment.identified:
        is_same = all(getattr(commitment, column) == value for column, value in values.items())
        message = f"{commitment.ref} was identified already: {commitment.title}."
        draft.duplicate(is_same, message, "commitment", existing=commitment)
    same_slug = select(Commitment).where(col(Commitment.slug) == data.slug)
    other = None if data.slug is None else draft.session.exec(same_slug).one_or_none()
    if other is not None and other is not commitment:
        draft.problem(ProblemCode.CONFLICT, f"{other.ref} has the slug {data.slug!r}.", "slug", existing=other)
    draft.raise_if_rejected()
    assert commitment
    assert theme
    draft.change(commitment, **values)
    for position, lead in enumerate(leads, 1):
        draft.add(CommitmentLead(commitment_id=commitment.id, organisation_id=lead().id, position=position))
    for citation in citations:
        citation.cite(commitment)
    summary = f"{commitment.ref} is identified as {data.title!r}, by {', '.join(map(str, citations))}."
    return commitment, draft.log(ChangeAction.IDENTIFIED, summary, commitment, theme)

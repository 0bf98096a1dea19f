"""Identifying a commitment that was only counted so far, and correcting and withdrawing an identification."""

from pydantic import Field
from sqlmodel import col, select

from db.models import Change, Commitment, CommitmentLead, Theme
from db.vocabulary import ChangeAction, Confidence, ProblemCode
from db.writing.base import Draft
from db.writing.citations import replace_citations
from db.writing.corrections import Correction, log_correction, replace_rows, set_values
from db.writing.inputs import Input, Line, Prose, Slug
from db.writing.sources import CitationInput, OrganisationInput, resolve_citations, resolve_organisations
from db.writing.withdrawals import Withdrawal, log_withdrawal, remove_belongings, require_free

# The columns that an identification fills, but for `identified`.
IDENTITY = ("slug", "theme_id", "title", "summary", "confidence")


class IdentifyCommitmentInput(Input):
    commitment: str
    slug: Slug
    theme: str
    title: Line
    summary: Prose
    confidence: Confidence
    leads: list[OrganisationInput] = Field(default_factory=list, max_length=50)
    citations: list[CitationInput] = Field(max_length=50)


class CorrectCommitmentInput(Correction):
    commitment: str
    theme: str | None = None
    title: Line | None = None
    summary: Prose | None = None
    confidence: Confidence | None = None
    leads: list[OrganisationInput] | None = Field(default=None, max_length=50)
    citations: list[CitationInput] | None = Field(default=None, max_length=50)


class WithdrawIdentificationInput(Withdrawal):
    commitment: str


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
    elif data.slug is not None and commitment is not None:
        draft.require_free_name(Commitment, data.slug, "slug", besides=commitment.ref)
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


def correct_commitment(draft: Draft, data: CorrectCommitmentInput) -> tuple[Commitment, Change]:
    data.check(draft)
    commitment, theme = draft.find(Commitment, data.commitment, "commitment"), draft.find(Theme, data.theme, "theme")
    if commitment and not commitment.identified:
        draft.invalid(f"{commitment.ref} is not identified yet.", "commitment")
    leads = resolve_organisations(draft, data.leads, "leads")
    citations = resolve_citations(draft, data.citations, "citations")
    draft.raise_if_rejected()
    assert commitment
    values = data.given("title", "summary", "confidence") | ({"theme_id": theme.id} if theme else {})
    themes = [draft.session.get_one(Theme, id) for id in dict.fromkeys((commitment.theme_id, theme and theme.id)) if id]
    set_values(draft, commitment, values)
    owner = {"commitment_id": commitment.id}
    if data.leads is not None:
        rows = [{"organisation_id": lead().id, "position": position} for position, lead in enumerate(leads, 1)]
        replace_rows(draft, CommitmentLead, owner, "organisation_id", rows)
    if data.citations is not None:
        replace_citations(draft, commitment, citations)
    return commitment, log_correction(draft, data, commitment.ref, commitment, commitment, *themes)


def withdraw_identification(draft: Draft, data: WithdrawIdentificationInput) -> tuple[Commitment, Change]:
    commitment = draft.find(Commitment, data.commitment, "commitment")
    if commitment and not commitment.identified:
        draft.problem(ProblemCode.NOT_FOUND, f"{commitment.ref} is not identified.", "commitment", existing=commitment)
    elif commitment:
        require_free(draft, commitment, "commitment")
    draft.raise_if_rejected()
    assert commitment
    title, theme = commitment.title, draft.session.get_one(Theme, commitment.theme_id)
    affected = remove_belongings(draft, commitment)
    draft.change(commitment, identified=False, **dict.fromkeys(IDENTITY))
    what = f"The identification of {commitment.ref} as {title!r}"
    return commitment, log_withdrawal(draft, data, what, commitment, theme, *affected)

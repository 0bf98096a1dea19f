"""Telling what one of the commitments is that were only counted so far."""

from pydantic import Field
from sqlmodel import col, select

from db.models import Change, Commitment, CommitmentLead, Theme
from db.vocabulary import ChangeAction, Confidence, ProblemCode
from db.writing.base import Input, Write
from db.writing.fields import Line, Prose, Slug
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


def identify(write: Write, given: IdentifyCommitmentInput) -> tuple[Commitment, Change]:
    commitment = write.find(Commitment, given.commitment, "commitment")
    theme = write.find(Theme, given.theme, "theme")
    leads = resolve_organisations(write, given.leads, "leads")
    cited = resolve_citations(write, given.citations, "citations", least=1)
    if commitment and commitment.identified:
        said = (given.slug, given.title, given.summary, given.confidence, theme and theme.id)
        known = (commitment.slug, commitment.title, commitment.summary, commitment.confidence, commitment.theme_id)
        code = ProblemCode.DUPLICATE if said == known else ProblemCode.CONFLICT
        message = f"{commitment.ref} was identified already: {commitment.title}."
        write.problem(code, message, "commitment", existing=commitment)
    taken = None
    if given.slug is not None:
        taken = write.session.exec(select(Commitment).where(col(Commitment.slug) == given.slug)).one_or_none()
    if taken is not None and taken is not commitment:
        message = f"{taken.ref} has the slug {given.slug!r}."
        write.problem(ProblemCode.CONFLICT, message, "slug", existing=taken)
    write.raise_if_rejected()
    assert commitment
    assert theme
    write.change(
        commitment,
        identified=True,
        slug=given.slug,
        theme_id=theme.id,
        title=given.title,
        summary=given.summary,
        confidence=given.confidence,
    )
    for position, lead in enumerate(leads, 1):
        write.add(CommitmentLead(commitment_id=commitment.id, organisation_id=lead().id, position=position))
    for source in cited:
        source.cite(commitment)
    names = ", ".join(map(str, cited))
    return commitment, write.log(
        ChangeAction.IDENTIFIED, f"{commitment.ref} is identified as {given.title!r}, by {names}.", commitment, theme
    )

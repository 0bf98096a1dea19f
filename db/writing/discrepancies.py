"""Sources that do not agree: the question, what each says, and what came of it."""

from collections.abc import Sequence

from pydantic import Field
from sqlmodel import select

from db.models import Change, Claim, Discrepancy, Strategy
from db.models.base import Entity
from db.natural_keys import subject_of
from db.vocabulary import ChangeAction, DiscrepancyKind, DiscrepancyState, ProblemCode
from db.writing.base import Input, Write
from db.writing.fields import Count, Lines, Prose, Slug
from db.writing.links import ENDS
from db.writing.sources import AddDocumentInput, CitationInput, ValidCitation, resolve_citation


class ClaimInput(Input):
    document: Slug | None = None
    new_document: AddDocumentInput | None = None
    paragraph: Count | None = None
    says: Prose
    figures: Lines = Field(default_factory=list)


class OpenDiscrepancyInput(Input):
    slug: Slug
    question: Prose
    kind: DiscrepancyKind
    commitment: str | None = None
    fund: str | None = None
    event: str | None = None
    claims: list[ClaimInput] = Field(max_length=50)


class SettleDiscrepancyInput(Input):
    discrepancy: str
    state: DiscrepancyState
    explanation: Prose
    found_in: DiscrepancyState = DiscrepancyState.OPEN


def open_discrepancy(write: Write, given: OpenDiscrepancyInput) -> tuple[Discrepancy, Change]:
    subject = _subject(write, given)
    claims = given.claims or []
    cited = [_claimed(write, claim, "claims", str(number)) for number, claim in enumerate(claims)]
    if given.claims is not None and len(claims) < 2:
        write.invalid("One source does not disagree with itself: give two claims.", "claims")
    write.require_unused_slug(Discrepancy, given.slug, {"question": given.question, "kind": given.kind})
    write.raise_if_rejected()
    assert subject
    row = Discrepancy(slug=given.slug, kind=given.kind, question=given.question, state=DiscrepancyState.OPEN)
    setattr(row, f"{type(subject).__tablename__}_id", subject.id)
    discrepancy = write.add(row)
    for position, (claim, found) in enumerate(zip(claims, cited, strict=True), 1):
        assert found
        write.add(
            Claim(
                discrepancy_id=discrepancy.id,
                position=position,
                document_id=found.document().id,
                paragraph=claim.paragraph,
                says=claim.says,
                figures=claim.figures,
            )
        )
    summary = f"The discrepancy {given.slug}: {given.question} {_said(claims, cited)}"
    return discrepancy, write.log(ChangeAction.OPENED, summary, discrepancy, subject)


def settle_discrepancy(write: Write, given: SettleDiscrepancyInput) -> tuple[Discrepancy, Change]:
    discrepancy = write.find(Discrepancy, given.discrepancy, "discrepancy")
    if given.state is DiscrepancyState.OPEN:
        write.invalid("To settle it is to say EXPLAINED or RESOLVED.", "state")
    same = discrepancy and (discrepancy.state, discrepancy.explanation) == (given.state, given.explanation)
    if discrepancy and (same or discrepancy.state is not given.found_in):
        code = ProblemCode.DUPLICATE if same else ProblemCode.CONFLICT
        message = f"It is {discrepancy.state}: {discrepancy.explanation}"
        write.problem(code, message, "found_in", existing=discrepancy)
    write.raise_if_rejected()
    assert discrepancy
    subject = write.session.get_one(*subject_of(Discrepancy, discrepancy))
    write.change(discrepancy, state=given.state, explanation=given.explanation)
    summary = f"The discrepancy {discrepancy.slug} is {given.state}: {given.explanation}"
    return discrepancy, write.log(ChangeAction.SETTLED, summary, discrepancy, subject)


def _claimed(write: Write, claim: ClaimInput, *path: str) -> ValidCitation | None:
    cited = CitationInput.model_construct(
        document=claim.document,
        new_document=claim.new_document,
        paragraph=claim.paragraph,
        figures=claim.figures,
        note=None,
    )
    return resolve_citation(write, cited, *path)


def _subject(write: Write, given: OpenDiscrepancyInput) -> Entity | None:
    wanted = {name: getattr(given, name) for name in ENDS if getattr(given, name) is not None}
    if len(wanted) > 1:
        write.invalid("It is about one of commitment, fund and event.", list(wanted)[1])
    for name, value in wanted.items():
        owner: Entity | None = write.find(ENDS[name], value, name)
        return owner
    return write.session.exec(select(Strategy)).one()


def _said(claims: Sequence[ClaimInput], cited: Sequence[ValidCitation | None]) -> str:
    return "; ".join(f"{source}: {claim.says}" for claim, source in zip(claims, cited, strict=True)) + "."

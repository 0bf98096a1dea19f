"""Discrepancies between sources: the question, what each says, and how it is settled."""

from pydantic import Field

from db import dataset
from db.models import Change, Claim, Discrepancy
from db.models.base import Entity
from db.natural_keys import SUBJECT_COLUMNS, subject_of
from db.vocabulary import ChangeAction, DiscrepancyKind, DiscrepancyState
from db.writing.base import Draft
from db.writing.inputs import Input, Prose, Slug
from db.writing.links import ENDS
from db.writing.sources import ClaimInput, resolve_citation


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


def open_discrepancy(draft: Draft, data: OpenDiscrepancyInput) -> tuple[Discrepancy, Change]:
    subject = _subject(draft, data)
    claims = data.claims or []
    citations = [resolve_citation(draft, claim, "claims", str(number)) for number, claim in enumerate(claims)]
    if data.claims is not None and len(claims) < 2:
        draft.invalid("One source does not disagree with itself: give two claims.", "claims")
    draft.require_unused_slug(Discrepancy, data.slug, {"question": data.question, "kind": data.kind})
    draft.raise_if_rejected()
    assert subject
    row = Discrepancy(slug=data.slug, kind=data.kind, question=data.question, state=DiscrepancyState.OPEN)
    setattr(row, SUBJECT_COLUMNS[Discrepancy][type(subject)], subject.id)
    discrepancy = draft.add(row)
    for position, (claim, citation) in enumerate(zip(claims, citations, strict=True), 1):
        assert citation
        values = claim.values("paragraph", "says", "figures")
        draft.add(Claim(discrepancy_id=discrepancy.id, position=position, document_id=citation.document().id, **values))
    words = "; ".join(f"{citation}: {claim.says}" for claim, citation in zip(claims, citations, strict=True))
    summary = f"The discrepancy {data.slug}: {data.question} {words}."
    return discrepancy, draft.log(ChangeAction.OPENED, summary, discrepancy, subject)


def settle_discrepancy(draft: Draft, data: SettleDiscrepancyInput) -> tuple[Discrepancy, Change]:
    discrepancy = draft.find(Discrepancy, data.discrepancy, "discrepancy")
    if data.state is DiscrepancyState.OPEN:
        draft.invalid("A discrepancy is settled as EXPLAINED or RESOLVED.", "state")
    if discrepancy:
        is_same = (discrepancy.state, discrepancy.explanation) == (data.state, data.explanation)
        if is_same or discrepancy.state is not data.found_in:
            message = f"It is {discrepancy.state}: {discrepancy.explanation}"
            draft.duplicate(is_same, message, "found_in", existing=discrepancy)
    draft.raise_if_rejected()
    assert discrepancy
    subject = draft.session.get_one(*subject_of(Discrepancy, discrepancy))
    draft.change(discrepancy, state=data.state, explanation=data.explanation)
    summary = f"The discrepancy {discrepancy.slug} is {data.state}: {data.explanation}"
    return discrepancy, draft.log(ChangeAction.SETTLED, summary, discrepancy, subject)


def _subject(draft: Draft, data: OpenDiscrepancyInput) -> Entity | None:
    """What the discrepancy is about: the Strategy, unless the input names something else."""
    keys = {name: getattr(data, name) for name in ENDS if getattr(data, name) is not None}
    if len(keys) > 1:
        draft.invalid("It is about one of commitment, fund and event.", list(keys)[1])
    for name, key in keys.items():
        return draft.find(ENDS[name], key, name)
    return dataset.strategy(draft.session)

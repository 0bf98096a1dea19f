"""Discrepancies between sources: the question, what each says, and how it is settled."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from db.models import Change, Claim, Discrepancy, Strategy
from db.models.base import Base, Entity
from db.natural_keys import SUBJECT_COLUMNS, subject_of
from db.vocabulary import ChangeAction, DiscrepancyKind, DiscrepancyState, ProblemCode
from db.writing.base import Draft
from db.writing.corrections import Correction, log_correction, replace_rows, set_values
from db.writing.inputs import Input, Prose, Slug
from db.writing.links import ENDS
from db.writing.sources import ClaimInput, ValidCitation, resolve_citation
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove


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


class CorrectDiscrepancyInput(Correction):
    discrepancy: str
    question: Prose | None = None
    kind: DiscrepancyKind | None = None
    claims: list[ClaimInput] | None = Field(default=None, max_length=50)


class ReopenDiscrepancyInput(Input):
    discrepancy: str
    reason: Prose


class WithdrawDiscrepancyInput(Withdrawal):
    discrepancy: str


def open_discrepancy(draft: Draft, data: OpenDiscrepancyInput) -> tuple[Discrepancy, Change]:
    subject = _subject(draft, data)
    claims = _resolve_claims(draft, data.claims)
    draft.require_unused_slug(Discrepancy, data.slug, {"question": data.question, "kind": data.kind})
    draft.raise_if_rejected()
    assert subject
    row = Discrepancy(slug=data.slug, kind=data.kind, question=data.question, state=DiscrepancyState.OPEN)
    setattr(row, SUBJECT_COLUMNS[Discrepancy][type(subject)], subject.id)
    discrepancy = draft.add(row)
    for values in _claims(claims):
        draft.add(Claim(discrepancy_id=discrepancy.id, **values))
    words = "; ".join(f"{citation}: {claim.says}" for claim, citation in claims)
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
    subject = _subject_of(draft, discrepancy)
    draft.change(discrepancy, state=data.state, explanation=data.explanation)
    summary = f"The discrepancy {discrepancy.slug} is {data.state}: {data.explanation}"
    return discrepancy, draft.log(ChangeAction.SETTLED, summary, discrepancy, subject)


def correct_discrepancy(draft: Draft, data: CorrectDiscrepancyInput) -> tuple[Discrepancy, Change]:
    data.check(draft)
    discrepancy = draft.find(Discrepancy, data.discrepancy, "discrepancy")
    claims = _resolve_claims(draft, data.claims)
    draft.raise_if_rejected()
    assert discrepancy
    set_values(draft, discrepancy, data.given("question", "kind"))
    if data.claims is not None:
        replace_rows(draft, Claim, {"discrepancy_id": discrepancy.id}, "position", _claims(claims))
    what = f"The discrepancy {discrepancy.slug}"
    return discrepancy, log_correction(draft, data, what, discrepancy, discrepancy, _subject_of(draft, discrepancy))


def reopen_discrepancy(draft: Draft, data: ReopenDiscrepancyInput) -> tuple[Discrepancy, Change]:
    discrepancy = draft.find(Discrepancy, data.discrepancy, "discrepancy")
    if discrepancy and discrepancy.state is DiscrepancyState.OPEN:
        draft.problem(ProblemCode.DUPLICATE, "It is open.", "discrepancy", existing=discrepancy)
    draft.raise_if_rejected()
    assert discrepancy
    draft.change(discrepancy, state=DiscrepancyState.OPEN, explanation=None)
    summary = f"The discrepancy {discrepancy.slug} is OPEN again: {data.reason}"
    subject = _subject_of(draft, discrepancy)
    return discrepancy, draft.log(ChangeAction.REOPENED, summary, discrepancy, subject, reason=data.reason)


def withdraw_discrepancy(draft: Draft, data: WithdrawDiscrepancyInput) -> Withdrawn:
    discrepancy = draft.find(Discrepancy, data.discrepancy, "discrepancy")
    draft.raise_if_rejected()
    assert discrepancy
    subject = _subject_of(draft, discrepancy)
    remove(draft, discrepancy)
    return {}, log_withdrawal(draft, data, f"The discrepancy {discrepancy.slug}", discrepancy, subject)


def _resolve_claims(draft: Draft, claims: Sequence[ClaimInput] | None) -> list[tuple[ClaimInput, ValidCitation]]:
    """The valid ones of these claims, with their sources; a problem if there are fewer than two."""
    if claims is not None and len(claims) < 2:
        draft.invalid("One source does not disagree with itself: give two claims.", "claims")
    pairs = [
        (claim, resolve_citation(draft, claim, "claims", str(number))) for number, claim in enumerate(claims or ())
    ]
    return [(claim, citation) for claim, citation in pairs if citation]


def _claims(claims: Sequence[tuple[ClaimInput, ValidCitation]]) -> list[dict[str, Any]]:
    return [
        {"position": position, "document_id": citation.document().id, **claim.values("paragraph", "says", "figures")}
        for position, (claim, citation) in enumerate(claims, 1)
    ]


def _subject_of(draft: Draft, discrepancy: Discrepancy) -> Base:
    return draft.session.get_one(*subject_of(Discrepancy, discrepancy))


def _subject(draft: Draft, data: OpenDiscrepancyInput) -> Entity | None:
    """What the discrepancy is about: the Strategy, unless the input names something else."""
    keys = {name: getattr(data, name) for name in ENDS if getattr(data, name) is not None}
    if len(keys) > 1:
        draft.invalid("It is about one of commitment, fund and event.", list(keys)[1])
    for name, key in keys.items():
        return draft.find(ENDS[name], key, name)
    strategy: Strategy = draft.session.scalars(sa.select(Strategy)).one()
    return strategy

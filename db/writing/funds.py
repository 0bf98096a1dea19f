"""Adding, correcting and withdrawing a fund."""

from enum import StrEnum

from pydantic import Field

from db.funds import MAX_DEPTH, levels, wholes
from db.models import Change, Commitment, CommitmentFund, Fund
from db.vocabulary import ChangeAction
from db.writing import sources
from db.writing.base import Draft
from db.writing.corrections import Correction, log_correction, set_values
from db.writing.inputs import Input, Line, Prose, Slug
from db.writing.sources import CitationInput
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove, require_free


class FundField(StrEnum):
    PARENT = "PARENT"
    PERIOD = "PERIOD"
    NOTE = "NOTE"


class AddFundInput(Input):
    slug: Slug
    name: Line
    parent: str | None = None
    period: Line | None = None
    note: Prose | None = None
    commitments: list[str] = Field(default_factory=list, max_length=100)
    citations: list[CitationInput] = Field(max_length=50)


class CorrectFundInput(Correction):
    fund: str
    name: Line | None = None
    parent: str | None = None
    period: Line | None = None
    note: Prose | None = None
    clear: list[FundField] = Field(default_factory=list)


class WithdrawFundInput(Withdrawal):
    fund: str


def add_fund(draft: Draft, data: AddFundInput) -> tuple[Fund, Change]:
    parent = draft.find(Fund, data.parent, "parent")
    commitments = draft.find_all(Commitment, data.commitments, "commitments")
    citations = sources.resolve_citations(draft, data.citations, "citations")
    values = data.values("name", "period", "note") | {"parent_id": parent.id if parent else None}
    draft.require_unused_slug(Fund, data.slug, values)
    if parent:
        _require_depth(draft, parent)
    draft.raise_if_rejected()
    fund = draft.add(Fund(slug=data.slug, **values))
    for commitment in commitments:
        draft.add(CommitmentFund(commitment_id=commitment.id, fund_id=fund.id))
    for citation in citations:
        citation.cite(fund)
    part = f", a part of {parent.name}" if parent else ""
    summary = f"The fund {fund.slug}: {fund.name}{part}, by {', '.join(map(str, citations))}."
    return fund, draft.log(ChangeAction.ADDED, summary, fund, *([parent] if parent else []), *commitments)


def correct_fund(draft: Draft, data: CorrectFundInput) -> tuple[Fund, Change]:
    data.check(draft)
    fund, parent = draft.find(Fund, data.fund, "fund"), draft.find(Fund, data.parent, "parent")
    if fund and parent:
        _require_depth(draft, parent, fund)
    draft.raise_if_rejected()
    assert fund
    values, parents = data.given("name", "period", "note"), wholes(draft.session, fund)[:1]
    if data.is_given("parent"):
        values["parent_id"] = parent.id if parent else None
        parents += [parent] if parent else []
    set_values(draft, fund, values)
    return fund, log_correction(draft, data, f"The fund {fund.slug}", fund, fund, *parents)


def withdraw_fund(draft: Draft, data: WithdrawFundInput) -> Withdrawn:
    fund = draft.find(Fund, data.fund, "fund")
    if fund:
        require_free(draft, fund, "fund")
    draft.raise_if_rejected()
    assert fund
    return {}, log_withdrawal(draft, data, f"The fund {fund.slug}, {fund.name},", fund, *remove(draft, fund))


def _require_depth(draft: Draft, parent: Fund, fund: Fund | None = None) -> None:
    """A problem if a fund with its parts would stand too deep as a part of the parent, or within itself."""
    line = [parent, *wholes(draft.session, parent)]
    if fund in line:
        draft.invalid(f"{parent.slug!r} is this fund or a part of it.", "parent")
    elif len(line) + (levels(draft.session, fund) if fund else 1) > MAX_DEPTH + 1:
        draft.invalid(f"{parent.slug!r} is {len(line) - 1} funds deep: no more than {MAX_DEPTH} can be.", "parent")

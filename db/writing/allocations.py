"""Allocating money of a fund to a recipient, and correcting and withdrawing what was recorded of that."""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from db import natural_keys
from db.formatting import pounds_text
from db.models import Allocation, Change, Fund, Organisation
from db.vocabulary import Bound, ChangeAction
from db.writing import sources
from db.writing.base import Draft
from db.writing.corrections import Correction, log_correction, set_values
from db.writing.inputs import Input, Line, Pounds, Prose
from db.writing.sources import CitationInput, OrganisationInput
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove


class AllocationField(StrEnum):
    AMOUNT = "AMOUNT"
    PERIOD = "PERIOD"
    NOTE = "NOTE"


class AllocateInput(Input):
    fund: str
    recipient: OrganisationInput
    amount: Pounds | None = None
    bound: Bound | None = None
    passes_on: bool = False
    period: Line | None = None
    note: Prose | None = None
    citation: CitationInput


class CorrectAllocationInput(Correction):
    amount: Pounds | None = None
    bound: Bound | None = None
    passes_on: bool | None = None
    period: Line | None = None
    note: Prose | None = None
    clear: list[AllocationField] = Field(default_factory=list)


class WithdrawAllocationInput(Withdrawal):
    """The allocation is named by its id."""


def allocate(draft: Draft, data: AllocateInput) -> tuple[Allocation, Change]:
    fund = draft.find(Fund, data.fund, "fund")
    resolve = sources.resolve_organisation(draft, data.recipient, "recipient")
    citation = sources.resolve_citation(draft, data.citation, "citation")
    if draft.is_valid("amount"):
        _require_money(draft, data.amount, data.bound)
    slug = data.recipient and data.recipient.slug
    if fund and slug and (existing := draft.by_key(Allocation, natural_keys.allocation(fund.slug, slug))):
        is_same = (existing.amount, existing.bound, existing.period) == (data.amount, data.bound, data.period)
        name = draft.session.get_one(Organisation, existing.recipient_id).name
        message = f"{name} has an allocation from {fund.slug} already."
        draft.duplicate(is_same, message, "recipient", existing=existing)
    draft.raise_if_rejected()
    assert fund
    assert resolve
    assert citation
    recipient = resolve()
    allocation = draft.add(
        Allocation(
            key=natural_keys.allocation(fund.slug, recipient.slug),
            fund_id=fund.id,
            recipient_id=recipient.id,
            **data.values("amount", "bound", "passes_on", "period", "note"),
        )
    )
    citation.cite(allocation)
    summary = f"{_sentence(fund, recipient, allocation)}, by {citation}."
    return allocation, draft.log(ChangeAction.ALLOCATED, summary, fund, recipient)


def correct_allocation(draft: Draft, data: CorrectAllocationInput, key: str | None) -> tuple[Allocation, Change]:
    data.check(draft)
    row = draft.get(Allocation, key, "allocation")
    fund, recipient = draft.session.get_one(Fund, row.fund_id), draft.session.get_one(Organisation, row.recipient_id)
    values = data.given("amount", "bound", "passes_on", "period", "note")
    if "amount" in data.cleared:
        # The bound is that of a sum.
        values.setdefault("bound", None)
    _require_money(draft, values.get("amount", row.amount), values.get("bound", row.bound))
    draft.raise_if_rejected()
    before = _sentence(fund, recipient, row)
    set_values(draft, row, values)
    return row, log_correction(draft, data, before, row, fund, recipient)


def withdraw_allocation(draft: Draft, data: WithdrawAllocationInput, key: str | None) -> Withdrawn:
    row = draft.get(Allocation, key, "allocation")
    fund, recipient = draft.session.get_one(Fund, row.fund_id), draft.session.get_one(Organisation, row.recipient_id)
    draft.raise_if_rejected()
    sentence = _sentence(fund, recipient, row)
    remove(draft, row)
    return {}, log_withdrawal(draft, data, sentence, fund, recipient)


def _require_money(draft: Draft, amount: Decimal | None, bound: Bound | None) -> None:
    if (amount is None) != (bound is None):
        draft.invalid("A sum and its bound go together.", "bound")


def _sentence(fund: Fund, recipient: Organisation, row: Allocation) -> str:
    amount = "an unknown sum" if row.amount is None else f"{pounds_text(row.amount)} ({row.bound})"
    return f"{fund.slug}: {amount} to {recipient.name}"

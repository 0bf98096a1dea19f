"""Stating the size of a fund, and correcting and withdrawing such a statement."""

import datetime as dt
from enum import StrEnum

from pydantic import Field
from sqlmodel import col, select

from db import natural_keys
from db.clock import first_day
from db.formatting import date_text, pounds_text
from db.models import AmountStatement, Change, Citation, Document, Fund
from db.vocabulary import AmountKind, Bound, ChangeAction, DatePrecision, ProblemCode
from db.writing import sources
from db.writing.base import Draft
from db.writing.citations import citation_of
from db.writing.corrections import Correction, log_correction, set_values
from db.writing.inputs import Input, Pounds
from db.writing.sources import CitationInput
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove


class AmountField(StrEnum):
    STATED_ON = "STATED_ON"


class StateAmountInput(Input):
    fund: str
    kind: AmountKind
    amount: Pounds
    bound: Bound
    stated_on: dt.date | None = None
    precision: DatePrecision | None = None
    citation: CitationInput


class CorrectAmountInput(Correction):
    kind: AmountKind | None = None
    amount: Pounds | None = None
    bound: Bound | None = None
    stated_on: dt.date | None = None
    precision: DatePrecision | None = None
    clear: list[AmountField] = Field(default_factory=list)


class WithdrawAmountInput(Withdrawal):
    """The statement is named by its id."""


def state_amount(draft: Draft, data: StateAmountInput) -> tuple[AmountStatement, Change]:
    fund = draft.find(Fund, data.fund, "fund")
    citation = sources.resolve_citation(draft, data.citation, "citation")
    if data.stated_on and citation:
        citation.require_not_before(first_day(data.stated_on, data.precision or DatePrecision.DAY), "stated_on")
    stated_on, precision = draft.optional_period(data.stated_on, data.precision, "stated_on")
    draft.raise_if_rejected()
    assert fund
    assert citation
    row = AmountStatement(
        fund_id=fund.id, stated_on=stated_on, precision=precision, **data.values("kind", "amount", "bound")
    )
    _require_only(draft, row, citation.slug, citation.paragraph)
    row.key = draft.unused_key(
        AmountStatement, natural_keys.amount_statement,
        fund.slug, row.kind, stated_on, precision, citation.slug, citation.paragraph,
    )  # fmt: skip
    draft.add(row)
    citation.cite(row)
    return row, draft.log(ChangeAction.STATED, f"{_sentence(fund, row)}, by {citation}.", fund)


def correct_amount(draft: Draft, data: CorrectAmountInput, key: str | None) -> tuple[AmountStatement, Change]:
    data.check(draft)
    row = draft.get(AmountStatement, key, "amount_statement")
    fund = draft.session.get_one(Fund, row.fund_id)
    citation = citation_of(draft, Citation.amount_statement_id, row)
    stated_on, precision = data.corrected_period(draft, "stated_on", row.stated_on, row.precision)
    if citation and stated_on and precision:
        citation.require_not_before(first_day(stated_on, precision), "stated_on")
    draft.raise_if_rejected()
    before = _sentence(fund, row)
    set_values(draft, row, data.given("kind", "amount", "bound") | {"stated_on": stated_on, "precision": precision})
    if citation:
        _require_only(draft, row, citation.slug, citation.paragraph)
    return row, log_correction(draft, data, before, row, fund)


def withdraw_amount(draft: Draft, data: WithdrawAmountInput, key: str | None) -> Withdrawn:
    row = draft.get(AmountStatement, key, "amount_statement")
    fund = draft.session.get_one(Fund, row.fund_id)
    draft.raise_if_rejected()
    sentence = _sentence(fund, row)
    remove(draft, row)
    return {}, log_withdrawal(draft, data, sentence, fund)


def _require_only(draft: Draft, row: AmountStatement, document: str, paragraph: int | None) -> None:
    """Rejects a statement if the same source says a size of the fund, in the same way and of the same day, already."""
    query = (
        select(AmountStatement)
        .join(Citation, col(Citation.amount_statement_id) == col(AmountStatement.id))
        .join(Document)
        .where(
            *(getattr(AmountStatement, name) == getattr(row, name) for name in ("fund_id", "kind")),
            col(AmountStatement.stated_on).is_not_distinct_from(row.stated_on),
            col(AmountStatement.precision).is_not_distinct_from(row.precision),
            col(Document.slug) == document,
            col(Citation.paragraph).is_not_distinct_from(paragraph),
            *([] if row.id is None else [col(AmountStatement.id) != row.id]),
        )
        .limit(1)
    )
    with draft.session.no_autoflush:
        existing = draft.session.exec(query).one_or_none()
    if existing:
        is_same = (existing.amount, existing.bound) == (row.amount, row.bound)
        if is_same:
            draft.reject(ProblemCode.DUPLICATE, "This statement is recorded already.", existing=existing)
        message = f"By the same source of the same day it is {pounds_text(existing.amount)} ({existing.bound})."
        draft.reject(ProblemCode.CONFLICT, message, "amount", existing=existing)


def _sentence(fund: Fund, row: AmountStatement) -> str:
    on = f" on {date_text(row.stated_on, row.precision)}" if row.stated_on and row.precision else ""
    return f"{fund.slug}: {row.kind} as {pounds_text(row.amount)} ({row.bound}){on}"

"""Adding funds, stating their size, and allocating money to recipients."""

import datetime as dt

from pydantic import Field

from db import natural_keys
from db.clock import first_day
from db.formatting import date_text, pounds_text
from db.funds import MAX_DEPTH, depth
from db.models import Allocation, AmountStatement, Change, Commitment, CommitmentFund, Fund, Organisation
from db.vocabulary import AmountKind, Bound, ChangeAction, DatePrecision, ProblemCode
from db.writing import sources
from db.writing.base import Draft
from db.writing.inputs import Input, Line, Pounds, Prose, Slug
from db.writing.sources import CitationInput, OrganisationInput


class AddFundInput(Input):
    slug: Slug
    name: Line
    parent: str | None = None
    period: Line | None = None
    note: Prose | None = None
    commitments: list[str] = Field(default_factory=list, max_length=100)
    citations: list[CitationInput] = Field(max_length=50)


class StateAmountInput(Input):
    fund: str
    kind: AmountKind
    amount: Pounds
    bound: Bound
    stated_on: dt.date | None = None
    precision: DatePrecision | None = None
    citation: CitationInput


class AllocateInput(Input):
    fund: str
    recipient: OrganisationInput
    amount: Pounds | None = None
    bound: Bound | None = None
    period: Line | None = None
    note: Prose | None = None
    citation: CitationInput


def add_fund(draft: Draft, data: AddFundInput) -> tuple[Fund, Change]:
    parent = draft.find(Fund, data.parent, "parent")
    commitments = draft.find_all(Commitment, data.commitments, "commitments")
    citations = sources.resolve_citations(draft, data.citations, "citations")
    values = data.values("name", "period", "note") | {"parent_id": parent.id if parent else None}
    draft.require_unused_slug(Fund, data.slug, values)
    if parent and depth(draft.session, parent) >= MAX_DEPTH:
        draft.invalid(f"{parent.slug!r} is {MAX_DEPTH} funds deep already.", "parent")
    draft.raise_if_rejected()
    fund = draft.add(Fund(slug=data.slug, **values))
    for commitment in commitments:
        draft.add(CommitmentFund(commitment_id=commitment.id, fund_id=fund.id))
    for citation in citations:
        citation.cite(fund)
    part = f", a part of {parent.name}" if parent else ""
    summary = f"The fund {fund.slug}: {fund.name}{part}, by {', '.join(map(str, citations))}."
    return fund, draft.log(ChangeAction.ADDED, summary, fund, *([parent] if parent else []), *commitments)


def state_amount(draft: Draft, data: StateAmountInput) -> tuple[AmountStatement, Change]:
    fund = draft.find(Fund, data.fund, "fund")
    citation = sources.resolve_citation(draft, data.citation, "citation")
    if data.stated_on and citation:
        citation.require_not_before(first_day(data.stated_on, data.precision or DatePrecision.DAY), "stated_on")
    stated_on, precision = draft.optional_period(data.stated_on, data.precision, "stated_on")
    draft.raise_if_rejected()
    assert fund
    assert citation
    key = natural_keys.amount_statement(fund.slug, data.kind, stated_on, precision, citation.slug, citation.paragraph)
    if existing := draft.by_key(AmountStatement, key):
        if (existing.amount, existing.bound) == (data.amount, data.bound):
            draft.reject(ProblemCode.DUPLICATE, "This statement is recorded already.", existing=fund)
        message = f"By the same source of the same day it is {pounds_text(existing.amount)} ({existing.bound})."
        draft.reject(ProblemCode.CONFLICT, message, "amount", existing=fund)
    values = data.values("kind", "amount", "bound")
    statement = draft.add(AmountStatement(key=key, fund_id=fund.id, stated_on=stated_on, precision=precision, **values))
    citation.cite(statement)
    on = f" on {date_text(stated_on, precision)}" if stated_on and precision else ""
    summary = f"{fund.slug}: {data.kind} as {pounds_text(data.amount)} ({data.bound}){on}, by {citation}."
    return statement, draft.log(ChangeAction.STATED, summary, fund)


def allocate(draft: Draft, data: AllocateInput) -> tuple[Allocation, Change]:
    fund = draft.find(Fund, data.fund, "fund")
    resolve = sources.resolve_organisation(draft, data.recipient, "recipient")
    citation = sources.resolve_citation(draft, data.citation, "citation")
    if draft.is_valid("amount") and (data.amount is None) != (data.bound is None):
        draft.invalid("A sum and its bound go together.", "bound")
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
            **data.values("amount", "bound", "period", "note"),
        )
    )
    citation.cite(allocation)
    amount = "an unknown sum" if data.amount is None else f"{pounds_text(data.amount)} ({data.bound})"
    summary = f"{fund.slug}: {amount} to {recipient.name}, by {citation}."
    return allocation, draft.log(ChangeAction.ALLOCATED, summary, fund, recipient)

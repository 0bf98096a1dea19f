"""Money: funds, what is said of their size, and to whom they went."""

import datetime as dt
from typing import Any

from pydantic import Field
from sqlmodel import col, select

from db import natural_keys
from db.formatting import date_text, pounds_text
from db.funds import MAX_DEPTH, depth
from db.models import Allocation, AmountStatement, Change, Commitment, CommitmentFund, Fund, Organisation
from db.periods import first_day
from db.vocabulary import AmountKind, Bound, ChangeAction, DatePrecision, ProblemCode
from db.writing.base import Input, Write
from db.writing.fields import Line, Pounds, Prose, Slug
from db.writing.links import find_all
from db.writing.sources import (
    CitationInput,
    OrganisationInput,
    resolve_citation,
    resolve_citations,
    resolve_organisation,
)


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


def add_fund(write: Write, given: AddFundInput) -> tuple[Fund, Change]:
    parent = write.find(Fund, given.parent, "parent")
    served = find_all(write, Commitment, given.commitments, "commitments")
    cited = resolve_citations(write, given.citations, "citations", least=1)
    said: dict[str, Any] = {"name": given.name, "period": given.period, "note": given.note}
    write.require_unused_slug(Fund, given.slug, {**said, "parent_id": parent.id if parent else None})
    if parent and depth(write.session, parent) >= MAX_DEPTH:
        write.invalid(f"{parent.slug!r} is {MAX_DEPTH} funds deep already.", "parent")
    write.raise_if_rejected()
    fund = write.add(Fund(slug=given.slug, **said, parent_id=parent.id if parent else None))
    for commitment in served:
        write.add(CommitmentFund(commitment_id=commitment.id, fund_id=fund.id))
    for citation in cited:
        citation.cite(fund)
    part = f", a part of {parent.name}" if parent else ""
    summary = f"The fund {fund.slug}: {fund.name}{part}, by {', '.join(map(str, cited))}."
    return fund, write.log(ChangeAction.ADDED, summary, fund, *([parent] if parent else []), *served)


def state_amount(write: Write, given: StateAmountInput) -> tuple[AmountStatement, Change]:
    fund = write.find(Fund, given.fund, "fund")
    cited = resolve_citation(write, given.citation, "citation")
    if given.precision and given.stated_on is None:
        write.invalid("There is no date for it to tell of.", "precision")
    precision = given.precision or (DatePrecision.DAY if given.stated_on else None)
    stated_on = given.stated_on
    if stated_on and precision:
        if cited:
            cited.precedes(first_day(stated_on, precision), "stated_on")
        stated_on = write.require_past_period(stated_on, precision, "stated_on")
    write.raise_if_rejected()
    assert fund
    assert cited
    key = natural_keys.amount_statement(fund.slug, given.kind, stated_on, precision, cited.slug, cited.paragraph)
    if there := write.by_key(AmountStatement, key):
        if (there.amount, there.bound) == (given.amount, given.bound):
            write.stop(ProblemCode.DUPLICATE, "This statement is recorded already.", existing=fund)
        message = f"By the same source of the same day it is {pounds_text(there.amount)} ({there.bound})."
        write.stop(ProblemCode.CONFLICT, message, "amount", existing=fund)
    statement = write.add(
        AmountStatement(
            key=key,
            fund_id=fund.id,
            kind=given.kind,
            amount=given.amount,
            bound=given.bound,
            stated_on=stated_on,
            precision=precision,
        )
    )
    cited.cite(statement)
    on = f" on {date_text(stated_on, precision)}" if stated_on and precision else ""
    summary = f"{fund.slug}: {given.kind} as {pounds_text(given.amount)} ({given.bound}){on}, by {cited}."
    return statement, write.log(ChangeAction.STATED, summary, fund)


def allocate(write: Write, given: AllocateInput) -> tuple[Allocation, Change]:
    fund = write.find(Fund, given.fund, "fund")
    recipient = resolve_organisation(write, given.recipient, "recipient")
    cited = resolve_citation(write, given.citation, "citation")
    if write.is_valid("amount") and (given.amount is None) != (given.bound is None):
        write.invalid("A sum and its bound go together.", "bound")
    known = given.recipient and given.recipient.slug and write.by_key(Organisation, given.recipient.slug)
    if fund and known:
        there = write.session.exec(
            select(Allocation).where(col(Allocation.fund_id) == fund.id, col(Allocation.recipient_id) == known.id)
        ).one_or_none()
        if there is not None:
            same = (there.amount, there.bound, there.period) == (given.amount, given.bound, given.period)
            code = ProblemCode.DUPLICATE if same else ProblemCode.CONFLICT
            write.problem(
                code, f"{known.name} has an allocation from {fund.slug} already.", "recipient", existing=there
            )
    write.raise_if_rejected()
    assert fund
    assert recipient
    assert cited
    receiver: Organisation = recipient()
    allocation = write.add(
        Allocation(
            key=natural_keys.allocation(fund.slug, receiver.slug),
            fund_id=fund.id,
            recipient_id=receiver.id,
            amount=given.amount,
            bound=given.bound,
            period=given.period,
            note=given.note,
        )
    )
    cited.cite(allocation)
    what = "an unknown sum" if given.amount is None else f"{pounds_text(given.amount)} ({given.bound})"
    summary = f"{fund.slug}: {what} to {receiver.name}, by {cited}."
    return allocation, write.log(ChangeAction.ALLOCATED, summary, fund, receiver)

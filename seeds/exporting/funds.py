"""Money: the tree of funds, what was said of their size, and to whom it went."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from db.formatting import date_text
from db.models import Allocation, AmountStatement, Commitment, CommitmentFund, Fund
from seeds.exporting.tables import Row, Tables, given


def funds(tables: Tables) -> list[Row]:
    """A fund before its parts."""
    refs = {row.id: row.ref for row in tables.all(Commitment)}
    found = tables.all(Fund, Fund.slug)
    slugs = {row.id: row.slug for row in found}
    served = tables.by(CommitmentFund, "fund_id")
    amounts = tables.by(AmountStatement, "fund_id", AmountStatement.key)
    allocations = tables.by(Allocation, "fund_id", Allocation.key)
    return [
        given(
            {
                "slug": row.slug,
                "name": row.name,
                "parent": slugs.get(row.parent_id),
                "period": row.period,
                "commitments": sorted(refs[link.commitment_id] for link in served[row.id]),
                "note": row.note,
                "amounts": [_amount(tables, each) for each in sorted(amounts[row.id], key=_stated_on)],
                "allocations": [_allocation(tables, each) for each in allocations[row.id]],
                "citations": tables.citations("fund_id", row.id),
            }
        )
        for row in _tree(found, None)
    ]


def _tree(found: list[Any], parent: int | None) -> Iterator[Any]:
    for row in found:
        if row.parent_id == parent:
            yield row
            yield from _tree(found, row.id)


def _amount(tables: Tables, row: Any) -> Row:
    [citation] = tables.citations("amount_statement_id", row.id)
    return given(
        {
            "amount": _pounds(row.amount),
            "kind": row.kind.value,
            "bound": row.bound.value,
            "stated_on": row.stated_on and date_text(row.stated_on, row.precision),
            "citation": citation,
        }
    )


def _allocation(tables: Tables, row: Any) -> Row:
    [citation] = tables.citations("allocation_id", row.id)
    return given(
        {
            "recipient": tables.organisations[row.recipient_id],
            "amount": None if row.amount is None else _pounds(row.amount),
            "bound": row.bound and row.bound.value,
            "period": row.period,
            "note": row.note,
            "citation": citation,
        }
    )


def _stated_on(row: Any) -> dt.date:
    return row.stated_on or dt.date.min


def _pounds(amount: Decimal) -> int | str:
    return int(amount) if amount == int(amount) else f"{amount:.2f}"

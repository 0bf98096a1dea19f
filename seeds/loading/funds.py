"""Money: the tree of funds, what was said of their size, and to whom it went."""

from collections.abc import Iterator, Sequence

from db import natural_keys
from db.models import Allocation, AmountStatement, CommitmentFund, Fund
from seeds import rows
from seeds.loading.citations import Money
from seeds.loading.merge import Table, Values
from seeds.loading.work import Work

Owned = Sequence[tuple[rows.Fund, int]]


def funds(work: Work) -> None:
    table = work.table(Fund, "slug", file=rows.Fund.FILE)
    for level in _levels(work.folder.funds.rows):
        ids = table.ids()
        table.put(
            {
                "slug": row.slug,
                "name": row.name,
                "period": row.period,
                "parent_id": ids[row.parent] if row.parent else None,
                "note": row.note,
            }
            for row in level
        )
    table.keep()
    work.funds = table.ids()
    for row in work.folder.funds:
        work.cite(table.rows[row.slug,], row.slug, row.citations)

    owners = table.governed()
    ours = [(row, owners[row.slug]) for row in work.folder.funds if row.slug in owners]
    links = work.table(CommitmentFund, "commitment_id", "fund_id", file=rows.Fund.FILE)
    links.replace(
        (
            {"commitment_id": work.commitments[ref], "fund_id": id}
            for row, id in ours
            for ref in work.still(CommitmentFund, row.commitments, "{}/" + row.slug)
        ),
        lambda link: link.fund_id in owners.values(),
    )
    amounts(work, ours)
    allocations(work, ours)


def amounts(work: Work, ours: Owned) -> None:
    table = work.table(AmountStatement, "key", file=rows.Fund.FILE)
    wanted = [
        {
            "key": item.key(row.slug),
            "fund_id": id,
            "kind": item.kind,
            "amount": item.amount,
            "bound": item.bound,
            "stated_on": item.stated_on.on if item.stated_on else None,
            "precision": item.stated_on.precision if item.stated_on else None,
        }
        for row, id in ours
        for item in row.amounts
    ]
    _replace(work, table, wanted, ours)
    for row, _ in ours:
        for item in row.amounts:
            key = item.key(row.slug)
            work.cite(table.rows[key,], key, [item.citation])


def allocations(work: Work, ours: Owned) -> None:
    table = work.table(Allocation, "key", file=rows.Fund.FILE)
    wanted = [
        {
            "key": natural_keys.allocation(row.slug, item.recipient),
            "fund_id": id,
            "recipient_id": work.organisations[item.recipient],
            "amount": item.amount,
            "bound": item.bound,
            "period": item.period,
            "note": item.note,
        }
        for row, id in ours
        for item in row.allocations
    ]
    _replace(work, table, wanted, ours)
    for row, _ in ours:
        for item in row.allocations:
            key = natural_keys.allocation(row.slug, item.recipient)
            work.cite(table.rows[key,], key, [item.citation])


def _replace(work: Work, table: Table[Money], wanted: Sequence[Values], ours: Owned) -> None:
    owners = {id for _, id in ours}
    spare = table.spare(wanted, lambda row: row.fund_id in owners)
    table.remove(work.citations.release(spare))
    table.put(wanted)
    table.keep(lambda row: row.fund_id in owners)


def _levels(funds: Sequence[rows.Fund]) -> Iterator[list[rows.Fund]]:
    """Whole funds first, then their parts, and so on: a part needs the id of its whole."""
    level = [row for row in funds if row.parent is None]
    while level:
        yield level
        above = {row.slug for row in level}
        level = [row for row in funds if row.parent in above]

"""What was given or promised, by recipient, by fund, by lead and by year, with no pound added twice within a group.

The rules are those of `db.totals` and `db.overlaps`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col

from db import fund_tree
from db.answer_cache import cache_answers
from db.columns import Condition
from db.fund_tree import FundTree
from db.models import Allocation, Area, AreaOrganisation, CommitmentFund, CommitmentLead, Fund, Organisation
from db.overlaps import EVERYWHERE, Overlaps
from db.statements import Statement
from db.totals import Sum, Total, add, allocations, not_included, sum_of, total
from db.vocabulary import MoneyGroup

# A group: the id of a row, or a text; None for what belongs to none.
Key = int | str | None
# The groups of what a recipient got from a fund.
GroupsOf = Callable[[int, int], Iterable[Key]]
# The slug, the name, the model and the id of the row that a group is.
Names = Mapping[Key, tuple[str, str, type[Fund | Organisation], int]]
# The areas, each with the one around it; and the bodies, each with an area that it stands in.
AREAS = Statement(sa.select(col(Area.id), col(Area.parent_id)))
BODIES = Statement(sa.select(col(AreaOrganisation.organisation_id), col(AreaOrganisation.area_id)))
# Funds, each with a lead of a commitment to which it is tied.
LEADS = Statement(
    sa.select(col(CommitmentFund.fund_id), col(CommitmentLead.organisation_id))
    .join(CommitmentLead, col(CommitmentLead.commitment_id) == col(CommitmentFund.commitment_id))
    .distinct()
)
PERIOD, PERIOD_OF_FUND = col(Allocation.period), col(Fund.period)
YEARS = Statement(sa.select(col(Allocation.recipient_id), col(Allocation.fund_id), PERIOD).where(PERIOD.is_not(None)))
YEARS_OF_FUNDS = Statement(sa.select(col(Fund.id), PERIOD_OF_FUND).where(PERIOD_OF_FUND.is_not(None)))


@dataclass(frozen=True, slots=True)
class GroupSum:
    """`key` is the slug of a fund or of an organisation, or the years; None for what has none."""

    key: str | None
    label: str | None
    # The row that it is.
    model: type[Fund | Organisation] | None
    id: int | None
    total: Total


@cache_answers
def by_group(session: Session, by: MoneyGroup, where: Sequence[Condition]) -> list[GroupSum]:
    """The largest sums first; years in their order. What has no lead, or no year, comes last."""
    funds, overlaps = fund_tree.tree(session), _overlaps(session)
    widest_of = cache(funds.widest)
    groups_of, names = GROUPINGS[by](session, funds)
    received: defaultdict[Key, defaultdict[int, dict[int, Sum]]] = defaultdict(lambda: defaultdict(dict))
    for recipient, fund, pence, bound in not_included(allocations(session, *where), funds):
        one, widest = sum_of(pence, bound), widest_of(fund)
        for group in groups_of(recipient, fund):
            of_bodies = received[group][widest]
            of_bodies[recipient] = add((of_bodies[recipient], one)) if recipient in of_bodies else one
    sums = [
        _group(group, names, total(add(map(overlaps.add, by_fund.values())))) for group, by_fund in received.items()
    ]
    if by is MoneyGroup.YEAR:
        return sorted(sums, key=lambda one: (one.key is None, one.key))
    return sorted(sums, key=lambda one: (one.key is None, -(one.total.amount or 0), one.key))


def _overlaps(session: Session) -> Overlaps:
    parents = {id: parent or EVERYWHERE for id, parent in AREAS.ask(session, {})}
    return Overlaps(parents, BODIES.ask(session, {}))


def _group(group: Key, names: Names, total: Total) -> GroupSum:
    if group in names:
        slug, name, model, id = names[group]
        return GroupSum(slug, name, model, id, total)
    text = None if group is None else str(group)
    return GroupSum(text, text, None, None, total)


def _by_recipient(session: Session, _funds: FundTree) -> tuple[GroupsOf, Names]:
    return lambda recipient, _: (recipient,), _names(session, Organisation)


def _by_fund(session: Session, funds: FundTree) -> tuple[GroupsOf, Names]:
    widest_of = cache(funds.widest)
    return lambda _, fund: (widest_of(fund),), _names(session, Fund)


def _by_lead(session: Session, funds: FundTree) -> tuple[GroupsOf, Names]:
    """Those who lead a commitment to which the fund, or one around it, is tied."""
    leads: defaultdict[int, set[Key]] = defaultdict(set)
    for fund, lead in LEADS.ask(session, {}):
        leads[fund].add(lead)

    def groups_of(_: int, fund: int) -> Iterable[Key]:
        return set().union(*(leads[one] for one in (fund, *funds.around(fund)) if one in leads)) or {None}

    return groups_of, _names(session, Organisation)


def _by_year(session: Session, funds: FundTree) -> tuple[GroupsOf, Names]:
    """The years that a source gives for a sum, else for its fund, else for the nearest fund around it."""
    years = {(recipient, fund): text for recipient, fund, text in YEARS.ask(session, {})}
    of_funds = dict(YEARS_OF_FUNDS.ask(session, {}))

    def groups_of(recipient: int, fund: int) -> Iterable[Key]:
        inherited = (of_funds[one] for one in (fund, *funds.around(fund)) if one in of_funds)
        return (years.get((recipient, fund)) or next(inherited, None),)

    return groups_of, {}


def _names(session: Session, model: type[Organisation | Fund]) -> Names:
    return {id: (slug, name, model, id) for id, slug, name in _names_of(model).ask(session, {})}


@cache
def _names_of(model: type[Organisation | Fund]) -> Statement:
    return Statement(sa.select(col(model.id), col(model.slug), col(model.name)))


GROUPINGS: dict[MoneyGroup, Callable[[Session, FundTree], tuple[GroupsOf, Names]]] = {
    MoneyGroup.RECIPIENT: _by_recipient,
    MoneyGroup.FUND: _by_fund,
    MoneyGroup.LEAD: _by_lead,
    MoneyGroup.YEAR: _by_year,
}

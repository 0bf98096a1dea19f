"""Counts and sums by group, against the same question asked of the lists in plain Python."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from db.models import Allocation, Area, AreaOrganisation, Fund, Organisation
from db.vocabulary import Bound, OrganisationKind
from tests.log import add_change, begin_change
from tests.server import Api
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full

Row = dict[str, Any]
COUNTS = """query ($by: CommitmentGroup!, $first: Int, $after: String, $filter: CommitmentFilter) {
  commitmentCounts(by: $by, first: $first, after: $after, filter: $filter, asOf: "2021-06-30") {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { key label total counts { status count } groups { group count }
      node { ... on Organisation { slug name } ... on Fund { slug name } } } } }"""
SUMS = """query ($by: MoneyGroup!, $first: Int, $after: String, $filter: AllocationFilter) {
  moneySums(by: $by, first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { key label money { amount bound } unknownSums mayOverlap node { id } } } }"""


def pages(api: Api, query: str, **variables: Any) -> list[Row]:
    rows: list[Row] = []
    after = None
    while True:
        (page,) = api.ask(query, first=4, after=after, **variables).values()
        rows += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(rows)
            return rows


def groups_of(commitment: Row, by: str) -> set[str | None]:
    update = commitment["statusUpdate"]
    match by:
        case "LEAD":
            keys = {one["slug"] for one in commitment["leads"]}
        case "FUND":
            keys = {one["slug"] for one in commitment["funds"]}
        case "RECIPIENT":
            keys = {one["recipient"]["slug"] for fund in commitment["funds"] for one in fund["allocations"]}
        case "VOICE":
            keys = {update["voice"]} if update else set()
        case _:
            keys = {update["effectiveOn"][:4]} if update else set()
    return keys or {None}


@pytest.mark.parametrize("by", ["LEAD", "FUND", "RECIPIENT", "VOICE", "YEAR"])
def test_commitments_are_counted_in_each_group_that_they_belong_to(api_readonly: Api, by: str) -> None:
    query = """{ commitments { nodes { status(asOf: "2021-06-30") leads { slug }
      statusUpdate(asOf: "2021-06-30") { voice effectiveOn } funds { slug allocations { recipient { slug } } } } } }"""
    expected: defaultdict[str | None, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for commitment in api_readonly.ask(query)["commitments"]["nodes"]:
        for key in groups_of(commitment, by):
            expected[key][commitment["status"]] += 1
    rows = pages(api_readonly, COUNTS, by=by)
    actual = {row["key"]: {one["status"]: one["count"] for one in row["counts"] if one["count"]} for row in rows}
    assert actual == expected
    for row in rows:
        assert row["total"] == sum(one["count"] for one in row["groups"])
        assert (row["node"] or {"slug": None})["slug"] == (row["key"] if by not in ("VOICE", "YEAR") else None)
    keys = [row["key"] for row in rows if row["key"]]
    totals = [row["total"] for row in rows if row["key"]]
    assert keys == sorted(keys) if by == "YEAR" else totals == sorted(totals, reverse=True)


def test_a_filter_narrows_what_is_counted(api_readonly: Api) -> None:
    rows = pages(api_readonly, COUNTS, by="LEAD", filter={"theme": ["county-lines"], "asOf": "2021-06-30"})
    query = '{ commitments(filter: {theme: ["county-lines"]}) { nodes { leads { slug } } } }'
    leads = [lead["slug"] for one in api_readonly.ask(query)["commitments"]["nodes"] for lead in one["leads"]]
    assert {row["key"]: row["total"] for row in rows if row["key"]} == {lead: leads.count(lead) for lead in leads}


def test_what_a_recipient_got_is_what_its_page_says(api_readonly: Api) -> None:
    query = """{ organisations(filter: {role: [RECIPIENT]}) { nodes { slug allocated { amount bound } } } }"""
    nodes = api_readonly.ask(query)["organisations"]["nodes"]
    expected = {one["slug"]: one["allocated"] for one in nodes}
    rows = pages(api_readonly, SUMS, by="RECIPIENT")
    assert {row["key"] for row in rows} == set(expected)
    for row in rows:
        assert row["money"] == expected[row["key"]]
    known = [Decimal(row["money"]["amount"]) for row in rows if row["money"]]
    assert known == sorted(known, reverse=True)


def test_sums_by_fund_by_lead_and_by_years_by_hand(api_readonly: Api) -> None:
    def ask(by: str) -> dict[str | None, tuple[Any, ...]]:
        return {
            row["key"]: (row["money"] and (row["money"]["amount"], row["money"]["bound"]), row["unknownSums"])
            for row in pages(api_readonly, SUMS, by=by)
        }

    by_fund, by_lead, by_years = (ask(by) for by in ("FUND", "LEAD", "YEAR"))
    assert by_fund["youth-fund-round-2"] == (("2086574.00", "EXACT"), 0)
    # 52,520,000 to those whose year is known, and what three others got in April.
    assert by_fund["police-surge"] == (("60020000.00", "AT_LEAST"), 4)
    assert by_fund["prosecution-fund-2018-19"] == (None, 1)
    assert "police-surge-april-2019" not in by_fund
    assert by_lead["st-giles-trust"] == (("202000.00", "EXACT"), 0)
    assert by_lead["local-authorities"] == (None, 2)
    assert by_years["10 years"] == (("200000000.00", "EXACT"), 0)
    assert by_years["2020/21"] == (("34659306.16", "AT_LEAST"), 0)
    assert by_years[None] == (None, 1)


def test_only_the_allocations_of_the_filter_are_added(api_readonly: Api) -> None:
    rows = pages(api_readonly, SUMS, by="FUND", filter={"recipient": ["kent-pcc"]})
    assert {row["key"]: row["money"]["amount"] for row in rows} == {
        "violence-reduction-units-2019-20": "1160000.00",
        "violence-reduction-units-2020-21": "1100000.00",
        "youth-fund-round-2": "527573.00",
    }


GIVEN = (
    ("region-body", "north-east", 1000),
    ("one-force", "northumbria", 700),
    ("one-commissioner", "northumbria", 600),
    ("other-force", "kent", 500),
    ("nowhere", None, 50),
    ("unknown", "cleveland", None),
)
AREAS = """{ region: area(slug: "north-east") { ...Sum } nation: area(slug: "england") { ...Sum } }
  fragment Sum on Area { allocated { money { amount } } }"""


def areas(api: Api) -> dict[str, Decimal]:
    return {name: Decimal(area["allocated"]["money"]["amount"]) for name, area in api.ask(AREAS).items()}


def test_sums_that_may_be_the_same_money_are_not_added(api_writable: WritableApi) -> None:
    """A region, a force in it and the commissioner beside that; another region's force; a body that stands nowhere."""
    before = areas(api_writable.public)
    with api_writable.database.transaction() as session:
        begin_change(session)
        fund = Fund(slug="new-fund", name="New fund", period="2030/31")
        session.add(fund)
        session.flush()

        for slug, area, amount in GIVEN:
            body = Organisation(slug=slug, name=slug, kind=OrganisationKind.OTHER)
            session.add(body)
            session.flush()
            if area:
                place = session.exec(select(Area.id).where(Area.slug == area)).one()
                session.add(AreaOrganisation(area_id=place, organisation_id=body.id))
            money: Row = {} if amount is None else {"amount": Decimal(amount), "bound": Bound.EXACT}
            session.add(Allocation(key=slug, fund_id=fund.id, recipient_id=body.id, **money))
        add_change(session, api_writable.clock())
    (row,) = pages(api_writable.public, SUMS, by="YEAR", filter={"fund": ["new-fund"]})
    # The region's 1,000, without the 700 and the 600 of bodies in it; the other force's 500; beside them 50.
    assert (row["key"], row["money"], row["unknownSums"], row["mayOverlap"]) == (
        "2030/31",
        {"amount": "1550.00", "bound": "AT_LEAST"},
        1,
        True,
    )
    # The areas say the same of the bodies that stand in them.
    after = areas(api_writable.public)
    assert {name: after[name] - before[name] for name in after} == {"region": 1000, "nation": 1500}


QUALIFIED: dict[str, list[Bound | None]] = {
    "UP_TO": [Bound.UP_TO, Bound.EXACT],
    "ABOUT": [Bound.UP_TO, Bound.AT_LEAST],
    "AT_LEAST": [Bound.AT_LEAST, None],
    "EXACT": [Bound.EXACT],
}


def test_a_sum_is_qualified_as_its_parts_are_wherever_it_stands(api_writable: WritableApi) -> None:
    """Sums of which each is the most that was given are no least sum."""
    with api_writable.database.transaction() as session:
        begin_change(session)
        for name, bounds in QUALIFIED.items():
            body = Organisation(slug=name.lower(), name=name, kind=OrganisationKind.OTHER)
            session.add(body)
            for number, bound in enumerate(bounds):
                fund = Fund(slug=f"{name.lower()}-{number}", name=name)
                session.add(fund)
                session.flush()
                money: Row = {"amount": Decimal(100), "bound": bound} if bound else {}
                session.add(Allocation(key=f"{name}-{number}", fund_id=fund.id, recipient_id=body.id, **money))
        add_change(session, api_writable.clock())
    slugs = [name.lower() for name in QUALIFIED]
    sums = pages(api_writable.public, SUMS, by="RECIPIENT", filter={"recipient": slugs})
    assert {row["key"].upper(): row["money"]["bound"] for row in sums} == {name: name for name in QUALIFIED}
    fields = " ".join(f'{slug}: organisation(slug: "{slug}") {{ allocated {{ amount bound }} }}' for slug in slugs)
    bodies = api_writable.public.ask(f"{{ {fields} }}")
    assert {row["key"]: {"allocated": row["money"]} for row in sums} == bodies


@pytest.mark.parametrize("query", ["commitmentCounts(by: LEAD", "moneySums(by: FUND"])
def test_a_cursor_is_of_its_own_list(api_readonly: Api, query: str) -> None:
    after = api_readonly.ask("{ moneySums(by: YEAR, first: 1) { pageInfo { endCursor } } }")["moneySums"]
    cursor = after["pageInfo"]["endCursor"]
    assert api_readonly.codes(f'{{ {query}, after: "{cursor}") {{ totalCount }} }}') == ["INVALID_CURSOR"]

"""What areas got, each pound once: the sums of our data by hand, and what could be the same money."""

from typing import Any

import pytest
from sqlmodel import Session, select

from db.models import Area, AreaOrganisation, Organisation
from tests.inputs import submit_valid
from tests.log import add_change, begin_change
from tests.server import Api
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full

TOTAL = "money { amount bound } unknownSums mayOverlap"
AREA = f"""query ($slug: String!) {{ area(slug: $slug) {{
  allocated {{ {TOTAL} }} shares {{ fund {{ slug }} total {{ {TOTAL} }} }} }} }}"""
ALLOCATIONS = """query ($area: String!) { allocations(filter: {area: [$area]}) { nodes {
  isIncluded money { amount bound } fund { slug } recipient { slug }
  citation { paragraph locator document { slug } } } } }"""
Share = tuple[str | None, str | None, int, bool]


def total(row: Any) -> Share:
    money = row["money"] or {"amount": None, "bound": None}
    return money["amount"], money["bound"], row["unknownSums"], row["mayOverlap"]


def ask(api: Api, slug: str) -> tuple[Share, dict[str, Share]]:
    area = api.ask(AREA, slug=slug)["area"]
    return total(area["allocated"]), {share["fund"]["slug"]: total(share["total"]) for share in area["shares"]}


def test_an_area_has_what_its_force_and_its_commissioner_got_with_every_source(api_readonly: Api) -> None:
    """Of funds.yaml, by hand."""
    whole, shares = ask(api_readonly, "northumbria")
    assert shares == {
        "police-surge": ("2320000.00", "EXACT", 0, False),
        "violence-reduction-units-2019-20": (None, None, 1, False),
        "violence-reduction-units-2020-21": ("1100000.00", "AT_LEAST", 0, False),
        "youth-fund-round-1": (None, None, 1, False),
    }
    assert whole == ("3420000.00", "AT_LEAST", 2, False)
    rows = api_readonly.ask(ALLOCATIONS, area="northumbria")["allocations"]["nodes"]
    assert [(row["fund"]["slug"], row["recipient"]["slug"], row["citation"]["document"]["slug"]) for row in rows] == [
        ("police-surge", "northumbria-police", "northumbria-foi-2019"),
        ("violence-reduction-units-2019-20", "northumbria-pcc", "itv-2019-12-29"),
        ("violence-reduction-units-2020-21", "northumbria-pcc", "itv-2019-12-29"),
        ("youth-fund-round-1", "northumbria-pcc", "police-professional-2018-11-12"),
    ]


def test_a_share_of_a_part_is_in_the_known_sum_of_the_whole_and_counts_where_that_is_unknown(api_readonly: Api) -> None:
    # Leicestershire: £1m in April is in the £1.4m. Kent: £1.5m in April, and the year is not known.
    assert ask(api_readonly, "leicestershire")[1]["police-surge"] == ("1400000.00", "EXACT", 0, False)
    assert ask(api_readonly, "kent")[1]["police-surge"] == ("1500000.00", "AT_LEAST", 1, False)
    included = {
        (row["fund"]["slug"], row["isIncluded"])
        for area in ("leicestershire", "kent")
        for row in api_readonly.ask(ALLOCATIONS, area=area)["allocations"]["nodes"]
        if row["fund"]["slug"] == "police-surge-april-2019"
    }
    assert included == {("police-surge-april-2019", True), ("police-surge-april-2019", False)}


def test_a_region_has_what_the_areas_within_it_and_its_own_bodies_got(api_readonly: Api) -> None:
    # South Yorkshire 2.0 + 1.6 + 0.5 + 1.1, West Yorkshire 4.02 + 3.37 + 3.3, and £127,521 for projects of the region.
    whole, shares = ask(api_readonly, "yorkshire-and-the-humber")
    assert shares == {"community-fund-2018-19": ("127521.00", "EXACT", 0, False)}
    assert whole == ("16017521.00", "AT_LEAST", 3, False)


def test_the_shares_of_a_fund_are_those_of_the_areas(api_readonly: Api) -> None:
    query = f"""{{ areas {{ nodes {{ slug }} }}
      funds {{ nodes {{ slug shares {{ area {{ slug }} total {{ {TOTAL} }} }} }} }} }}"""
    answer = api_readonly.ask(query)
    by_fund = {
        (share["area"]["slug"], fund["slug"]): total(share["total"])
        for fund in answer["funds"]["nodes"]
        for share in fund["shares"]
    }
    slugs = [area["slug"] for area in answer["areas"]["nodes"]]
    by_area = {(slug, fund): share for slug in slugs for fund, share in ask(api_readonly, slug)[1].items()}
    assert len(by_area) > 60
    assert {key: by_fund[key] for key in by_area} == by_area


def allocate(api: WritableApi, fund: str, recipient: str, amount: str) -> None:
    submit_valid(api.editor, "allocate", fund=fund, recipient={"slug": recipient}, amount=amount, bound="EXACT")


def test_sums_of_two_bodies_from_one_fund_may_be_the_same_money_and_are_not_added(api_writable: WritableApi) -> None:
    allocate(api_writable, "police-surge", "northumbria-pcc", "2500000")
    whole, shares = ask(api_writable.public, "northumbria")
    assert shares["police-surge"] == ("2500000.00", "AT_LEAST", 0, True)
    assert whole == ("3600000.00", "AT_LEAST", 2, True)
    # Nor is a part of it that the other body is named for.
    allocate(api_writable, "police-surge-april-2019", "northumbria-police", "1600000")
    assert ask(api_writable.public, "northumbria") == (whole, shares)
    # From another fund it is other money.
    allocate(api_writable, "knifefree-campaign", "northumbria-police", "100000")
    assert ask(api_writable.public, "northumbria")[0] == ("3700000.00", "AT_LEAST", 2, True)


def test_a_sum_for_a_region_may_be_that_of_the_areas_within_it(api_writable: WritableApi) -> None:
    allocate(api_writable, "community-fund-2018-19", "humberside-pcc", "50000")
    assert ask(api_writable.public, "yorkshire-and-the-humber")[0] == ("16017521.00", "AT_LEAST", 3, True)
    allocate(api_writable, "community-fund-2018-19", "west-yorkshire-pcc", "100000")
    assert ask(api_writable.public, "yorkshire-and-the-humber")[0] == ("16040000.00", "AT_LEAST", 3, True)


def link(session: Session, area: str, organisation: str) -> None:
    one = session.exec(select(Area).where(Area.slug == area)).one()
    other = session.exec(select(Organisation).where(Organisation.slug == organisation)).one()
    session.add(AreaOrganisation(area_id=one.id, organisation_id=other.id))


def test_a_body_of_two_areas_counts_in_each_and_around_them_once(api_writable: WritableApi) -> None:
    before = ask(api_writable.public, "north-east")[0]
    with api_writable.database.transaction() as session:
        begin_change(session)
        link(session, "durham", "northumbria-police")
        add_change(session, api_writable.clock())
    assert ask(api_writable.public, "durham")[0] == ("2320000.00", "EXACT", 0, False)
    assert ask(api_writable.public, "north-east")[0] == before == ("3966250.00", "AT_LEAST", 2, False)


def test_the_money_of_an_area_is_that_of_the_revision(api_writable: WritableApi) -> None:
    allocate(api_writable, "knifefree-campaign", "northumbria-police", "100000")
    query = f'{{ record(revision: 4) {{ area(slug: "northumbria") {{ allocated {{ {TOTAL} }} }} }} }}'
    then = api_writable.public.ask(query)["record"]["area"]["allocated"]
    assert total(then) == ("3420000.00", "AT_LEAST", 2, False)


def test_events_are_counted_by_the_day_of_the_record_in_the_areas_around_them(api_readonly: Api) -> None:
    query = """query ($day: Date) { record(asOf: $day) { areas(filter: {within: ["north-east"]}) {
      nodes { slug eventCount } } } }"""

    def count(day: str | None) -> dict[str, int]:
        nodes = api_readonly.ask(query, day=day)["record"]["areas"]["nodes"]
        return {node["slug"]: node["eventCount"] for node in nodes if node["eventCount"]}

    assert count("2019-05-08") == {}
    assert count("2019-05-09") == count(None) == {"durham": 1, "north-east": 1}

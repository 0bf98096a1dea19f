"""Each filter alone and with others, held against the same question asked of the whole list in Python."""

from collections.abc import Callable, Collection
from typing import Any

import pytest

from tests.server import Api

Row = dict[str, Any]
DAY = "2019-06-30"

COMMITMENT = """{ ref confidence standing: statusUpdate(asOf: "2019-06-30") { voice } origin identified title summary
  theme { slug } leads { slug name } said: statusHistory(includeCorrected: true) { note } funds { slug } events { slug }
  status(asOf: "2019-06-30") agreement(asOf: "2019-06-30") confirmation(asOf: "2019-06-30")
  governmentAlone(asOf: "2019-06-30") government: status(asOf: "2019-06-30", sides: [GOVERNMENT])
  delivery: status(asOf: "2019-06-30", sides: [DELIVERY]) others: status(asOf: "2019-06-30", sides: [OTHERS])
  bodies: leads { areas { ...Around } } given: funds { allocations { recipient { areas { ...Around } } } }
  held: events { area { ...Around } } }"""
FUND = """{ slug name note parent { slug allocations { id } parent { slug allocations { id } } }
  allocations { note recipient { slug name areas { ...Around } } } commitments { ref } reconciliation { state } }"""
ALLOCATION = "{ id money { amount } fund { slug } recipient { slug areas { ...Around } } }"
EVENT = """{ slug title kind date region series venue place commitments { ref } area { name ...Around }
  topics sectors funds { slug } hosts { slug name }
  participants { name role person { slug } organisation { slug name } } }"""
ORGANISATION = "{ slug name kind roles areas { name ...Around } }"
AREA = "{ ...Around name kind }"
AROUND = " fragment Around on Area { slug kind parent { slug parent { slug } } }"
DOCUMENT = "{ slug publishedOn title originalTitle note kind via publisher { slug name } }"
DISCREPANCY = """{ slug kind state claims { document { slug } }
  subject { ... on Commitment { ref } ... on Fund { slug } ... on Event { slug } } }"""

ROLES = ("LEAD", "RECIPIENT", "HOST", "PARTICIPANT", "PUBLISHER", "CARRIER")
OPEN = {"NOT_STARTED", "ANNOUNCED", "IN_PROGRESS", "STALLED"}


def slugs(rows: list[Row]) -> set[str]:
    return {row["slug"] for row in rows}


def words(*texts: str | None) -> str:
    return " ".join(text or "" for text in texts).lower()


def within(wanted: Collection[str], *areas: Row | None) -> bool:
    """Whether one of the areas, or an area around it, is one of those."""
    return any(area is not None and (area["slug"] in wanted or within(wanted, area.get("parent"))) for area in areas)


def names(rows: list[Row]) -> list[str]:
    return [row["name"] for row in rows]


def commitment_words(row: Row) -> str:
    return words(row["title"], row["summary"], row["ref"], *(one["note"] for one in row["said"]), *names(row["leads"]))


def fund_words(row: Row) -> str:
    notes = [one["note"] for one in row["allocations"]]
    return words(row["name"], row["note"], *notes, *names([one["recipient"] for one in row["allocations"]]))


def event_words(row: Row) -> str:
    where = [row["venue"], row["place"], row["region"], *names([row["area"]] if row["area"] else [])]
    bodies = [one["organisation"] for one in row["participants"] if one["organisation"]]
    roles = [one["role"] for one in row["participants"]]
    return words(row["title"], *where, *names(row["hosts"]), *names(row["participants"]), *roles, *names(bodies))


def attendance(row: Row) -> set[str]:
    return {one[kind]["slug"] for one in row["participants"] for kind in ("person", "organisation") if one[kind]}


def document_words(row: Row) -> str:
    publisher = names([row["publisher"]] if row["publisher"] else [])
    return words(row["title"], row["originalTitle"], row["note"], row["via"], *publisher)


def standing(fund: Row) -> list[Row]:
    return [area for a in fund["allocations"] for area in a["recipient"]["areas"]]


def around(fund: Row | None) -> bool:
    """Whether anything was allocated from a fund, or from one around it."""
    return fund is not None and (bool(fund["allocations"]) or around(fund.get("parent")))


CASES: dict[str, tuple[str, list[tuple[Row, Callable[[Row], bool]]]]] = {
    "commitments": (
        COMMITMENT,
        [
            ({"origin": ["LATER"]}, lambda row: row["origin"] == "LATER"),
            ({"ref": ["svs-19", "SVS-05", "SVS-99"]}, lambda row: row["ref"] in ("SVS-19", "SVS-05")),
            ({"confidence": ["LOW", "MEDIUM"]}, lambda row: row["confidence"] in ("LOW", "MEDIUM")),
            (
                {"voice": ["MEDIA", "CIVIL_SOCIETY"]},
                lambda row: row["standing"] is not None and row["standing"]["voice"] in ("MEDIA", "CIVIL_SOCIETY"),
            ),
            ({"identified": False}, lambda row: not row["identified"]),
            ({"identified": True}, lambda row: row["identified"]),
            ({"theme": ["communities", "county-lines"]}, lambda row: theme(row) in ("communities", "county-lines")),
            ({"status": ["DELIVERED", "STALLED"]}, lambda row: row["status"] in ("DELIVERED", "STALLED")),
            ({"status": ["NOT_ASSESSED"]}, lambda row: row["status"] == "NOT_ASSESSED"),
            ({"statusGroup": ["OPEN"]}, lambda row: row["status"] in OPEN),
            ({"agreement": ["DISAGREE", "OTHERS_ONLY"]}, lambda row: row["agreement"] in ("DISAGREE", "OTHERS_ONLY")),
            ({"agreement": ["GOVERNMENT_ONLY"]}, lambda row: row["agreement"] == "GOVERNMENT_ONLY"),
            ({"governmentStatus": ["DELIVERED"]}, lambda row: row["government"] == "DELIVERED"),
            ({"governmentStatus": ["NOT_ASSESSED"]}, lambda row: row["government"] == "NOT_ASSESSED"),
            ({"deliveryStatus": ["DELIVERED", "ANNOUNCED"]}, lambda row: row["delivery"] in ("DELIVERED", "ANNOUNCED")),
            ({"othersStatus": ["IN_PROGRESS"]}, lambda row: row["others"] == "IN_PROGRESS"),
            ({"confirmation": ["NOBODY_ELSE"]}, lambda row: row["confirmation"] == "NOBODY_ELSE"),
            (
                {"confirmation": ["CONTRADICTED", "CONFIRMED"]},
                lambda row: row["confirmation"] in ("CONTRADICTED", "CONFIRMED"),
            ),
            ({"governmentAlone": True}, lambda row: row["governmentAlone"]),
            ({"governmentAlone": False}, lambda row: not row["governmentAlone"]),
            ({"lead": ["national-crime-agency"]}, lambda row: "national-crime-agency" in slugs(row["leads"])),
            ({"fund": ["youth-fund-round-1"]}, lambda row: "youth-fund-round-1" in slugs(row["funds"])),
            ({"event": ["engagement-london-2018"]}, lambda row: "engagement-london-2018" in slugs(row["events"])),
            (
                {"area": ["london", "west-yorkshire"]},
                lambda row: within(
                    ("london", "west-yorkshire"),
                    *(area for lead in row["bodies"] for area in lead["areas"]),
                    *(area for fund in row["given"] for a in fund["allocations"] for area in a["recipient"]["areas"]),
                    *(event["area"] for event in row["held"]),
                ),
            ),
            ({"hasFunds": True}, lambda row: bool(row["funds"])),
            ({"hasFunds": False}, lambda row: not row["funds"]),
            ({"hasEvents": True}, lambda row: bool(row["events"])),
            ({"hasEvents": False}, lambda row: not row["events"]),
            (
                {"search": "LINES county"},
                lambda row: all(word in commitment_words(row) for word in ("county", "lines")),
            ),
            (
                {"search": "charity hospital"},
                lambda row: all(w in commitment_words(row) for w in ("charity", "hospital")),
            ),
        ],
    ),
    "funds": (
        FUND,
        [
            ({"root": True}, lambda row: row["parent"] is None),
            ({"root": False}, lambda row: row["parent"] is not None),
            ({"recipient": ["mopac"]}, lambda row: "mopac" in {a["recipient"]["slug"] for a in row["allocations"]}),
            (
                {"area": ["WALES"]},
                lambda row: within(["wales"], *(area for a in row["allocations"] for area in a["recipient"]["areas"])),
            ),
            (
                {"sharedBy": ["POLICE_FORCE_AREA"]},
                lambda row: (
                    any(area["kind"] == "POLICE_FORCE_AREA" for area in standing(row)) and not around(row["parent"])
                ),
            ),
            (
                {"sharedBy": ["REGION", "NATION"]},
                lambda row: any(area["kind"] in ("REGION", "NATION") for area in standing(row)),
            ),
            ({"commitment": ["SVS-10"]}, lambda row: "SVS-10" in {c["ref"] for c in row["commitments"]}),
            ({"state": ["BALANCED"]}, lambda row: row["reconciliation"]["state"] == "BALANCED"),
            ({"state": ["INCOMPLETE"]}, lambda row: row["reconciliation"]["state"] == "INCOMPLETE"),
            ({"search": "yOuTh"}, lambda row: "youth" in fund_words(row)),
            ({"search": "northumbria"}, lambda row: "northumbria" in fund_words(row)),
            ({"search": "surge kent"}, lambda row: all(word in fund_words(row) for word in ("surge", "kent"))),
        ],
    ),
    "events": (
        EVENT,
        [
            ({"kind": ["ENGAGEMENT", "SUMMIT"]}, lambda row: row["kind"] in ("ENGAGEMENT", "SUMMIT")),
            ({"from": DAY}, lambda row: bool(row["date"]) and row["date"] >= DAY),
            ({"to": DAY}, lambda row: bool(row["date"]) and row["date"] <= DAY),
            ({"region": ["north EAST"]}, lambda row: row["region"] == "North East"),
            (
                {"topic": ["Public health approach", "launch of the strategy"]},
                lambda row: bool({"public health approach", "launch of the Strategy"} & set(row["topics"])),
            ),
            ({"sector": ["HEALTH"]}, lambda row: "health" in row["sectors"]),
            ({"host": ["Home-Office"]}, lambda row: "home-office" in slugs(row["hosts"])),
            ({"fund": ["serious-violence-fund"]}, lambda row: "serious-violence-fund" in slugs(row["funds"])),
            (
                {"participant": ["victoria-atkins", "home-office"]},
                lambda row: bool({"victoria-atkins", "home-office"} & attendance(row)),
            ),
            ({"area": ["north-east", "london"]}, lambda row: within(("north-east", "london"), row["area"])),
            ({"series": ["Engagement-Events"]}, lambda row: row["series"] == "engagement-events"),
            ({"commitment": ["SVS-19"]}, lambda row: "SVS-19" in {c["ref"] for c in row["commitments"]}),
            ({"dated": True}, lambda row: row["date"] is not None),
            ({"dated": False}, lambda row: row["date"] is None),
            (
                {"search": "london"},
                lambda row: "london" in event_words(row),
            ),
            ({"search": "baird"}, lambda row: "baird" in event_words(row)),
            (
                {"search": "cleveland event"},
                lambda row: all(word in event_words(row) for word in ("cleveland", "event")),
            ),
        ],
    ),
    "organisations": (
        ORGANISATION,
        [
            ({"kind": ["POLICE_FORCE", "CHARITY"]}, lambda row: row["kind"] in ("POLICE_FORCE", "CHARITY")),
            ({"search": "office"}, lambda row: "office" in words(row["name"], *names(row["areas"]))),
            ({"search": "humberside"}, lambda row: "humberside" in words(row["name"], *names(row["areas"]))),
            ({"area": ["north-east"]}, lambda row: within(["north-east"], *row["areas"])),
            ({"area": ["kent", "wales"]}, lambda row: within(("kent", "wales"), *row["areas"])),
            *(({"role": [role]}, lambda row, role=role: role in row["roles"]) for role in ROLES),
            ({"role": ["LEAD", "HOST"]}, lambda row: bool({"LEAD", "HOST"} & set(row["roles"]))),
        ],
    ),
    "allocations": (
        ALLOCATION,
        [
            ({"area": ["england"]}, lambda row: within(["england"], *row["recipient"]["areas"])),
            (
                {"fund": ["police-surge", "youth-fund-round-2"]},
                lambda row: row["fund"]["slug"] in ("police-surge", "youth-fund-round-2"),
            ),
            ({"recipient": ["mopac", "kent-police"]}, lambda row: row["recipient"]["slug"] in ("mopac", "kent-police")),
            ({"known": False}, lambda row: row["money"] is None),
            ({"known": True}, lambda row: row["money"] is not None),
        ],
    ),
    "areas": (
        AREA,
        [
            ({"kind": ["REGION", "NATION"]}, lambda row: row["kind"] in ("REGION", "NATION")),
            ({"within": ["wales", "north-east"]}, lambda row: within(("wales", "north-east"), row)),
            ({"search": "wales"}, lambda row: "wales" in words(row["name"])),
        ],
    ),
    "documents": (
        DOCUMENT,
        [
            ({"kind": ["SEED"]}, lambda row: row["kind"] == "SEED"),
            ({"from": DAY}, lambda row: bool(row["publishedOn"]) and row["publishedOn"] >= DAY),
            ({"to": DAY}, lambda row: bool(row["publishedOn"]) and row["publishedOn"] <= DAY),
            ({"dated": False}, lambda row: row["publishedOn"] is None),
            ({"publisher": ["home-office"]}, lambda row: (row["publisher"] or {}).get("slug") == "home-office"),
            (
                {"search": "knife answer"},
                lambda row: all(w in document_words(row) for w in ("knife", "answer")),
            ),
            (
                {"search": "Parliament knife"},
                lambda row: all(w in document_words(row) for w in ("parliament", "knife")),
            ),
        ],
    ),
    "discrepancies": (
        DISCREPANCY,
        [
            ({"kind": ["AMOUNT", "DATE"]}, lambda row: row["kind"] in ("AMOUNT", "DATE")),
            ({"state": ["OPEN"]}, lambda row: row["state"] == "OPEN"),
            ({"fund": ["police-surge"]}, lambda row: row["subject"].get("slug") == "police-surge"),
            ({"commitment": ["svs-19"]}, lambda row: row["subject"].get("ref") == "SVS-19"),
            ({"event": ["strategy-launch-2018"]}, lambda row: row["subject"].get("slug") == "strategy-launch-2018"),
            (
                {"document": ["serious-violence-strategy-2018"]},
                lambda row: "serious-violence-strategy-2018" in {claim["document"]["slug"] for claim in row["claims"]},
            ),
        ],
    ),
}
# Read whole, with nothing left out, to be cut down in Python.
WHOLE: dict[str, Row] = {"commitments": {"origin": ["STRATEGY", "LATER"]}}
ALONE = [(name, number) for name, (_, cases) in CASES.items() for number in range(len(cases))]
TOGETHER = [
    (name, one, other)
    for name, (_, cases) in CASES.items()
    for one in range(len(cases))
    for other in range(one)
    if cases[one][0].keys() != cases[other][0].keys()
][::2]


def theme(row: Row) -> str | None:
    return row["theme"]["slug"] if row["theme"] else None


def list_rows(api: Api, name: str, filter: Row) -> tuple[list[Row], int]:
    """Every row that the filter lets through, over all pages, and the total that the list states."""
    kind = name[:-1].capitalize() if name != "discrepancies" else "Discrepancy"
    query = f"""query ($filter: {kind}Filter, $after: String) {{
      {name}(filter: $filter, first: 100, after: $after) {{
        totalCount nodes {CASES[name][0]} pageInfo {{ hasNextPage endCursor }}
      }}
    }}{AROUND if "Around" in CASES[name][0] else ""}"""
    rows: list[Row] = []
    after = None
    while True:
        page = api.ask(query, filter=filter, after=after)[name]
        rows += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return rows, page["totalCount"]


def filter_on_day(name: str, filter: Row) -> Row:
    """Judged on a fixed day, and without the default of `origin`, as the whole is."""
    return {**WHOLE.get(name, {}), **({"asOf": DAY} if name == "commitments" else {}), **filter}


@pytest.fixture(scope="session")
def lists(api_readonly: Api) -> dict[str, list[Row]]:
    return {name: list_rows(api_readonly, name, WHOLE.get(name, {}))[0] for name in CASES}


@pytest.mark.parametrize(("name", "number"), ALONE)
def test_a_filter_lets_through_what_meets_it(
    api_readonly: Api, lists: dict[str, list[Row]], name: str, number: int
) -> None:
    filter, meets = CASES[name][1][number]
    expected = [row for row in lists[name] if meets(row)]
    assert list_rows(api_readonly, name, filter_on_day(name, filter)) == (expected, len(expected))
    assert 0 < len(expected) < len(lists[name]), "a filter that lets all or nothing through shows nothing"


# Each filter by itself is asked of both databases; two of them are joined by the same `AND`.
@pytest.mark.sqlite_only
@pytest.mark.parametrize(("name", "one", "other"), TOGETHER)
def test_filters_combine(api_readonly: Api, lists: dict[str, list[Row]], name: str, one: int, other: int) -> None:
    (first, meets_first), (second, meets_second) = CASES[name][1][one], CASES[name][1][other]
    expected = [row for row in lists[name] if meets_first(row) and meets_second(row)]
    assert list_rows(api_readonly, name, filter_on_day(name, {**first, **second})) == (expected, len(expected))


def test_the_whole_is_whole(lists: dict[str, list[Row]]) -> None:
    assert {name: len(rows) for name, rows in lists.items()} == {
        "commitments": 77,
        "funds": 31,
        "events": 60,
        "allocations": 95,
        "areas": 54,
        "organisations": 154,
        "documents": 185,
        "discrepancies": 34,
    }


@pytest.mark.parametrize("search", ["%", "_", "\\", "'", '"; DROP TABLE commitment', "\u017f", "\u0130"])
def test_signs_of_the_database_are_only_text_in_a_search(api_readonly: Api, search: str) -> None:
    query = f"query ($search: String!) {{ funds(filter: {{search: $search}}) {{ nodes {FUND} }} }}"
    for node in api_readonly.ask(query + AROUND, search=search)["funds"]["nodes"]:
        assert search.casefold() in fund_words(node)

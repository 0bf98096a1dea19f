"""The rows of each table as the answers of the API give them, for the same moment."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schema.node import parse_id
from tests.api.exports.reading import Rows
from tests.server import NOW, Api

TODAY = NOW.date().isoformat()
LATER = "9999"
MONEY = "{ amount currency bound }"
GOT = f"money {MONEY} unknownSums mayOverlap"
CITATION = "citation { id }"
CITATIONS = "citations { id paragraph locator figures note document { slug } }"
SOURCE = "citation { id paragraph locator figures note document { slug } }"
FLAT_SOURCE = """citation { paragraph locator document {
  slug title publishedOn url archivedUrl publisher { name } } }"""
RECORD = "query (%s$asOf: Date, $knownAt: DateTime) { record(asOf: $asOf, knownAt: $knownAt) { %s } }"
LISTS = {
    "commitments": f"""commitments(filter: {{origin: [STRATEGY, LATER]}}, first: 40, after: $after) {{ nodes {{
      ref origin identified slug title summary confidence theme {{ slug title }} leads {{ slug }}
      status statusUpdate {{ id voice side effectiveOn precision note {SOURCE} flat: {FLAT_SOURCE} }}
      agreement daysSinceEvidence confirmation governmentAlone nothingFoundSince
      governmentStatus: status(sides: [GOVERNMENT]) deliveryStatus: status(sides: [DELIVERY])
      othersStatus: status(sides: [OTHERS]) funds {{ slug }} events {{ slug }} discrepancies {{ slug }}
      {CITATIONS} statusHistory(includeCorrected: true) {{
        id status effectiveOn precision recordedAt voice side note correctionReason {SOURCE} flat: {FLAT_SOURCE}
        correctedBy {{ id recordedAt effectiveOn }} }} }}""",
    "funds": f"""funds(first: 40, after: $after) {{ nodes {{
      slug name period note parent {{ slug }} amount {MONEY}
      reconciliation {{ basis state stated {MONEY} accountedFor {MONEY} unaccounted {MONEY} unknownSums }}
      amounts {{ kind money {MONEY} statedOn precision {SOURCE} }}
      allocations {{ id money {MONEY} passesOn period note recipient {{ slug }} {SOURCE} }}
      commitments {{ ref }} events {{ slug }} discrepancies {{ slug }} {CITATIONS} }}""",
    "events": f"""events(first: 40, after: $after) {{ nodes {{
      slug title kind date precision dateNote series venue place region attendanceAtLeast sectors topics
      area {{ slug }} hosts {{ slug }} participants {{ name role person {{ slug }} organisation {{ slug }} }}
      commitments {{ ref }} funds {{ slug }}
      discrepancies {{ slug }} {CITATIONS} }}""",
    "organisations": f"organisations(after: $after) {{ nodes {{ slug name kind allocated {MONEY} }}",
    "documents": """documents(after: $after) { nodes {
      slug title originalTitle publishedOn url officialUrl archivedUrl kind note readPart
      publisher { slug } via citations(first: 1) { totalCount } }""",
    "areas": f"""areas(after: $after) {{ nodes {{
      slug name kind code parent {{ slug }} organisations {{ slug }} eventCount
      allocated {{ {GOT} }} shares {{ fund {{ slug }} total {{ {GOT} }} }} {CITATIONS} }}""",
    "terms": f"terms(after: $after) {{ nodes {{ slug name meaning {CITATIONS} }}",
    "people": "people(after: $after) { nodes { slug name }",
    "discrepancies": """discrepancies(after: $after) { nodes { slug kind question state explanation
      subject { ... on Commitment { ref } ... on Fund { fund: slug } ... on Event { event: slug }
                ... on Strategy { strategy: slug } }
      claims { paragraph locator says figures document { slug } } }""",
    "changes": """changes(after: $after) { nodes { revision recordedAt actor action summary reason
      subject { __typename ... on Commitment { ref } ... on Fund { slug } ... on Event { slug }
        ... on Document { slug } ... on Discrepancy { slug } ... on Strategy { slug } } }""",
}
STRATEGY = f"""strategy {{ slug title publishedOn statedCommitments publisher {{ slug }} {CITATIONS}
  themes {{ slug title position }} }} statusDefinitions {{ status group position label meaning evidence }}"""


@dataclass
class Answers:
    """Everything that the API says of one moment."""

    api: Api
    as_of: str | None
    known_at: str | None

    def ask(self, selection: str, **variables: Any) -> Any:
        declared = "$after: String, " if variables else ""
        query = RECORD % (declared, selection)
        return self.api.ask(query, asOf=self.as_of, knownAt=self.known_at, **variables)["record"]

    def list_items(self, name: str) -> list[Any]:
        results: list[Any] = []
        after = None
        while True:
            page = self.ask(LISTS[name] + " pageInfo { hasNextPage endCursor } }", after=after)[name]
            results += page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return results
            after = page["pageInfo"]["endCursor"]

    def __getattr__(self, name: str) -> Any:
        if name not in LISTS:
            raise AttributeError(name)
        self.__dict__[name] = self.list_items(name)
        return self.__dict__[name]

    @cached_property
    def strategy(self) -> Any:
        return self.ask(STRATEGY)

    @property
    def day(self) -> str:
        return self.as_of or TODAY


def commitments(answers: Answers) -> Rows:
    groups = {row["status"]: row["group"] for row in answers.strategy["statusDefinitions"]}
    rows = []
    for row in answers.commitments:
        update = row["statusUpdate"] or {}
        source = _source(update)
        rows.append(
            _same(row, "ref origin identified slug title summary confidence status agreement daysSinceEvidence")
            | _same(row, "governmentStatus deliveryStatus othersStatus confirmation governmentAlone nothingFoundSince")
            | {name: _slugs(row[name]) for name in ("leads", "funds", "events", "discrepancies")}
            | {
                "theme": _slug(row["theme"]),
                "statusGroup": groups[row["status"]],
                "statusUpdate": _key(update),
                "voice": update.get("voice"),
                "side": update.get("side"),
                "effectiveOn": update.get("effectiveOn"),
                "precision": update.get("precision"),
                "statusNote": update.get("note"),
                "statusDocument": source["document"],
                "statusParagraph": source["paragraph"],
                "statusLocator": source["locator"],
                "themeTitle": row["theme"] and row["theme"]["title"],
                "statusLabel": _labels(answers)[row["status"]],
                **{f"status{name}": _flat_source(update)[name.lower()] for name in ("Source", "Publisher", "Url")},
                "statusArchivedUrl": _flat_source(update)["archivedUrl"],
                "citationCount": len(row["citations"]),
            }
        )
    return rows


def statuses(answers: Answers) -> Rows:
    rows = []
    for commitment, update in _updates(answers):
        by = update["correctedBy"]
        is_known = by is not None and by["recordedAt"] <= (answers.known_at or LATER)
        rows.append(
            _same(update, "status effectiveOn precision recordedAt voice side note")
            | _source(update)
            | {
                "key": _key(update),
                "commitment": commitment["ref"],
                "correctedBy": _key(by) if is_known and by["effectiveOn"] <= answers.day else None,
                "correctionReason": update["correctionReason"] if is_known else None,
            }
        )
    return rows


def statuses_flat(answers: Answers) -> Rows:
    rows = []
    groups = {row["status"]: row["group"] for row in answers.strategy["statusDefinitions"]}
    for row, (commitment, update) in zip(statuses(answers), _updates(answers), strict=True):
        rows.append(
            _same(row, "key status effectiveOn precision voice note correctionReason paragraph locator document")
            | _same(commitment, "ref title origin")
            | _flat_source(update)
            | {
                "theme": commitment["theme"] and commitment["theme"]["title"],
                "statusLabel": _labels(answers)[update["status"]],
                "statusGroup": groups[update["status"]],
                "side": update["side"],
                "isCurrent": row["key"] == _key(commitment["statusUpdate"]),
            }
        )
    return rows


def funds(answers: Answers) -> Rows:
    rows = []
    for row in answers.funds:
        sums, size = row["reconciliation"], row["amount"] or {}
        rows.append(
            _same(row, "slug name period note")
            | {
                "parent": _slug(row["parent"]),
                "amount": size.get("amount"),
                "currency": "GBP",
                "bound": size.get("bound"),
                **_same(sums, "basis state unknownSums"),
                "commitments": [result["ref"] for result in row["commitments"]],
                "events": _slugs(row["events"]),
                "discrepancies": _slugs(row["discrepancies"]),
                "citationCount": len(row["citations"]),
            }
            | {name: (sums[name] or {}).get("amount") for name in ("stated", "accountedFor", "unaccounted")}
            | {f"{name}Bound": (sums[name] or {}).get("bound") for name in ("stated", "accountedFor", "unaccounted")}
        )
    return rows


def amounts(answers: Answers) -> Rows:
    """Without their keys, which the API does not tell."""
    return [
        _same(row, "kind statedOn precision") | row["money"] | _source(row) | {"fund": fund["slug"]}
        for fund, row in _amounts(answers)
    ]


def allocations(answers: Answers) -> Rows:
    unknown = {"amount": None, "currency": "GBP", "bound": None}
    return [
        _same(row, "passesOn period note")
        | (row["money"] or unknown)
        | _source(row)
        | {"key": _key(row), "fund": fund["slug"], "recipient": _slug(row["recipient"])}
        for fund in answers.funds
        for row in fund["allocations"]
    ]


def events(answers: Answers) -> Rows:
    plain = "slug title kind date precision dateNote series venue place region attendanceAtLeast sectors topics"
    return [
        _same(row, plain)
        | {name: _slugs(row[name]) for name in ("hosts", "funds", "discrepancies")}
        | {"commitments": [result["ref"] for result in row["commitments"]], "citationCount": len(row["citations"])}
        | {"area": _slug(row["area"])}
        for row in answers.events
    ]


def citations(answers: Answers) -> Rows:
    """Without the keys of amounts, which the API does not tell."""
    strategy = answers.strategy["strategy"]
    results: list[tuple[str, dict[str, Any], Any]] = []
    results += [("Strategy", {"strategy": strategy["slug"]}, row) for row in strategy["citations"]]
    for row in answers.commitments:
        results += [("Commitment", {"commitment": row["ref"]}, result) for result in row["citations"]]
    for commitment, row in _updates(answers):
        names = {"commitment": commitment["ref"], "statusUpdate": _key(row)}
        results += [("StatusUpdate", names, row["citation"])] if row["citation"] else []
    for fund in answers.funds:
        results += [("Fund", {"fund": fund["slug"]}, result) for result in fund["citations"]]
        results += [
            ("Allocation", {"fund": fund["slug"], "allocation": _key(row)}, row["citation"])
            for row in fund["allocations"]
        ]
    results += [("AmountStatement", {"fund": fund["slug"]}, row["citation"]) for fund, row in _amounts(answers)]
    for row in answers.events:
        results += [("Event", {"event": row["slug"]}, result) for result in row["citations"]]
    for row in answers.areas:
        results += [("Area", {"area": row["slug"]}, result) for result in row["citations"]]
    for row in answers.terms:
        results += [("Term", {"term": row["slug"]}, result) for result in row["citations"]]
    none = dict.fromkeys(("strategy", "commitment", "statusUpdate", "fund", "allocation", "event", "area", "term"))
    return [
        none
        | _same(row, "paragraph locator figures note")
        | {"key": _key(row), "document": _slug(row["document"]), "subjectType": kind}
        | names
        for kind, names, row in results
    ]


def discrepancies(answers: Answers) -> Rows:
    return [
        _same(row, "slug kind question state explanation")
        | {name: row["subject"].get(name) for name in ("fund", "event", "strategy")}
        | {"commitment": row["subject"].get("ref")}
        for row in answers.discrepancies
    ]


def claims(answers: Answers) -> Rows:
    return [
        _same(claim, "paragraph locator says figures")
        | {"discrepancy": row["slug"], "position": place, "document": _slug(claim["document"])}
        for row in answers.discrepancies
        for place, claim in enumerate(row["claims"], 1)
    ]


def organisations(answers: Answers) -> Rows:
    return [
        _same(row, "slug name kind")
        | {
            "allocated": (row["allocated"] or {}).get("amount"),
            "currency": (row["allocated"] or {}).get("currency"),
            "allocatedBound": (row["allocated"] or {}).get("bound"),
        }
        for row in answers.organisations
    ]


def documents(answers: Answers) -> Rows:
    slugs = {row["name"]: row["slug"] for row in answers.organisations} | {None: None}
    return [
        _same(row, "slug title originalTitle publishedOn url officialUrl archivedUrl kind note readPart")
        | {
            "publisher": _slug(row["publisher"]),
            "via": slugs[row["via"]],
            "citationCount": row["citations"]["totalCount"],
        }
        for row in answers.documents
    ]


def participants(answers: Answers) -> Rows:
    return [
        _same(person, "name role")
        | {"event": row["slug"], "position": place}
        | {name: _slug(person[name]) for name in ("person", "organisation")}
        for row in answers.events
        for place, person in enumerate(row["participants"], 1)
    ]


def areas(answers: Answers) -> Rows:
    return [
        _same(row, "slug name kind code eventCount")
        | {"parent": _slug(row["parent"]), "citationCount": len(row["citations"])}
        | _got(row["allocated"], "allocated", "allocatedBound")
        for row in answers.areas
    ]


def area_shares(answers: Answers) -> Rows:
    return [
        {"area": row["slug"], "fund": share["fund"]["slug"], **_got(share["total"], "amount", "bound")}
        for row in answers.areas
        for share in row["shares"]
    ]


def people(answers: Answers) -> Rows:
    return list(answers.people)


def terms(answers: Answers) -> Rows:
    return [_same(row, "slug name meaning") | {"citationCount": len(row["citations"])} for row in answers.terms]


def area_organisations(answers: Answers) -> Rows:
    return [
        {"area": row["slug"], "organisation": result["slug"]}
        for row in answers.areas
        for result in row["organisations"]
    ]


def strategies(answers: Answers) -> Rows:
    row = answers.strategy["strategy"]
    plain = _same(row, "slug title publishedOn statedCommitments")
    return [plain | {"publisher": _slug(row["publisher"]), "citationCount": len(row["citations"])}]


def themes(answers: Answers) -> Rows:
    return list(answers.strategy["strategy"]["themes"])


def definitions(answers: Answers) -> Rows:
    return list(answers.strategy["statusDefinitions"])


def changes(answers: Answers) -> Rows:
    return [
        _same(row, "revision recordedAt actor action summary reason")
        | {"subject": f"{row['subject']['__typename']} {row['subject'].get('ref') or row['subject']['slug']}"}
        for row in answers.changes
    ]


def leads(answers: Answers) -> Rows:
    return [
        {"commitment": row["ref"], "organisation": result["slug"], "position": place}
        for row in answers.commitments
        for place, result in enumerate(row["leads"], 1)
    ]


def hosts(answers: Answers) -> Rows:
    return [
        {"event": row["slug"], "organisation": result["slug"], "position": place}
        for row in answers.events
        for place, result in enumerate(row["hosts"], 1)
    ]


def commitment_funds(answers: Answers) -> Rows:
    return [
        {"commitment": row["ref"], "fund": result["slug"]} for row in answers.commitments for result in row["funds"]
    ]


def commitment_events(answers: Answers) -> Rows:
    return [
        {"commitment": row["ref"], "event": result["slug"]} for row in answers.commitments for result in row["events"]
    ]


def event_funds(answers: Answers) -> Rows:
    return [{"event": row["slug"], "fund": result["slug"]} for row in answers.events for result in row["funds"]]


EXPECTED: dict[str, Callable[[Answers], Rows]] = {
    question.__name__: question
    for question in (
        commitments, statuses, statuses_flat, funds, amounts, allocations, events, citations, discrepancies, claims,
        organisations, documents, participants, strategies, themes, definitions, leads, hosts, commitment_funds,
        commitment_events, event_funds, changes, areas, area_shares, people, terms, area_organisations,
    )
}  # fmt: skip
# What the API does not tell: the keys of statements of a fund's size.
UNTOLD = {"amounts": "key", "citations": "amount"}


def sorted_rows(rows: Rows) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def _updates(answers: Answers) -> list[tuple[Any, Any]]:
    return [
        (row, update)
        for row in answers.commitments
        for update in row["statusHistory"]
        if update["effectiveOn"] <= answers.day
    ]


def _amounts(answers: Answers) -> list[tuple[Any, Any]]:
    """As `amount(asOf:)` counts them."""
    default_day = "" if answers.day >= TODAY else LATER
    return [
        (fund, row)
        for fund in answers.funds
        for row in fund["amounts"]
        if (row["statedOn"] or default_day) <= answers.day
    ]


def _same(row: Any, names: str) -> dict[str, Any]:
    return {name: row[name] for name in names.split()}


def _source(row: Any) -> dict[str, Any]:
    result = row.get("citation") or {"document": None, "paragraph": None, "locator": None}
    return _same(result, "paragraph locator") | {"document": _slug(result["document"])}


def _flat_source(update: Any) -> dict[str, Any]:
    citation = update.get("flat")
    document = citation["document"] if citation else dict.fromkeys(("title", "publishedOn", "url", "archivedUrl"))
    publisher = document.get("publisher")
    return _same(document, "publishedOn url archivedUrl") | {
        "source": document["title"],
        "publisher": publisher and publisher["name"],
    }


def _labels(answers: Answers) -> dict[str, str]:
    return {row["status"]: row["label"] for row in answers.strategy["statusDefinitions"]}


def _got(total: Any, amount: str, bound: str) -> dict[str, Any]:
    money = total["money"] or {"amount": None, "bound": None}
    return _same(total, "unknownSums mayOverlap") | {amount: money["amount"], bound: money["bound"]}


def _slug(row: Any) -> str | None:
    return None if row is None else str(row["slug"])


def _slugs(rows: list[Any]) -> list[str]:
    return [row["slug"] for row in rows]


def _key(row: Any) -> str | None:
    """The natural key in a global id."""
    return parse_id(row["id"])[1] if row else None

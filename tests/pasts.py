"""All that readers can see at a revision: answers of the API, pages, feeds and files, so that two can be compared."""

from typing import Any

from api.exports.registry import TABLES
from tests.all_answers import all_answers
from tests.server import Api

DAY = "2031-05-01"
# The lists whose rows have pages of their own, with the field that names the page.
NOUNS = {
    "commitments": ("commitments(filter: {origin: [STRATEGY, LATER]}, first: 100)", "ref"),
    "funds": ("funds(first: 100)", "slug"),
    "areas": ("areas(first: 100)", "slug"),
    "events": ("events(first: 100)", "slug"),
    "sources": ("documents(first: 100)", "slug"),
    "organisations": ("organisations(first: 100)", "slug"),
}
LISTS = (
    "/",
    *(f"/{noun}" for noun in NOUNS),
    "/claims",
    "/compare",
    "/gaps",
    "/glossary",
    "/method",
    "/data/",
    "/changes",
)
EMBEDS = ("/embed/progress",)
FEEDS = ("/feed.json", "/feed.atom", "/events.ics")
FILES = (*(f"{table.name}.csv" for table in TABLES), "datapackage.json")
STATUS_QUERIES = [
    "{ progress(filter: {statusGroup: [DELIVERED]}) { total byTheme { total } } }",
    "{ commitments(orderBy: {by: STATUS, direction: DESC}) { nodes { ref } } }",
    "{ commitments(orderBy: {by: LAST_EVIDENCE}) { nodes { ref } } }",
    '{ commitments(filter: {search: "harbour", agreement: [GOVERNMENT_ONLY]}) { nodes { ref } } }',
    '{ search(q: "harbour water note") { count groups { kind count } commitments { nodes { ref } }'
    " events { nodes { slug } } organisations { nodes { slug } } statusUpdates { nodes { id } } } }",
    '{ statusChanges(from: "2030-01-01", to: "2031-05-01") { commitment { ref } before after updates { id } } }',
]


class RecordApi:
    """Asks everything of the record at one revision, as `Api` asks it of the present."""

    def __init__(self, api: Api, revision: int) -> None:
        self.api, self.revision = api, revision

    def ask(self, query: str, **variables: Any) -> Any:
        start = query.index("{")
        record = f'record(asOf: "{DAY}", revision: {self.revision})'
        return self.api.ask(f"{query[:start]} {{ {record} {query[start:]} }}", **variables)["record"]


def read_all(api: Api, revision: int) -> dict[str, Any]:
    """Every answer, and every page and file as text, by what was asked."""
    record = RecordApi(api, revision)
    answers = all_answers(record) | {query: record.ask(query) for query in STATUS_QUERIES}  # type: ignore[arg-type]
    paths = [*LISTS, *EMBEDS, *FEEDS, *(f"/data/{name}" for name in FILES)]
    for noun, (field, name) in NOUNS.items():
        [nodes] = record.ask(f"{{ {field} {{ nodes {{ {name} }} }} }}").values()
        paths += [f"/{noun}/{node[name]}" for node in nodes["nodes"]]
    moment = {"asOf": DAY, "revision": str(revision)}
    for path in paths:
        response = api.http.get(path, params=moment)
        assert response.status_code == 200, (path, response.text)
        # The head of a page names the address of the server, whose port differs.
        answers[path] = response.text.replace(str(api.http.base_url.port), "port")
    return answers

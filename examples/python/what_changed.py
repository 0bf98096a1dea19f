# /// script
# requires-python = ">=3.11"
# dependencies = ["httpx"]
# ///
"""Tells what changed between two days, who says so, and of what nothing can be said."""

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

# One question, so that all of it is of one revision; and each part of it is told its day.
CHANGED = """
query ($first: Date!, $last: Date!) {
  strategy { title }
  dataset { revision licence attribution }
  statusDefinitions { status group label meaning }
  before: progress(asOf: $first) { counts { status count } }
  after: progress(asOf: $last) { counts { status count } }
  statusChanges(from: $first, to: $last) {
    commitment { ref title }
    before
    after
    updates { status effectiveOn precision voice note citation { paragraph document { title url } } }
  }
}
"""

UNKNOWN = """
query ($day: Date!, $after: String) {
  commitments(filter: {statusGroup: [UNKNOWN], asOf: $day}, first: 20, after: $after) {
    nodes { ref title status(asOf: $day) }
    pageInfo { hasNextPage endCursor }
  }
}
"""


class Server:
    """Asks by GET, and says which answer it has already: the same is not sent twice."""

    def __init__(self, http: httpx.Client, kept: dict[str, Any]) -> None:
        self.http = http
        self.kept = kept
        self.answers: dict[str, Any] = {}
        self.unchanged = 0

    def ask(self, query: str, **variables: str | None) -> Any:
        request = self.http.build_request(
            "GET", "/graphql", params={"query": query, "variables": json.dumps(variables)}
        )
        url = str(request.url)
        if url in self.kept:
            request.headers["if-none-match"] = self.kept[url]["etag"]
        # Once. Whoever runs this knows better than a loop whether to try again.
        response = self.http.send(request)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            self.unchanged += 1
            self.answers[url] = self.kept[url]
        else:
            self.answers[url] = {"data": data(response), "etag": response.headers.get("etag", "")}
        return self.answers[url]["data"]

    def commitments(self, query: str, **variables: str | None) -> Iterator[Any]:
        """Every one of a list, page by page."""
        more, after = True, None
        while more:
            page = self.ask(query, **variables, after=after)["commitments"]
            yield from page["nodes"]
            more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]


def data(response: httpx.Response) -> Any:
    """The data of an answer. An error has one shape, whatever the status, and a code for a program to go by."""
    try:
        answer = response.json()
    except ValueError:
        sys.exit(f"{response.url.host} is not Sixty-One: it answers {response.status_code}, and no JSON.")
    if "errors" in answer:
        sys.exit("\n".join(f"{error['extensions']['code']}: {error['message']}" for error in answer["errors"]))
    return answer["data"]


def tell(server: Server, first: str, last: str) -> None:
    answer = server.ask(CHANGED, first=first, last=last)
    # Words for a reader come from the server, so that a new status needs no new script.
    statuses = {definition["status"]: definition for definition in answer["statusDefinitions"]}
    label = {status: definition["label"] for status, definition in statuses.items()}

    print(f"{answer['strategy']['title']}\n\n{'':24}{first:>12}{last:>12}")
    for before, after in zip(answer["before"]["counts"], answer["after"]["counts"], strict=True):
        if before["count"] or after["count"]:
            print(f"{label[before['status']]:24}{before['count']:12}{after['count']:12}")

    print(f"\n{len(answer['statusChanges'])} changed after {first} and up to {last}")
    for change in answer["statusChanges"]:
        print(f"\n{change['commitment']['ref']}  {change['commitment']['title']}")
        print(f"        {label[change['before']]} -> {label[change['after']]}")
        for update in change["updates"]:
            print(textwrap.indent(f"{label[update['status']]}, {source(update)}", " " * 8))

    unknown: dict[str, list[str]] = {}
    for commitment in server.commitments(UNKNOWN, day=last):
        unknown.setdefault(commitment["status"], []).append(commitment["ref"])
    for status, refs in unknown.items():
        # To count these as failures is the mistake to avoid: so the meaning stands beside the number.
        print(f"\n{len(refs)} {label[status].lower()}. {statuses[status]['meaning']}")
        print(textwrap.fill(" ".join(refs), 96, initial_indent=" " * 8, subsequent_indent=" " * 8))

    edition = answer["dataset"]
    print(f"\n{server.http.base_url}, revision {edition['revision']}. {edition['licence']}: {edition['attribution']}")


def source(update: Any) -> str:
    """When, by whose word, and where it stands."""
    # Where only the month or the year is known, the date is its last day.
    day = update["effectiveOn"][: {"DAY": 10, "MONTH": 7, "YEAR": 4}[update["precision"]]]
    voice = update["voice"].lower().replace("_", " ")
    said = f"{day}, {voice}: {update['note']}"
    if update["citation"] is None:
        return said
    document, paragraph = update["citation"]["document"], update["citation"]["paragraph"]
    place = f", paragraph {paragraph}" if paragraph else ""
    return "\n".join([said, document["title"] + place, *filter(None, [document["url"]])])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", help="its address, such as http://127.0.0.1:8000")
    parser.add_argument("first", help="a day, such as 2018-12-31")
    parser.add_argument("last", help="a later day, such as 2019-12-31")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where to keep the answers for the next time")
    given = parser.parse_args()

    kept = json.loads(given.keep.read_text("utf-8")) if given.keep and given.keep.exists() else {}
    headers = {"accept": "application/graphql-response+json"}
    try:
        with httpx.Client(base_url=given.server, headers=headers, timeout=30) as http:
            server = Server(http, kept)
            tell(server, given.first, given.last)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        sys.exit(f"{given.server} does not answer: {error}")
    if given.keep:
        given.keep.write_text(json.dumps(server.answers), "utf-8")
        print(f"{server.unchanged} of {len(server.answers)} answers were the same as last time.")


if __name__ == "__main__":
    main()

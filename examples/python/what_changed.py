# /// script
# requires-python = ">=3.11"
# dependencies = ["httpx"]
# ///
"""Prints what changed between two days, who says so, and which commitments nothing is known of."""

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

# One query, so that all of it is of one revision. Each part of it takes the day.
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
    """Asks by GET with If-None-Match: an answer that is in the cache is not sent again."""

    def __init__(self, http: httpx.Client, cache: dict[str, Any]) -> None:
        self.http = http
        self.cache = cache
        self.answers: dict[str, Any] = {}
        self.unchanged = 0

    def ask(self, query: str, **variables: str | None) -> Any:
        request = self.http.build_request(
            "GET", "/graphql", params={"query": query, "variables": json.dumps(variables)}
        )
        url = str(request.url)
        if url in self.cache:
            request.headers["if-none-match"] = self.cache[url]["etag"]
        # Once: a person who runs this can decide to try again.
        response = self.http.send(request)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            self.unchanged += 1
            self.answers[url] = self.cache[url]
        else:
            self.answers[url] = {"data": data(response), "etag": response.headers.get("etag", "")}
        return self.answers[url]["data"]

    def commitments(self, query: str, **variables: str | None) -> Iterator[Any]:
        """Every commitment of a list, page by page."""
        more, after = True, None
        while more:
            page = self.ask(query, **variables, after=after)["commitments"]
            yield from page["nodes"]
            more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]


def data(response: httpx.Response) -> Any:
    """The data of an answer. Errors have one shape, whatever the status, and a code for programs."""
    try:
        answer = response.json()
    except ValueError:
        sys.exit(f"{response.url.host} is not Sixty-One: it answers {response.status_code}, and no JSON.")
    if "errors" in answer:
        sys.exit("\n".join(f"{error['extensions']['code']}: {error['message']}" for error in answer["errors"]))
    return answer["data"]


def report(server: Server, first: str, last: str) -> None:
    answer = server.ask(CHANGED, first=first, last=last)
    # Labels come from the server, so that a new status needs no new script.
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
        # These are not failures, so the meaning is printed beside the number.
        print(f"\n{len(refs)} {label[status].lower()}. {statuses[status]['meaning']}")
        print(textwrap.fill(" ".join(refs), 96, initial_indent=" " * 8, subsequent_indent=" " * 8))

    dataset = answer["dataset"]
    print(f"\n{server.http.base_url}, revision {dataset['revision']}. {dataset['licence']}: {dataset['attribution']}")


def source(update: Any) -> str:
    """The day, the voice, the note and the source of a status update."""
    # The date of a month or a year is its last day, so it is cut to what is known.
    day = update["effectiveOn"][: {"DAY": 10, "MONTH": 7, "YEAR": 4}[update["precision"]]]
    voice = update["voice"].lower().replace("_", " ")
    text = f"{day}, {voice}: {update['note']}"
    if update["citation"] is None:
        return text
    document, paragraph = update["citation"]["document"], update["citation"]["paragraph"]
    place = f", paragraph {paragraph}" if paragraph else ""
    return "\n".join([text, document["title"] + place, *filter(None, [document["url"]])])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", help="its address, such as http://127.0.0.1:8000")
    parser.add_argument("first", help="a day, such as 2018-12-31")
    parser.add_argument("last", help="a later day, such as 2019-12-31")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where to keep the answers for the next time")
    options = parser.parse_args()

    cache = json.loads(options.keep.read_text("utf-8")) if options.keep and options.keep.exists() else {}
    headers = {"accept": "application/graphql-response+json"}
    try:
        with httpx.Client(base_url=options.server, headers=headers, timeout=30) as http:
            server = Server(http, cache)
            report(server, options.first, options.last)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        sys.exit(f"{options.server} does not answer: {error}")
    if options.keep:
        options.keep.write_text(json.dumps(server.answers), "utf-8")
        print(f"{server.unchanged} of {len(server.answers)} answers were the same as last time.")


if __name__ == "__main__":
    main()

"""The log as a list: either way round, and what bears on a commitment, a fund with its parts, or a whole theme."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlmodel import col

from db import changes
from db.database import Database
from db.models import Change
from schema.node import global_id
from tests.api.live import Socket, cursor, open_socket, write
from tests.engines import REVISION, Engine
from tests.inputs import VALID_INPUTS, revision, submit_valid
from tests.server import Api
from tests.writable import WritableApi, serving_copy

CHANGES = """query ($direction: Direction! = ASC, $subject: ID, $first: Int, $after: String) {
  changes(direction: $direction, subject: $subject, first: $first, after: $after) {
    totalCount nodes { revision cursor } edges { cursor } pageInfo { hasNextPage endCursor } } }"""
WHOLES = """{ strategy { themes { id slug commitments { id ref } } }
  funds { nodes { id slug parts { slug } } } commitments { nodes { id ref } } }"""
PARENT, PART = "strategy-programme", "early-intervention-youth-fund"


@pytest.fixture(scope="module")
def api_log(engine: Engine, changes_template: str) -> Iterator[WritableApi]:
    """The application on a database whose log has one change of every kind; no test writes to it."""
    with serving_copy(engine.copy(changes_template)) as api:
        yield api


def pages(api: Api, **arguments: Any) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        page = api.ask(CHANGES, after=after, **arguments)["changes"]
        yield page
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return


def revisions(api: Api, **arguments: Any) -> list[int]:
    return [node["revision"] for page in pages(api, **arguments) for node in page["nodes"]]


def bearing(database: Database, nodes: set[changes.Node]) -> list[int]:
    """By the log as it stands in the tables."""
    return [entry.row.revision for entry in database.read_sync(changes.after, 0, 1000) if nodes & entry.nodes]


def next_revisions(socket: Socket, number: int) -> list[int]:
    """The next changes, and that nothing follows them."""
    actual = socket.revisions(number)
    with pytest.raises(TimeoutError):
        socket.hear(0.2)
    return actual


@pytest.mark.parametrize("first", [1, 2, 5, 100])
def test_the_log_is_read_either_way_and_pages_make_up_the_whole(api_log: WritableApi, first: int) -> None:
    every = list(range(1, len(VALID_INPUTS) + REVISION + 1))
    assert revisions(api_log.public, first=first) == every
    assert revisions(api_log.public, direction="DESC", first=first) == every[::-1]


def test_a_page_of_the_latest_stays_where_it_was_while_the_log_grows(engine: Engine, changes_template: str) -> None:
    with serving_copy(engine.copy(changes_template)) as api:
        top = api.public.ask(CHANGES, direction="DESC", first=3)["changes"]
        write(api.database, 5)
        after = top["pageInfo"]["endCursor"]
        rest = api.public.ask(CHANGES, direction="DESC", after=after)["changes"]
        assert [node["revision"] for node in top["nodes"] + rest["nodes"]] == list(
            range(len(VALID_INPUTS) + REVISION, 0, -1)
        )
        assert rest["totalCount"] == len(VALID_INPUTS) + REVISION + 5


def test_a_cursor_belongs_to_one_direction_and_a_change_has_that_of_the_old_one(api_log: WritableApi) -> None:
    up, down = (api_log.public.ask(CHANGES, direction=way)["changes"] for way in ("ASC", "DESC"))
    for page in (up, down):
        assert [node["cursor"] for node in page["nodes"]] == [cursor(node["revision"]) for node in page["nodes"]]
    assert [edge["cursor"] for edge in up["edges"]] == [node["cursor"] for node in up["nodes"]]
    foreign = [edge["cursor"] for edge in down["edges"]]
    assert not set(foreign) & {edge["cursor"] for edge in up["edges"]}
    assert api_log.public.codes(CHANGES, after=foreign[0]) == ["INVALID_CURSOR"]
    assert api_log.public.codes(CHANGES, after=cursor(3), direction="DESC") == ["INVALID_CURSOR"]
    subscribe = "subscription ($after: String) { changes(after: $after) { revision } }"
    with open_socket(api_log.url) as socket:
        socket.ask(subscribe, after=foreign[0])
        assert socket.answer() == ["INVALID_CURSOR"]


def test_a_theme_means_all_that_bears_on_the_commitments_in_it(api_log: WritableApi) -> None:
    whole = api_log.public.ask(WHOLES)
    revisions_by_theme = {}
    for theme in whole["strategy"]["themes"]:
        nodes = {("Theme", theme["slug"]), *(("Commitment", commitment["ref"]) for commitment in theme["commitments"])}
        expected = revisions_by_theme[theme["slug"]] = bearing(api_log.database, nodes)
        assert revisions(api_log.public, subject=theme["id"]) == expected
        assert revisions(api_log.public, subject=theme["id"], direction="DESC", first=2) == expected[::-1]
        # Each change of one of its commitments is a change of the theme.
        each = {number for c in theme["commitments"] for number in revisions(api_log.public, subject=c["id"])}
        assert each <= set(expected)
    # They differ, so that this was not about everything or nothing.
    assert len({tuple(numbers) for numbers in revisions_by_theme.values()}) == len(revisions_by_theme)


def test_a_fund_means_its_parts_and_theirs(api_log: WritableApi) -> None:
    whole = api_log.public.ask(WHOLES)["funds"]["nodes"]
    parts = {fund["slug"]: [part["slug"] for part in fund["parts"]] for fund in whole}
    revisions_by_fund = {}
    for fund in whole:
        tree = [fund["slug"]]
        for slug in tree:
            tree += parts[slug]
        revisions_by_fund[fund["slug"]] = bearing(api_log.database, {("Fund", slug) for slug in tree})
        assert revisions(api_log.public, subject=fund["id"]) == revisions_by_fund[fund["slug"]]
    assert set(revisions_by_fund[PART]) <= set(revisions_by_fund[PARENT])


def test_the_parts_of_a_part_count_for_the_whole(api_shared: WritableApi) -> None:
    start = revision(api_shared.public)
    submit_valid(api_shared.editor, "addFund", slug="inner", parent=PART, commitments=[])
    submit_valid(api_shared.editor, "addFund", slug="innermost", parent="inner", commitments=[])
    submit_valid(api_shared.editor, "stateAmount", fund="innermost")
    for slug, news in ((PARENT, 3), (PART, 3), ("inner", 3), ("innermost", 2), ("police-surge", 0)):
        actual = [number for number in revisions(api_shared.public, subject=global_id("Fund", slug)) if number > start]
        assert actual == list(range(start + 4 - news, start + 4)), slug


@pytest.mark.parametrize("kind", ["Theme", "Fund", "Commitment", "Person", "Strategy"])
def test_the_changes_of_nothing_are_not_found(api_log: WritableApi, kind: str) -> None:
    subject = global_id(kind, "nothing-of-the-kind")
    assert api_log.public.codes(CHANGES, subject=subject) == ["NOT_FOUND"]
    with open_socket(api_log.url) as socket:
        socket.ask(subject=subject)
        assert socket.answer() == ["NOT_FOUND"]


def test_a_subscriber_gets_the_changes_of_the_list(api_log: WritableApi) -> None:
    whole = api_log.public.ask(WHOLES)
    for node in [*whole["strategy"]["themes"], *whole["funds"]["nodes"], *whole["commitments"]["nodes"][:8]]:
        expected = [number for number in revisions(api_log.public, subject=node["id"]) if number > 1]
        with open_socket(api_log.url) as socket:
            socket.ask(after=cursor(1), subject=node["id"])
            # What bears on nothing that is known goes by in silence, and this comes behind it.
            assert socket.revisions(len(expected)) == expected


def test_a_commitment_that_comes_into_a_theme_brings_its_past_and_its_future(api_shared: WritableApi) -> None:
    theme = global_id("Theme", VALID_INPUTS["identifyCommitment"]["theme"])
    start = revision(api_shared.public)
    with open_socket(api_shared.url) as socket:
        socket.ask(subject=theme, after=cursor(start))
        submit_valid(api_shared.editor, "link", commitment="SVS-35")
        submit_valid(api_shared.editor, "recordStatus", commitment="SVS-05")
        # A commitment of the theme: a client that has its change is past the earlier ones.
        query = "query ($theme: [String!]) { commitments(filter: {theme: $theme}, first: 1) { nodes { ref } } }"
        [commitment] = api_shared.public.ask(query, theme=[VALID_INPUTS["identifyCommitment"]["theme"]])["commitments"][
            "nodes"
        ]
        submit_valid(api_shared.editor, "recordStatus", commitment=commitment["ref"])
        past, _, marker, identification, future = range(start + 1, start + 6)
        assert socket.revisions(1) == [marker]
        submit_valid(api_shared.editor, "identifyCommitment")
        submit_valid(api_shared.editor, "recordStatus", commitment="SVS-35")
        assert next_revisions(socket, 2) == [identification, future]
    with open_socket(api_shared.url) as socket:
        socket.ask(subject=theme, after=cursor(start))
        expected = [past, marker, identification, future]
        assert next_revisions(socket, 4) == expected == revisions(api_shared.public, subject=theme)[-4:]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("kind", "key"), [("Commitment", "SVS-19"), ("Theme", "county-lines"), ("Fund", PARENT)])
def test_no_table_is_scanned_for_a_subscription(api_shared: WritableApi, kind: str, key: str) -> None:
    order = changes.by_revision(descending=True)
    query = sa.select(col(Change.revision)).where(changes.affecting(kind, key)).order_by(*order.clauses()).limit(51)
    sql = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    with api_shared.database.engine.connect() as connection:
        plan = [step.detail for step in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {sql}"))]
    assert [step for step in plan if step.startswith("SCAN") and step != "SCAN tree"] == []
    assert any("ix_change_node_followed" in step for step in plan)

"""What each row was before, and what belonged to it and is gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.database import Database
from db.models import Citation, CommitmentEvent, Event, EventFund, EventHost, Participant
from schema.node import global_id
from tests.engines import REVISION
from tests.inputs import EXISTING_UPDATE, submit_valid
from tests.log import add_change, begin_change
from tests.server import NOW, Api, capture_statements
from tests.writable import WritableApi

VERSION = "record values { field value } since { revision action } until { revision summary }"
OF_EVENT = (EventHost, Participant, CommitmentEvent, EventFund, Citation)
LEADS = "leads { slug }"


@contextmanager
def changing(database: Database, summary: str = "Made for a test.") -> Iterator[Session]:
    """A change of rows, with its entry in the log."""
    with database.transaction() as session:
        begin_change(session)
        yield session
        add_change(session, NOW, summary)


def withdraw_event(database: Database, slug: str) -> None:
    with changing(database, "The event is withdrawn.") as session:
        event = session.exec(select(Event).where(col(Event.slug) == slug)).one()
        for model in OF_EVENT:
            session.execute(sa.delete(model).where(col(model.event_id) == event.id))
        session.delete(event)


def records(versions: list[dict[str, Any]]) -> list[str]:
    return [version["record"] for version in versions]


def values(version: dict[str, Any]) -> dict[str, str]:
    return {entry["field"]: entry["value"] for entry in version["values"]}


def test_versions_tell_what_a_row_was_and_since_when(api_writable: WritableApi) -> None:
    public, change = api_writable.public, submit_valid(api_writable.editor, "identifyCommitment")["change"]
    query = f'{{ commitment(ref: "SVS-35") {{ versions {{ {VERSION} }} }} }}'
    before, after = public.ask(query)["commitment"]["versions"]
    assert before["record"] == after["record"] == "Commitment SVS-35"
    assert before["since"] == {"revision": 1, "action": "IMPORTED"}
    assert before["until"] == {"revision": REVISION + 1, "summary": change["summary"]}
    assert (after["since"], after["until"]) == ({"revision": REVISION + 1, "action": "IDENTIFIED"}, None)
    expected = {"ref": "SVS-35", "origin": "STRATEGY", "identified": "false"}
    assert {field: value for field, value in values(before).items() if value is not None} == expected
    assert list(values(before)) == list(values(after))
    # The log tells the same of each field.
    edits = {edit["field"]: edit for edit in change["edits"] if edit["record"] == "Commitment SVS-35"}
    assert {field: value for field, value in values(after).items() if field in edits} == {
        field: edit["after"] for field, edit in edits.items()
    }
    assert values(after)["theme"] == "communities"


def test_a_version_leads_to_the_row_as_an_object_of_that_time(api_writable: WritableApi) -> None:
    public = api_writable.public
    submit_valid(api_writable.editor, "identifyCommitment")
    node = f"id ... on Commitment {{ title {LEADS} versions {{ until {{ revision }} }} }}"
    query = f'{{ commitment(ref: "SVS-35") {{ id versions {{ node {{ {node} }} }} }} }}'
    commitment = public.ask(query)["commitment"]
    before, after = [version["node"] for version in commitment["versions"]]
    assert before["id"] == global_id(f"Commitment@@{REVISION}", "SVS-35")
    assert (before["title"], before["leads"], before["versions"]) == (None, [], [{"until": None}])
    assert (after["id"], after["title"]) == (commitment["id"], "Mend the quay")
    assert len(after["leads"]) == 2
    again = public.ask(f"query ($id: ID!) {{ node(id: $id) {{ {node} }} }}", id=before["id"])
    assert again == {"node": before}


def test_a_record_of_a_revision_has_the_versions_up_to_it(api_writable: WritableApi) -> None:
    for title in ("Mend the quay", "Mend the pier"):
        with changing(api_writable.database) as session:
            session.execute(sa.update(Event).where(col(Event.slug) == "strategy-launch-2018").values(title=title))
    query = 'event(slug: "strategy-launch-2018") { versions { since { revision } until { revision } node { id } } }'
    record = f"query ($at: Int!) {{ record(revision: $at) {{ {query} }} }}"
    starts = [1, REVISION + 1, REVISION + 2]
    for number, revision in enumerate(starts, 1):
        event = api_writable.public.ask(record, at=revision)["record"]["event"]
        since = [version["since"]["revision"] for version in event["versions"]]
        until = [version["until"] and version["until"]["revision"] for version in event["versions"]]
        assert since == starts[:number]
        assert until == [*starts[1:number], None]
        ids = [version["node"]["id"] for version in event["versions"]]
        last = [*(start - 1 for start in starts[1:number]), revision]
        assert ids == [global_id(f"Event@@{each}", "strategy-launch-2018") for each in last]
    assert len(api_writable.public.ask(f"{{ {query} }}")["event"]["versions"]) == 3


def test_a_link_that_was_removed_stands_with_both_until_it_is_made_again(api_writable: WritableApi) -> None:
    public, name = api_writable.public, "CommitmentFund SVS-10/youth-fund-round-1"
    withdrawals = f"withdrawals {{ {VERSION} node {{ id }} }}"
    query = f'{{ commitment(ref: "SVS-10") {{ {withdrawals} }} fund(slug: "youth-fund-round-1") {{ {withdrawals} }} }}'
    nothing: dict[str, Any] = {"commitment": {"withdrawals": []}, "fund": {"withdrawals": []}}
    assert public.ask(query) == nothing
    change = submit_valid(api_writable.editor, "unlink")["change"]
    answer = public.ask(query)
    [link] = answer["commitment"]["withdrawals"]
    assert (link["record"], link["node"]) == (name, None)
    assert link["until"] == {"revision": REVISION + 1, "summary": change["summary"]}
    assert values(link) == {"commitment": "SVS-10", "fund": "youth-fund-round-1"}
    assert answer["fund"]["withdrawals"] == [link]
    link_again = {"commitment": "SVS-10", "fund": "youth-fund-round-1", "reason": "It was for it."}
    submit_valid(api_writable.editor, "link", **link_again)
    assert public.ask(query) == nothing
    assert public.ask(f"{{ record(revision: {REVISION + 1}) {query} }}")["record"] == answer


def test_a_row_that_was_withdrawn_is_found_with_all_that_belonged_to_it(api_writable: WritableApi) -> None:
    public, slug = api_writable.public, "quay-opens"
    before = public.ask("{ withdrawals { totalCount } }")["withdrawals"]["totalCount"]
    submit_valid(api_writable.editor, "addEvent")
    selection = "id title hosts { slug } participants { name } citations { paragraph } commitments { ref }"
    event = public.ask(f'{{ event(slug: "{slug}") {{ {selection} }} }}')["event"]
    withdraw_event(api_writable.database, slug)
    query = """{
      withdrawals { totalCount nodes { record until { revision } } }
      lastVersion(kind: EVENT, key: "QUAY-OPENS") { record until { revision } node { ...E } }
      commitment(ref: "SVS-21") { withdrawals { record } }
      organisation(slug: "home-office") { withdrawals { record } }
      node(id: "%s") { id }
    } fragment E on Event { %s withdrawals { record } }"""
    answer = public.ask(query % (event["id"], selection))
    assert answer["node"] is None
    assert answer["lastVersion"]["until"] == {"revision": REVISION + 2}
    node = answer["lastVersion"]["node"]
    # At its last moment nothing of it was gone.
    assert node == event | {"id": global_id(f"Event@@{REVISION + 1}", slug), "withdrawals": []}
    assert {record.split()[0] for record in records(answer["withdrawals"]["nodes"][:2])} == {"Event", "Citation"}
    assert answer["withdrawals"]["totalCount"] == before + 2
    assert answer["commitment"]["withdrawals"] == [{"record": f"CommitmentEvent SVS-21/{slug}"}]
    assert answer["organisation"]["withdrawals"] == [{"record": f"EventHost {slug}/home-office"}]
    assert public.ask('{ lastVersion(kind: EVENT, key: "never") { record } }') == {"lastVersion": None}


def test_what_an_editor_withdrew_stands_with_the_reason_and_its_source(api_writable: WritableApi) -> None:
    query = """{ fund(slug: "youth-fund-round-1") { amounts { ...S } withdrawals {
      record until { action reason } node { ...S }
    } } } fragment S on AmountStatement { id money { amount } citation { document { slug } } }"""
    statement = api_writable.public.ask(query)["fund"]["amounts"][0]
    answer = api_writable.editor.ask(
        "mutation ($input: WithdrawAmountInput!) { withdrawAmount(input: $input) { __typename } }",
        input={"amountStatement": statement["id"], "reason": "It is of another fund."},
    )
    assert answer == {"withdrawAmount": {"__typename": "Withdrawn"}}
    [gone] = api_writable.public.ask(query)["fund"]["withdrawals"]
    assert gone["record"].startswith("AmountStatement ")
    assert gone["until"] == {"action": "WITHDRAWN", "reason": "It is of another fund."}
    assert gone["node"] | {"id": statement["id"]} == statement


def test_a_later_row_has_nothing_of_one_that_is_gone(api_writable: WritableApi) -> None:
    """SQLite gives the ids of rows that are gone to others."""
    submit_valid(api_writable.editor, "addEvent")
    withdraw_event(api_writable.database, "quay-opens")
    submit_valid(api_writable.editor, "addEvent", slug="pier-opens", title="The pier opens")
    query = '{ event(slug: "pier-opens") { withdrawals { record } versions { since { revision } } } }'
    answer = api_writable.public.ask(query)
    assert answer == {"event": {"withdrawals": [], "versions": [{"since": {"revision": REVISION + 3}}]}}
    version = api_writable.public.ask(
        '{ lastVersion(kind: EVENT, key: "quay-opens") { node { ... on Event { title } } } }'
    )
    assert version == {"lastVersion": {"node": {"title": "The quay opens"}}}


def test_a_participant_who_was_corrected_or_left_out_stands_with_the_event(api_writable: WritableApi) -> None:
    submit_valid(api_writable.editor, "addEvent")
    query = '{ event(slug: "quay-opens") { participants { name role } withdrawals { record values { field value } } } }'
    assert api_writable.public.ask(query)["event"]["withdrawals"] == []
    with changing(api_writable.database) as session:
        pat, ann = session.exec(
            select(Participant).join(Event).where(Event.slug == "quay-opens").order_by(col(Participant.position))
        )
        session.delete(pat)
        session.flush()
        # A place that changes is no change of what was said.
        ann.position = 0
    event = api_writable.public.ask(query)["event"]
    assert event["participants"] == [{"name": "Ann Onymous", "role": None}]
    [gone] = event["withdrawals"]
    assert (values(gone)["name"], values(gone)["organisation"]) == ("Pat Pilot", "mentor-uk")


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("STRATEGY", "Strategy", "serious-violence-strategy"),
        ("THEME", "Theme", "communities"),
        ("COMMITMENT", "Commitment", "SVS-21"),
        ("STATUS_UPDATE", "StatusUpdate", EXISTING_UPDATE),
        ("FUND", "Fund", "youth-fund-round-1"),
        ("EVENT", "Event", "strategy-launch-2018"),
        ("ORGANISATION", "Organisation", "home-office"),
        ("DOCUMENT", "Document", "commons-2019-05-15"),
        ("DISCREPANCY", "Discrepancy", "events-frequency"),
    ],
)
def test_every_kind_of_row_has_a_last_version(api_readonly: Api, kind: str, name: str, key: str) -> None:
    query = "query ($kind: RowKind!, $key: String!) { lastVersion(kind: $kind, key: $key) { record node { id } } }"
    last = api_readonly.ask(query, kind=kind, key=key)["lastVersion"]
    assert last == {"record": f"{name} {key}", "node": {"id": global_id(name, key)}}


def test_withdrawals_come_in_pages_the_latest_first(api_writable: WritableApi) -> None:
    slugs = [f"quay-opens-{number}" for number in range(3)]
    for slug in slugs:
        submit_valid(api_writable.editor, "addEvent", slug=slug)
    for slug in slugs:
        withdraw_event(api_writable.database, slug)
    query = """query ($after: String) { withdrawals(kinds: [EVENT], first: 2, after: $after) {
      totalCount nodes { record } pageInfo { hasNextPage endCursor }
    } }"""
    first = api_writable.public.ask(query)["withdrawals"]
    assert (records(first["nodes"]), first["totalCount"]) == (["Event quay-opens-2", "Event quay-opens-1"], 3)
    rest = api_writable.public.ask(query, after=first["pageInfo"]["endCursor"])["withdrawals"]
    assert (records(rest["nodes"]), rest["pageInfo"]["hasNextPage"]) == (["Event quay-opens-0"], False)
    # An empty list is as if left out.
    everything = "{ a: withdrawals(kinds: []) { totalCount } b: withdrawals { totalCount } }"
    counts = api_writable.public.ask(everything)
    assert counts["a"] == counts["b"]
    # Those of the last revision but one.
    pinned = f"{{ record(revision: {REVISION + 5}) {{ withdrawals(kinds: [EVENT]) {{ nodes {{ record }} }} }} }}"
    past = api_writable.public.ask(pinned)
    assert records(past["record"]["withdrawals"]["nodes"]) == ["Event quay-opens-1", "Event quay-opens-0"]


@pytest.mark.parametrize(
    "query",
    [
        "{ commitments { nodes { versions { record since { revision } until { revision } } } } }",
        "{ commitments { nodes { withdrawals { record until { revision } } } } }",
        "{ funds { nodes { amounts { versions { values { value } } } withdrawals { record } } } }",
        "{ withdrawals { totalCount nodes { record } } }",
    ],
)
def test_a_query_of_versions_takes_a_fixed_number_of_statements(api_writable: WritableApi, query: str) -> None:
    def count() -> int:
        with capture_statements() as statements:
            api_writable.public.ask(query)
        return len(statements)

    submit_valid(api_writable.editor, "addEvent", slug="quay-opens-1")
    withdraw_event(api_writable.database, "quay-opens-1")
    submit_valid(api_writable.editor, "unlink")
    one = count()
    for round in range(3):
        slug = f"quay-closes-{round}"
        submit_valid(api_writable.editor, "addEvent", slug=slug)
        withdraw_event(api_writable.database, slug)
        submit_valid(api_writable.editor, "link", commitment="SVS-22", reason=f"{round}")
        submit_valid(api_writable.editor, "unlink", commitment="SVS-22", fund="police-surge", reason=f"{round}")
    assert count() == one

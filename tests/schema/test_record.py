"""The record as of a day, as it was known at a revision: one moment for all that is asked under it."""

import base64
import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from db.database import Database
from tests.bench.queries import DASHBOARD
from tests.engines import url_of
from tests.inputs import revision, submit_valid
from tests.server import capture_statements
from tests.writable import WritableApi, serving_writable

BODY = DASHBOARD[DASHBOARD.index("{") + 1 : DASHBOARD.rindex("}")]
TITLE = "UPDATE commitment SET title = 'Another' WHERE ref = 'SVS-01'"


@pytest.fixture(scope="module")
def api_past(engine: object, request: pytest.FixtureRequest) -> Iterator[WritableApi]:
    """Our data, in which SVS-35 was identified an hour after the load, and SVS-21 corrected an hour later."""
    database = Database(engine.copy(request.getfixturevalue("seeded_template")))  # type: ignore[attr-defined]
    with serving_writable(database) as api:
        for hours, name in enumerate(("identifyCommitment", "correctStatus"), 1):
            api.clock.now = dt.datetime(2026, 12, 1, hours, tzinfo=dt.UTC)
            submit_valid(api.editor, name)
        api.clock.now = dt.datetime(2026, 12, 2, tzinfo=dt.UTC)
        yield api
    database.close()


def test_all_that_is_asked_under_a_record_is_as_it_was_known(api_past: WritableApi) -> None:
    last = revision(api_past.public)
    parts = """coverage { identified } commitment(ref: "SVS-35") { title status leads { slug } citations { paragraph } }
        commitments(filter: {search: "mend the quay"}) { totalCount } changes { totalCount } dataset { revision }
        organisations(filter: {search: "harbour board"}) { totalCount }"""
    answer = api_past.public.ask(f"{{ now: record {{ {parts} }} before: record(revision: {last - 2}) {{ {parts} }} }}")
    now, before = answer["now"], answer["before"]
    assert before == {
        "coverage": {"identified": now["coverage"]["identified"] - 1},
        "commitment": {"title": None, "status": "NOT_ASSESSED", "leads": [], "citations": []},
        "commitments": {"totalCount": 0},
        "changes": {"totalCount": last - 2},
        "dataset": {"revision": last - 2},
        "organisations": {"totalCount": 0},
    }
    assert now["commitments"]["totalCount"] == now["organisations"]["totalCount"] == 1
    assert api_past.public.ask(f"{{ {parts} }}") == now


def test_an_instant_is_the_last_revision_recorded_by_then(api_past: WritableApi) -> None:
    last = revision(api_past.public)
    ask = 'record(knownAt: "%s") { dataset { revision updatedAt } }'
    for instant, expected in (
        ("2026-12-01T00:59:59Z", last - 2),
        ("2026-12-01T01:00:00Z", last - 1),
        ("2026-12-01T03:00:00+01:00", last),
        ("2026-12-02T00:00:00Z", last),
    ):
        known = api_past.public.ask(f"{{ {ask % instant} }}")["record"]["dataset"]
        assert known["revision"] == expected
        same = api_past.public.ask(f"{{ record(revision: {expected}) {{ dataset {{ revision updatedAt }} }} }}")
        assert same["record"]["dataset"] == known


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("revision: 999", "NOT_FOUND"),
        ("revision: 0", "NOT_FOUND"),
        ("revision: -1", "NOT_FOUND"),
        ('knownAt: "2020-01-01T00:00:00Z"', "NOT_FOUND"),
        ('knownAt: "2026-12-01T00:00:00Z", revision: 1', "BAD_USER_INPUT"),
    ],
)
def test_a_moment_that_is_none_is_refused(api_past: WritableApi, arguments: str, code: str) -> None:
    answer = api_past.public.send(f"{{ record({arguments}) {{ progress {{ total }} }} }}").json()
    assert answer["data"] == {"record": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


def test_before_the_first_revision_nothing_is_said_of_a_row(api_past: WritableApi) -> None:
    before = 'knownAt: "2020-01-01T00:00:00Z"'
    answer = api_past.public.ask(
        f"""{{ commitment(ref: "SVS-21") {{ agreement({before}) daysSinceEvidence({before}) status({before}) }}
          fund(slug: "police-surge") {{ reconciliation({before}) {{ state basis accountedFor {{ amount }} }} }}
          strategy {{ themes {{ progress({before}) {{ total }} }} }} }}"""
    )
    assert answer["commitment"] == {"agreement": "NEITHER", "daysSinceEvidence": None, "status": "NOT_ASSESSED"}
    nothing = {"state": "NOTHING_STATED", "basis": "NONE", "accountedFor": {"amount": "0.00"}}
    assert answer["fund"]["reconciliation"] == nothing
    assert {theme["progress"]["total"] for theme in answer["strategy"]["themes"]} == {0}
    assert api_past.public.codes(f"{{ coverage({before}) {{ identified }} }}") == ["NOT_FOUND"]


def test_a_day_further_down_takes_the_place_of_the_outer_one(api_past: WritableApi) -> None:
    answer = api_past.public.ask(
        """{ record(asOf: "2018-06-30") {
          progress { asOf } later: progress(asOf: "2019-06-30") { asOf }
          commitment(ref: "SVS-21") { status later: status(asOf: "2026-12-01") }
          commitments(filter: {status: [ANNOUNCED]}) { nodes { status } }
          byDay: commitments(filter: {status: [ANNOUNCED], asOf: "2019-12-31"}) { nodes { ref } }
        } byDay: commitments(filter: {status: [ANNOUNCED], asOf: "2019-12-31"}) { nodes { ref } } }"""
    )
    record = answer["record"]
    assert record["progress"] == {"asOf": "2018-06-30"}
    assert record["later"] == {"asOf": "2019-06-30"}
    assert record["commitment"]["status"] == "ANNOUNCED"
    assert record["commitment"]["later"] == "NOT_STARTED"
    assert {node["status"] for node in record["commitments"]["nodes"]} == {"ANNOUNCED"}
    assert record["byDay"] == answer["byDay"]


def test_an_id_under_a_record_names_its_moment_and_leads_back_to_it(api_past: WritableApi) -> None:
    last = revision(api_past.public)
    fields = '{ commitment(ref: "SVS-21") { id status statusHistory { id } theme { id } } }'
    moments = {
        "plain": "",
        "day": '(asOf: "2018-06-30")',
        "revision": f"(revision: {last - 1})",
        "both": f'(asOf: "2018-06-30", revision: {last - 1})',
    }
    query = " ".join(f"{name}: record{arguments} {fields}" for name, arguments in moments.items())
    answer = api_past.public.ask(f'{{ {query} root: commitment(ref: "SVS-21") {{ id }} }}')
    commitments = {name: answer[name]["commitment"] for name in moments}
    ids = {name: commitment["id"] for name, commitment in commitments.items()}
    assert len(set(ids.values())) == 4
    assert ids["plain"] == answer["root"]["id"]
    assert base64.b64decode(ids["both"]).decode() == f"Commitment@2018-06-30@{last - 1}:SVS-21"
    spread = "... on Commitment { id status statusHistory { id } theme { id } }"
    nodes = api_past.public.ask(f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ {spread} }} }}", ids=list(ids.values()))
    assert nodes["nodes"] == list(commitments.values())
    _promise, history = commitments["both"]["statusHistory"]
    assert f"@{last - 1}:" in base64.b64decode(history["id"]).decode()
    old = api_past.public.ask(
        "query ($id: ID!) { node(id: $id) { ... on StatusUpdate { correctedBy { id } } } }", id=history["id"]
    )
    assert old["node"] == {"correctedBy": None}


@pytest.mark.parametrize("name", ["Commitment@2018-06-30@99", "Commitment@@99"])
def test_an_id_of_a_revision_that_is_not_there_is_no_node(api_past: WritableApi, name: str) -> None:
    id = base64.b64encode(f"{name}:SVS-21".encode()).decode()
    assert api_past.public.ask("query ($id: ID!) { node(id: $id) { id } }", id=id) == {"node": None}


@pytest.mark.parametrize("name", ["Commitment@2018-13-30@1", "Commitment@x@1", "Commitment@@", "Commitment@1", "@@1"])
def test_an_id_of_no_moment_is_refused(api_past: WritableApi, name: str) -> None:
    id = base64.b64encode(f"{name}:SVS-21".encode()).decode()
    expected = [] if name == "Commitment@@" else ["INVALID_ID"]
    assert api_past.public.codes("query ($id: ID!) { node(id: $id) { id } }", id=id) == expected


def test_the_past_takes_as_many_statements_as_the_present(api_past: WritableApi) -> None:
    with capture_statements() as present:
        api_past.public.ask(f"{{ record {{ {BODY} }} }}")
    with capture_statements() as past:
        api_past.public.ask(f'{{ record(asOf: "2026-12-01", revision: 1) {{ {BODY} }} }}')
    # The past looks up the instant of its revision.
    assert len(past) == len(present) + 1


def test_no_answer_mixes_two_revisions(api_writable: WritableApi) -> None:
    """A writer commits between two statements of one request."""
    address = url_of(api_writable.database)
    writer, writes = Database(address), 0

    def write(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal writes
        if "FROM commitment" in statement and not writes:
            writes += 1
            with writer.transaction() as session:
                session.connection().execute(sa.text(TITLE))

    sa.event.listen(sa.Engine, "after_cursor_execute", write)
    try:
        field = 'commitment(ref: "SVS-01") { title }'
        query = f"{{ a: {field} b: {field} c: record {{ {field} }} dataset {{ revision }} }}"
        first, second = api_writable.public.ask(query), api_writable.public.ask(query)
    finally:
        sa.event.remove(sa.Engine, "after_cursor_execute", write)
        writer.close()
    assert first["a"] == first["b"] == first["c"]["commitment"]
    assert second["a"] == second["b"] == second["c"]["commitment"] == {"title": "Another"}
    assert second["dataset"]["revision"] == first["dataset"]["revision"] + 1

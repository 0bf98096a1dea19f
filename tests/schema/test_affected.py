"""What a change wrote, for a client's cache: the rows to ask again, and each value under its name in the API."""

import json
from collections.abc import Iterator
from typing import Any

import graphql
import pytest
from strawberry.relay.utils import from_base64

from db import affected
from db.natural_keys import MODELS
from db.vocabulary import ChangeAction
from schema.edits import LISTS, path_of
from schema.node import global_id
from tests.documents import text
from tests.engines import Engine
from tests.inputs import submit_valid
from tests.server import Api, capture_statements
from tests.writable import WritableApi, serving_copy

SCHEMA = graphql.build_schema(text("schema/schema.graphql"))
LOG = """{ changes { nodes {
  revision action subject { id } affected { id } edits { record path before after rowId beforeId afterId }
} } }"""


@pytest.fixture(scope="module")
def api_log(engine: Engine, changes_template: str) -> Iterator[WritableApi]:
    """The application on a database whose log has one change of every kind; no test writes to it."""
    with serving_copy(engine.copy(changes_template)) as api:
        yield api


@pytest.fixture(scope="module")
def log(api_log: WritableApi) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = api_log.public.ask(LOG)["changes"]["nodes"]
    return [change for change in nodes if change["action"] != ChangeAction.IMPORTED]


def selection(kind: str, path: str) -> str:
    """The field at the end of a path, or the id of the object there."""
    parent: Any = SCHEMA.type_map[kind]
    names = path.split(".")
    for name in names:
        field = parent.fields[name]
        parent = graphql.get_named_type(field.type)
    inner = "" if graphql.is_leaf_type(parent) else "{ id }"
    for name in reversed(names):
        inner = f"{{ {name} {inner} }}"
    return inner


def written(value: Any) -> str | None:
    """A value of the API as the log writes it."""
    match value:
        case None | []:
            return None
        case bool():
            return str(value).lower()
        case list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def shown(api: Api, revision: int, edits: list[dict[str, Any]]) -> list[Any]:
    """What the API shows at the path of each edit at a revision; None where there is no row."""
    parts = []
    for place, edit in enumerate(edits):
        kind, _ = from_base64(edit["rowId"])
        parts.append(f'e{place}: node(id: "{edit["rowId"]}") {{ ... on {kind} {selection(kind, edit["path"])} }}')
    record = api.ask(f"{{ record(revision: {revision}) {{ {' '.join(parts)} }} }}")["record"]
    values = []
    for place, edit in enumerate(edits):
        value = record[f"e{place}"]
        for name in edit["path"].split("."):
            value = value and value[name]
        values.append(value)
    return values


def plain(id: str) -> str:
    """The id of the same row without a moment."""
    kind, key = from_base64(id)
    return global_id(kind.partition("@")[0], key)


def test_each_edit_says_what_the_api_shows_before_and_after_it(api_log: WritableApi, log: list[dict[str, Any]]) -> None:
    compared = 0
    for change in log:
        edits = [edit for edit in change["edits"] if edit["path"]]
        for when, revision in (("before", change["revision"] - 1), ("after", change["revision"])):
            for edit, value in zip(edits, shown(api_log.public, revision, edits), strict=True):
                id = edit[f"{when}Id"]
                case = (change["revision"], when, edit, value)
                compared += 1
                if isinstance(value, list) and all(isinstance(each, dict) for each in value) and value:
                    # The end of a link is an entry in a list.
                    other = edit["afterId"] or edit["beforeId"]
                    assert (other in [plain(each["id"]) for each in value]) == (id is not None), case
                elif isinstance(value, dict):
                    assert plain(value["id"]) == id, case
                elif edit["beforeId"] or edit["afterId"]:
                    assert (value or None, id) == (None, None), case
                else:
                    assert written(value) == edit[when], case
    assert compared > 300


def test_the_affected_rows_are_those_that_the_edits_name_and_that_are_there(
    api_log: WritableApi, log: list[dict[str, Any]]
) -> None:
    actions = set()
    for change in log:
        named = {id for edit in change["edits"] for id in (edit["rowId"], edit["beforeId"], edit["afterId"]) if id}
        ids = [change["subject"]["id"], *sorted(named - {change["subject"]["id"]})]
        there = [node["id"] for node in api_log.public.ask(
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)["nodes"] if node]  # fmt: skip
        actual = [node["id"] for node in change["affected"]]
        owners = {global_id(kind, key) for edit in change["edits"] for kind, key in owners_of(edit["record"])}
        assert (len(set(actual)), set(actual) - owners) == (len(actual), set(there) - owners), change
        actions.add(change["action"])
    assert actions >= {"RECORDED", "CORRECTED", "ADDED", "LINKED", "UNLINKED", "OPENED", "SETTLED"}


def owners_of(record: str) -> list[affected.Name]:
    kind, _, key = record.partition(" ")
    return affected.ends(affected.MODEL_OF[kind], key)


def test_a_change_tells_which_update_moved_from_what_to_what(api_writable: WritableApi) -> None:
    change = submit_valid(
        api_writable.editor,
        "recordStatus",
        selection="change { affected { __typename ... on StatusUpdate { status } ... on Commitment { ref status } } }",
    )["change"]
    by_kind = {node["__typename"]: node for node in change["affected"]}
    assert (by_kind["StatusUpdate"]["status"], by_kind["Commitment"]["status"]) == ("DELIVERED", "DELIVERED")
    assert by_kind["Commitment"]["ref"] == "SVS-05"


def test_the_rows_are_bounded_and_take_so_many_statements_however_many_changes_there_are(api_log: WritableApi) -> None:
    ask = "query ($n: Int) { changes(direction: DESC, first: 40) { nodes { affected(first: $n) { id } } } }"
    nodes = api_log.public.ask(ask, n=2)["changes"]["nodes"]
    assert max(len(node["affected"]) for node in nodes) == 2
    counts = []
    for first in (5, 40):
        with capture_statements() as statements:
            api_log.public.ask(f"{{ changes(direction: DESC, first: {first}) {{ nodes {{ affected {{ id }} }} }} }}")
        counts.append(len(statements))
    assert counts[1] <= len(affected.KINDS) + 4


def test_every_path_is_one_of_the_schema() -> None:
    for model in MODELS.values():
        kind = model.__name__
        for column in model.__table__.c:
            field = column.name.removesuffix("_id")
            path = path_of(kind, field)
            reference = affected.reference(kind, field)
            if path and "." not in path:
                inner = graphql.get_named_type(SCHEMA.type_map[kind].fields[path].type)  # type: ignore[attr-defined]
                assert (reference is None) == graphql.is_leaf_type(inner), (kind, field, path)
    for (link, end), name in LISTS.items():
        owner = next(other for other in ends_of(link) if other != affected.reference(link, end))
        field = SCHEMA.type_map[owner].fields[name]  # type: ignore[attr-defined]
        assert graphql.get_named_type(field.type).name == affected.reference(link, end)


def ends_of(link: str) -> list[str]:
    model = affected.MODEL_OF[link]
    return [name for name, _ in affected.ends(model, "a/b")]

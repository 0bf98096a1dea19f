"""Log entries of earlier versions may hold anything, and every feed and page shows them."""

from typing import Any

import pytest
from sqlmodel import select

from db.database import Database
from db.models import Change, ChangeNode, Dataset, StatusUpdate
from db.vocabulary import ChangeAction
from tests.api.feeds import get, revisions
from tests.server import NOW
from tests.writable import WritableApi

STATUS = {"field": "status", "before": None, "after": "DELIVERED"}
STRANGE: dict[str, dict[str, Any]] = {
    "a kind that nobody follows": {"subject_type": "Token", "subject_key": "x"},
    "a name that is not there": {"subject_type": "Fund", "subject_key": "x"},
    "a status of the Strategy": {"edits": [{"record": "StatusUpdate {key}", **STATUS}]},
    "a status that is not there": {"edits": [{"record": "StatusUpdate " + "a" * 20, **STATUS}]},
    "a status of no name": {"edits": [{"record": "StatusUpdate ", **STATUS}, {"record": "StatusUpdate", **STATUS}]},
    "more statuses than can be asked for": {
        "edits": [{"record": f"StatusUpdate {number:020x}", **STATUS} for number in range(200)]
    },
}
pytestmark = pytest.mark.postgresql_in_full


def enter(database: Database, strange: dict[str, Any]) -> int:
    """The revision of the new entry."""
    with database.transaction() as session:
        key = session.exec(select(StatusUpdate.key)).first()
        values = {"subject_type": "Strategy", "subject_key": "serious-violence-strategy", "edits": []} | strange
        edits = [edit | {"record": edit["record"].replace("{key}", str(key))} for edit in values["edits"]]
        dataset = session.get_one(Dataset, 1)
        dataset.revision += 1
        dataset.updated_at = NOW
        session.add(
            Change(
                **values | {"edits": edits},
                revision=dataset.revision,
                recorded_at=NOW,
                actor="Somebody",
                summary="Something.",
                action=ChangeAction.RECORDED,
            )
        )
        session.flush()
        session.add(ChangeNode(revision=dataset.revision, type=values["subject_type"], key=values["subject_key"]))
        return dataset.revision


@pytest.mark.parametrize("case", STRANGE)
def test_an_impossible_entry_stops_no_feed(api_shared: WritableApi, case: str) -> None:
    api = api_shared.public
    revision = enter(api_shared.database, STRANGE[case])
    for suffix in ("atom", "json"):
        assert revisions(get(api, f"/feed.{suffix}"))[:2] == [revision, revision - 1]
    for path in (f"/changes/{revision}", "/changes", "/events.ics", "/"):
        assert api.http.get(path).status_code == 200, path
    changes = api.ask("{ changes(direction: DESC, first: 2) { nodes { subject { __typename id } edits { record } } } }")
    assert [node["subject"]["__typename"] for node in changes["changes"]["nodes"]] == ["Strategy", "Strategy"]

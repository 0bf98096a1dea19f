"""A log that an earlier version took over from files may say anything: what can be told of it is told."""

from typing import Any

import pytest
from sqlmodel import select

from db.database import Database
from db.models import Change, ChangeNode, Dataset, StatusUpdate
from db.vocabulary import ChangeAction
from tests.api.feeds import get, revisions
from tests.server import NOW
from tests.writable import serving_writable

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


def enter(database: Database, strange: dict[str, Any]) -> None:
    with database.transaction() as session:
        key = session.exec(select(StatusUpdate.key)).first()
        said = {"subject_type": "Strategy", "subject_key": "serious-violence-strategy", "edits": []} | strange
        edits = [edit | {"record": edit["record"].replace("{key}", str(key))} for edit in said["edits"]]
        dataset = session.get_one(Dataset, 1)
        dataset.revision, dataset.updated_at = 2, NOW
        session.add(
            Change(**said | {"edits": edits}, revision=2, recorded_at=NOW, actor="Somebody", summary="Something.",
                   action=ChangeAction.RECORDED)
        )  # fmt: skip
        session.flush()
        session.add(ChangeNode(revision=2, type=said["subject_type"], key=said["subject_key"]))


@pytest.mark.parametrize("case", STRANGE)
def test_an_entry_that_says_what_cannot_be_stops_nothing(seeded_database: Database, case: str) -> None:
    enter(seeded_database, STRANGE[case])
    with serving_writable(seeded_database) as at:
        for suffix in ("atom", "json"):
            assert revisions(get(at.public, f"/feed.{suffix}")) == [2, 1]
        for path in ("/changes/2", "/changes", "/events.ics", "/"):
            assert at.public.http.get(path).status_code == 200, path
        told = at.public.ask("{ changes { nodes { subject { __typename id } edits { record } } } }")["changes"]
        assert [node["subject"]["__typename"] for node in told["nodes"]] == ["Strategy", "Strategy"]

"""The two clocks, on every page that shows where a commitment stands, after an editor's correction."""

import datetime as dt
import re
from typing import Any

import pytest

from tests.api.pages.reading import count_marks, read
from tests.inputs import mutation
from tests.server import Api
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only

RECORD = mutation("recordStatus", "statusUpdate { id recordedAt }")
CORRECT = mutation("correctStatus", "statusUpdate { id recordedAt }")
STATUS_INPUT: dict[str, Any] = {
    "commitment": "SVS-19",
    "status": "DELIVERED",
    "effectiveOn": "2019-03-01",
    "voice": "GOVERNMENT",
    "note": "The minister says that it was done.",
    "citation": {"newDocument": {"slug": "written-answer-999999", "title": "A written answer"}},
}
CORRECTION_INPUT = {
    "status": "STALLED",
    "reason": "The minister took it back.",
    "note": "Nobody knows whether it goes on.",
}
STATUS = """query ($asOf: Date, $knownAt: DateTime) {
    commitment(ref: "SVS-19") { title status(asOf: $asOf, knownAt: $knownAt) }
    progress(asOf: $asOf, knownAt: $knownAt) { groups { group count } }
    statusDefinitions { status label group }
}"""
DAYS = ("2019-02-28", "2019-03-01", "2019-12-31")
SHOWING = [
    "/",
    "/commitments",
    "/commitments/SVS-19",
    "/themes/communities",
    "/funds/serious-violence-fund",
    "/events/engagement-london-2018",
    "/organisations/home-office",
    "/embed/commitments/SVS-19",
    "/embed/progress",
]
LINK = mutation("link")
TIE = {"commitment": "SVS-19", "fund": "serious-violence-fund"}


def statuses(api: Api, path: str, title: str, labels: list[str]) -> set[str]:
    """The texts of a page about the commitment."""
    text = read(api, path).text
    words = "|".join(sorted(labels, key=len, reverse=True))
    return set(re.findall(rf"(?:SVS-19[,:]? {re.escape(title)}:?|What sources report) ({words})\b", text))


def test_every_page_follows_both_clocks(api_writable: WritableApi) -> None:
    api, editor = api_writable.public, api_writable.editor
    editor.ask(LINK, input={**TIE, "reason": "So that its page shows it."})
    api_writable.clock.now += dt.timedelta(hours=1)
    data = editor.ask(RECORD, input=STATUS_INPUT)["recordStatus"]["statusUpdate"]
    api_writable.clock.now += dt.timedelta(hours=1)
    change = {"statusUpdate": data["id"], **CORRECTION_INPUT}
    correction = editor.ask(CORRECT, input=change)["correctStatus"]["statusUpdate"]

    status_by_moment: dict[tuple[str, str | None], str] = {}
    for known_at in ("2026-12-01T12:00:00Z", data["recordedAt"], None):
        for day in DAYS:
            result = api.ask(STATUS, asOf=day, knownAt=known_at)
            labels = {one["status"]: one["label"] for one in result["statusDefinitions"]}
            title, status = result["commitment"]["title"], result["commitment"]["status"]
            status_by_moment[day, known_at] = status
            query = f"?asOf={day}" + (f"&knownAt={known_at}" if known_at else "")
            for path in SHOWING:
                texts = statuses(api, path + query, title, list(labels.values()))
                assert texts == {labels[status]}, (path, query)
            [unknown] = [entry["count"] for entry in result["progress"]["groups"] if entry["group"] == "UNKNOWN"]
            assert f"{unknown} unknown" in read(api, f"/{query}").text
            text = read(api, f"/embed/progress{query}").text
            names = [one["label"] for one in result["statusDefinitions"] if one["group"] == "UNKNOWN"]
            assert sum(count_marks(text, name) for name in names) == unknown
    assert [status_by_moment[day, data["recordedAt"]] for day in DAYS] == ["IN_PROGRESS", "DELIVERED", "IN_PROGRESS"]
    assert [status_by_moment[day, None] for day in DAYS] == ["IN_PROGRESS", "STALLED", "IN_PROGRESS"]

    # The history keeps what was corrected, and says why; and before that it did not know.
    now, before = (
        read(api, f"/commitments/SVS-19?asOf=2019-12-31{clock}").text
        for clock in ("", f"&knownAt={data['recordedAt']}")
    )
    assert STATUS_INPUT["note"] in now
    assert CORRECTION_INPUT["reason"] in now
    assert CORRECTION_INPUT["note"] in now
    assert STATUS_INPUT["note"] in before
    assert CORRECTION_INPUT["reason"] not in before
    assert correction["recordedAt"] > data["recordedAt"]


def test_an_instant_may_have_any_zone_and_an_unescaped_plus(api_sqlite: Api) -> None:
    pages = [
        read(api_sqlite, f"/commitments/SVS-19?knownAt={instant}").text
        for instant in ("2026-11-23T10:00:00Z", "2026-11-23T11:00:00+01:00", "2026-11-23T11:00:00%2B01:00")
    ]
    for page in pages:
        assert "As this record stood on 23 November 2026, 10:00 UTC (revision " in page
        assert "knownAt=2026-11-23T10:00:00Z" in page


def test_a_day_before_everything_and_the_last_that_can_be_asked_about(api_sqlite: Api) -> None:
    early, late = (read(api_sqlite, f"/?asOf={day}").text for day in ("0001-01-01", "2026-12-01"))
    assert "61 unknown" in early
    assert "27 unknown" in late

"""Which day it is: one rule for the API, pages, files, feeds, the command line and what is written."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from api import cli
from api.settings import Settings
from db.database import Database
from tests.engines import seed_sqlite
from tests.inputs import problems, submit
from tests.writable import WritableApi, serving_writable

# Both sides of midnight in London: in winter, in summer, and where the clocks change; and what day it is there.
MIDNIGHTS = [
    ("2027-01-14T23:59:59Z", "2027-01-14"),
    ("2027-01-15T00:00:00Z", "2027-01-15"),
    ("2027-03-27T23:59:59Z", "2027-03-27"),
    ("2027-03-28T00:00:00Z", "2027-03-28"),
    ("2027-03-28T22:59:59Z", "2027-03-28"),
    ("2027-03-28T23:00:00Z", "2027-03-29"),
    ("2027-07-01T22:59:59Z", "2027-07-01"),
    ("2027-07-01T23:30:00Z", "2027-07-02"),
    ("2027-10-30T22:59:59Z", "2027-10-30"),
    ("2027-10-30T23:00:00Z", "2027-10-31"),
    ("2027-10-31T23:59:59Z", "2027-10-31"),
    ("2027-11-01T00:00:00Z", "2027-11-01"),
]
DAY = dt.timedelta(days=1)
PATHS = ["/", "/commitments", "/commitments/SVS-19", "/data/commitments.csv", "/data/sixty-one.xlsx", "/embed/progress"]
SEARCH = {"commitment": "SVS-30", "status": "NO_EVIDENCE", "voice": "TRACKER", "note": "Hansard was searched."}
ELSEWHERE = ["London", "Europe", "Europe/", "../etc/passwd", "/etc/localtime", "Europe/L\u00f6ndon", "GMT+1"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    instance = Database(seed_sqlite(tmp_path_factory.mktemp("today")))
    yield instance
    instance.close()


@pytest.fixture(scope="module")
def api_london(database: Database) -> Iterator[WritableApi]:
    with serving_writable(database, rate_per_minute=0) as api:
        yield api


def refusals(api: WritableApi, day: str) -> set[bool]:
    """Whether a page, a file, an embed and a write say of a day that it is still to come."""
    site = str(api.public.http.base_url).rstrip("/")
    responses = [api.public.http.get(path, params={"asOf": day}) for path in PATHS]
    responses.append(api.public.http.get("/oembed", params={"url": f"{site}/commitments/SVS-19?asOf={day}"}))
    assert {response.status_code for response in responses} <= {200, 400}
    answer = submit(api.editor, "recordStatus", {**SEARCH, "effectiveOn": day})
    is_recorded = answer["__typename"] == "StatusRecorded" or problems(answer) == ["DUPLICATE"]
    assert is_recorded or problems(answer) == ["INVALID effectiveOn"]
    return {not is_recorded, *(response.status_code == 400 for response in responses)}


@pytest.mark.parametrize(("instant", "today"), MIDNIGHTS)
def test_a_day_begins_at_midnight_in_london_everywhere(api_london: WritableApi, instant: str, today: str) -> None:
    api_london.clock.now = dt.datetime.fromisoformat(instant)
    tomorrow = (dt.date.fromisoformat(today) + DAY).isoformat()
    assert api_london.public.ask("{ progress { asOf } }")["progress"]["asOf"] == today
    assert f'max="{today}"' in api_london.public.http.get("/").text
    file = api_london.public.http.head("/data/commitments.csv").headers["content-disposition"]
    assert file == f'attachment; filename="sixty-one-commitments-{today}.csv"'
    assert refusals(api_london, tomorrow) == {True}
    assert refusals(api_london, today) == {False}


def test_a_refusal_of_a_day_to_come_names_today(api_london: WritableApi) -> None:
    api_london.clock.now = dt.datetime(2028, 7, 1, 23, 30, tzinfo=dt.UTC)
    body = api_london.public.http.get("/data/commitments.csv?asOf=2028-07-03").json()["errors"][0]["message"]
    assert body == (
        "That is still to come: by the clock here it is 1 July 2028, 23:30 UTC. Today is 2 July 2028 in Europe/London."
    )


def test_the_api_answers_of_tomorrow_which_has_begun_elsewhere_and_of_no_later_day(api_london: WritableApi) -> None:
    api_london.clock.now = dt.datetime(2028, 7, 1, 23, 30, tzinfo=dt.UTC)
    query = "query ($day: Date) { progress(asOf: $day) { asOf counts { status count } } }"
    now = api_london.public.ask(query)["progress"]
    assert api_london.public.ask(query, day="2028-07-03")["progress"] == {**now, "asOf": "2028-07-03"}
    [error] = api_london.public.send(query, {"day": "2028-07-04"}).json()["errors"]
    assert error == {
        "message": "`asOf`: 2028-07-04 is still to come. The latest day is 2028-07-03.",
        "locations": [{"line": 1, "column": 22}],
        "extensions": {"code": "BAD_USER_INPUT"},
    }


@pytest.mark.parametrize(
    ("zone", "today"),
    [("UTC", "2029-07-01"), ("Europe/London", "2029-07-02"), ("Pacific/Kiritimati", "2029-07-02"),
     ("America/New_York", "2029-07-01"), ("Etc/GMT+12", "2029-07-01")],
)  # fmt: skip
def test_the_zone_is_a_setting(database: Database, zone: str, today: str) -> None:
    with serving_writable(database, time_zone=zone, rate_per_minute=0) as elsewhere:
        elsewhere.clock.now = dt.datetime(2029, 7, 1, 23, 30, tzinfo=dt.UTC)
        assert elsewhere.public.ask("{ progress { asOf } }")["progress"]["asOf"] == today
        assert elsewhere.public.http.get(f"/?asOf={today}").status_code == 200


@pytest.mark.parametrize("name", ELSEWHERE)
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="must be the name of a time zone, such as Europe/London or UTC"):
        Settings(time_zone=name)


@pytest.mark.parametrize(("zone", "code"), [("Etc/GMT-14", 0), ("Etc/GMT+12", 2)])
def test_the_command_line_has_the_same_days(tmp_path: Path, zone: str, code: int) -> None:
    # Where this day has begun, it has not begun 26 hours farther west.
    day = dt.datetime.now(ZoneInfo("Etc/GMT-14")).date().isoformat()
    env = {"SIXTYONE_DATABASE_URL": seed_sqlite(tmp_path), "SIXTYONE_TIME_ZONE": zone}
    command = ["export", str(tmp_path / "out"), "--as", "csv", "--as-of", day]
    result = CliRunner().invoke(cli.app, command, env=env)
    assert result.exit_code == code, result.stderr
    assert ("still to come" in result.stderr) is (code != 0)

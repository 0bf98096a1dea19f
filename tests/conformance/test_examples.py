"""The examples do what their README says, in a copy of their folder, against a real server."""

import re
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from db.database import Database
from tests.api.process import serving_process
from tests.conformance.examples import (
    ADDRESS,
    EXAMPLES,
    SCRIPT_LINES,
    SHELL_LINES,
    following,
    read_line,
    require_output,
    sh,
)
from tests.engines import url_of
from tests.optional import skip_or_fail
from tests.waiting import PATIENCE
from tests.writable import WritableApi, serving_writable

pytestmark = pytest.mark.sqlite_only

SCRIPT = EXAMPLES / "python" / "what_changed.py"
# Nothing listens there: the port is reserved.
NOWHERE = "http://127.0.0.1:1"

RECORD = """
mutation ($input: RecordStatusInput!) {
  recordStatus(input: $input) {
    ... on StatusRecorded { change { revision recordedAt actor summary cursor } }
    ... on Rejected { problems { message } }
  }
}
"""


@pytest.fixture(scope="session")
def typescript(url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, taken elsewhere and built as the README says."""
    products = ["node_modules", "dist", "schema.graphql", "schema.d.ts"]
    source, folder = EXAMPLES / "typescript", tmp_path_factory.mktemp("elsewhere") / "typescript"
    if shutil.which("npm") is None:
        skip_or_fail("there is no npm here")
    if not (source / "node_modules").is_dir():
        skip_or_fail("npm ci has not been run in examples/typescript")
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*products))
    (folder / "node_modules").symlink_to(source / "node_modules")
    assert SHELL_LINES[:2] == ["cd examples/typescript", "npm ci"]
    for line in SHELL_LINES[2:4]:
        require_output(sh(line.replace(ADDRESS, url), folder))
    return folder


def test_a_theme_on_a_day_is_printed_with_status_voice_and_source(typescript: Path, url: str) -> None:
    output = require_output(sh(SHELL_LINES[4], typescript, SIXTYONE_URL=url))
    assert output.startswith("Supporting communities and local partnerships, by 2018-12-31\n\nSVS-18  ")
    assert (
        """
SVS-19  Hold engagement events across the country
        In progress
        2018-10-08, government: Home Office news on the first engagement event, London, paragraph 1
        https://www.gov.uk/government/news/home-office-hosts-first-serious-violence-event-in-london
"""
        in output
    )
    assert re.search(rf"\n{url}, revision \d+\. CC BY 4\.0: Sixty-One contributors.*\n$", output)


def test_its_own_tests_pass(typescript: Path) -> None:
    output = require_output(sh("npm test", typescript, SIXTYONE=str(Path(sys.executable).with_name("sixtyone"))))
    assert re.findall(r". (?:pass|fail) (\d+)\n", output) == ["2", "0"], output


def test_without_a_day_it_is_about_today_and_a_month_is_not_shown_as_its_last_day(typescript: Path, url: str) -> None:
    output = require_output(sh("node dist/theme.js county-lines", typescript, SIXTYONE_URL=url))
    assert "by 2026-12-01\n" in output
    assert "        2019-08, civil society: Letting agents on spotting exploitation\n" in output


@pytest.mark.parametrize(
    ("line", "environment", "message"),
    [
        ("theme.js", {}, "Name a theme:\n  county-lines: Tackling county lines and misuse of drugs\n"),
        ("theme.js county", {}, "Name a theme:\n  county-lines: Tackling county lines and misuse of drugs\n"),
        ("theme.js communities 2018-02-30", {}, "BAD_USER_INPUT: Variable '$asOf' has invalid value: There is no day"),
        ("theme.js communities", {"SIXTYONE_TOKEN": "sxo_none"}, "UNAUTHENTICATED: "),
        ("theme.js communities", {"SIXTYONE_URL": NOWHERE}, f"{NOWHERE} does not answer.\n"),
        ("follow.js SVS-62", {}, "NOT_FOUND: "),
        ("follow.js --after nothing", {}, "INVALID_CURSOR: "),
        ("follow.js --after nothing", {"SIXTYONE_TOKEN": "sxo_none"}, "UNAUTHENTICATED: "),
    ],
)
def test_an_impossible_request_is_reported_and_not_repeated(
    typescript: Path, url: str, line: str, environment: dict[str, str], message: str
) -> None:
    result = sh(f"node dist/{line}", typescript, **{"SIXTYONE_URL": url} | environment)
    assert (result.returncode, result.stderr[: len(message)]) == (1, message)


def test_a_misspelt_or_nullable_field_does_not_compile(typescript: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(typescript, tmp_path / "typescript", symlinks=True))
    theme = folder / "src" / "theme.ts"
    source = theme.read_text(encoding="utf-8")
    theme.write_text(source.replace("if (statusUpdate) ", "").replace("${definition?.label}", "${definition?.lable}"))
    output = sh("npm run check", folder)
    assert output.returncode == 2
    assert re.findall(r"error TS\d+: (.*?) ", output.stdout) == ["Property", "Argument"], output.stdout


def test_the_follower_prints_each_change_once_reconnects_and_resumes_another_day(
    typescript: Path, seeded_database: Database, tmp_path: Path
) -> None:
    """The editor writes at one server. The follower listens to another, which is killed and started again."""
    address = url_of(seeded_database)
    settings = {"database_url": address, "port": str(free_port())}
    assert SHELL_LINES[5:] == ["node dist/follow.js"]
    with (
        serving_writable(seeded_database) as at_desk,
        serving_process(tmp_path, **settings) as server,
        following(typescript, server.url(), "SVS-19") as node,
    ):
        record(at_desk, "SVS-20", "2025-01-30")
        first = record(at_desk, "SVS-19", "2025-01-31")
        assert read_line(node) == line(first)
        server.process.kill()
        server.process.wait()
        changes = [record(at_desk, "SVS-19", day) for day in ("2025-02-01", "2025-02-02")]
        with serving_process(tmp_path, **settings) as again:
            assert [read_line(node), read_line(node)] == [line(change) for change in changes]
            place = changes[-1]["cursor"]
            node.send_signal(signal.SIGINT)
            assert node.communicate(timeout=PATIENCE)[0] == f"\nTo go on from here, add: --after {place}\n"
            assert node.returncode == 0
            later = record(at_desk, "SVS-20", "2025-02-03")
            with following(typescript, again.url(), "--after", place) as node:
                assert read_line(node) == line(later)


def line(change: dict[str, Any]) -> str:
    return f"{change['revision']}  {change['recordedAt']}  {change['actor']}: {change['summary']}\n"


def record(api: WritableApi, commitment: str, day: str) -> dict[str, Any]:
    document = {"slug": f"page-{day}", "title": f"A page of {day}"}
    values = {"status": "IN_PROGRESS", "effectiveOn": day, "voice": "PARLIAMENT", "note": "It goes on."}
    data = api.editor.ask(RECORD, input={"commitment": commitment, **values, "citation": {"newDocument": document}})
    change: dict[str, Any] = data["recordStatus"]["change"]
    return change


def free_port() -> int:
    with socket.socket() as connection:
        connection.bind(("127.0.0.1", 0))
        port: int = connection.getsockname()[1]
        return port


def script(url: str, *more: str) -> str:
    """The line of the README that runs the script, with our Python, which has httpx."""
    [*_, line] = SCRIPT_LINES
    python, path, address, *days = line.split()
    assert (python, path, address) == ("example/bin/python", "examples/python/what_changed.py", ADDRESS)
    return " ".join([sys.executable, str(SCRIPT), url, *days, *more])


def test_the_script_counts_two_days_lists_what_changed_with_its_sources_and_names_the_unknown(url: str) -> None:
    output = require_output(sh(script(url), EXAMPLES))
    head, heading, *changes, unknown, edition = output.split("\n\n")[1:]
    assert [row.split() for row in head.splitlines()] == [
        ["2018-12-31", "2019-12-31"],
        ["Not", "assessed", "27", "27"],
        ["Announced", "19", "13"],
        ["In", "progress", "8", "11"],
        ["Partially", "delivered", "2", "2"],
        ["Delivered", "5", "8"],
    ]
    assert heading == "8 changed after 2018-12-31 and up to 2019-12-31"
    assert [change[:6] for change in changes] == [
        "SVS-08",
        "SVS-09",
        "SVS-14",
        "SVS-15",
        "SVS-23",
        "SVS-24",
        "SVS-25",
        "SVS-27",
    ]
    assert changes[1].splitlines()[:2] == [
        "SVS-09  Inspect the police response to county lines",
        "        Announced -> In progress",
    ]
    # The source gives the year alone.
    assert changes[1].splitlines()[2].startswith("        In progress, 2019, inspectorate: ")
    assert changes[1].endswith(
        "        Inspection of the policing of county lines\n"
        "        https://hmicfrs.justiceinspectorates.gov.uk/publications/both-sides-of-the-coin-county-lines/"
    )
    meaning, *refs = unknown.splitlines()
    assert meaning == "27 not assessed. Nothing is recorded. This does not say that nothing was done."
    # Two pages.
    assert len(set(" ".join(refs).split())) == 27
    assert edition.startswith(f"{url}, revision ")


def test_the_script_says_what_is_wrong(url: str) -> None:
    for address, first, last, message in [
        (url, "2018-02-30", "2019-12-31", "BAD_USER_INPUT: Variable '$first' has invalid value: There is no day"),
        (url, "2019-12-31", "2018-12-31", "BAD_USER_INPUT: `from` is after `to`.\n"),
        (f"{url}/elsewhere", "2018-12-31", "2019-12-31", "NOT_FOUND: "),
        (NOWHERE, "2018-12-31", "2019-12-31", f"{NOWHERE} does not answer: "),
    ]:
        result = sh(f"{sys.executable} {SCRIPT} {address} {first} {last}", EXAMPLES)
        assert (result.returncode, result.stdout, result.stderr[: len(message)]) == (1, "", message)


def test_the_lock_file_names_no_registry() -> None:
    lock = (EXAMPLES / "typescript" / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert not re.search(r'"resolved"|https?://', lock)

"""Files from strangers cost no more than they weigh, and are refused before they cost anything."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from seeds import errors, parse
from seeds.errors import SeedError, SeedProblem
from seeds.files import read
from seeds.verify import verify
from tests.seeds.strategy import Edit

# Far more than any of them takes, and far less than each took.
SECONDS = 5


def load_error(folder: Path) -> SeedError:
    began = time.process_time()
    with pytest.raises(SeedError) as actual:
        read(folder)
    assert time.process_time() - began < SECONDS
    return actual.value


def test_the_first_problems_are_reported_and_the_others_counted(strategy_folder: Path) -> None:
    (strategy_folder / "organisations.yaml").write_text("- {}\n" * 2_000)
    actual = load_error(strategy_folder)
    assert (len(actual.problems), actual.more > 4_000) == (errors.MAX_PROBLEMS, True)
    assert str(actual).endswith(f"\nand {actual.more:,} more problems")


def test_a_file_has_so_many_rows(strategy_folder: Path) -> None:
    (strategy_folder / "organisations.yaml").write_text("- {}\n" * 120_000)
    assert load_error(strategy_folder).problems == [
        SeedProblem("organisations.yaml", "line 100001", "cannot be read: there are more than 100,000 rows")
    ]


def test_a_file_has_so_many_values(strategy_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MAX_VALUES", 1_000)
    (strategy_folder / "organisations.yaml").write_text(f"- [{'a, ' * 2_000}]\n")
    assert load_error(strategy_folder).problems == [
        SeedProblem("organisations.yaml", "line 1", "cannot be read: there are more than 1,000 values")
    ]


def test_a_value_has_a_length(strategy_folder: Path, edit_file: Edit) -> None:
    edit_file("statuses.yaml", "note: Lit.", f"note: {'x' * 600_000}")
    assert "has a value of more than 500,000 characters" in str(load_error(strategy_folder))


@pytest.mark.parametrize(
    "number", ["1:1" * 100_000, "1:01" + ":1" * 100_000 + ".5", "0x1F", "0b1", "017", "1_000", "9" * 100_000, ".inf",
               "-.INF", ".nan", "1:30", "1e400", "1.5e+9"]
)  # fmt: skip
def test_a_number_is_written_in_plain_figures(strategy_folder: Path, edit_file: Edit, number: str) -> None:
    edit_file("events.yaml", "attendance_at_least: 40", f"attendance_at_least: {number}")
    assert all(len(str(problem)) < 400 for problem in load_error(strategy_folder).problems)


@pytest.mark.parametrize(
    "row",
    [
        "? {a: b}\n  : c", "<<: {name: X}", "<<: [{name: X}]", "name: !!python/object/apply:os.system [ls]",
        "name: !!timestamp 2020-01-01", "name: !!binary aGk=", "name: !!set {a}", "name: !x y", "name: &a [*a]",
        "name: =", "name: ! 1", "2020-01-01: x", "null: x", "yes: x", '"name": a\n  ? name\n  : b',
    ],
)  # fmt: skip
def test_no_more_of_yaml_is_taken_than_the_files_need(strategy_folder: Path, row: str) -> None:
    (strategy_folder / "organisations.yaml").write_text(f"- slug: x\n  kind: MEDIA\n  {row}\n")
    assert {problem.file for problem in load_error(strategy_folder).problems} >= {"organisations.yaml"}


@pytest.mark.parametrize("nest", ["[", "{a: ", "- ", "? ", "{? ", "!!seq [", "&a [", '["', "| "])
def test_a_nest_is_left_at_once(strategy_folder: Path, nest: str) -> None:
    (strategy_folder / "events.yaml").write_text(nest * 200_000)
    assert load_error(strategy_folder).problems[0].file == "events.yaml"


def test_a_directive_is_no_part_of_a_file(strategy_folder: Path) -> None:
    (strategy_folder / "events.yaml").write_text(
        "".join(f"%TAG !{number}! x\n" for number in range(200_000)) + "--- []\n"
    )
    assert load_error(strategy_folder).problems == [SeedProblem("events.yaml", "line 1", "has a directive")]


def test_a_list_of_a_row_has_a_length(strategy_folder: Path, edit_file: Edit) -> None:
    many = ", ".join(f"lead-{number}" for number in range(60_000))
    edit_file("commitments.yaml", "leads: [harbour-board]", f"leads: [{many}]")
    [problem] = load_error(strategy_folder).problems
    assert "at most 1000 items" in problem.reason


def test_what_stands_twice_is_found_in_one_go(strategy_folder: Path, edit_file: Edit) -> None:
    edit_file("commitments.yaml", "leads: [harbour-board]", f"leads: [{', '.join(['b', 'a'] * 500)}]")
    assert "'a' stands twice" in str(load_error(strategy_folder))


FUND = "- {{slug: f-{}, name: Fund {}, parent: f-{}}}\n"


def test_a_chain_of_funds_has_an_end(strategy_folder: Path) -> None:
    links = "".join(FUND.format(number, number, number + 1) for number in range(3_000))
    with (strategy_folder / "funds.yaml").open("a") as file:
        file.write(f"{links}- {{slug: f-3000, name: Whole}}\n")
    actual = load_error(strategy_folder)
    assert "f-0 (line" in str(actual)
    assert "stands more than 20 funds deep" in str(actual)


def test_a_ring_of_funds_is_reported_by_its_beginning(strategy_folder: Path) -> None:
    links = "".join(FUND.format(number, number, (number + 1) % 3_000) for number in range(3_000))
    with (strategy_folder / "funds.yaml").open("a") as file:
        file.write(links)
    actual = load_error(strategy_folder)
    assert "part of itself: f-0 < f-1 < f-2 < f-3 < f-4 < f-5 < f-6 < f-7 < f-8 < f-9 < … < f-0" in str(actual)
    assert all(len(str(problem)) < 400 for problem in actual.problems)


@pytest.mark.parametrize(
    "value",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1899-12-31T00:00:00Z", "1900-01-01T00:00:00+14:00"],
)
@pytest.mark.parametrize("file", ["dataset", "statuses"])
def test_an_instant_is_of_our_time(strategy_folder: Path, edit_file: Edit, file: str, value: str) -> None:
    edit_file(f"{file}.yaml", {"dataset": "2031-04-01T12:00:00+01:00", "statuses": "2031-04-20T08:00:00Z"}[file], value)
    assert "recorded_at: " in str(load_error(strategy_folder))
    assert "years are from 1900 to" in str(load_error(strategy_folder))


@pytest.mark.parametrize("value", ["0001", "1899-12-31", "2099", "9999", "9999-12", "9999-12-31"])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("events", "date: '2030-05'", "date: '{}'"),
        ("statuses", "effective_on: '2030'\n", "effective_on: '{}'\n"),
        ("funds", "stated_on: '2030-02'", "stated_on: '{}'"),
    ],
)
def test_a_date_is_of_our_time(
    strategy_folder: Path, edit_file: Edit, file: str, old: str, new: str, value: str
) -> None:
    edit_file(f"{file}.yaml", old, new.format(value))
    assert "years are from 1900 to" in str(load_error(strategy_folder))


@pytest.mark.parametrize(("file", "old"), [("strategy", "published_on: 2030-02-01"), ("documents", "published_on: ")])
def test_a_day_is_of_our_time(strategy_folder: Path, file: str, old: str) -> None:
    path = strategy_folder / f"{file}.yaml"
    text = path.read_text()
    place = text.index(old)
    path.write_text(text[:place] + "published_on: '9999-12-31'" + text[text.index("\n", place) :])
    assert "years are from 1900 to" in str(load_error(strategy_folder))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as socket_file:
        socket_file.bind(str(path))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def _round(path: Path) -> None:
    path.symlink_to(path)


def _nothing(path: Path) -> None:
    path.symlink_to("nothing.yaml")


ODD = [_pipe, _socket, _device, _link, _round, _nothing, Path.mkdir]


@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize("name", ["events.yaml", "changes.yaml"])
def test_only_a_plain_file_of_the_folder_is_read(
    strategy_folder: Path, name: str, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(strategy_folder)
    (strategy_folder / name).unlink(missing_ok=True)
    make(Path(name))
    [problem] = load_error(Path()).problems
    assert problem.file == name


@pytest.mark.parametrize("make", [_pipe, _device])
def test_only_a_plain_document_is_read(
    strategy_folder: Path, notice_folder: Path, make: Callable[[Path], None]
) -> None:
    (notice_folder / "notice.txt").unlink()
    make(notice_folder / "notice.txt")
    [problem] = verify(strategy_folder, notice_folder).problems
    assert problem.file == "documents.yaml"


def test_a_link_within_the_folder_is_followed(strategy_folder: Path) -> None:
    """So a volume of Kubernetes has them."""
    (strategy_folder / "..data").mkdir()
    (strategy_folder / "events.yaml").rename(strategy_folder / "..data" / "events.yaml")
    (strategy_folder / "events.yaml").symlink_to(Path("..data") / "events.yaml")
    assert len(read(strategy_folder).events) == 2


def test_a_message_has_a_limit_for_names_of_any_length(strategy_folder: Path) -> None:
    long = "x" * 100_000
    (strategy_folder / "organisations.yaml").write_text(f"- {{slug: {long}, {long}: 1, name: A, kind: MEDIA}}\n")
    assert all(len(str(problem)) < 600 for problem in load_error(strategy_folder).problems)

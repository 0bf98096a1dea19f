"""A broken file is refused whole, and each message names the file, the row and the reason."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.database import Database
from seeds import plain_files
from seeds.errors import SeedError, SeedProblem
from seeds.files import read
from seeds.loader import load
from tests.seeds.strategy import Edit

# What is replaced, by what, and the row and the reason that the one message gives.
FAULTS = {
    "not yaml": ("funds", "name: Dredging money", 'name: "Dredging', "line 33", "cannot be read: "),
    "a key twice": ("commitments", "title: Keep", "ref: H-9\n  title: Keep", "line 19", "the key 'ref' twice"),
    "an alias": ("events", "title: Pier", "venue: &a Pier\n  title: *a #", "line 22", "uses an alias"),
    "a tag": ("statuses", "note: Lit.", "note: !!binary TGl0", "line 21", "has the tag"),
    "a tag that lies": ("strategy", ": 3", ": !!int three", "line 6", "is not what its tag says"),
    "a key that is no text": ("events", "date_note:", "1:", "line 23", "a key that is not plain text"),
    "an unknown key": ("organisations", "kind: MEDIA", "kind: MEDIA, city: X", "daily-tide (line 4)", "city: is"),
    "an unknown key inside": ("funds", "note: Sum not", "sum: 1\n      note: Sum not", "dredging-south", "no. 1, sum"),
    "a missing key": ("funds", "  name: Dredging money\n", "", "dredging (line 10)", "name: is missing"),
    "a row that is text": ("no_evidence", "- commitment", "- what\n- commitment", "line 2", "keys and values"),
    "an unknown word": ("organisations", "MEDIA", "PRESS", "daily-tide (line 4)", "kind: 'PRESS' is none of"),
    "a number for text": ("statuses", "note: Lit.", "note: 12", "L-1 (line 16)", "note: should be text"),
    "a yes for text": ("statuses", "note: Lit.", "note: yes", "L-1 (line 16)", "note: should be text"),
    "a text for a yes": ("commitments", "identified: false", "identified: 'no'", "H-3 (line 26)", "true or false"),
    "a text for a list": ("events", "topics: [dredging]", "topics: dredging", "first-dredger", "topics: should be a"),
    "a day that does not exist": ("statuses", "'2030-05'", "2030-02-30", "H-1 (line 9)", "there is no 2030-02-30"),
    "a month that does not exist": ("events", "'2030-05'", "2030-13", "first-dredger", "there is no 2030-13"),
    "a year without quotes": ("statuses", "'2030'", "2030", "L-1 (line 16)", "2030 is no date"),
    "a month for a day": ("strategy", "2030-02-01", "2030-02", "harbour-strategy", "is no full day"),
    "an instant without a zone": ("statuses", "08:00:00Z", "08:00:00", "L-1 (line 16)", "has no time zone"),
    "an instant that is none": ("dataset", "12:00:00+01:00", "noon", "line 2", "is no instant"),
    "negative money": ("funds", "amount: 1250000", "amount: -5", "dredging (line 10)", "no. 1, amount: -5 is not"),
    "no money": ("funds", "amount: 1250000", "amount: 0", "dredging (line 10)", "no. 1, amount: 0 is not"),
    "money as a float": ("funds", "'2400000.50'", "2400000.50", "dredging (line 10)", "is no sum"),
    "a tenth of a penny": ("funds", "'2400000.50'", "'0.001'", "dredging (line 10)", "'0.001' is no sum"),
    "more money than there is": ("funds", "1250000", "1250000000000", "dredging (line 10)", "million million"),
    "a bound without a sum": ("funds", "note: Sum not read.", "bound: EXACT", "dredging-south", "go together"),
    "a paragraph numbered 0": ("strategy", "paragraph: 1", "paragraph: 0", "harbour-strategy", "paragraph: "),
    "empty text": ("statuses", "note: Lit.", "note: ''", "L-1 (line 16)", "note: is empty"),
    "space at an end": ("statuses", "note: Lit.", "note: 'Lit. '", "L-1 (line 16)", "or has space at an end"),
    "a control character": ("statuses", "Lit.", '"Li\\at."', "L-1 (line 16)", "note: holds a control character"),
    "a line break": ("statuses", "Lit.", '"Li\\nt."', "L-1 (line 16)", "or a line break"),
    "text turned around": ("statuses", "Lit.", '"Li\\u202Et."', "L-1 (line 16)", "note: holds a control character"),
    "a slug with capitals": ("funds", "slug: dredging-south", "slug: Dredging", "Dredging (line 2)", "is no slug"),
    "a file elsewhere": ("documents", "file: notice.txt", "file: ../notice.txt", "harbour-notice", "plain file"),
    "another scheme": ("documents", "https://tide", "javascript://tide", "tide-2030", "is no http or https address"),
    "a password in an address": ("documents", "//tide", "//me:pw@tide", "tide-2030", "is no http or https"),
    "a seed without digests": ("documents", "kind: RECORD", "kind: SEED", "tide-2030", "has a file and digests"),
    "an unidentified that speaks": ("commitments", "H-3, ", "H-3, title: X, ", "H-3 (line 26)", "it can say nothing"),
    "an identified that is silent": ("commitments", "  title: Keep the ferry\n", "", "H-2", "but without title"),
    "an identified without source": (
        "commitments", "    - {document: tide-2030, note: Lists it.}", "    []", "H-2", "without a source",
    ),
    "a status of nothing": ("statuses", "DELIVERED", "NOT_ASSESSED", "L-1 (line 16)", "never a row"),
    "a search among the statuses": ("statuses", "DELIVERED", "NO_EVIDENCE", "L-1 (line 16)", "no_evidence"),
    "an event without date or reason": (
        "events", "  date_note: No source says when.\n", "", "pier-party (line 20)", "has no date",
    ),
    "one claim": (
        "discrepancies", "    - {document: tide-2030, says: about £2.4m}\n", "", "dredging-sum (line 2)", "at least 2",
    ),
    "a figure twice": ("strategy", "[three promises]", "[a, a]", "harbour-strategy (line 2)", "'a' stands twice"),
    "the same slug": ("events", "slug: pier-party", "slug: first-dredger", "line 20", "same slug as first-dredger"),
    "the same name": ("organisations", "The Daily Tide", "river trust", "daily-tide (line 4)", "same name as river"),
    "the same statement": (
        "statuses", "- commitment: L-1\n  status: DELIVERED\n  effective_on: '2030'",
        "- commitment: H-1\n  status: IN_PROGRESS\n  effective_on: '2030-05'", "H-1 (line 16)", "the same statement as",
    ),
    "the same theme": ("strategy", "position: 2", "position: 1", "harbour-strategy (line 2)", "the position 1"),
    "the same recipient": (
        "funds", "      note: Sum not read.\n      citation: {document: tide-2030}\n",
        "      citation: {document: tide-2030}\n    - recipient: river-trust\n      citation: {document: tide-2030}\n",
        "dredging-south (line 2)", "2 times the recipient river-trust",
    ),
    "the same source": (
        "commitments", "    - {document: tide-2030, note: Lists it.}",
        "    - {document: tide-2030, note: Lists it.}\n    - {document: tide-2030}", "H-2 (line 14)", "citation tide",
    ),
    "no such organisation": ("strategy", "harbour-board", "port", "harbour-strategy", "no organisation 'port'"),
    "no such lead": ("commitments", "leads: [harbour-board]", "leads: [port]", "H-2 (line 14)", "no organisation"),
    "no such theme": ("commitments", "theme: land", "theme: air", "H-2 (line 14)", "there is no theme 'air'"),
    "no such commitment": ("statuses", "commitment: L-1", "commitment: L-2", "L-2 (line 16)", "no commitment 'L-2'"),
    "no such document": ("strategy", "harbour-notice, paragraph: 1", "notice", "harbour-strategy", "document 'notice'"),
    "no such fund": ("events", "funds: [dredging]", "funds: [mud]", "first-dredger (line 2)", "no fund 'mud'"),
    "no such subject": ("discrepancies", "key: dredging}", "key: mud}", "dredging-sum (line 2)", "no fund 'mud'"),
    "a status of the unidentified": ("statuses", "commitment: L-1", "commitment: H-3", "H-3", "H-3 is not identified"),
    "a fund that is part of itself": (
        "funds", "slug: dredging\n", "slug: dredging\n  parent: dredging\n", "dredging (line", "dredging < dredging",
    ),
    "a paragraph beyond the document": (
        "strategy", "paragraph: 1", "paragraph: 4", "harbour-strategy (line 2)", "3 paragraphs, and no 4",
    ),
    "a paragraph of a record": (
        "commitments", "tide-2030, note: Lists it.", "tide-2030, paragraph: 1", "H-2 (line 14)", "is a RECORD",
    ),
    "a wrong number of commitments": (
        "strategy", "stated_commitments: 3", "stated_commitments: 4", "harbour-strategy (line 2)", "has 3 of origin",
    ),
}  # fmt: skip


def problems(folder: Path) -> list[SeedProblem]:
    with pytest.raises(SeedError) as error:
        read(folder)
    return error.value.problems


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_reported_by_file_row_and_reason(case: str, strategy_folder: Path, edit_file: Edit) -> None:
    file, old, new, row, reason = FAULTS[case]
    edit_file(f"{file}.yaml", old, new)
    actual = problems(strategy_folder)
    assert any(each.file == f"{file}.yaml" and row in each.row and reason in each.reason for each in actual), actual
    assert str(actual[0]) == ": ".join(part for part in (actual[0].file, actual[0].row, actual[0].reason) if part)


def test_a_cycle_of_funds_is_reported_for_each_fund(strategy_folder: Path, edit_file: Edit) -> None:
    edit_file("funds.yaml", "slug: dredging\n", "slug: dredging\n  parent: dredging-south\n")
    assert [str(problem) for problem in problems(strategy_folder)] == [
        "funds.yaml: dredging-south (line 2): is part of itself: dredging-south < dredging < dredging-south",
        "funds.yaml: dredging (line 10): is part of itself: dredging < dredging-south < dredging",
    ]


def test_all_problems_are_reported_at_once(strategy_folder: Path, edit_file: Edit) -> None:
    edit_file("organisations.yaml", "MEDIA", "PRESS")
    edit_file("statuses.yaml", "'2030-05'", "'2030-02-30'")
    edit_file("statuses.yaml", "note: Lit.", "note: ''")
    edit_file("events.yaml", "funds: [dredging]", "funds: [mud]")
    edit_file("commitments.yaml", "theme: land", "theme: air")
    (strategy_folder / "discrepancies.yaml").unlink()
    # The row of the Daily Tide is broken, and yet no message says that there is no such organisation.
    assert sorted({(problem.file, problem.row) for problem in problems(strategy_folder)}) == [
        ("commitments.yaml", "H-2 (line 14)"),
        ("discrepancies.yaml", ""),
        ("events.yaml", "first-dredger (line 2)"),
        ("organisations.yaml", "daily-tide (line 4)"),
        ("statuses.yaml", "H-1 (line 9)"),
        ("statuses.yaml", "L-1 (line 16)"),
    ]


def test_a_file_that_cannot_be_read_is_not_blamed_on_those_that_point_to_it(strategy_folder: Path) -> None:
    (strategy_folder / "organisations.yaml").write_text("- {slug: [")
    assert [problem.file for problem in problems(strategy_folder)] == ["organisations.yaml"]


def test_every_file_has_to_be_there(tmp_path: Path) -> None:
    assert [problem.file for problem in problems(tmp_path / "nowhere")] == [
        "dataset.yaml",
        "strategy.yaml",
        "organisations.yaml",
        "documents.yaml",
        "commitments.yaml",
        "statuses.yaml",
        "no_evidence.yaml",
        "funds.yaml",
        "events.yaml",
        "discrepancies.yaml",
    ]


def test_no_other_file_may_be_there(strategy_folder: Path) -> None:
    (strategy_folder / "status.yml").write_text("[]")
    assert problems(strategy_folder) == [SeedProblem("status.yml", "", "is not a file of the format")]


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "slug: x\n"])
def test_a_table_is_a_list_even_when_it_is_empty(strategy_folder: Path, text: str) -> None:
    (strategy_folder / "discrepancies.yaml").write_text(text)
    assert problems(strategy_folder) == [
        SeedProblem("discrepancies.yaml", "", "should be a list; without rows, write []")
    ]


@pytest.mark.parametrize("text", ["", "[]\n", "- licence: X\n"])
def test_the_edition_is_keys_and_values(strategy_folder: Path, text: str) -> None:
    (strategy_folder / "dataset.yaml").write_text(text)
    assert problems(strategy_folder) == [SeedProblem("dataset.yaml", "", "should be keys and values")]


def test_a_table_may_be_empty(strategy_folder: Path) -> None:
    (strategy_folder / "discrepancies.yaml").write_text("# none so far\n[]\n")
    assert len(read(strategy_folder).discrepancies) == 0


def test_text_is_utf_8(strategy_folder: Path) -> None:
    (strategy_folder / "events.yaml").write_bytes(b"- {slug: caf\xe9}\n")
    assert problems(strategy_folder) == [SeedProblem("events.yaml", "", "is not UTF-8")]


def test_a_file_has_a_size(strategy_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_files, "MAX_BYTES", 300)
    assert SeedProblem("commitments.yaml", "", "is larger than 300 bytes") in problems(strategy_folder)


def test_a_message_has_a_size(strategy_folder: Path, edit_file: Edit) -> None:
    edit_file("organisations.yaml", "kind: MEDIA", f"kind: {'X' * 100_000}")
    assert [len(str(problem)) < 400 for problem in problems(strategy_folder)] == [True]


def test_a_file_has_a_depth(strategy_folder: Path) -> None:
    """Ten times as deep as needed is refused at once; a hundred thousand times could end the process."""
    (strategy_folder / "events.yaml").write_text("[" * 100_000)
    assert problems(strategy_folder) == [SeedProblem("events.yaml", "line 1", "cannot be read: nested too deeply")]


def test_a_file_is_one_document(strategy_folder: Path) -> None:
    (strategy_folder / "events.yaml").write_text("[]\n---\n[]\n")
    assert problems(strategy_folder) == [SeedProblem("events.yaml", "", "holds more than one document")]


def test_the_byte_order_mark_and_line_ends_of_another_system_are_no_problem(strategy_folder: Path) -> None:
    text = (strategy_folder / "events.yaml").read_text(encoding="utf-8")
    (strategy_folder / "events.yaml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert len(read(strategy_folder).events) == 2


def test_a_broken_file_leaves_the_database_as_it_was(
    strategy_folder: Path,
    edit_file: Edit,
    empty_database: Database,
    now: dt.datetime,
    read_tables: Callable[[], dict[str, list[Any]]],
) -> None:
    load(empty_database, strategy_folder, now=now)
    before = read_tables()
    edit_file("organisations.yaml", "The Daily Tide", "The Weekly Tide")
    edit_file("discrepancies.yaml", "key: dredging}", "key: mud}")
    with pytest.raises(SeedError):
        load(empty_database, strategy_folder, now=now + dt.timedelta(days=1))
    assert read_tables() == before


def test_a_broken_file_leaves_an_empty_database_empty(
    strategy_folder: Path,
    edit_file: Edit,
    empty_database: Database,
    now: dt.datetime,
    read_tables: Callable[[], dict[str, list[Any]]],
) -> None:
    edit_file("discrepancies.yaml", "key: dredging}", "key: mud}")
    with pytest.raises(SeedError):
        load(empty_database, strategy_folder, now=now)
    assert not any(read_tables().values())

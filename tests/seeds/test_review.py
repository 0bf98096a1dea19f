"""What the check of reviewed files asks for and a load does not: who promised each commitment, and when."""

from pathlib import Path

import pytest

from seeds.errors import SeedError
from seeds.files import read

UNSAID = "commitments.yaml: H-2 (line 14): is identified, and no status in force is by a source that identifies it"
PROMISE = """
- commitment: H-2
  status: ANNOUNCED
  effective_on: '2030-02-01'
  voice: {voice}
  note: Promised.
  citation: {{document: {document}}}
"""
CORRECTED = """  corrected:
    by: aaaaaaaaaaaaaaaaaaaa
    reason: Of another ferry.

- commitment: H-1
  status: ANNOUNCED
  effective_on: '2030-02-02'
  recorded_at: '2031-04-20T08:00:00Z'
  voice: MEDIA
  note: Promised.
  citation: {document: tide-2030}
  key: aaaaaaaaaaaaaaaaaaaa
"""


def review(folder: Path, statuses: str = "") -> list[str]:
    with (folder / "statuses.yaml").open("a", encoding="utf-8") as file:
        file.write(statuses)
    assert len(read(folder).commitments) == 4
    try:
        read(folder, reviewed=True)
    except SeedError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_an_identified_commitment_has_a_status_by_a_source_that_identifies_it(strategy_folder: Path) -> None:
    assert review(strategy_folder, PROMISE.format(voice="MEDIA", document="tide-2030")) == []


@pytest.mark.parametrize(
    "statuses",
    [
        # A search, which H-2 has, says when nobody was found who had delivered it.
        "",
        PROMISE.format(voice="GOVERNMENT", document="harbour-notice"),
        PROMISE.format(voice="TRACKER", document="tide-2030").replace("ANNOUNCED", "UNTESTABLE"),
        PROMISE.format(voice="MEDIA", document="tide-2030") + CORRECTED,
    ],
    ids=["none", "another source", "the tracker itself", "corrected"],
)
def test_a_promise_that_no_identifying_source_tells_of_is_asked_for(strategy_folder: Path, statuses: str) -> None:
    assert review(strategy_folder, statuses) == [UNSAID]


def test_a_broken_file_of_statuses_is_not_reported_twice(strategy_folder: Path) -> None:
    broken = PROMISE.format(voice="PRESS", document="tide-2030")
    with (strategy_folder / "statuses.yaml").open("a", encoding="utf-8") as file:
        file.write(broken)
    with pytest.raises(SeedError) as error:
        read(strategy_folder, reviewed=True)
    assert [problem.file for problem in error.value.problems] == ["statuses.yaml"]

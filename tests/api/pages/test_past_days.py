"""What pages say of a past day holds on that day."""

import re

import pytest

from tests.api.pages.reading import read
from tests.server import Api

AGES = "{ commitments(filter: {status: [IN_PROGRESS]}) { nodes { daysSinceEvidence } } }"


@pytest.mark.parametrize("day", ["2018-04-09", "2018-06-30", "2019-06-30", "2020-03-01"])
def test_the_age_of_the_last_word_is_left_out_under_a_year(api_sqlite: Api, day: str) -> None:
    text = read(api_sqlite, f"/?asOf={day}").text
    assert not re.search(r"\b0 years?\b", text)
    assert ("under way" in text) is (day > "2018-04-09")


def test_the_first_page_says_how_old_the_last_words_are(api_sqlite: Api) -> None:
    ages = sorted(node["daysSinceEvidence"] for node in api_sqlite.ask(AGES)["commitments"]["nodes"])
    years = int(ages[(len(ages) - 1) // 2] / 365.2425)
    number = sum(int(age / 365.2425) >= years for age in ages)
    assert f"{number} of them were last reported on {years} years ago or more" in read(api_sqlite, "/").text


def test_the_head_and_the_body_of_a_fund_agree_on_a_past_day(api_sqlite: Api) -> None:
    for day, size in (("2018-06-30", "£11 million"), ("2026-12-01", "£22 million")):
        text = read(api_sqlite, f"/funds/early-intervention-youth-fund?asOf={day}").text
        head, _, body = text.partition("Does it add up?")
        assert size in head
        assert f"Stated {size}" in body
        assert f"{size} announced" in body.partition("What was said of its size")[2] or day == "2026-12-01"


def test_a_fund_with_parts_of_no_known_size_is_not_said_to_make_nothing(api_sqlite: Api) -> None:
    path = "/funds/early-intervention-youth-fund?asOf=2018-06-30"
    assert "Stated £11 million; no size of a part of it is known." in read(api_sqlite, path).text
    for address in (path, "/funds?asOf=2018-06-30", "/?asOf=2018-06-30"):
        assert not re.search(r"£0(?![.,\d])", read(api_sqlite, address).text)


def test_the_funds_of_a_past_day_have_the_largest_and_the_parts(api_sqlite: Api) -> None:
    rows = read(api_sqlite, "/funds?asOf=2018-06-30").rows
    for name, size in (
        ("Early Intervention Youth Fund", "£11 million"),
        ("Anti-Knife Crime Community Fund 2018/19", "up to £1 million"),
        ("Anti-Knife Crime Community Fund 2017/18", "£765,000"),
    ):
        [row] = [row for row in rows if re.match(rf"(· )*{re.escape(name)} [A-Z]", row)]
        assert f" {size} " in f"{row} "

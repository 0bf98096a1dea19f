"""The page of what changed between two days."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from api.formatting import money
from tests.api.pages.reading import normalise_spaces, read
from tests.schema.test_progress import standing
from tests.server import Api

DAYS = "from=2018-06-30&to=2019-06-30"


def answer(api: Api, query: str) -> dict[str, Any]:
    page = read(api, f"/compare?{query}")
    text, variables = page.query
    result: dict[str, Any] = api.ask(text, **variables)["record"]["comparison"]
    return result


def test_the_page_names_each_commitment_whose_status_differs_and_whose_word_it_is(api_sqlite: Api) -> None:
    before, after = standing(api_sqlite, "2018-06-30"), standing(api_sqlite, "2019-06-30")
    labels = {
        one["status"]: one["label"]
        for one in api_sqlite.ask("{ statusDefinitions { status label } }")["statusDefinitions"]
    }
    text = read(api_sqlite, f"/compare?{DAYS}").text
    differing = [ref for ref in before if before[ref] != after[ref]]
    assert f"{len(differing)} changes of status" in text
    parts = dict(
        re.findall(r"(SVS-\d\d) (?=[A-Z])(.*?)(?=SVS-\d\d [A-Z]|$)", text.partition("Statuses that differ")[2])
    )
    assert [*parts] == differing
    changes = {one["commitment"]["ref"]: one for one in answer(api_sqlite, DAYS)["statusChanges"]["nodes"]}
    for ref, part in parts.items():
        assert f"{labels[before[ref]]} →, then {labels[after[ref]]}" in part
        for update in changes[ref]["updates"]:
            assert normalise_spaces(update["note"]) in part
            assert normalise_spaces(update["citation"]["document"]["title"]) in part


def test_the_page_has_the_money_and_the_events_in_between(api_sqlite: Api) -> None:
    page = read(api_sqlite, f"/compare?{DAYS}")
    result = answer(api_sqlite, DAYS)
    assert result["amounts"]["totalCount"] > 30
    for one in result["amounts"]["nodes"]:
        assert normalise_spaces(f"{one['fund']['name']}: {money(one['money'])}") in page.text
    for event in result["events"]["nodes"]:
        assert f"/events/{event['slug']}" in page.links
    # The list of events has its first day, too.
    [link] = [link for link in page.links if link.startswith("/events?")]
    assert parse_qs(urlsplit(link).query) == {"from": ["2018-07-01"], "to": ["2019-06-30"]}
    assert f"{result['events']['totalCount']} dated events" in read(api_sqlite, link).text


def test_without_days_it_is_since_the_publication_and_the_form_says_so(api_sqlite: Api) -> None:
    for path, start, end in (
        ("/compare", "2018-04-09", "2026-12-01"),
        ("/compare?asOf=2019-06-30", "2018-04-09", "2019-06-30"),
        ("/compare?asOf=2018-04-09", "2017-04-09", "2018-04-09"),
        ("/compare?to=2018-01-01", "2017-01-01", "2018-01-01"),
    ):
        fields = {one["name"]: one["value"] for one in read(api_sqlite, path).all("input") if "value" in one}
        assert (fields["from"], fields["to"]) == (start, end)
        assert "from" in fields


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        ("from=2019-06-30&to=2018-06-30", ["`from` is after `to`: 30 June 2019 is after 30 June 2018."]),
        ("from=yesterday&to=2018-02-30", ["`from`: A Date is a day as text", "`to`: There is no day 2018-02-30."]),
        ("to=2099-01-01", ["`to`: 1 January 2099 is after 1 December 2026, today."]),
        (
            "from=2020-01-01&to=2019-06-30&asOf=2018-06-30",
            ["30 June 2019 is after 30 June 2018, which this page is about.", "`from` is after `to`"],
        ),
        (f"{DAYS}&origin=mine", ["`origin` is all or later."]),
    ],
)
def test_days_that_cannot_be_compared_are_refused_in_words_all_at_once(
    api_sqlite: Api, query: str, messages: list[str]
) -> None:
    text = read(api_sqlite, f"/compare?{query}", 400).text
    for message in messages:
        assert message in text


def test_a_theme_and_later_announcements_narrow_the_statuses(api_sqlite: Api) -> None:
    whole = {one["commitment"]["ref"] for one in answer(api_sqlite, DAYS)["statusChanges"]["nodes"]}
    themes = api_sqlite.ask("{ strategy { themes { slug commitments { ref } } } }")["strategy"]["themes"]
    for theme in themes:
        refs = {
            one["commitment"]["ref"]
            for one in answer(api_sqlite, f"{DAYS}&theme={theme['slug']}")["statusChanges"]["nodes"]
        }
        assert refs == whole & {one["ref"] for one in theme["commitments"]}
    later = {one["commitment"]["ref"] for one in answer(api_sqlite, f"{DAYS}&origin=later")["statusChanges"]["nodes"]}
    both = {one["commitment"]["ref"] for one in answer(api_sqlite, f"{DAYS}&origin=all")["statusChanges"]["nodes"]}
    assert later
    assert both == later | whole


def test_each_list_has_its_own_pages(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/compare")
    follow = [link for link in page.links if "fter=" in link]
    assert [name for link in follow for name in parse_qs(urlsplit(link).query)] == ["amountsAfter", "eventsAfter"]
    whole, rest = answer(api_sqlite, ""), answer(api_sqlite, urlsplit(follow[0]).query)
    assert len(whole["amounts"]["nodes"]) + len(rest["amounts"]["nodes"]) == whole["amounts"]["totalCount"]
    assert rest["statusChanges"] == whole["statusChanges"]


def test_it_is_led_to_from_the_first_page_the_commitments_and_the_themes(api_sqlite: Api) -> None:
    assert "/compare" in read(api_sqlite, "/").links
    assert "/compare?asOf=2019-06-30" in read(api_sqlite, "/commitments?asOf=2019-06-30").links
    assert "/compare?theme=communities" in read(api_sqlite, "/themes/communities").links

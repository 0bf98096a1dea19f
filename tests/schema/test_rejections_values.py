"""What no single value may be: each field of each mutation is tried, and nothing is written."""

from collections.abc import Iterator
from typing import Any

import graphql
import pytest

from schema import build
from schema.limits import Limits
from tests.inputs import ABSENT, EVERY_INPUT, assert_unchanged, attempt, input_with, mutation, submit
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full

SCHEMA = build.Schema(Limits())._schema
# What is looked up or chosen, and so is no text of the editor's own.
NAMES = {"commitment", "commitments", "fund", "funds", "event", "theme", "parent", "discrepancy", "area", "areas"}
IDS = {"statusUpdate", "amountStatement", "allocation", "citation"}
WORDS = {"kind", "status", "voice", "precision", "bound", "confidence", "state", "foundIn", "amount"}
DATES = {"effectiveOn", "publishedOn", "statedOn", "date"}
BAD_TEXTS = {
    "markup": "a <script>alert(1)</script>",
    "the end of markup": "a </p> b",
    "a comment": "a <!-- b",
    "a line end": "a\nb",
    "a carriage return": "a\rb",
    "a tab": "a\tb",
    "a line separator": "a\u2028b",
    "a paragraph separator": "a\u2029b",
    "a next line": "a\u0085b",
    "an escape": "a\x1b[31mb",
    "a delete": "a\x7fb",
    "an override to the left": "a\u202eb",
    "an embedding to the left": "a\u202bb",
    "an isolate to the left": "a\u2067b",
    "nothing": "",
    "a space": " ",
    "space before": " a",
    "space behind": "a ",
    "a fixed space behind": "a\u00a0",
    "too much": "a" * 2001,
}
UNSEEN = {
    "a mark to the left": "a\u200fb",
    "an Arabic mark": "a\u061cb",
    "a mark to the right": "a\u200eb",
    "a space of no width": "a\u200bb",
    "a byte order mark": "a\ufeffb",
    "a soft hyphen": "a\u00adb",
    "a tag": "a\U000e0041b",
}
BAD_VALUES: dict[str, tuple[str, dict[str, Any]]] = {
    "a day that there is not": ("recordStatus", {"effectiveOn": "2019-02-30"}),
    "a month for a day": ("recordStatus", {"effectiveOn": "2019-05"}),
    "an instant for a day": ("addDocument", {"publishedOn": "2019-05-09T00:00:00Z"}),
    "a number for a day": ("addEvent", {"date": 20190509}),
    "no text for a day": ("stateAmount", {"statedOn": ""}),
    "a number for a sum": ("stateAmount", {"amount": 1300000}),
    "a sum with commas": ("stateAmount", {"amount": "1,300,000"}),
    "a sum with its sign": ("allocate", {"amount": "£5"}),
    "a sum without end": ("allocate", {"amount": "NaN"}),
    "a word that is none": ("recordStatus", {"status": "DONE"}),
    "a word in small letters": ("recordStatus", {"voice": "media"}),
    "a paragraph as text": ("stateAmount", {"citation.paragraph": "18"}),
    "half a paragraph": ("stateAmount", {"citation.paragraph": 1.5}),
    "a paragraph beyond all numbers": ("stateAmount", {"citation.paragraph": 2**31}),
    "a field that there is not": ("link", {"because": "So."}),
    "a number for a text": ("link", {"reason": 5}),
    "a text with the character NUL": ("link", {"reason": "So\0so."}),
    "more text than is read": ("link", {"reason": "a" * 10_001}),
    "more text than is read, in a list": ("addEvent", {"topics.0": "a" * 10_001}),
    "more text than is read, for a name": ("link", {"commitment": "a" * 10_001}),
}
NO_SLUGS = ("Quay", "quay money", "-quay", "quay-", "quay--money", "quay_money", "quäy", "quay/money", "a" * 81)
NO_ADDRESSES = (
    "javascript:alert(1)", "data:text/html,x", "ftp://quay.example/x", "//quay.example", "quay.example", "https://",
    "https://user@quay.example/", "https://user:secret@quay.example/", "https://quay.example/a b", "https://[::1",
)  # fmt: skip


def leaves(value: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """Where in an input a value stands that holds no others."""
    if not isinstance(value, dict | list):
        yield path
        return
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves(inner, *path, str(step))


def texts(name: str) -> list[str]:
    """The places of the texts that an editor makes up, slugs and addresses among them."""
    actual = [path for path in leaves(EVERY_INPUT[name]) if not {*path} & NAMES and path[-1] not in WORDS | DATES]
    return [".".join(path) for path in actual if path[-1] not in {"paragraph", "attendanceAtLeast", "passesOn"} | IDS]


def fields(name: str) -> dict[str, graphql.GraphQLInputField]:
    kind = SCHEMA.type_map[f"{name[0].upper()}{name[1:]}Input"]
    assert isinstance(kind, graphql.GraphQLInputObjectType)
    actual: dict[str, graphql.GraphQLInputField] = kind.fields
    return actual


def test_the_sound_inputs_have_every_field_but_those_that_exclude_each_other() -> None:
    missing = {f"{name}.{field}" for name in EVERY_INPUT for field in fields(name) if field not in EVERY_INPUT[name]}
    others = {"link.event", "unlink.event", "openDiscrepancy.commitment", "openDiscrepancy.event"}
    assert missing == others | {"correctCitation.newDocument"}


@pytest.mark.parametrize("name", EVERY_INPUT)
def test_no_text_is_taken_that_holds_or_hides_more_than_text(api_shared: WritableApi, name: str) -> None:
    places = texts(name)
    inputs = {fault: input_with(name, dict.fromkeys(places, bad)) for fault, bad in BAD_TEXTS.items()}
    with assert_unchanged(api_shared.database):
        actual = {fault: sorted(attempt(api_shared.editor, name, values)) for fault, values in inputs.items()}
    assert actual == dict.fromkeys(BAD_TEXTS, sorted(f"INVALID {place}" for place in places))


def test_no_text_is_taken_with_marks_that_cannot_be_seen(api_shared: WritableApi) -> None:
    # With another fault, so that nothing is written in any case.
    inputs = {fault: input_with("link", {"reason": bad, "fund": "none"}) for fault, bad in UNSEEN.items()}
    actual = {fault: attempt(api_shared.editor, "link", values)[:1] for fault, values in inputs.items()}
    assert actual == {fault: ["INVALID reason"] for fault in UNSEEN}


@pytest.mark.parametrize("name", EVERY_INPUT)
def test_nothing_that_is_needed_may_be_left_out_or_null(api_shared: WritableApi, name: str) -> None:
    required_fields = [field for field, kind in fields(name).items() if graphql.is_required_input_field(kind)]
    assert required_fields
    with assert_unchanged(api_shared.database):
        for value in (ABSENT, None):
            actual = {
                field: attempt(api_shared.editor, name, input_with(name, {field: value})) for field in required_fields
            }
            assert actual == {field: ["BAD_USER_INPUT"] for field in required_fields}


def test_what_has_not_the_form_of_its_type_is_no_request(api_shared: WritableApi) -> None:
    with assert_unchanged(api_shared.database):
        for case, (name, changes) in BAD_VALUES.items():
            response = api_shared.editor.send(mutation(name), {"input": input_with(name, changes)})
            [error] = response.json()["errors"]
            actual = (response.status_code, "data" in response.json(), error["extensions"]["code"])
            assert actual == (400, False, "BAD_USER_INPUT"), case


def test_slugs_and_addresses_have_their_form(api_shared: WritableApi) -> None:
    bad = [("slug", slug) for slug in NO_SLUGS] + [("url", url) for url in NO_ADDRESSES]
    with assert_unchanged(api_shared.database):
        actual = [
            attempt(api_shared.editor, "addDocument", input_with("addDocument", {field: value})) for field, value in bad
        ]
    assert actual == [[f"INVALID {field}"] for field, _ in bad]


def test_a_value_that_is_too_long_is_rejected_with_the_limit(api_shared: WritableApi) -> None:
    long = {"slug": "a" * 81, "title": "a" * 301, "note": "a" * 2001}
    with assert_unchanged(api_shared.database):
        answer = submit(api_shared.editor, "addDocument", input_with("addDocument", long))
    assert [(problem["path"], problem["message"]) for problem in answer["problems"]] == [
        (["slug"], "is longer than 80 characters"),
        (["title"], "is longer than 300 characters"),
        (["note"], "is longer than 2000 characters"),
    ]

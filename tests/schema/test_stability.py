"""The schema keeps what a release promised: from 1.0 on always, before that unless the changelog says what breaks."""

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema
from graphql.utilities import DangerousChangeType, find_breaking_changes, find_dangerous_changes

ROOT = Path(__file__).resolve().parent.parent.parent
RELEASES = ROOT / "tests" / "releases"
UNRELEASED = re.compile(r"^## \[Unreleased\]\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^### (.*)$", re.MULTILINE)
ENTRY = re.compile(r"^- (.*(?:\n  .*)*)", re.MULTILINE)
# What such a change is called, and how the entry of the changelog for many of them names their fields.
NULLABLE = re.compile(r"Field (\w+\.\w+) changed type from (.*)! to \2\.")
FIELDS = re.compile(r"`(\w+\.(?:\w+|\*))`")
CAN_BE_NULL = "can be null"
BEFORE = build_schema('type Query { fund: Fund! } type Fund { name: String, size(day: String = "now"): String }')
WITHOUT_SIZE = build_schema("type Query { fund: Fund! } type Fund { name: String }")
WITH_MORE = build_schema(
    'type Query { fund: Fund!, funds: [Fund] } type Fund { name: String!, size(day: String = "now"): String }'
)
WITH_NULL = build_schema('type Query { fund: Fund } type Fund { name: String, size(day: String = "now"): String }')
OF_TOMORROW = build_schema(
    'type Query { fund: Fund! } type Fund { name: String, size(day: String = "tomorrow"): String }'
)
SIZE = "Field Fund.size was removed."
FUND = "Field Query.fund changed type from Fund! to Fund."
NOTHING = "## [Unreleased]\n\n## [0.1.0]\n"
CHANGELOG = """## [Unreleased]

### Breaking

- `Query.*` and `Mutation.*` can
  be null. Read the errors.

### Removed

- Breaking: Field Fund.size was
  removed. Ask for `amount`.

## [0.1.0] - 2026-11-22

- Breaking: Field Fund.name was removed.
"""


def breaking_changes(last: GraphQLSchema, current: GraphQLSchema) -> list[str]:
    """What breaks a client of the last release. An argument with another default answers another question."""
    changes = find_breaking_changes(last, current)
    defaults = [
        change.description
        for change in find_dangerous_changes(last, current)
        if change.type is DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE
    ]
    return [change.description for change in changes] + defaults


def entries(changelog: str) -> Iterator[str]:
    """The breaking entries of the Unreleased part: those under that heading, and those that begin with that word."""
    [section] = UNRELEASED.findall(changelog)
    [_, *parts] = HEADING.split(section)
    for heading, part in zip(parts[::2], parts[1::2], strict=True):
        for entry in ENTRY.findall(part):
            text = " ".join(entry.split())
            if heading == "Breaking" or text.startswith("Breaking: "):
                yield text


def undeclared_changes(last: GraphQLSchema, current: GraphQLSchema, changelog: str) -> list[str]:
    """The breaking changes that no entry of the changelog declares, in the words of graphql-core.

    One entry may say of many fields that they can be null.
    """
    declared = list(entries(changelog))
    nullable = [name for entry in declared if CAN_BE_NULL in entry for name in FIELDS.findall(entry)]

    def is_declared(change: str) -> bool:
        field = NULLABLE.fullmatch(change)
        return any(change in entry for entry in declared) or (
            field is not None and any(fnmatchcase(field[1], name) for name in nullable)
        )

    return [change for change in breaking_changes(last, current) if not is_declared(change)]


def releases() -> dict[tuple[int, ...], GraphQLSchema]:
    paths = sorted(RELEASES.glob("*/schema.graphql"))
    return {number(path.parent.name): build_schema(path.read_text()) for path in paths}


def number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def current_schema() -> GraphQLSchema:
    return build_schema((ROOT / "schema" / "schema.graphql").read_text())


def test_a_breaking_change_of_the_schema_is_called_so_in_the_changelog() -> None:
    last = releases()[max(releases())]
    assert undeclared_changes(last, current_schema(), (ROOT / "CHANGELOG.md").read_text()) == []


def test_no_release_of_this_major_version_is_broken_from_the_first_on() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    major = number(version)[0]
    published = {name: schema for name, schema in releases().items() if name[0] == major >= 1}
    broken = {name: breaking_changes(schema, current_schema()) for name, schema in published.items()}
    assert broken == {name: [] for name in published}


@pytest.mark.parametrize(
    ("current", "changelog", "expected"),
    [
        (BEFORE, NOTHING, []),
        (WITH_MORE, NOTHING, []),
        (WITHOUT_SIZE, NOTHING, [SIZE]),
        (WITHOUT_SIZE, CHANGELOG, []),
        (WITH_NULL, NOTHING, [FUND]),
        (WITH_NULL, CHANGELOG, []),
        (OF_TOMORROW, CHANGELOG, ['Fund.size(day:) has changed defaultValue from "now" to "tomorrow".']),
        (
            build_schema("type Query { fund: String }"),
            CHANGELOG,
            ["Field Query.fund changed type from Fund! to String.", "Fund was removed."],
        ),
    ],
    ids=[
        "the same",
        "an addition",
        "a removal",
        "a removal that is declared",
        "null",
        "null that is declared",
        "another default",
        "more than is declared",
    ],
)
def test_only_breaking_changes_that_are_not_declared_are_reported(
    current: GraphQLSchema, changelog: str, expected: list[str]
) -> None:
    assert sorted(undeclared_changes(BEFORE, current, changelog)) == expected

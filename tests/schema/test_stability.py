"""The schema keeps what the last release promised, or the changelog says plainly what breaks."""

import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema
from graphql.utilities import find_breaking_changes

ROOT = Path(__file__).resolve().parent.parent.parent
RELEASES = ROOT / "tests" / "releases"
UNRELEASED = re.compile(r"^## \[Unreleased\]\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^- Breaking: (.*(?:\n  .*)*)", re.MULTILINE)
BEFORE = build_schema("type Query { fund: Fund } type Fund { name: String, size(day: String): String }")
WITHOUT_SIZE = build_schema("type Query { fund: Fund } type Fund { name: String }")
WITH_MORE = build_schema(
    "type Query { fund: Fund, funds: [Fund] } type Fund { name: String!, size(day: String): String }"
)
CHANGELOG = """## [Unreleased]

### Removed

- Breaking: Field Fund.size was
  removed. Ask for `amount`.

## [0.1.0] - 2026-11-22

- Breaking: Field Fund.name was removed.
"""


def undeclared_changes(last: GraphQLSchema, current: GraphQLSchema, changelog: str) -> list[str]:
    """The breaking changes since the last release that no "Breaking" entry of the changelog's Unreleased part names."""
    [section] = UNRELEASED.findall(changelog)
    entries = " ".join(" ".join(entry.split()) for entry in ENTRY.findall(section))
    return [change.description for change in find_breaking_changes(last, current) if change.description not in entries]


def test_a_breaking_change_of_the_schema_is_called_so_in_the_changelog() -> None:
    newest = max(
        RELEASES.glob("*/schema.graphql"), key=lambda path: [int(part) for part in path.parent.name.split(".")]
    )
    last, current = (build_schema(path.read_text()) for path in (newest, ROOT / "schema" / "schema.graphql"))
    assert undeclared_changes(last, current, (ROOT / "CHANGELOG.md").read_text()) == []


@pytest.mark.parametrize(
    ("current", "changelog", "expected"),
    [
        (BEFORE, "## [Unreleased]\n\n## [0.1.0]\n", []),
        (WITH_MORE, "## [Unreleased]\n\n## [0.1.0]\n", []),
        (WITHOUT_SIZE, "## [Unreleased]\n\n## [0.1.0]\n", ["Field Fund.size was removed."]),
        (WITHOUT_SIZE, CHANGELOG, []),
        (
            build_schema("type Query { fund: String }"),
            CHANGELOG,
            ["Field Query.fund changed type from Fund to String.", "Fund was removed."],
        ),
    ],
    ids=["the same", "an addition", "a removal", "a removal that is declared", "more than is declared"],
)
def test_only_breaking_changes_that_are_not_declared_are_reported(
    current: GraphQLSchema, changelog: str, expected: list[str]
) -> None:
    assert sorted(undeclared_changes(BEFORE, current, changelog)) == expected

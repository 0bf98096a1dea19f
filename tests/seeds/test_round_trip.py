"""An export has all rows that were loaded, field by field."""

import datetime as dt
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from db.database import Database
from db.vocabulary import AmountKind, Bound, EventKind
from seeds import dump
from seeds.export import export
from seeds.loader import load
from tests.engines import Engine
from tests.seeds.strategy import SMALL
from tests.size import sized

Rows = dict[str, dict[str, Any]]
NOW = dt.datetime(2031, 5, 1, 9, 30, tzinfo=dt.UTC)
TEXTS = some.text("aZ0é£'\"#-:{}[],& ", min_size=1, max_size=20).map(str.strip).filter(bool)
DATES = some.sampled_from(["2019", "2019-05", "2019-05-09", "2024-02"])
SUMS = some.integers(1, 10**9) | some.sampled_from(["0.01", "2.50"])
ORGANISATIONS = some.sampled_from(["harbour-board", "river-trust", "daily-tide"])
DOCUMENTS = some.sampled_from(["harbour-notice", "tide-2030"])
COMMITMENTS = some.lists(some.sampled_from(["H-1", "H-2", "H-3", "L-1"]), unique=True, min_size=1).map(sorted)
CITATIONS = some.fixed_dictionaries(
    {"document": some.just("harbour-notice")},
    optional={"paragraph": some.integers(1, 3), "note": TEXTS, "figures": some.lists(TEXTS, min_size=1, unique=True)},
) | some.fixed_dictionaries({"document": some.just("tide-2030")}, optional={"note": TEXTS})
LISTS = some.lists(CITATIONS, min_size=1, max_size=3, unique_by=lambda row: f"{row['document']} {row.get('paragraph')}")
EVENTS = some.lists(
    some.fixed_dictionaries(
        {
            "title": TEXTS,
            "kind": some.sampled_from([kind.value for kind in EventKind]),
            "date_note": TEXTS,
            "citations": LISTS,
        },
        optional={
            "date": DATES,
            **dict.fromkeys(("venue", "place", "region"), TEXTS),
            "series": some.just("round-1"),
            "attendance_at_least": some.integers(1, 10**6),
            "hosts": some.lists(ORGANISATIONS, min_size=1, unique=True),
            "participants": some.lists(
                some.fixed_dictionaries({"name": TEXTS}, optional={"role": TEXTS, "organisation": ORGANISATIONS}),
                min_size=1,
                max_size=3,
            ),
            **dict.fromkeys(("sectors", "topics"), some.lists(TEXTS, min_size=1, unique=True)),
            "commitments": COMMITMENTS,
            "funds": some.just(["dredging"]),
        },
    ),
    max_size=4,
)
FUNDS = some.lists(
    some.fixed_dictionaries(
        {"name": TEXTS},
        optional={
            "parent": some.integers(0, 3),
            "period": TEXTS,
            "commitments": COMMITMENTS,
            "note": TEXTS,
            "amounts": some.lists(
                some.fixed_dictionaries(
                    {
                        "amount": SUMS,
                        "kind": some.sampled_from([kind.value for kind in AmountKind]),
                        "bound": some.sampled_from([bound.value for bound in Bound]),
                        "citation": CITATIONS,
                    },
                    optional={"stated_on": DATES},
                ),
                min_size=1,
                unique_by=lambda row: str(row["kind"]),
            ),
            "allocations": some.lists(
                some.fixed_dictionaries(
                    {"recipient": ORGANISATIONS, "citation": CITATIONS},
                    optional={"period": TEXTS, "note": TEXTS},
                )
                | some.fixed_dictionaries(
                    {"recipient": ORGANISATIONS, "citation": CITATIONS, "amount": SUMS, "bound": some.just("ABOUT")}
                ),
                min_size=1,
                unique_by=lambda row: str(row["recipient"]),
            ),
            "citations": LISTS,
        },
    ),
    max_size=4,
)


def by_slug(rows: list[dict[str, Any]], word: str) -> Rows:
    """The rows by slugs of their numbers; the parent of a fund is one before it, or none."""
    slugs: Rows = {}
    for number, row in enumerate(rows):
        parent = row.pop("parent", number)
        slugs[f"{word}-{number}"] = row | ({"parent": f"{word}-{parent}"} if parent < number else {})
    return slugs


def read(folder: Path, file: str) -> Rows:
    return {row.pop("slug"): row for row in yaml.safe_load((folder / file).read_text())}


def in_order(rows: Rows) -> Rows:
    """Rows whose amounts and allocations, which have no order in the files, are in one."""
    for row in rows.values():
        for name in {"amounts", "allocations"} & row.keys():
            row[name].sort(key=lambda part: json.dumps(part, sort_keys=True))
    return rows


@given(EVENTS, FUNDS)
@settings(max_examples=sized(8, 5), phases=[Phase.generate], database=None)
def test_a_row_is_exported_as_it_was_loaded(
    engine: Engine, migrated_template: str, events: list[dict[str, Any]], funds: list[dict[str, Any]]
) -> None:
    database = Database(engine.copy(migrated_template))
    folder = Path(tempfile.mkdtemp())
    for name, text in SMALL.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    expected = {"events.yaml": by_slug(events, "event"), "funds.yaml": by_slug(funds, "fund")}
    for file, rows in expected.items():
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write(dump.rows([{"slug": slug, **row} for slug, row in rows.items()]) if rows else "")
    load(database, folder, now=NOW)
    list(export(database, folder / "out"))
    for file, rows in expected.items():
        result = read(folder / "out", file)
        assert in_order({slug: result[slug] for slug in rows}) == in_order(rows)
    # And the export is itself loaded without a change.
    assert not load(database, folder / "out", now=NOW).has_changes
    database.close()
    shutil.rmtree(folder)

"""The tracker's own files: complete, sourced, in order, and in the tracker's own words."""

import datetime as dt
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.database import Database
from db.models import metadata
from db.vocabulary import (
    CommitmentOrigin,
    Confidence,
    DiscrepancyState,
    DocumentKind,
    EventKind,
    Status,
    Voice,
)
from seeds.checks import sources
from seeds.files import DATA, read
from seeds.folder import SeedFolder
from seeds.loader import load
from seeds.paragraphs import paragraphs

SEEDS = DATA.parent


@pytest.fixture(scope="module")
def ours() -> SeedFolder:
    return read(DATA)


def test_61_are_stated_34_identified_and_16_came_later(ours: SeedFolder) -> None:
    own = [row for row in ours.commitments if row.origin is CommitmentOrigin.STRATEGY]
    assert ours.strategy.stated_commitments == len(own) == 61
    assert [row.ref for row in own] == [f"SVS-{number:02}" for number in range(1, 62)]
    assert Counter(row.confidence for row in own) == {
        Confidence.HIGH: 24,
        Confidence.MEDIUM: 7,
        Confidence.LOW: 3,
        None: 27,
    }
    later = [row.ref for row in ours.commitments if row.origin is CommitmentOrigin.LATER]
    assert later == [f"ANN-{number:02}" for number in range(1, 17)]


def test_refs_of_the_first_edition_follow_the_order_of_the_themes(ours: SeedFolder) -> None:
    order = [theme.slug for theme in ours.strategy.themes]
    places = [order.index(row.theme) for row in ours.commitments if "SVS-01" <= row.ref <= "SVS-32" and row.theme]
    assert places == sorted(places)


def test_the_tables_have_the_rows_that_were_reviewed(ours: SeedFolder) -> None:
    assert len(ours.statuses) == 125
    assert len({row.commitment for row in ours.statuses}) == 44
    assert sum(row.corrected is not None for row in ours.statuses) == 7
    assert Counter(row.corrected is None for row in ours.searches) == {True: 6, False: 3}
    assert len(ours.organisations) == 152
    assert Counter(row.kind for row in ours.documents) == {DocumentKind.SEED: 3, DocumentKind.RECORD: 176}
    assert len(ours.funds) == 31
    assert sum(len(row.amounts) for row in ours.funds) == 67
    values = [item.amount for row in ours.funds for item in row.allocations]
    assert (len(values), values.count(None)) == (95, 19)
    assert Counter(row.kind is EventKind.ENGAGEMENT for row in ours.events) == {False: 56, True: 4}
    assert Counter(row.state for row in ours.discrepancies) == {
        DiscrepancyState.OPEN: 16,
        DiscrepancyState.EXPLAINED: 11,
        DiscrepancyState.RESOLVED: 7,
    }
    assert sum(1 for _ in sources(ours)) == 628


def test_each_identified_commitment_has_a_status_or_a_search_that_found_none(ours: SeedFolder) -> None:
    with_status = {row.commitment for row in ours.statuses}
    with_search = {row.commitment for row in ours.searches if row.corrected is None}
    assert with_status | with_search == {row.ref for row in ours.commitments if row.identified}
    assert not with_status & with_search


def test_statuses_stand_by_commitment_and_then_by_day(ours: SeedFolder) -> None:
    refs = [row.ref for row in ours.commitments]
    places = [(refs.index(row.commitment), row.effective_on.on) for row in ours.statuses]
    assert places == sorted(places)
    assert Voice.TRACKER not in {row.voice for row in ours.statuses}
    assert Counter(row.status for row in ours.statuses) == {
        Status.IN_PROGRESS: 45,
        Status.DELIVERED: 39,
        Status.ANNOUNCED: 29,
        Status.PARTIALLY_DELIVERED: 10,
        Status.STALLED: 1,
        Status.DISCONTINUED: 1,
    }


def test_the_hundred_million_adds_up(ours: SeedFolder) -> None:
    size = {row.slug: row.amounts[-1].amount for row in ours.funds if row.amounts}

    def parts(slug: str) -> Decimal:
        return sum((size[row.slug] for row in ours.funds if row.parent == slug), Decimal(0))

    assert size["serious-violence-fund"] == parts("serious-violence-fund") == 100_000_000
    assert size["police-surge"] == parts("police-surge") == 63_400_000


def test_a_sum_from_a_seed_document_is_among_the_figures_cited(ours: SeedFolder) -> None:
    seeds = {row.slug for row in ours.documents if row.kind is DocumentKind.SEED}
    for fund in ours.funds:
        for item in fund.amounts:
            if item.citation.document in seeds:
                millions = [re.fullmatch(r"£([\d.]+) ?million", figure) for figure in item.citation.figures]
                assert item.amount in [Decimal(actual[1]) * 1_000_000 for actual in millions if actual]


def test_no_document_and_no_organisation_is_idle(ours: SeedFolder) -> None:
    assert {row.slug for row in ours.documents} == {source.document for _, source in sources(ours)}
    slugs = {ours.strategy.publisher}
    slugs |= {slug for row in ours.documents for slug in (row.publisher, row.via) if slug}
    slugs |= {slug for row in ours.commitments for slug in row.leads}
    slugs |= {item.recipient for row in ours.funds for item in row.allocations}
    slugs |= {slug for row in ours.events for slug in row.hosts}
    slugs |= {person.organisation for row in ours.events for person in row.participants if person.organisation}
    assert {row.slug for row in ours.organisations} == slugs


def test_a_document_without_a_day_says_why(ours: SeedFolder) -> None:
    assert [row.slug for row in ours.documents if row.published_on is None and row.note is None] == []


def test_where_a_theme_is_the_trackers_choice_the_summary_says_so(ours: SeedFolder) -> None:
    rows = [row for row in ours.commitments if row.summary and "Placed in this theme" in row.summary]
    assert {row.ref for row in rows} == {"SVS-09", "SVS-32", *(f"ANN-{number:02}" for number in range(1, 17))}


def test_titles_summaries_and_notes_are_short(ours: SeedFolder) -> None:
    assert all(len(row.title.split()) <= 12 for row in ours.commitments if row.title)
    assert all(len(row.summary.split()) <= 45 for row in ours.commitments if row.summary)
    assert all(len(row.note.split()) <= 30 for row in ours.statuses)


def test_ours_is_loaded_whole(empty_database: Database, now: dt.datetime) -> None:
    report = load(empty_database, now=now)
    assert dict(report.inserts) == {
        "organisation": 152,
        "document": 179,
        "strategy": 1,
        "theme": 4,
        "commitment": 77,
        "commitment_lead": 89,
        "status_update": 125 + 9,
        "fund": 31,
        "commitment_fund": 31,
        "amount_statement": 67,
        "allocation": 95,
        "event": 60,
        "event_host": 54,
        "commitment_event": 69,
        "event_fund": 21,
        "participant": 21,
        "discrepancy": 34,
        "claim": 87,
        "citation": 628 - 87,
        "dataset": 1,
    }
    with empty_database.engine.connect() as connection:
        actual = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
            if table.name in report.inserts
        }
    assert actual == dict(report.inserts)
    assert load(empty_database, now=now).has_changes is False


def test_the_words_of_documents_are_not_copied(documents_folder: Path, ours: SeedFolder) -> None:
    """No eight words in a row of a document stand in the package, its data and its manual included."""
    theirs: set[tuple[str, ...]] = set()
    for row in ours.documents:
        if row.file:
            theirs |= runs(" ".join(paragraphs(documents_folder / row.file)))
    assert theirs
    for path in sorted(SEEDS.rglob("*")):
        if path.suffix in {".yaml", ".md", ".py"}:
            # An address says what a page is called; that is its name, and not its text.
            shared_runs = runs(re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))) & theirs
            assert not shared_runs, f"{path.name}: {' '.join(shared_runs.pop())}"


def test_no_place_on_a_machine_is_named() -> None:
    for path in sorted(SEEDS.rglob("*")):
        if path.suffix in {".yaml", ".md", ".py"}:
            match = re.search(r"(?<![\w.:/])/(tmp|home|root|usr|opt|var|work|mnt)\b", path.read_text(encoding="utf-8"))
            assert not match, f"{path.name}: {match}"


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9£.']*[a-z0-9]", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}

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
    AreaKind,
    CommitmentOrigin,
    Confidence,
    DiscrepancyState,
    DocumentKind,
    EventKind,
    OrganisationKind,
    Status,
    Voice,
)
from seeds import DATA
from seeds.checks import sources
from seeds.files import read
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
    assert len(ours.statuses) == 156
    assert sum(row.corrected is not None for row in ours.statuses) == 10
    assert Counter(row.corrected is None for row in ours.searches) == {True: 6, False: 3}
    assert len(ours.organisations) == 154
    assert Counter(row.kind for row in ours.documents) == {DocumentKind.SEED: 3, DocumentKind.RECORD: 182}
    assert Counter(row.kind for row in ours.areas) == {
        AreaKind.POLICE_FORCE_AREA: 43,
        AreaKind.REGION: 9,
        AreaKind.NATION: 2,
    }
    assert len(ours.people) == 15
    assert len(ours.terms) == 12
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
    assert sum(1 for _ in sources(ours)) == 779


def in_force(ours: SeedFolder, status: Status | None = None) -> dict[str, dt.date]:
    """The first day on which a source gives each commitment this status, or any."""
    rows = [row for row in ours.statuses if row.corrected is None and status in (None, row.status)]
    # They stand by day.
    return {row.commitment: row.effective_on.on for row in reversed(rows)}


def test_each_identified_commitment_has_a_status_by_a_source_that_identifies_it(ours: SeedFolder) -> None:
    assert read(DATA, reviewed=True).statuses.rows == ours.statuses.rows
    assert in_force(ours).keys() == {row.ref for row in ours.commitments if row.identified}


def test_what_the_strategy_promises_has_a_status_of_its_day(ours: SeedFolder) -> None:
    """Or of an earlier day. The source that names SVS-32 is of May; no source tells of the promise of the last six."""
    late = {ref for ref, on in in_force(ours).items() if ref.startswith("SVS") and on > ours.strategy.published_on}
    assert late == {"SVS-32"}
    unannounced = in_force(ours).keys() - in_force(ours, Status.ANNOUNCED).keys()
    assert unannounced == {"SVS-02", "ANN-07", "ANN-08", "ANN-12", "ANN-13", "ANN-14", "ANN-15"}


def test_a_search_may_follow_a_status(ours: SeedFolder) -> None:
    searches = {row.commitment: row.searched_on for row in ours.searches if row.corrected is None}
    assert searches.keys() == {"SVS-06", "SVS-07", "SVS-17", "SVS-22", "SVS-30", "SVS-31"}
    assert all(in_force(ours)[ref] < on for ref, on in searches.items())


def test_every_force_area_is_within_a_region_or_wales(ours: SeedFolder) -> None:
    around = {row.slug: row.parent for row in ours.areas if row.parent}
    assert around["northumbria"] == "north-east"
    assert {around[parent] for parent in around.values() if parent in around} == {"england"}
    assert Counter(around.values())["wales"] == 4
    assert [row.slug for row in ours.areas if row.parent and len(row.citations) == 1] == sorted(
        row.slug for row in ours.areas if row.kind is AreaKind.REGION
    )


def test_each_force_and_each_commissioner_stands_in_one_area(ours: SeedFolder) -> None:
    """But for the groups that a source names as one."""
    places = Counter(slug for row in ours.areas for slug in row.organisations)
    assert set(places.values()) == {1}
    kinds = {OrganisationKind.POLICE_FORCE, OrganisationKind.POLICE_AND_CRIME_COMMISSIONER}
    forces = {row.slug for row in ours.organisations if row.kind in kinds}
    assert forces - places.keys() == {"police-forces", "police-and-crime-commissioners"}


def test_a_person_is_one_in_every_event(ours: SeedFolder) -> None:
    names = {row.slug: row.name for row in ours.people}
    participants = [item for event in ours.events for item in event.participants]
    assert all(names[item.person] == item.name for item in participants if item.person)
    bodies = {item.name for item in participants if not item.person}
    assert bodies == {"Google", "Facebook", "James Brindley Foundation"}
    assert {item.person for item in participants if item.person} == names.keys()


def test_statuses_stand_by_commitment_and_then_by_day(ours: SeedFolder) -> None:
    refs = [row.ref for row in ours.commitments]
    places = [(refs.index(row.commitment), row.effective_on.on) for row in ours.statuses]
    assert places == sorted(places)
    assert Voice.TRACKER not in {row.voice for row in ours.statuses}
    assert Counter(row.status for row in ours.statuses) == {
        Status.ANNOUNCED: 57,
        Status.IN_PROGRESS: 45,
        Status.DELIVERED: 42,
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
    slugs |= {slug for row in ours.areas for slug in row.organisations}
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
        "organisation": 154,
        "document": 185,
        "area": 54,
        "area_organisation": 54,
        "person": 15,
        "term": 12,
        "strategy": 1,
        "theme": 4,
        "commitment": 77,
        "commitment_lead": 89,
        "status_update": 156 + 9,
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
        "citation": 779 - 87,
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
    # What a page is called is its name, and not its text.
    theirs -= set().union(*(runs(row.original_title or "") for row in ours.documents))
    for path in sorted(SEEDS.rglob("*")):
        if path.suffix in {".yaml", ".md", ".py"}:
            text = re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))
            shared_runs = runs(text) & theirs
            assert not shared_runs, f"{path.name}: {' '.join(shared_runs.pop())}"


def test_no_place_on_a_machine_is_named() -> None:
    for path in sorted(SEEDS.rglob("*")):
        if path.suffix in {".yaml", ".md", ".py"}:
            match = re.search(r"(?<![\w.:/])/(tmp|home|root|usr|opt|var|work|mnt)\b", path.read_text(encoding="utf-8"))
            assert not match, f"{path.name}: {match}"


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9£.']*[a-z0-9]", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}

"""Filters of documents, of what they say of commitments, and of where they do not agree."""

import datetime as dt

import strawberry

from db import discrepancies, documents, evidence, statuses, vocabulary
from db.columns import Condition
from schema.filter_fields import Filter, filter_field, search_in, which


@strawberry.input(description=which("documents"))
class DocumentFilter(Filter):
    kind: list[vocabulary.DocumentKind] | None = filter_field(documents.of_kind, "What part they play.")
    read_in_part: bool | None = filter_field(
        documents.read_in_part, "Whether it is on record that only a part of them was read."
    )
    from_: dt.date | None = filter_field(
        documents.since, "The first day of publication. Leaves out those without a day.", default=None, name="from"
    )
    to: dt.date | None = filter_field(documents.until, "The last day of publication. Leaves out those without a day.")
    dated: bool | None = filter_field(documents.dated, "Whether the day of publication is known.")
    publisher: list[str] | None = filter_field(documents.published_by, "Slugs of organisations that issued them.")
    search: str | None = search_in(
        "title, original title and note, and the names of publishers and of sites of copies,",
        documents.mentioning,
        related=documents.NAMES,
    )


@strawberry.input(description=which("status updates"))
class StatusUpdateFilter(Filter):
    voice: list[vocabulary.Voice] | None = filter_field(evidence.in_voices, "Whose word they are.")
    commitment: list[str] | None = filter_field(evidence.about, "Refs of the commitments that they speak of.")
    theme: list[str] | None = filter_field(evidence.in_themes, "Slugs of the themes of these commitments.")
    fund: list[str] | None = filter_field(evidence.with_fund, "Slugs of funds tied to these commitments.")
    document: list[str] | None = filter_field(evidence.citing, "Slugs of documents that they cite.")
    organisation: list[str] | None = filter_field(
        evidence.concerning,
        "Slugs of organisations that lead these commitments, or that published the source.",
        work=0.3,
    )

    def conditions(self, day: dt.date, today: dt.date) -> list[Condition]:
        """Only what is in force on the day of the record."""
        return [*statuses.in_force(day), *super().conditions(day, today)]


@strawberry.input(description=which("discrepancies"))
class DiscrepancyFilter(Filter):
    kind: list[vocabulary.DiscrepancyKind] | None = filter_field(
        discrepancies.of_kind, "What the sources disagree about."
    )
    state: list[vocabulary.DiscrepancyState] | None = filter_field(discrepancies.in_state, "What came of it.")
    commitment: list[str] | None = filter_field(
        discrepancies.about_commitments, "Refs of commitments that they are about."
    )
    fund: list[str] | None = filter_field(discrepancies.about_funds, "Slugs of funds that they are about.")
    event: list[str] | None = filter_field(discrepancies.about_events, "Slugs of events that they are about.")
    document: list[str] | None = filter_field(discrepancies.claimed_in, "Slugs of documents that are a side of them.")

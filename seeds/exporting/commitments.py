"""The strategy, its themes, its commitments, and where each was said to stand."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from db import natural_keys
from db.formatting import date_text, instant_text
from db.models import Commitment, CommitmentLead, Dataset, StatusUpdate, Strategy, Theme
from db.vocabulary import Status, Voice
from seeds.dump import Line
from seeds.exporting.tables import Row, Tables, given
from seeds.rows import SEARCHED

BEFORE, AFTER = SEARCHED.split("{}")


def strategy(tables: Tables) -> Row:
    [row] = tables.all(Strategy)
    themes = tables.all(Theme, Theme.position)
    return {
        "slug": row.slug,
        "title": row.title,
        "publisher": tables.organisations[row.publisher_id],
        "published_on": row.published_on.isoformat(),
        "stated_commitments": row.stated_commitments,
        "citations": tables.citations("strategy_id", row.id),
        "themes": [Line(slug=theme.slug, title=theme.title, position=theme.position) for theme in themes],
    }


def commitments(tables: Tables) -> list[Row]:
    themes = {row.id: row.slug for row in tables.all(Theme)}
    leads = tables.by(CommitmentLead, "commitment_id", CommitmentLead.position)
    return [
        given(
            {
                "ref": row.ref,
                "slug": row.slug,
                "origin": row.origin.value,
                "theme": themes.get(row.theme_id),
                "identified": row.identified,
                "title": row.title,
                "summary": row.summary,
                "leads": [tables.organisations[lead.organisation_id] for lead in leads[row.id]],
                "confidence": row.confidence and row.confidence.value,
                "citations": tables.citations("commitment_id", row.id),
            }
        )
        for row in tables.all(Commitment, Commitment.ref)
    ]


class Statements:
    """Statuses and searches, which stand in two files but correct each other."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        [dataset] = tables.all(Dataset)
        self.learned: dt.datetime = dataset.recorded_at
        self.refs = {row.id: row.ref for row in tables.all(Commitment)}
        found = tables.all(StatusUpdate)
        self.keys = {row.id: row.key for row in found}
        # Those that the row of another names, and so have to say their own key.
        self.named = {row.corrected_by_id for row in found}
        self.found = sorted(
            found, key=lambda row: (self.refs[row.commitment_id], row.effective_on, row.recorded_at, row.key)
        )

    def statuses(self) -> Iterator[Row]:
        for row in self.found:
            if not _is_search(row):
                [citation] = self.tables.citations("status_update_id", row.id)
                yield given(
                    {
                        "commitment": self.refs[row.commitment_id],
                        "status": row.status.value,
                        "effective_on": date_text(row.effective_on, row.precision),
                        "recorded_at": self._recorded_at(row),
                        "voice": row.voice.value,
                        "note": row.note,
                        "citation": citation,
                        **self._correction(row, citation),
                    }
                )

    def searches(self) -> Iterator[Row]:
        for row in self.found:
            if _is_search(row):
                places = row.note.removeprefix(BEFORE).removesuffix(AFTER)
                usual = SEARCHED.format(places) == row.note and places == places.strip() != ""
                yield given(
                    {
                        "commitment": self.refs[row.commitment_id],
                        "searched_on": row.effective_on.isoformat(),
                        "recorded_at": self._recorded_at(row),
                        "places": places if usual else None,
                        "note": None if usual else row.note,
                        **self._correction(row, {}),
                    }
                )

    def _place(self, row: Any) -> tuple[Any, ...]:
        return self.refs[row.commitment_id], row.effective_on, row.recorded_at, row.key

    def _recorded_at(self, row: Any) -> str | None:
        return None if row.recorded_at == self.learned else instant_text(row.recorded_at)

    def _correction(self, row: Any, citation: Row) -> Row:
        plain = natural_keys.status_update(
            self.refs[row.commitment_id],
            row.effective_on,
            row.precision,
            row.voice,
            row.status,
            citation.get("document"),
            citation.get("paragraph"),
        )
        by = self.keys.get(row.corrected_by_id)
        return {
            "key": row.key if row.key != plain or row.id in self.named else None,
            "corrected": None if by is None else {"by": by, "reason": row.correction_reason},
        }


def statuses(tables: Tables) -> list[Row]:
    return list(Statements(tables).statuses())


def searches(tables: Tables) -> list[Row]:
    return list(Statements(tables).searches())


def _is_search(row: Any) -> bool:
    return row.status is Status.NO_EVIDENCE and row.voice is Voice.TRACKER

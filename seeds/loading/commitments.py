"""The strategy, its themes, its commitments, and where each was said to stand."""

from collections.abc import Iterator

from db.models import Commitment, CommitmentLead, StatusUpdate, Strategy, Theme
from db.vocabulary import DatePrecision, Status, Voice
from seeds import rows
from seeds.errors import SeedError
from seeds.loading.merge import Values
from seeds.loading.work import Work


def strategy(work: Work) -> None:
    row = work.folder.strategy
    table = work.table(Strategy, "slug", file=row.FILE)
    for (slug,) in table.rows:
        if slug != row.slug:
            # Refs belong to one strategy; two in one database would answer for each other.
            raise SeedError([row.problem(f"the database holds the strategy {slug!r}; use another one")])
    table.put(
        [
            {
                "slug": row.slug,
                "title": row.title,
                "publisher_id": work.organisations[row.publisher],
                "published_on": row.published_on,
                "stated_commitments": row.stated_commitments,
            }
        ]
    )
    work.strategies = table.ids()
    work.cite(table.rows[row.slug,], row.slug, row.citations)


def themes(work: Work) -> dict[str, int]:
    row = work.folder.strategy
    table = work.table(Theme, "slug", file=row.FILE)
    table.put(
        {
            "slug": theme.slug,
            "title": theme.title,
            "position": theme.position,
            "strategy_id": work.strategies[row.slug],
        }
        for theme in row.themes
    )
    table.keep()
    return table.ids()


def commitments(work: Work) -> None:
    theme_ids = themes(work)
    table = work.table(Commitment, "ref", file=rows.Commitment.FILE)
    table.put(
        {
            "ref": row.ref,
            "origin": row.origin,
            "identified": row.identified,
            "slug": row.slug,
            "title": row.title,
            "summary": row.summary,
            "theme_id": theme_ids[row.theme] if row.theme else None,
            "confidence": row.confidence,
        }
        for row in work.folder.commitments
    )
    table.keep()
    work.commitments = table.ids()
    for row in work.folder.commitments:
        work.cite(table.rows[row.ref,], row.ref, row.citations)

    owners = table.governed()
    leads = work.table(CommitmentLead, "commitment_id", "organisation_id", file=rows.Commitment.FILE)
    leads.replace(
        (
            {"commitment_id": owners[row.ref], "organisation_id": work.organisations[lead], "position": position}
            for row in work.folder.commitments
            if row.ref in owners
            for position, lead in enumerate(row.leads, 1)
        ),
        lambda lead: lead.commitment_id in owners.values(),
    )


def statuses(work: Work) -> None:
    """A status update is only ever added: what was recorded stands, until a later update corrects it."""
    table = work.table(StatusUpdate, "key", file=rows.StatusUpdate.FILE)
    refs = {id: ref for ref, id in work.commitments.items()}
    table.label = lambda row: f"{refs[row.commitment_id]} {row.status} {row.effective_on} {row.voice}"
    table.add([*_statuses(work), *_searches(work)], watched="note")
    table.keep()
    for row in work.folder.statuses:
        work.cite(table.rows[row.key,], row.key, [row.citation])
    for row in [*work.folder.statuses, *work.folder.searches]:
        if row.corrected:
            correction = table.rows[row.corrected.by,]
            table.mark(table.rows[row.key,], corrected_by_id=correction.id, correction_reason=row.corrected.reason)


def _statuses(work: Work) -> Iterator[Values]:
    for row in work.folder.statuses:
        yield {
            "key": row.key,
            "commitment_id": work.commitments[row.commitment],
            "status": row.status,
            "effective_on": row.effective_on.on,
            "precision": row.effective_on.precision,
            "recorded_at": row.recorded_at or work.folder.dataset.recorded_at,
            "voice": row.voice,
            "note": row.note,
        }


def _searches(work: Work) -> Iterator[Values]:
    for row in work.folder.searches:
        yield {
            "key": row.key,
            "commitment_id": work.commitments[row.commitment],
            "status": Status.NO_EVIDENCE,
            "effective_on": row.searched_on,
            "precision": DatePrecision.DAY,
            "recorded_at": row.recorded_at or work.folder.dataset.recorded_at,
            "voice": Voice.TRACKER,
            "note": row.note,
        }

"""Sources that do not agree."""

from collections.abc import Iterator

from db.models import Claim, Discrepancy
from seeds import rows
from seeds.loading.merge import Values
from seeds.loading.work import Work


def discrepancies(work: Work) -> None:
    table = work.table(Discrepancy, "slug", file=rows.Discrepancy.FILE)
    known = (
        ("strategy", work.strategies),
        ("commitment", work.commitments),
        ("fund", work.funds),
        ("event", work.events),
    )
    table.put(
        {
            "slug": row.slug,
            "kind": row.kind,
            "question": row.question,
            "state": row.state,
            "explanation": row.explanation,
            # All four, because a discrepancy may move from one subject to another.
            **{f"{kind}_id": ids[row.subject.key] if kind == row.subject.type else None for kind, ids in known},
        }
        for row in work.folder.discrepancies
    )
    table.keep()

    owners = table.governed()
    claims = work.table(Claim, "discrepancy_id", "position", file=rows.Discrepancy.FILE)

    def wanted() -> Iterator[Values]:
        for row in work.folder.discrepancies:
            if row.slug not in owners:
                continue
            for position, claim in claims.places(owners[row.slug], row.claims):
                yield {
                    "discrepancy_id": owners[row.slug],
                    "position": position,
                    "document_id": work.documents[claim.document],
                    "paragraph": claim.paragraph,
                    "says": claim.says,
                    "figures": claim.figures,
                }

    claims.replace(wanted(), lambda claim: claim.discrepancy_id in owners.values())

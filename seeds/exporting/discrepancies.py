"""Sources that do not agree."""

from typing import Any

from db.models import Claim, Commitment, Discrepancy, Event, Fund, Strategy
from db.natural_keys import KEY_COLUMN
from seeds.dump import Line
from seeds.exporting.tables import Row, Tables, given

SUBJECTS = (Strategy, Commitment, Fund, Event)


def discrepancies(tables: Tables) -> list[Row]:
    names = {kind: {row.id: getattr(row, KEY_COLUMN[kind]) for row in tables.all(kind)} for kind in SUBJECTS}
    claims = tables.by(Claim, "discrepancy_id", Claim.position)

    def subject(row: Any) -> Line:
        kind = next(kind for kind in SUBJECTS if getattr(row, f"{kind.__tablename__}_id") is not None)
        return Line(type=kind.__tablename__, key=names[kind][getattr(row, f"{kind.__tablename__}_id")])

    return [
        given(
            {
                "slug": row.slug,
                "question": row.question,
                "kind": row.kind.value,
                "subject": subject(row),
                "claims": [_claim(tables, claim) for claim in claims[row.id]],
                "state": row.state.value,
                "explanation": row.explanation,
            }
        )
        for row in tables.all(Discrepancy, Discrepancy.slug)
    ]


def _claim(tables: Tables, row: Any) -> Line:
    document = tables.documents[row.document_id]
    return Line(given({"document": document, "paragraph": row.paragraph, "says": row.says, "figures": row.figures}))

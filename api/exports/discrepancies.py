from api.exports.batch import each, every
from api.exports.table import ApiColumns, Column, ExportTable, Kind, attribute, id_of, key_of, owner, place, place_keys
from db import discrepancies, models
from db.models.base import Entity
from schema.discrepancies import Claim, Discrepancy

column, claim = ApiColumns(Discrepancy), ApiColumns(Claim)


def subject(name: str, model: type[Entity], references: str, description: str) -> Column:
    return Column(name, description, key_of(model, f"{name}_id"), references=references)


DISCREPANCIES = ExportTable(
    "discrepancies",
    "Discrepancies",
    "Where sources do not agree. What each of them says stands in `claims`. It has no day: `asOf` leaves out none.",
    ("slug",),
    every(models.Discrepancy),
    (
        *column.attributes("slug", "kind", "question", "state", "explanation"),
        subject("commitment", models.Commitment, "commitments", "The commitment that it is about."),
        subject("fund", models.Fund, "funds", "The fund that it is about."),
        subject("event", models.Event, "events", "The event that it is about."),
        subject("strategy", models.Strategy, "strategies", "The Strategy, where it is about that."),
        id_of(Discrepancy, attribute("slug")),
    ),
)
CLAIMS = ExportTable(
    "claims",
    "Claims",
    "What each source says on the question of a discrepancy, whatever the day.",
    ("discrepancy", "position"),
    each(DISCREPANCIES.batches, lambda batch: batch.ask(discrepancies.claims)),
    (
        Column("discrepancy", "The discrepancy.", owner("slug"), references="discrepancies", required=True),
        Column("position", "Where it stands among its claims, from 1.", place, Kind.INTEGER, required=True),
        claim("document", key_of(models.Document, "document_id"), references="documents"),
        *claim.attributes("paragraph", "locator", "says", "figures"),
        id_of(Claim, place_keys),
    ),
)

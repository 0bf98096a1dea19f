"""Keys that a file has to state, because they are not those that its values make up."""

from db import models, natural_keys
from db.models.base import Base
from db.natural_keys import subject_of
from seeds.exporting.snapshot import Snapshot
from seeds.mapping import DatabaseRow


def stated_key(snapshot: Snapshot, model: type[Base], row: DatabaseRow) -> str | None:
    """The key of a row, if it is not the usual one: a correction may change a value that is part of it, and no key."""
    key: str = row.key
    return None if key == _usual_key(snapshot, model, row) else key


def _usual_key(snapshot: Snapshot, model: type[Base], row: DatabaseRow) -> str | None:
    if model is models.Citation:
        subject, id = subject_of(model, row)
        document = snapshot.key(models.Document, row.document_id)
        return natural_keys.citation(subject.__tablename__, snapshot.key(subject, id), document, row.paragraph)
    if model is models.Allocation:
        recipient = snapshot.key(models.Organisation, row.recipient_id)
        return natural_keys.allocation(snapshot.key(models.Fund, row.fund_id), recipient)
    source = _source(snapshot, model, row)
    if model is models.StatusUpdate:
        commitment = snapshot.key(models.Commitment, row.commitment_id)
        return natural_keys.status_update(commitment, row.effective_on, row.precision, row.voice, row.status, *source)
    fund = snapshot.key(models.Fund, row.fund_id)
    return natural_keys.amount_statement(fund, row.kind, row.stated_on, row.precision, *source)


def _source(snapshot: Snapshot, model: type[Base], row: DatabaseRow) -> tuple[str | None, int | None]:
    """The document and the paragraph of the only citation of a row."""
    for citation in snapshot.rows_of(models.Citation, f"{model.__tablename__}_id", row.id):
        return snapshot.key(models.Document, citation.document_id), citation.paragraph
    return None, None

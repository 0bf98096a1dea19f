"""Questions about status updates of many commitments: what was recorded last, and about what."""

from collections.abc import Sequence
from functools import partial

import sqlalchemy as sa
from sqlmodel import col

from db import commitments
from db.columns import Condition
from db.conditions import linked_to, one_of, references
from db.models import Citation, Commitment, Document, StatusUpdate
from db.paging import Order

# Recorded together, the one about the later day comes first.
by_recording = partial(Order, (col(StatusUpdate.recorded_at), col(StatusUpdate.effective_on), col(StatusUpdate.key)))
in_voices = partial(one_of, StatusUpdate.voice)
citing = partial(linked_to, Citation.status_update_id, Citation.document_id)
about = partial(references, StatusUpdate.commitment_id)


def in_themes(slugs: Sequence[str]) -> Condition:
    return _of_commitments(commitments.in_themes(slugs))


def with_fund(slugs: Sequence[str]) -> Condition:
    return _of_commitments(commitments.with_fund(slugs))


def concerning(slugs: Sequence[str]) -> Condition:
    """Whether one of these organisations leads the commitment, or published the source."""
    published = sa.select(col(Citation.status_update_id)).join(Document, col(Document.id) == col(Citation.document_id))
    by_source = col(StatusUpdate.id).in_(published.where(references(Document.publisher_id, slugs)))
    return _of_commitments(commitments.led_by(slugs)) | by_source


def _of_commitments(condition: Condition) -> Condition:
    return col(StatusUpdate.commitment_id).in_(sa.select(col(Commitment.id)).where(condition))

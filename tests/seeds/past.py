"""What a database says at every revision of its log, without anything that is of this one database."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.database import Database
from db.models import Change, ChangeNode, Citation
from db.natural_keys import subject_of
from db.reader import Reader
from tests.past import whole_record


def read_past(database: Database) -> dict[int, dict[str, Any]]:
    revisions = database.read_sync(lambda session: session.exec(select(Change.revision)).all())
    return {revision: Reader(database, revision=revision).read_sync(read_record) for revision in sorted(revisions)}


def read_record(session: Session) -> dict[str, Any]:
    """Every row, what each change affected, and the citations of each row in their order."""
    sources = defaultdict(list)
    for citation in session.exec(select(Citation).order_by(col(Citation.id))):
        sources[subject_of(Citation, citation)].append(citation.key)
    nodes = session.connection().execute(sa.select(ChangeNode.__table__)).all()
    return whole_record(session) | {"nodes": sorted(map(tuple, nodes)), "sources": sorted(sources.values())}

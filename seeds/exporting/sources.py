"""The edition, who speaks, and what they published."""

from db.formatting import instant_text
from db.models import Dataset, Document, Organisation
from seeds.exporting.changes import unlogged
from seeds.exporting.tables import Row, Tables, given


def dataset(tables: Tables) -> Row:
    [row] = tables.all(Dataset)
    said = {"recorded_at": instant_text(row.recorded_at), "licence": row.licence, "attribution": row.attribution}
    return given({**said, "edited": unlogged(tables)})


def organisations(tables: Tables) -> list[Row]:
    found = tables.all(Organisation, Organisation.slug)
    return [{"slug": row.slug, "name": row.name, "kind": row.kind.value} for row in found]


def documents(tables: Tables) -> list[Row]:
    slugs = tables.organisations
    return [
        given(
            {
                "slug": row.slug,
                "title": row.title,
                "publisher": slugs.get(row.publisher_id),
                "published_on": row.published_on and row.published_on.isoformat(),
                "url": row.url,
                "kind": row.kind.value,
                "file": row.file,
                "via": slugs.get(row.via_id),
                "note": row.note,
                "digests": row.digests,
            }
        )
        for row in tables.all(Document, Document.slug)
    ]

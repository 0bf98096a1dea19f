"""Who speaks, and what they published."""

from db.models import Document, Organisation
from seeds import rows
from seeds.loading.work import Work


def organisations(work: Work) -> None:
    table = work.table(Organisation, "slug", file=rows.Organisation.FILE)
    table.put({"slug": row.slug, "name": row.name, "kind": row.kind} for row in work.folder.organisations)
    table.keep()
    work.organisations = table.ids()


def documents(work: Work) -> None:
    table = work.table(Document, "slug", file=rows.Document.FILE)
    table.put(
        {
            "slug": row.slug,
            "title": row.title,
            "publisher_id": work.organisations[row.publisher] if row.publisher else None,
            "published_on": row.published_on,
            "url": row.url,
            "kind": row.kind,
            "via_id": work.organisations[row.via] if row.via else None,
            "note": row.note,
            "file": row.file,
            "digests": row.digests,
        }
        for row in work.folder.documents
    )
    table.keep()
    work.documents = table.ids()

"""What could not be read is said where it matters, and who keeps the record is said or said to be unknown."""

import pytest

from db.database import Database
from tests.api.pages.reading import read
from tests.engines import url_of
from tests.inputs import submit
from tests.server import Api, serving
from tests.writable import WritableApi

UNREAD = "we could read only a part"


def squeeze(text: str) -> str:
    """A text without spaces: a picture breaks its lines."""
    return text.replace(" ", "")


@pytest.mark.parametrize("path", ["/", "/gaps", "/about"])
def test_what_was_not_read_of_the_strategy_is_said_with_its_source(api_sqlite: Api, path: str) -> None:
    documents = api_sqlite.ask("{ strategy { citations { document { slug title readPart } } } }")["strategy"]
    [document] = [one["document"] for one in documents["citations"] if one["document"]["readPart"]]
    page = read(api_sqlite, path)
    assert f"Of “{document['title']}” {UNREAD}: {document['readPart']}" in page.text
    assert [link for link in page.links if link.endswith(f"/sources/{document['slug']}")]
    assert "No source read lists them" not in page.text


def test_the_embed_says_so_too(api_sqlite: Api) -> None:
    assert squeeze(UNREAD) in squeeze(read(api_sqlite, "/embed/progress").text)


@pytest.mark.sqlite_only
def test_nothing_is_said_to_be_unread_where_all_was_read(api_writable: WritableApi) -> None:
    public, editor = api_writable.public, api_writable.editor
    documents = public.ask("{ strategy { citations { document { slug readPart } } } }")["strategy"]["citations"]
    [slug] = {one["document"]["slug"] for one in documents if one["document"]["readPart"]}
    correction = {"document": slug, "reason": "All of it was read.", "clear": ["READ_PART"]}
    assert submit(editor, "correctDocument", correction)["__typename"] == "DocumentCorrected"
    for path in ("/", "/gaps", "/about", "/embed/progress"):
        assert squeeze(UNREAD) not in squeeze(read(public, path).text)


def test_who_keeps_the_record_and_who_pays_are_said_as_far_as_the_record_says(seeded_database: Database) -> None:
    url = url_of(seeded_database)
    with serving(url) as api:
        dataset = api.ask("{ dataset { maintainer funding } }")["dataset"]
        assert f"It is kept by {dataset['maintainer']}. {dataset['funding']}" in read(api, "/about").text
    with seeded_database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE dataset SET maintainer = NULL, funding = NULL")
    with serving(url) as api:
        assert "The record does not say who keeps it. It does not say who pays for that." in read(api, "/about").text

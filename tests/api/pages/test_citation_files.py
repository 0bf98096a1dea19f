"""The citation of a page as a file, read by the libraries that programs for references are made of."""

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from pybtex.database import Entry, parse_string
from pybtex.richtext import Text

from api.pages.citation import tex
from schema.node import global_id
from tests.api.pages.hostile import spoil
from tests.api.pages.reading import PAGES, WITHOUT_QUERY, Page, get, read
from tests.engines import REVISION, url_of
from tests.inputs import submit_valid
from tests.server import Api, serving
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only
AUTHOR = "The contributors of Sixty-One"
FORMS = ("bib", "ris", "csl")


def fetch(api: Api, path: str, form: str, status: int = 200) -> httpx.Response:
    response = api.http.get(path, params={"cite": form})
    assert response.status_code == status, response.text
    return response


def read_bibtex(text: str) -> Entry:
    [entry] = parse_string(text, "bibtex").entries.values()
    return entry


def plain_text(entry: Entry, field: str) -> str:
    """A field as a bibliography prints it."""
    return str(Text.from_latex(entry.fields[field]))


def links(page: Page) -> list[str]:
    return [link for link in page.links if "cite=" in link]


@pytest.mark.parametrize("path", [*PAGES, *WITHOUT_QUERY])
def test_every_page_is_cited_by_file_as_in_words(api_sqlite: Api, path: str) -> None:
    page = read(api_sqlite, path)
    words = page.text.partition("Cite this ")[2].partition(" Copy")[0]
    url = words.rpartition(" ")[2]
    assert re.search(rf"revision {REVISION}\), accessed 1 December 2026, http", words)
    assert [parse_qs(urlsplit(link).query)["cite"] for link in links(page)] == [[form] for form in FORMS]
    texts = [get_file(api_sqlite, link).text for link in links(page)]
    entry, [reference], [item] = read_bibtex(texts[0]), rispy.loads(texts[1]), json.loads(texts[2])
    title = item["title"]
    assert words.startswith(f"{AUTHOR}, “{title[:20]}")
    assert plain_text(entry, "title") == reference["title"] == title
    assert [str(person) for person in entry.persons["author"]] == [f"{{{AUTHOR}}}"]
    assert reference["authors"] == [AUTHOR]
    assert item["author"] == [{"literal": AUTHOR}]
    assert entry.fields["publisher"] == reference["publisher"] == item["publisher"] == "Sixty-One"
    assert entry.fields["url"] == reference["urls"][0] == item["URL"] == url
    assert (entry.fields["date"], reference["date"], item["issued"]["date-parts"]) == (
        "2026-11-29",
        "2026/11/29",
        [[2026, 11, 29]],
    )
    assert (entry.fields["urldate"], reference["access_date"], item["accessed"]["date-parts"]) == (
        "2026-12-01",
        "2026/12/01",
        [[2026, 12, 1]],
    )
    assert entry.fields["note"] == reference["notes"][0] == item["note"]
    assert item["note"] in words.replace("as of", "As of")
    assert get(api_sqlite, url.removeprefix(str(api_sqlite.http.base_url).rstrip("/"))).status_code == 200


def get_file(api: Api, link: str) -> httpx.Response:
    response = api.http.get(link)
    assert response.status_code == 200
    return response


def test_a_bibliography_is_printed_with_the_address(api_sqlite: Api) -> None:
    [item] = fetch(api_sqlite, "/commitments/SVS-19", "csl").json()
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    [line] = map(str, bibliography.bibliography())
    assert line.startswith(f"{AUTHOR} (2026) ")
    assert item["title"] in line
    assert item["URL"] in line
    assert "December 1, 2026" in line


def test_a_statement_is_cited_for_itself(api_sqlite: Api) -> None:
    query = '{ commitment(ref: "SVS-19") { statusHistory { id effectiveOn voice } } }'
    history = api_sqlite.ask(query)["commitment"]["statusHistory"]
    assert len(history) > 1
    page = read(api_sqlite, "/commitments/SVS-19")
    statements = [link for link in page.links if link.endswith("#cite")]
    assert len(statements) == len(history)
    first, address = history[0], statements[-1]
    cited = read(api_sqlite, address.partition("#")[0])
    words = cited.text.partition("Cite this ")[2].partition(" Copy")[0]
    day = dt.date.fromisoformat(first["effectiveOn"])
    assert f"({first['voice'].replace('_', ' ').capitalize()}, {day:%-d %B %Y})" in words
    url = words.rpartition(" ")[2]
    assert urlsplit(url).fragment in cited.ids
    entry = read_bibtex(get_file(api_sqlite, links(cited)[0]).text)
    assert entry.fields["url"] == url
    assert f"{day:%-d %B %Y}" in entry.fields["title"]


@pytest.mark.parametrize("statement", ["nothing", global_id("StatusUpdate", "SVS-20/nothing"), "<script>"])
def test_what_is_no_statement_of_a_commitment_is_not_cited(api_sqlite: Api, statement: str) -> None:
    for extra in ({}, {"cite": "bib"}):
        response = api_sqlite.http.get("/commitments/SVS-19", params={"statement": statement, **extra})
        assert response.status_code == 404


@pytest.mark.parametrize("form", ["", "doc", "BIB", "bib\n"])
def test_another_form_is_refused(api_sqlite: Api, form: str) -> None:
    response = api_sqlite.http.get("/funds", params={"cite": form})
    assert response.status_code == (303 if not form else 400)


@pytest.mark.parametrize("form", FORMS)
def test_a_page_that_is_not_there_has_no_citation(api_sqlite: Api, form: str) -> None:
    for path in ("/commitments/SVS-99?", "/funds/nothing?", "/?asOf=yesterday&", "/?asOf=2999-01-01&"):
        assert api_sqlite.http.get(f"{path}cite={form}").status_code in (400, 404)


def test_a_file_states_the_day_on_which_it_was_asked_for(api_writable: WritableApi) -> None:
    clocks = {"asOf": "2026-11-30", "knownAt": "2026-11-30T00:00:00Z"}
    path = f"/commitments/SVS-19?{urlencode(clocks)}&cite=bib"
    response = api_writable.public.http.get(path)
    assert response.headers["cache-control"] == "no-cache"
    assert read_bibtex(response.text).fields["urldate"] == "2026-12-01"
    api_writable.clock.now += dt.timedelta(days=1)
    later = read_bibtex(api_writable.public.http.get(path).text)
    assert later.fields["urldate"] == "2026-12-02"
    assert later.fields["url"] == read_bibtex(response.text).fields["url"]


def test_a_statement_that_was_corrected_is_cited_as_such(api_writable: WritableApi) -> None:
    editor = api_writable.editor
    update = submit_valid(editor, "recordStatus", "statusUpdate { id }", commitment="SVS-11")["statusUpdate"]["id"]
    api_writable.clock.now += dt.timedelta(hours=1)
    submit_valid(editor, "correctStatus", statusUpdate=update)
    response = api_writable.public.http.get("/commitments/SVS-11", params={"statement": update, "cite": "csl"})
    assert response.json()[0]["title"].endswith("delivered (Parliament, 15 May 2019, corrected since)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A & B, 50% of #1_2", "A & B, 50% of #1_2"),
        ("Café, Łódź, naïve, Señor", "Café, Łódź, naïve, Señor"),
        ("£11 million", "£11 million"),
        ("one\ntwo\r\n  three", "one two three"),
        ("漢字 🙂", "漢字 🙂"),
    ],
)
def test_what_tex_reads_is_what_was_written(text: str, expected: str) -> None:
    entry = read_bibtex(f"@misc{{key, title = {{{{{tex(text)}}}}}}}")
    assert plain_text(entry, "title") == expected


@pytest.mark.parametrize("text", ["{", "}", "\\", "}}, url = {x", "@misc{", '"', "~^<>|", "%\nurl = {x}"])
def test_no_text_ends_its_field(text: str) -> None:
    entry = read_bibtex(f"@misc{{key, title = {{{{{tex(text)}}}}}, note = {{last}}}}")
    assert set(entry.fields) == {"title", "note"}
    assert entry.fields["note"] == "last"


def test_no_text_of_the_record_breaks_a_file(seeded_database: Any) -> None:
    spoil(seeded_database)
    with serving(url_of(seeded_database)) as api:
        for path in ("/", "/commitments/SVS-19", "/funds/serious-violence-fund", "/events/strategy-launch-2018"):
            entry = read_bibtex(fetch(api, path, "bib").text)
            [reference] = rispy.loads(fetch(api, path, "ris").text)
            [item] = fetch(api, path, "csl").json()
            assert reference["title"] == item["title"]
            assert entry.fields["url"] == reference["urls"][0] == item["URL"]

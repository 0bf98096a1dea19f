"""Terms of the field are explained in the glossary with their sources, and linked where they first stand."""

import pytest

from api.pages.terms import TermLinks
from tests.api.pages.reading import read
from tests.server import Api

TERMS = [{"slug": "duty", "name": "Duty"}, {"slug": "health-duty", "name": "Public <health> duty"}]


def linked(*texts: str) -> list[str]:
    link = TermLinks(TERMS, lambda path: f"/at{path}")
    return [str(link(text)) for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A duty.", 'A <a href="/at/glossary#terms-duty">duty</a>.'),
        ("Duties, dutyful, off-duty_", "Duties, dutyful, off-duty_"),
        ("Dutys", '<a href="/at/glossary#terms-duty">Dutys</a>'),
        ("A duty is a duty", 'A <a href="/at/glossary#terms-duty">duty</a> is a duty'),
        (
            "<b>public <health> duty</b>",
            '&lt;b&gt;<a href="/at/glossary#terms-health-duty">public &lt;health&gt; duty</a>&lt;/b&gt;',
        ),
        ("", ""),
    ],
    ids=["a word", "parts of words", "an s", "the first", "the longer name, escaped", "nothing"],
)
def test_a_term_is_linked_as_a_whole_word_where_it_first_stands(text: str, expected: str) -> None:
    assert linked(text) == [expected]


def test_a_term_is_linked_once_in_all_texts_of_a_page() -> None:
    first, second = linked("Duty", "Duty, and <i>")
    assert (first.count("<a "), second) == (1, "Duty, and &lt;i&gt;")


def test_a_text_without_any_terms_on_record_is_only_escaped() -> None:
    assert TermLinks([], str)("a < b") == "a &lt; b"


def test_the_glossary_explains_every_term_and_names_its_sources(api_sqlite: Api) -> None:
    terms = api_sqlite.ask("{ terms { nodes { slug name meaning citations { document { slug title } } } } }")["terms"]
    page = read(api_sqlite, "/glossary")
    assert len(terms["nodes"]) == 12
    for term in terms["nodes"]:
        assert f"terms-{term['slug']}" in page.ids
        assert term["meaning"] in page.text
        for citation in term["citations"]:
            assert citation["document"]["title"] in page.text
            assert [link for link in page.links if f"/sources/{citation['document']['slug']}" in link]


@pytest.mark.parametrize(
    ("path", "term"),
    [
        ("/commitments/SVS-10", "commissioner"),
        ("/commitments/ANN-08", "section-60"),
        ("/funds/police-surge", "surge"),
        ("/funds/violence-reduction-units-2019-20", "provisional"),
        ("/events/section-60-extended-2019", "section-60"),
        ("/areas/west-yorkshire", "provisional"),
        ("/themes/county-lines", "county-lines"),
    ],
)
def test_a_page_leads_once_from_a_term_to_what_it_means(api_sqlite: Api, path: str, term: str) -> None:
    assert [link for link in read(api_sqlite, path).links if link.endswith(f"#terms-{term}")] == [
        f"/glossary#terms-{term}"
    ]


def test_the_past_before_the_first_term_links_none(api_sqlite: Api) -> None:
    past = "?asOf=2026-11-28&revision=2"
    assert not [link for link in read(api_sqlite, f"/commitments/ANN-08{past}").links if "#terms-" in link]
    assert "Terms of the field" not in read(api_sqlite, f"/glossary{past}").text
    assert "/glossary?asOf=2026-11-28#terms-section-60" in read(api_sqlite, "/commitments/ANN-08?asOf=2026-11-28").links


def test_a_source_says_which_terms_rest_on_it(api_sqlite: Api) -> None:
    assert "/glossary#terms-serious-violence-duty" in read(api_sqlite, "/sources/duty-guidance-2022").links

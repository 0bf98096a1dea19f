"""What was corrected or withdrawn stands struck through where it stood, with the reason, and as it was before."""

import datetime as dt

import pytest

from tests.api.pages.reading import PAGES, WITHOUT_QUERY, get, normalise_spaces, read
from tests.corrections import VALID_AFTER
from tests.inputs import EVERY_INPUT, SUCCESS, submit, submit_valid
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only

WHEN = "1 December 2026, 13:00 UTC"
# The mutation, a page that shows what it is about, and a part of what is struck through there.
CASES = [
    ("correctCommitment", "/commitments/SVS-24", "Theme:"),
    ("correctCommitment", "/commitments/SVS-24", "Organisation:"),
    ("correctCommitment", "/organisations/home-office", "Commitment: SVS-24"),
    ("correctFund", "/funds/supporting-families-trauma-training", "Name: "),
    ("correctAmount", "/funds/community-fund-2017-18", "Amount: "),
    ("correctAllocation", "/funds/kent-county-lines-support", "Amount: "),
    ("correctAllocation", "/organisations/st-giles-trust", "Amount: "),
    ("correctEvent", "/events/weapons-bill-announced-2018", "Held on: "),
    ("correctDocument", "/sources/lga-case-management", "Title: "),
    ("correctOrganisation", "/organisations/national-trading-standards", "Name: National Trading Standards"),
    ("correctDiscrepancy", "/gaps", "Question: "),
    ("reopenDiscrepancy", "/gaps", "State: Explained; Explanation: The first two round"),
    ("unlink", "/commitments/SVS-10", "Fund: youth-fund-round-1"),
    ("unlink", "/funds/youth-fund-round-1", "Commitment: SVS-10"),
    ("withdrawIdentification", "/commitments/SVS-22", "Title: Ask commissioners to lead locally"),
    ("withdrawIdentification", "/commitments/SVS-22", "Status: No evidence; Effective on: 22 November 2026"),
    ("withdrawAllocation", "/funds/youth-fund-round-2", "Recipient: cheshire-pcc; Amount: "),
    ("withdrawAllocation", "/organisations/cheshire-pcc", "Fund: youth-fund-round-2; Amount: "),
    ("correctCitation", "/commitments/SVS-25", "Document: "),
    ("withdrawDiscrepancy", "/gaps", "Question: "),
    ("withdrawDiscrepancy", "/funds/anti-knife-crime-community-fund", "Question: "),
]


def later(api: WritableApi) -> None:
    api.clock.now += dt.timedelta(hours=1)


def cited(api: WritableApi, path: str) -> str:
    """The path and the parameters that a page gives to be cited."""
    citation = read(api.public, path).text.partition("Cite this ")[2].partition(" Copy")[0]
    return citation.rpartition(" ")[2].removeprefix(str(api.public.http.base_url).rstrip("/"))


@pytest.mark.parametrize(("name", "path", "text"), CASES)
def test_what_was_said_is_struck_through_where_it_stood(
    api_writable: WritableApi, name: str, path: str, text: str
) -> None:
    public = api_writable.public
    address = cited(api_writable, path)
    before = get(public, address).text
    assert text not in read(public, path).within("del")
    later(api_writable)
    submit_valid(api_writable.editor, name)
    page = read(public, path)
    assert text in normalise_spaces(page.within("del"))
    assert f"{WHEN}: {EVERY_INPUT[name]['reason']}" in page.text
    # As it was cited before, it is as it was.
    assert get(public, address).text == before


def test_no_cited_page_shows_anything_of_what_comes_later(api_writable: WritableApi) -> None:
    public = api_writable.public
    addresses = [cited(api_writable, path) for path in [*PAGES, *WITHOUT_QUERY]]
    before = {address: get(public, address).text for address in addresses}
    later(api_writable)
    for name in dict.fromkeys(name for name, *_ in CASES):
        submit_valid(api_writable.editor, name)
    submit_valid(api_writable.editor, "recordStatus", commitment="SVS-19")
    assert [address for address in addresses if get(public, address).text != before[address]] == []


@pytest.mark.parametrize(
    ("name", "path", "values"),
    [
        ("withdrawEvent", "/events/working-together-2018", "Kind: "),
        ("withdrawFund", "/funds/police-social-media-hub-2020-21", "Name: "),
    ],
)
def test_a_page_of_what_was_withdrawn_says_so_and_leads_to_what_it_was(
    api_writable: WritableApi, name: str, path: str, values: str
) -> None:
    public = api_writable.public
    before, address = read(public, path), cited(api_writable, path)
    cited_before = get(public, address).text
    later(api_writable)
    submit_valid(api_writable.editor, name)
    page = read(public, path)
    assert page.heading == before.heading
    assert page.within("h1", "del") == before.heading
    assert values in page.within("del")
    assert f"Withdrawn {WHEN}: {EVERY_INPUT[name]['reason']}" in page.text
    [way] = [link for link in page.links if "revision=" in link]
    assert read(public, way).heading == before.heading
    assert read(public, way).within("del") == ""
    assert get(public, address).text == cited_before
    # Before it was recorded there was nothing, and a name that nothing had is unknown.
    assert (
        "The address asks for the record at another moment."
        in read(public, f"{path}?knownAt=2020-01-01T00:00:00Z", 404).text
    )
    read(public, f"{path}-2", 404)


def test_a_withdrawn_document_and_organisation_have_their_page(api_writable: WritableApi) -> None:
    editor, public = api_writable.editor, api_writable.public
    submit_valid(editor, "addDocument")
    later(api_writable)
    for name in ("withdrawDocument", "withdrawOrganisation"):
        assert submit(editor, name, VALID_AFTER[name])["__typename"] == SUCCESS[name]
    for path, name in (("/sources/Quay-Letter", "Letter on the quay"), ("/organisations/quay-friends", "Friends of")):
        page = read(public, public.http.get(path, follow_redirects=True).url.path)
        assert page.within("h1", "del").startswith(name)

"""What was corrected or withdrawn stands struck through where it stood, with the reason, and as it was before."""

import datetime as dt

import pytest

from tests.api.pages.reading import get, normalise_spaces, read
from tests.inputs import submit_valid
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only

WHEN = "1 December 2026, 13:00 UTC"
# The mutation, a page that shows what it is about, and a part of what is struck through there.
CASES = [
    ("unlink", "/commitments/SVS-10", "Fund: youth-fund-round-1"),
    ("unlink", "/funds/youth-fund-round-1", "Commitment: SVS-10"),
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
    assert f"Unlinked {WHEN}:" in page.text
    # As it was cited before, it is as it was.
    assert get(public, address).text == before

import pytest

from tests.api.pages.reading import EMBEDS, PAGES, WITHOUT_QUERY, get
from tests.inputs import VALID_INPUTS, mutation
from tests.server import Api
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only

RECORD = mutation("recordStatus")


def test_a_page_is_sent_again_only_when_it_has_changed(api_writable: WritableApi) -> None:
    path = "/commitments/SVS-05"
    first = get(api_writable.public, path)
    tag = first.headers["etag"]
    again = api_writable.public.http.get(path, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]

    api_writable.editor.ask(RECORD, input=VALID_INPUTS["recordStatus"])
    response = get(api_writable.public, path, headers={"if-none-match": tag})
    assert response.headers["etag"] != tag
    assert "The minister says that it is done." in response.text
    assert "The minister says that it is done." not in first.text


def test_a_page_on_another_day_is_another_page(api_sqlite: Api) -> None:
    tags = {
        get(api_sqlite, f"/commitments/SVS-19{query}").headers["etag"]
        for query in ("", "?asOf=2019-01-01", "?asOf=2019-06-01")
    }
    assert len(tags) == 3


def test_the_head_of_a_page_is_that_of_the_page(api_sqlite: Api) -> None:
    for path in [*PAGES, *WITHOUT_QUERY, *EMBEDS]:
        page = get(api_sqlite, path, headers={"accept-encoding": "identity"})
        head = api_sqlite.http.head(path, headers={"accept-encoding": "identity"})
        assert (head.status_code, head.content) == (200, b"")
        names = ("content-type", "content-length", "etag", "cache-control", "content-security-policy", "vary")
        assert [head.headers[name] for name in names] == [page.headers[name] for name in names]
        assert head.headers["cache-control"] == "no-cache"


def test_a_browser_keeps_styles_for_ever(api_sqlite: Api) -> None:
    page = get(api_sqlite, "/").text
    path = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    response = api_sqlite.http.get(path)
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert api_sqlite.http.get("/static/site.000000000000.css").status_code == 404

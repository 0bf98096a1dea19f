"""Sources as pages show them: half of the citations on a page are of what another one cites, too."""

from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

from api.formatting import cited_url, day, iso_date, safe_url
from api.json_types import JsonObject
from api.text import visible

# How many are remembered, from one page to the next.
MOST = 4_000
LINK = Markup('<a href="{}">{}</a>')
PUBLISHERS = "the publisher\N{RIGHT SINGLE QUOTATION MARK}s own"
ADDRESS = Markup('<a href="{}" rel="external noreferrer">{}</a>')
TIME = Markup('<time datetime="{}">{}</time>')


def source(citation: JsonObject, at: Callable[[str], str]) -> Markup:
    """What a citation cites, and where. `at` gives the address of a path at the moment of the page."""
    document, paragraph = citation["document"], citation["paragraph"]
    publisher = document["publisher"]
    mark = "" if paragraph is None else f"#paragraph-{paragraph}"
    return _source(
        f"{at('/sources/' + document['slug'])}{mark}",
        document["title"],
        publisher["name"] if publisher else "",
        document["publishedOn"],
        paragraph,
        citation["locator"],
        bool(document["readPart"]),
        addresses(document, cited_url(citation)),
    )


@lru_cache(maxsize=MOST)
def _source(
    address: str,
    title: str,
    publisher: str,
    published_on: str | None,
    paragraph: int | None,
    locator: str | None,
    in_part: bool,
    links: Markup,
) -> Markup:
    parts = [LINK.format(visible(address), visible(title)), visible(publisher)]
    if published_on:
        parts.append(TIME.format(iso_date(published_on), day(published_on)))
    if paragraph is not None:
        parts.append(f"paragraph {paragraph}")
    parts += [visible(locator or ""), "read in part" if in_part else ""]
    # `join` escapes what is not HTML yet.
    text = Markup(", ").join(filter(None, parts))
    return Markup("{} ({})").format(text, links) if links else text


def addresses(document: JsonObject, url: str) -> Markup:
    """Where a document is: the copy that was read, at `url`, its publisher's, and an archived one."""
    via = document["viaOrganisation"]
    read = f"a copy at {via['name']}" if via else "at the publisher"
    return _addresses(url if document["url"] else None, read, document["officialUrl"], document["archivedUrl"])


@lru_cache(maxsize=MOST)
def _addresses(url: str | None, read: str, official: str | None, archived: str | None) -> Markup:
    named = ((url, read), (official, PUBLISHERS), (archived, "an archived copy"))
    safe = [ADDRESS.format(visible(address), visible(name)) for address, name in named if address and safe_url(address)]
    return Markup(" · ").join(safe)

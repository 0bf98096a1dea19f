"""The paths of the description, made of what the routes are made of."""

import re
from collections.abc import Collection, Iterable, Iterator

from api.calendar import routes as calendar
from api.exports.as_text import CSV_TYPE
from api.exports.download import MARK
from api.exports.files import FILES, FOLDER
from api.feeds.formats import ATOM, JSON_FEED
from api.feeds.routes import places
from api.json_types import JsonObject
from api.moment import CLOCKS
from api.openapi import summaries
from api.openapi.parameters import SEEN_REVISION, path_parameter, query_parameter
from api.pages.charts import CARDS, PICTURES
from api.pages.citation import CITE, FORMS
from api.pages.lists import LISTS
from api.pages.pictures import SVG_TYPE, THEME
from api.pages.routes import EMBEDS, PAGES

HTML, JSON, TEXT, XML, PNG = "text/html", "application/json", "text/plain", "application/xml", "image/png"
Path = tuple[str, JsonObject]


def paths() -> JsonObject:
    groups = (_pages(), _lists(), _files(), _feeds(), _pictures(), _embeds(), _others())
    return dict(path for group in groups for path in group)


def _pages() -> Iterator[Path]:
    citations = [media_type for media_type, *_ in FORMS.values()]
    for path, (_, names) in PAGES.items():
        page = _get(path, "Pages", summaries.PAGES[path], [HTML, *citations], (*names, CITE, *CLOCKS))
        yield _with_responses(page, "303")


def _lists() -> Iterator[Path]:
    for path, (names, _) in LISTS.items():
        summary = summaries.LISTS.get(path) or summaries.PAGES[path]
        yield _get(f"{path}.csv", "Files", f"{summary} As CSV.", [CSV_TYPE], (*names, MARK, *CLOCKS), ranges=True)


def _files() -> Iterator[Path]:
    kinds = dict.fromkeys(file.media_type for file in FILES.values())
    path, item = _get(
        FOLDER + "{file}", "Files", "The whole record, or a table of it.", kinds, (MARK, *CLOCKS), ranges=True
    )
    described = "\n".join(f"- `{name}`: {file.title}. {file.description}" for name, file in FILES.items())
    schema = {"type": "string", "enum": [*FILES]}
    file = {"name": "file", "in": "path", "required": True, "description": described, "schema": schema}
    item["get"]["parameters"].insert(0, file)
    yield path, item
    yield "/data", _redirect("Files", "Leads to the list of files.")


def _feeds() -> Iterator[Path]:
    forms = {"atom": ATOM, "json": JSON_FEED}
    for place, name, kind in places():
        about = f" about one of the type {kind}" if kind else ""
        for suffix, media_type in forms.items():
            summary = f"{summaries.FEEDS[name]}{about}, the latest first."
            yield _get(f"{place}.{suffix}", "Feeds", summary, [media_type], ("after", *CLOCKS))
    names = (*calendar.LISTS, *calendar.SINGLES, *CLOCKS)
    yield _get("/events.ics", "Feeds", "The events as a calendar.", ["text/calendar"], names)


def _pictures() -> Iterator[Path]:
    forms = {"svg": SVG_TYPE, "png": PNG, "csv": CSV_TYPE}
    for path in PICTURES:
        for form, media_type in forms.items():
            names = CLOCKS if form == "csv" else (THEME, *CLOCKS)
            yield _get(f"{path}.{form}", "Pictures", summaries.PICTURES[path], [media_type], names)
    for path in CARDS:
        for form in ("svg", "png"):
            yield _get(f"{path}.{form}", "Pictures", summaries.PICTURES[path], [forms[form]], CLOCKS)


def _embeds() -> Iterator[Path]:
    for path in EMBEDS:
        summary = summaries.EMBEDS.get(path) or summaries.PICTURES[path.removeprefix("/embed")]
        yield _with_responses(_get(path, "Embeds", summary, [HTML], (THEME, *CLOCKS)), "303")
    names = ("url", "maxwidth", "maxheight", "format")
    embed = _get("/oembed", "Embeds", "How to embed a page, by oEmbed.", [JSON], names, schema="Embed", cached=False)
    yield _with_responses(embed, "501")


def _others() -> Iterator[Path]:
    yield _get("/schema.graphql", "Service", "The schema of the GraphQL API.", [TEXT], cached=False)
    yield _get("/openapi.json", "Service", "This description.", [JSON])
    yield _get("/healthz", "Service", "Whether the process is alive.", [JSON], schema="Alive", cached=False)
    path, item = _get("/readyz", "Service", "Whether it can answer.", [JSON], schema="Ready", cached=False)
    item["get"]["responses"]["503"] = _response("It cannot, and why not.", [JSON], "NotReady")
    yield path, item
    yield _get("/robots.txt", "Search engines", "What to leave out.", [TEXT], cached=False)
    yield _get("/sitemap.xml", "Search engines", "The parts of the list of all pages.", [XML])
    yield _get("/sitemap-{name}.xml", "Search engines", "A part of the list of all pages.", [XML])
    yield _get("/print.css", "Pages", "The margins of a printed page of a moment.", ["text/css"], CLOCKS, cached=False)
    kinds = ["text/css", "text/javascript", "image/svg+xml"]
    yield _get("/static/{name}", "Pages", "A style, a script or the icon of the pages.", kinds, cached=False)


def _get(
    path: str,
    tag: str,
    summary: str,
    media_types: Iterable[str],
    names: Collection[str] = (),
    *,
    schema: str | None = None,
    cached: bool = True,
    ranges: bool = False,
) -> Path:
    """A path that takes the parameters of these names. `cached` if it has an ETag, `ranges` if a part can be had."""
    places = [path_parameter(name) for name in re.findall(r"\{(\w+)\}", path) if name != "file"]
    responses = {"200": _response(summary, media_types, schema)}
    if ranges:
        responses["206"] = _response("A part of it, by `Range`.", media_types, None)
    shared = {
        "304": cached,
        "400": True,
        "404": bool(places or names),
        "412": True,
        "416": ranges,
        "429": path != "/healthz",
        "503": True,
    }
    parameters = [*places, *(query_parameter(path, name) for name in names), SEEN_REVISION]
    item = {"get": {"tags": [tag], "summary": summary, "parameters": parameters, "responses": responses}}
    return _with_responses((path, item), *(status for status, is_so in shared.items() if is_so))


def _with_responses(path: Path, *statuses: str) -> Path:
    """With the responses that many paths have."""
    shared = {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}
    path[1]["get"]["responses"] |= shared
    return path


def _response(description: str, media_types: Iterable[str], schema: str | None) -> JsonObject:
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    return {"description": description, "content": {kind.split(";")[0]: content for kind in media_types}}


def _redirect(tag: str, summary: str) -> JsonObject:
    return {"get": {"tags": [tag], "summary": summary, "responses": {"3XX": {"description": "Where it is."}}}}

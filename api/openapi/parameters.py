"""The parameters of addresses, by name. One that means something else on some pages is there a second time."""

from enum import Enum
from typing import NamedTuple

from api.assets import THEMES
from api.exports.download import MARK
from api.json_types import JsonObject
from api.moment import AS_OF, KNOWN_AT, REVISION
from api.pages.citation import CITE, FORMS
from api.pages.pictures import THEME
from api.revision import HEADER
from db import vocabulary
from schema.orders import CommitmentOrder, Direction

TEXT: JsonObject = {"type": "string"}
TEXTS: JsonObject = {"type": "array", "items": TEXT}
DAY: JsonObject = {"type": "string", "format": "date"}
INSTANT: JsonObject = {"type": "string", "format": "date-time"}
SLUGS = "Only what belongs to one of these: slugs."


class Parameter(NamedTuple):
    schema: JsonObject
    description: str
    required: bool = False


def one_of(*words: str) -> JsonObject:
    return {"type": "string", "enum": [*words]}


def words(kind: type[Enum]) -> JsonObject:
    return one_of(*kind.__members__)


def some(kind: type[Enum]) -> JsonObject:
    """One or more of the words: the parameter may be repeated."""
    return {"type": "array", "items": words(kind)}


def yes_or_no(description: str) -> Parameter:
    return Parameter(one_of("yes", "no"), description)


CURSOR = Parameter(TEXT, "The cursor at the end of the page before, as its link to the next page has it.")
PATH = {
    "ref": Parameter(TEXT, "The ref of a commitment."),
    "number": Parameter({"type": "integer", "minimum": 1}, "The number of a change, which is the revision it made."),
    "name": Parameter(TEXT, "A ref or a slug; else the name that links of the site have."),
    "slug": Parameter(TEXT, "The slug in the address of the page."),
}
QUERY = {
    AS_OF: Parameter(DAY, "The day in question; today if left out."),
    KNOWN_AT: Parameter(INSTANT, "By when it was known, with its zone; now if left out."),
    REVISION: Parameter({"type": "integer", "minimum": 1}, f"The revision in question, in the place of `{KNOWN_AT}`."),
    CITE: Parameter(one_of(*FORMS), "The citation of the page as a file, in the place of the page."),
    MARK: Parameter(one_of("1"), "The file begins with a byte order mark, which Excel on Windows needs."),
    "after": CURSOR,
    "amountsAfter": CURSOR,
    "eventsAfter": CURSOR,
    "search": Parameter(TEXT, "Only what has all of these words."),
    "q": Parameter(TEXT, "The words to look for; any of them finds."),
    "statement": Parameter(TEXT, "The id of a status update, which the citation of the page is to be of."),
    "since": Parameter(INSTANT, "Only changes from this instant on."),
    "theme": Parameter(TEXTS, SLUGS),
    "lead": Parameter(TEXTS, SLUGS),
    "fund": Parameter(TEXTS, SLUGS),
    "event": Parameter(TEXTS, SLUGS),
    "area": Parameter(TEXTS, "Only what belongs to one of these areas, or to one within it: slugs."),
    "commitment": Parameter(TEXTS, "Only what belongs to one of these: refs."),
    "publisher": Parameter(TEXTS, "Only what one of these bodies has published: slugs."),
    "region": Parameter(TEXTS, "Only what happened in one of these regions, letter for letter."),
    "series": Parameter(TEXTS, "Only what is of one of these series, letter for letter."),
    "status": Parameter(some(vocabulary.Status), "Only commitments with one of these statuses."),
    "statusGroup": Parameter(some(vocabulary.StatusGroup), "Only commitments with a status in one of these groups."),
    "governmentStatus": Parameter(some(vocabulary.Status), "Only those of which the government says one of these."),
    "deliveryStatus": Parameter(some(vocabulary.Status), "Only those of which who carries them out says one of these."),
    "othersStatus": Parameter(some(vocabulary.Status), "Only those of which all others say one of these."),
    "confirmation": Parameter(some(vocabulary.Confirmation), "Only those on which the others answered like this."),
    "agreement": Parameter(some(vocabulary.Agreement), "Deprecated, see `confirmation`."),
    "governmentAlone": yes_or_no("Whether only the government reports it delivered."),
    "identified": yes_or_no("Whether a source tells what the commitment is."),
    "hasFunds": yes_or_no("Whether a fund is linked to the commitment."),
    "hasEvents": yes_or_no("Whether an event is linked to the commitment."),
    "origin": Parameter(
        one_of("all", "later"), "All commitments, or those announced later; the Strategy's if left out."
    ),
    "orderBy": Parameter(one_of(*CommitmentOrder.KEYS), "By what the list is sorted."),
    "direction": Parameter(words(Direction), "In which direction the list is sorted."),
    "role": Parameter(some(vocabulary.OrganisationRole), "Only bodies with one of these roles in the record."),
    "state": Parameter(some(vocabulary.ReconciliationState), "Only funds whose sums compare in one of these ways."),
    "from": Parameter(DAY, "Only what happened on this day or later."),
    "to": Parameter(DAY, "Only what happened on this day or earlier."),
    "url": Parameter(TEXT, "The address of a page of this site, with its own parameters.", required=True),
    "maxwidth": Parameter({"type": "integer", "minimum": 1}, "The width that there is, in pixels."),
    "maxheight": Parameter({"type": "integer", "minimum": 1}, "The height that there is, in pixels."),
    "format": Parameter(one_of("json"), "The form of the answer."),
}
KINDS = {
    "/areas": vocabulary.AreaKind,
    "/events": vocabulary.EventKind,
    "/organisations": vocabulary.OrganisationKind,
    "/sources": vocabulary.DocumentKind,
}
COMPARISONS = ("/compare.csv", "/compare/money.csv")
START, END = "What changed after this day.", "What changed up to this day."
# Those that differ from page to page: by the path, or by its first part.
OWN = {
    **{(path, "kind"): Parameter(some(kind), "Only what is of one of these kinds.") for path, kind in KINDS.items()},
    ("/search", "kind"): Parameter(words(vocabulary.SearchKind), "Only what is found of this kind."),
    ("/compare", "from"): Parameter(DAY, START),
    ("/compare", "to"): Parameter(DAY, END),
    **{(path, "from"): Parameter(DAY, START, required=True) for path in COMPARISONS},
    **{(path, "to"): Parameter(DAY, END, required=True) for path in COMPARISONS},
    ("/report", "theme"): Parameter(TEXT, "The slug of the one theme to report on."),
    ("/charts", THEME): Parameter(one_of(*THEMES), "The colours."),
    ("/embed", THEME): Parameter(one_of(*THEMES), "The colours; those of the reader if left out."),
}


def _name(place: str, name: str) -> str:
    """What a parameter is called among the components, where it differs from page to page."""
    return f"{name}-{place.strip('/').replace('/', '-')}"


def _describe(name: str, place: str, parameter: Parameter) -> JsonObject:
    required = {"required": True} if place == "path" or parameter.required else {}
    return {"name": name, "in": place, **required, "description": parameter.description, "schema": parameter.schema}


# What any request may say.
SEEN = Parameter({"type": "integer", "minimum": 0}, "The revision that the client has seen: the answer is not older.")
# The components of the description.
COMPONENTS: JsonObject = {
    **{f"path-{name}": _describe(name, "path", parameter) for name, parameter in PATH.items()},
    **{name: _describe(name, "query", parameter) for name, parameter in QUERY.items()},
    **{_name(place, name): _describe(name, "query", parameter) for (place, name), parameter in OWN.items()},
    HEADER: _describe(HEADER, "header", SEEN),
}
SEEN_REVISION: JsonObject = {"$ref": f"#/components/parameters/{HEADER}"}


def query_parameter(path: str, name: str) -> JsonObject:
    """By the path, or by its first part."""
    folder = "/" + path.split("/")[1].split(".")[0]
    place = next((place for place in (path, folder) if (place, name) in OWN), None)
    return _reference(_name(place, name) if place else name)


def path_parameter(name: str) -> JsonObject:
    return _reference(f"path-{name}")


def _reference(component: str) -> JsonObject:
    assert component in COMPONENTS, component
    return {"$ref": f"#/components/parameters/{component}"}

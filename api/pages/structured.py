"""What a page is about in the words of schema.org, for search engines. It states nothing that no source states."""

from collections.abc import Callable, Mapping

from api.exports.files import OF_TABLES, WHOLES
from api.formatting import iso_date, safe_url
from api.json_types import JsonObject
from api.urls import page_path

LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}
# What a sum with a qualifier says of the value. Of one that is about so much, no bound is known.
BOUNDS = {"EXACT": "value", "AT_LEAST": "minValue", "UP_TO": "maxValue"}


def describe(template: str, site: str, layout: JsonObject, data: Mapping[str, JsonObject]) -> JsonObject | None:
    """The description of the page of a template, with its data; None for a page that has none. `site` is its start."""
    if template not in DESCRIPTIONS:
        return None
    facts = DESCRIPTIONS[template](site, layout, data)
    return {"@context": "https://schema.org", **{name: value for name, value in facts.items() if value}}


def _dataset(site: str, layout: JsonObject, _data: Mapping[str, JsonObject]) -> JsonObject:
    dataset, strategy = layout["dataset"], layout["strategy"]
    return {
        "@type": "Dataset",
        "@id": f"{site}/data/",
        "name": f"Sixty-One: what became of the commitments of the {strategy['title']}",
        "description": f"The {strategy['statedCommitments']} commitments of the {strategy['title']} of the"
        f" {strategy['publisher']['name']}: what was promised, what sources report of it, where the money"
        " went, who says so, and what is not known.",
        "url": f"{site}/data/",
        "license": LICENCES.get(dataset["licence"], dataset["licence"]),
        "creditText": dataset["attribution"],
        "creator": {"@type": "Organization", "name": dataset["maintainer"] or "Sixty-One", "url": site},
        "version": str(dataset["revision"]),
        "dateModified": dataset["updatedAt"],
        "temporalCoverage": f"{strategy['publishedOn']}/..",
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "encodingFormat": file.media_type.partition(";")[0],
                "contentUrl": site + file.address,
            }
            for file in (*WHOLES, *OF_TABLES)
        ],
    }


def _home(site: str, layout: JsonObject, data: Mapping[str, JsonObject]) -> JsonObject:
    # The files are listed where they are, so that the first page stays light.
    return {**_dataset(site, layout, data), "distribution": None}


def _commitment(site: str, layout: JsonObject, data: Mapping[str, JsonObject]) -> JsonObject:
    row = data["commitment"]
    sources = {one["document"]["slug"]: one["document"] for one in row["citations"]}
    return {
        **_page(site, layout, row["ref"], page_path("Commitment", row)),
        "about": {"@type": "Thing", "identifier": row["ref"], "name": row["title"] or row["ref"]},
        "citation": [_document(site, document) for document in sources.values()],
    }


def _fund(site: str, _layout: JsonObject, data: Mapping[str, JsonObject]) -> JsonObject:
    row = data["fund"]
    sum = row["amount"]
    amount = (
        {"@type": "MonetaryAmount", "currency": sum["currency"], BOUNDS[sum["bound"]]: sum["amount"]}
        if sum and sum["bound"] in BOUNDS
        else None
    )
    return {
        "@type": "MonetaryGrant",
        "name": row["name"],
        "url": site + page_path("Fund", row),
        "amount": amount,
        "isPartOf": row["parent"] and {"@type": "MonetaryGrant", "name": row["parent"]["name"]},
    }


def _event(site: str, _layout: JsonObject, data: Mapping[str, JsonObject]) -> JsonObject:
    row = data["event"]
    where = ", ".join(dict.fromkeys(part for part in (row["venue"], row["place"], row["region"]) if part))
    return {
        "@type": "Event",
        "name": row["title"],
        "url": site + page_path("Event", row),
        "startDate": iso_date(row["date"], row["precision"]) if row["date"] else None,
        "location": {"@type": "Place", "name": where} if where else None,
        "organizer": [{"@type": "Organization", "name": host["name"]} for host in row["hosts"]],
    }


def _organisation(site: str, _layout: JsonObject, data: Mapping[str, JsonObject]) -> JsonObject:
    row = data["organisation"]
    return {"@type": "Organization", "name": row["name"], "url": site + page_path("Organisation", row)}


def _source(site: str, layout: JsonObject, data: Mapping[str, JsonObject]) -> JsonObject:
    row = data["document"]
    page = _page(site, layout, row["title"], page_path("Document", row))
    return {**page, "mainEntity": _document(site, row)}


def _page(site: str, layout: JsonObject, name: str, path: str) -> JsonObject:
    return {
        "@type": "WebPage",
        "name": name,
        "url": site + path,
        "dateModified": layout["dataset"]["updatedAt"],
        "isPartOf": {"@type": "Dataset", "@id": f"{site}/data/"},
    }


def _document(site: str, row: JsonObject) -> JsonObject:
    facts = {
        "@type": "CreativeWork",
        "name": row["title"],
        "url": safe_url(row["url"]) or site + page_path("Document", row),
        "datePublished": row["publishedOn"],
        "publisher": row["publisher"] and {"@type": "Organization", "name": row["publisher"]["name"]},
    }
    return {name: value for name, value in facts.items() if value}


DESCRIPTIONS: dict[str, Callable[[str, JsonObject, Mapping[str, JsonObject]], JsonObject]] = {
    "commitment.html": _commitment,
    "data.html": _dataset,
    "event.html": _event,
    "fund.html": _fund,
    "home.html": _home,
    "organisation.html": _organisation,
    "source.html": _source,
}

"""What can be taken away, for people and, as schema.org has it, for search engines."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.exports.files import FILES, OF_TABLES, WHOLES, File
from api.exports.registry import TABLES
from api.exports.table import ExportTable
from api.pages.visit import Visit
from api.urls import base_path, site_url

LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}


async def data(visit: Visit) -> Response:
    return visit.show(
        "data.html",
        nouns=_files(link=False),
        links=_files(link=True),
        wholes=WHOLES,
        described=_described(visit),
    )


async def folder(request: Request) -> Response:
    path = f"{base_path(request)}/data/"
    return RedirectResponse(f"{path}?{request.url.query}" if request.url.query else path, 308)


def _files(*, link: bool) -> list[dict[str, ExportTable | File]]:
    """The tables that are a noun each, or those that only tie others together, with their files."""
    return [
        {"table": table, "csv": FILES[f"{table.name}.csv"], "json": FILES[f"{table.name}.json"]}
        for table in TABLES
        if table.link is link
    ]


def _described(visit: Visit) -> dict[str, Any]:
    """The dataset in the words of schema.org."""
    dataset, strategy, home = visit.frame["dataset"], visit.frame["strategy"], site_url(visit.request)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"Sixty-One: what became of the commitments of the {strategy['title']}",
        "description": f"The {strategy['statedCommitments']} commitments of the {strategy['title']} of the"
        f" {strategy['publisher']['name']}: what was promised, what sources report of it, where the money"
        " went, who says so, and what is not known.",
        "url": f"{home}/data/",
        "license": LICENCES.get(dataset["licence"], dataset["licence"]),
        "creditText": dataset["attribution"],
        "creator": {"@type": "Organization", "name": "Sixty-One contributors", "url": home},
        "version": str(dataset["revision"]),
        "dateModified": dataset["updatedAt"],
        "temporalCoverage": f"{strategy['publishedOn']}/..",
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "encodingFormat": file.media_type.partition(";")[0],
                "contentUrl": home + file.address,
            }
            for file in (*WHOLES, *OF_TABLES)
        ],
    }

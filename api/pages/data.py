"""The list of files to download, for people and, in the words of schema.org, for search engines."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.exports.files import FILES, OF_TABLES, WHOLES
from api.exports.registry import TABLES
from api.json_types import JsonObject
from api.pages.page_request import PageRequest
from api.urls import base_path, site_url

LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}


async def data(page: PageRequest) -> Response:
    return page.render(
        "data.html",
        tables=TABLES,
        files=FILES,
        packages=WHOLES,
        schema_org=_schema_org(page),
    )


async def folder(request: Request) -> Response:
    path = f"{base_path(request)}/data/"
    return RedirectResponse(f"{path}?{request.url.query}" if request.url.query else path, 308)


def _schema_org(page: PageRequest) -> JsonObject:
    """A schema.org Dataset."""
    dataset, strategy, home = page.layout["dataset"], page.layout["strategy"], site_url(page.request)
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

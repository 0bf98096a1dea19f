"""The page that searches everything at once."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.pages.page_request import PageRequest
from schema.node import global_id, parse_id

# How many of each kind are shown, and how many where one kind is asked for.
EACH, ALL = 5, 50
# Where the answer has what was found of a kind.
FIELDS = {
    "COMMITMENT": "commitments",
    "ALLOCATION": "allocations",
    "FUND": "funds",
    "EVENT": "events",
    "PERSON": "people",
    "ORGANISATION": "organisations",
    "AREA": "areas",
    "STATUS_UPDATE": "statusUpdates",
    "DOCUMENT": "documents",
    "DISCREPANCY": "discrepancies",
    "THEME": "themes",
}


async def search(page: PageRequest) -> Response:
    kind, question = page.params.get("kind"), page.params.get("q", "")
    if kind is not None and kind not in FIELDS:
        raise HTTPException(400, f"`kind` is {', '.join(FIELDS)}.")
    first, kinds = (EACH, None) if kind is None else (ALL, [kind])
    data = await page.execute("search", q=question, kinds=kinds, first=first)
    meanings = {value["name"]: value["description"] for value in data["kinds"]["enumValues"]}
    result = data["search"]
    for update in result["statusUpdates"]["nodes"]:
        update["anchor"] = global_id(*parse_id(update["id"]))
    for group in result["groups"]:
        # Each begins with what is found: `Funds: name and note.`
        group["title"], _, group["looksIn"] = meanings[group["kind"]].removesuffix(".").partition(": ")
        group["list"] = result[FIELDS[group["kind"]]]
    return await page.render("search.html", search=result, q=question, kind=kind)

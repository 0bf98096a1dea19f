"""The pages about the record itself: who keeps it, how it is made, and what its words mean."""

from starlette.responses import Response

from api.json_types import JsonObject
from api.pages.page_request import PageRequest

# What a reader calls the types of the API.
THINGS = {
    "Strategy": "Strategy", "Theme": "Theme", "Commitment": "Commitment", "StatusUpdate": "Status update",
    "Fund": "Fund", "AmountStatement": "Stated size of a fund", "Allocation": "Allocation", "Event": "Event",
    "Organisation": "Body", "Area": "Area", "Person": "Person", "Term": "Term", "Document": "Source",
    "Citation": "Citation", "Discrepancy": "Disagreement", "Claim": "Claim", "Gap": "Gap",
    "Change": "Change", "Version": "Version",
}  # fmt: skip


async def about(page: PageRequest) -> Response:
    return await page.render("about.html", record=await page.execute("about"))


async def method(page: PageRequest) -> Response:
    return await page.render("method.html", words=await page.execute("method"))


async def glossary(page: PageRequest) -> Response:
    words = await page.execute("glossary")
    types: dict[str, JsonObject] = {
        part["name"]: part for part in words.values() if isinstance(part, dict) and part.get("name") in THINGS
    }
    things = [{**types[name], "called": called} for name, called in THINGS.items()]
    return await page.render("glossary.html", words=words, things=things)

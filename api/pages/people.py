"""The people whom sources name, and the page of each: where they were, when, in what role and for whom."""

from starlette.responses import Response

from api.json_types import JsonObject
from api.pages.page_request import PageRequest


async def people(page: PageRequest) -> Response:
    filters = page.filters()
    data = await page.execute("people", filter=filters)
    for person in data["people"]["nodes"]:
        person["seen"] = page.until(_dated(person), "date", undated=True)
    return await page.render("people.html", **data, has_filters=bool(filters))


async def person(page: PageRequest) -> Response:
    row = (await page.execute("person"))["person"]
    seen = page.until(_dated(row), "date", undated=True)
    # Those without a date come last.
    seen.sort(key=lambda one: one["date"] or "9")
    return await page.render("person.html", person=row, seen=seen, later=len(row["participations"]) - len(seen))


def _dated(person: JsonObject) -> list[JsonObject]:
    """Where sources put somebody, each with the date of the event."""
    return [{**one, "date": one["event"]["date"]} for one in person["participations"]]

"""The report: one document to print, of all identified commitments or of those of a theme, in parts."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.pages.page_request import PageRequest

# The commitments of one part.
PART = 40


async def report(page: PageRequest) -> Response:
    slug = page.params.get("theme")
    theme = next((row for row in page.layout["strategy"]["themes"] if row["slug"] == slug), None)
    if slug and theme is None:
        raise HTTPException(404, f"There is no theme {slug}.")
    whole = {"theme": [slug]} if slug else {}
    data = await page.execute("report", filter={**whole, "identified": True}, whole=whole, first=PART)
    for row in data["commitments"]["nodes"]:
        row["events"] = page.until(row["events"], "date", undated=True)
        updates = page.until(row["statusHistory"], "effectiveOn", undated=False)
        current = row["statusUpdate"] and row["statusUpdate"]["id"]
        row["earlier"] = [update for update in reversed(updates) if update["id"] != current]
    return await page.render("report.html", **data, theme=theme)

"""The list of funds that are no part of another, and the page of each fund."""

from starlette.responses import Response

from api.charts.money import money_chart
from api.pages.page_request import PageRequest


async def funds(page: PageRequest) -> Response:
    states, search = page.params.getlist("state"), page.params.get("search")
    # A part is shown within its whole, unless the filters ask for it.
    filters = {"state": states or None, "search": search} if states or search else {"root": True}
    data = await page.execute("funds", filter=filters, after=page.params.get("after"))
    trees = [money_chart(fund) for fund in data["funds"]["nodes"]]
    return page.render("funds.html", **data, trees=trees, has_filters=bool(states or search))


async def fund(page: PageRequest) -> Response:
    row = (await page.execute("fund", slug=page.request.path_params["slug"]))["fund"]
    amounts = page.until(row["amounts"], "statedOn", undated=not page.is_past)
    return page.render(
        "fund.html",
        fund=row,
        # Amounts without a date come last.
        amounts=sorted(amounts, key=lambda amount: amount["statedOn"] is None),
        events=page.until(row["events"], "date", undated=True),
        tree=money_chart(row),
    )

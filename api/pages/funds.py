"""The list of funds that are no part of another, and the page of each fund."""

from starlette.datastructures import QueryParams
from starlette.responses import Response

from api.charts.money import money_chart
from api.json_types import JsonObject
from api.moment import Moment
from api.pages.frames import picture_frame
from api.pages.fund_pictures import fund_card_of, fund_picture_of
from api.pages.page_request import PageRequest, read_filter

LIST = ("state", "search")


def variables(params: QueryParams, _moment: Moment) -> JsonObject:
    return {"filter": read_filter(params, "state")}


async def funds(page: PageRequest) -> Response:
    filters = variables(page.params, page.moment)["filter"]
    # A part is shown within its whole, unless the filters ask for it.
    data = await page.execute("funds", filter=filters or {"root": True})
    charts = [money_chart(fund) for fund in data["funds"]["nodes"]]
    # Of an earlier day, what nothing had been stated of is named and not drawn: recipients have no day.
    trees = [chart for chart in charts if not page.moment.is_past or chart.largest()]
    others = [chart.bars[0].fund for chart in charts if chart not in trees]
    return await page.render("funds.html", **data, trees=trees, others=others, has_filters=bool(filters))


async def fund(page: PageRequest) -> Response:
    row = (await page.execute("fund"))["fund"]
    amounts = page.until(row["amounts"], "statedOn", undated=not page.moment.is_past)
    # Amounts without a date come last.
    amounts.sort(key=lambda amount: amount["statedOn"] is None)
    frame = picture_frame(page, fund_picture_of(page, row)).html(page)
    tree, card = money_chart(row), fund_card_of(page, row)
    return await page.render("fund.html", fund=row, amounts=amounts, tree=tree, card=card, frame=frame)

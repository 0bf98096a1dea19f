"""Where the money went: every fund that is no part of another, and the page of each."""

from starlette.responses import Response

from api.charts import money
from api.pages.visit import Visit


async def funds(visit: Visit) -> Response:
    states, search = visit.given.getlist("state"), visit.given.get("search")
    # A part is shown with its whole, unless it is what is looked for.
    wanted = {"state": states or None, "search": search} if states or search else {"root": True}
    data = await visit.ask("funds", filter=wanted, after=visit.given.get("after"))
    trees = [money.money(fund) for fund in data["funds"]["nodes"]]
    return visit.show("funds.html", **data, trees=trees, narrowed=bool(states or search))


async def fund(visit: Visit) -> Response:
    found = (await visit.ask("fund", slug=visit.request.path_params["slug"]))["fund"]
    return visit.show(
        "fund.html",
        fund=found,
        # Those without a date last, where they seem to come before no other.
        amounts=sorted(
            visit.until(found["amounts"], "statedOn", undated=not visit.past), key=lambda one: one["statedOn"] is None
        ),
        events=visit.until(found["events"], "date", undated=True),
        tree=money.money(found),
    )

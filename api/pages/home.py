"""The first page: the whole at a glance."""

import datetime as dt

from starlette.responses import Response

from api.charts import marks, money, series
from api.pages.site import Visit


async def home(visit: Visit) -> Response:
    strategy = visit.frame["strategy"]
    # A series has its beginning with what it is about; a day before that is shown alone.
    start = min(dt.date.fromisoformat(strategy["publishedOn"]), visit.moment.as_of)
    data = await visit.ask("home", **{"from": start.isoformat()})
    points = [*data["progressSeries"], {"asOf": visit.moment.as_of.isoformat(), **data["progress"]}]
    if len(points) > 1 and points[-2]["asOf"] == points[-1]["asOf"]:
        del points[-2]
    return visit.show(
        "home.html",
        **data,
        marks=marks.marks(data["commitments"]["nodes"], strategy["themes"], visit.statuses),
        series=series.series(points),
        trees=[money.money(fund) for fund in data["funds"]["nodes"]],
    )

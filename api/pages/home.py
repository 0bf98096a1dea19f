"""The first page: the whole at a glance."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median_low
from typing import Any

from starlette.responses import Response

from api.charts import marks, money, series
from api.pages.visit import Visit

# Thirty years of quarters are as many points as a series may have.
QUARTERS = dt.timedelta(days=29 * 365)


async def home(visit: Visit) -> Response:
    strategy, day = visit.frame["strategy"], visit.moment.as_of
    # A series has its beginning with what it is about; a day before that is shown alone.
    start = min(dt.date.fromisoformat(strategy["publishedOn"]), day)
    every = "QUARTER" if day - start < QUARTERS else "YEAR"
    data = await visit.ask("home", **{"from": start.isoformat(), "every": every})
    points = [*data["progressSeries"], {"asOf": day.isoformat(), **data["progress"]}]
    if len(points) > 1 and points[-2]["asOf"] == points[-1]["asOf"]:
        del points[-2]
    commitments = data["commitments"]["nodes"]
    return visit.show(
        "home.html",
        **data,
        marks=marks.marks(commitments, strategy["themes"], visit.statuses),
        series=series.series(points),
        trees=[money.money(fund) for fund in data["funds"]["nodes"]],
        told_by=_told_by(one for one in commitments if one["status"] in ("DELIVERED", "PARTIALLY_DELIVERED")),
        years=_years([one for one in commitments if one["status"] == "IN_PROGRESS"]),
    )


def _told_by(commitments: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """By whose word they stand where they do, the most frequent first."""
    return Counter(one["statusUpdate"]["voice"] for one in commitments).most_common()


def _years(commitments: Sequence[Mapping[str, Any]]) -> int | None:
    """How old the evidence of half of them is, or older, in whole years."""
    ages = [one["daysSinceEvidence"] for one in commitments if one["daysSinceEvidence"] is not None]
    return median_low(ages) // 365 if ages else None

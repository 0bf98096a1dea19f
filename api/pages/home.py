"""The first page: the whole at a glance."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from statistics import median_low
from typing import Any

from starlette.responses import Response

from api.charts import marks, money, series
from api.pages.visit import Visit
from api.pages.words import years

# Thirty years of quarters are as many points as a series may have.
QUARTERS = dt.timedelta(days=29 * 365)
# And so are these years, of which a strategy that is older shows the last.
YEARS = dt.timedelta(days=118 * 365)
# How many commitments are shown with their evidence.
LATEST = 5


async def home(visit: Visit) -> Response:
    strategy, day = visit.frame["strategy"], visit.moment.as_of
    # A series has its beginning with what it is about; a day before that is shown alone.
    published = dt.date.fromisoformat(strategy["publishedOn"])
    start = max(published, day - YEARS) if day > published else day
    every = "QUARTER" if day - start < QUARTERS else "YEAR"
    data = await visit.ask("home", **{"from": start.isoformat(), "every": every})
    points = [*data["progressSeries"], {"asOf": day.isoformat(), **data["progress"]}]
    if len(points) > 1 and points[-2]["asOf"] == points[-1]["asOf"]:
        del points[-2]
    commitments = data["commitments"]["nodes"]
    # Backwards, which is how the API has those of one day.
    dated = [one for one in reversed(commitments) if one["daysSinceEvidence"] is not None]
    # Counts of what was read say nothing of the whole where that is longer.
    counted = dated if data["commitments"]["totalCount"] == len(commitments) else []
    return visit.show(
        "home.html",
        held=True,
        **data,
        marks=marks.marks(commitments, strategy["themes"], visit.statuses),
        series=series.series(points),
        period=every.lower(),
        trees=[money.money(fund) for fund in data["funds"]["nodes"]],
        latest=sorted(dated, key=itemgetter("daysSinceEvidence"))[:LATEST],
        told_by=_told_by(one for one in counted if one["status"] in ("DELIVERED", "PARTIALLY_DELIVERED")),
        years=_years([one["daysSinceEvidence"] for one in counted if one["status"] == "IN_PROGRESS"]),
    )


def _told_by(commitments: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """By whose word they stand where they do, the most frequent first."""
    return Counter(one["statusUpdate"]["voice"] for one in commitments).most_common()


def _years(ages: Sequence[int]) -> tuple[int, int] | None:
    """How many of them are as many whole years old as half of them are, or more; and the years."""
    if not ages:
        return None
    least = years(median_low(ages))
    return sum(years(age) >= least for age in ages), least

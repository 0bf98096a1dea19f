"""The first page: the whole at a glance."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from statistics import median_low

from starlette.responses import Response

from api.charts.marks import marks_chart
from api.charts.money import MoneyChart, money_chart
from api.charts.series import series_chart
from api.formatting import years
from api.pages.page_request import PageRequest

# The longest period that is shown by quarters: a series may have no more points.
MAX_BY_QUARTER = dt.timedelta(days=29 * 365)
# The longest period that is shown at all, by years.
MAX_BY_YEAR = dt.timedelta(days=118 * 365)
# How many commitments are listed with their evidence.
LATEST = 5
# How many funds are shown, and among how many they are looked for.
LARGEST, MANY_FUNDS = 4, 25


async def home(page: PageRequest) -> Response:
    strategy, day = page.layout["strategy"], page.moment.as_of
    # The series begins when the strategy was published; an earlier day is shown alone.
    published = dt.date.fromisoformat(strategy["publishedOn"])
    start = max(published, day - MAX_BY_YEAR) if day > published else day
    every = "QUARTER" if day - start < MAX_BY_QUARTER else "YEAR"
    # On an earlier day a part may be larger than what had been stated of any whole.
    roots = MANY_FUNDS if page.moment.is_past else LARGEST
    data = await page.execute(
        "home", **{"from": start.isoformat(), "to": day.isoformat(), "every": every, "roots": roots}
    )
    points = [*data["progressSeries"], {"asOf": day.isoformat(), **data["progress"]}]
    if len(points) > 1 and points[-2]["asOf"] == points[-1]["asOf"]:
        del points[-2]
    commitments = data["commitments"]["nodes"]
    charts = map(money_chart, data["funds"]["nodes"])
    # Reversed so that commitments of the same day keep the order of the API.
    with_evidence = [row for row in reversed(commitments) if row["daysSinceEvidence"] is not None]
    # The page counts only where it has read every commitment.
    countable = with_evidence if data["commitments"]["totalCount"] == len(commitments) else []
    delivered = [row for row in countable if row["status"] in ("DELIVERED", "PARTIALLY_DELIVERED")]
    voices = Counter(row["statusUpdate"]["voice"] for row in delivered)
    return page.render(
        "home.html",
        **data,
        marks=marks_chart(commitments, strategy["themes"], page.layout["statusDefinitions"]),
        series=series_chart(points),
        period=every.lower(),
        trees=sorted(filter(MoneyChart.largest, charts), key=MoneyChart.largest, reverse=True)[:LARGEST],
        latest=sorted(with_evidence, key=itemgetter("daysSinceEvidence"))[:LATEST],
        delivered_by=voices.most_common(),
        years=_median_years([row["daysSinceEvidence"] for row in countable if row["status"] == "IN_PROGRESS"]),
    )


def _median_years(ages: Sequence[int]) -> tuple[int, int] | None:
    """How many of the ages, in days, are at least their median in whole years; and that median."""
    if not ages:
        return None
    least = years(median_low(ages))
    return sum(years(age) >= least for age in ages), least

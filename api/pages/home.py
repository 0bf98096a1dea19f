"""The first page: the whole at a glance."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from statistics import median_low

from starlette.responses import Response

from api.charts.marks import HOLLOW, sign
from api.charts.money import MoneyChart, money_chart
from api.charts.series import GROUPS, series_chart
from api.formatting import counts, day, years
from api.json_types import JsonObject
from api.pages.frames import PROGRESS, picture_frame
from api.pages.marks import UNKNOWN, marks_picture, progress_card, unread
from api.pages.page_request import PageRequest
from api.pictures.card import Card
from api.pictures.picture import KeyEntry, Picture

# The longest period that is shown by quarters: a series may have no more points.
MAX_BY_QUARTER = dt.timedelta(days=29 * 365)
# The longest period that is shown at all, by years.
MAX_BY_YEAR = dt.timedelta(days=118 * 365)
# How many commitments are listed with their evidence.
LATEST = 5
# How many funds are shown, and among how many they are looked for.
LARGEST, MANY_FUNDS = 4, 25
NO_LATER_SOURCE = "Where nothing moves, no later source was read: it may have moved all the same."


async def home(page: PageRequest) -> Response:
    # On an earlier day a part may be larger than what had been stated of any whole.
    roots = MANY_FUNDS if page.moment.is_past else LARGEST
    strategy, span = page.layout["strategy"], _span(page)
    before = min(dt.date.fromisoformat(strategy["publishedOn"]) - dt.timedelta(days=1), page.moment.as_of)
    data = await page.execute("home", **span, roots=roots, before=before.isoformat())
    commitments = data["commitments"]["nodes"]
    points, period = _points(page, data), span["every"].lower()
    grid, columns = _grid(page, data["commitments"]), _series(page, points, period)
    charts = map(money_chart, data["funds"]["nodes"])
    # Reversed so that commitments of the same day keep the order of the API.
    with_evidence = [row for row in reversed(commitments) if row["daysSinceEvidence"] is not None]
    # The page counts only where it has read every commitment.
    countable = with_evidence if data["commitments"]["totalCount"] == len(commitments) else []
    delivered = [row for row in countable if row["status"] in ("DELIVERED", "PARTIALLY_DELIVERED")]
    voices = Counter(row["statusUpdate"]["voice"] for row in delivered)
    return await page.render(
        "home.html",
        **data,
        card=_card(page, data),
        marks=grid.chart,
        series=columns.chart,
        period=period,
        frame=picture_frame(page, grid, PROGRESS).html(page),
        series_frame=picture_frame(page, columns).html(page),
        trees=sorted(filter(MoneyChart.largest, charts), key=MoneyChart.largest, reverse=True)[:LARGEST],
        latest=sorted(with_evidence, key=itemgetter("daysSinceEvidence"))[:LATEST],
        delivered_by=voices.most_common(),
        alone=sum(sign(row) != row["status"] for row in delivered),
        earlier=sum(row["before"] in HOLLOW for row in delivered),
        years=_median_years([row["daysSinceEvidence"] for row in countable if row["status"] == "IN_PROGRESS"]),
    )


async def home_card(page: PageRequest) -> Card:
    return _card(page, await page.execute("embed-progress"))


def _card(page: PageRequest, data: JsonObject) -> Card:
    strategy = page.layout["strategy"]
    title = f"What became of the {strategy['statedCommitments']} commitments?"
    kicker = f"{strategy['title']}, {day(strategy['publishedOn'], 'MONTH')}"
    return progress_card("/home", kicker, title, data)


async def progress_picture(page: PageRequest) -> Picture:
    span = _span(page)
    return _series(page, _points(page, await page.execute("progress", **span)), span["every"].lower())


def _series(page: PageRequest, points: list[JsonObject], period: str) -> Picture:
    total = page.layout["strategy"]["statedCommitments"]
    rows = [[point["asOf"], *(counts(point["groups"])[group] for group in GROUPS)] for point in points]
    names = " ".join(f"{name}: {count}." for name, count in zip(GROUPS.values(), rows[-1][1:], strict=True))
    return Picture(
        title=f"What had been reported of the {total} commitments by the end of each {period}",
        description=f"A column for each {period}; from the ground up, {', '.join(GROUPS.values())}. Last: {names}",
        drawing="series",
        chart=series_chart(points),
        key=[KeyEntry(name, fill=f"g-{group}") for group, name in reversed(GROUPS.items())],
        notes=[NO_LATER_SOURCE, UNKNOWN],
        columns=["asOf", *(group.lower() for group in GROUPS)],
        rows=rows,
        page="/",
        path="/charts/progress",
    )


async def commitments_picture(page: PageRequest) -> Picture:
    return _grid(page, (await page.execute("marks"))["commitments"])


def _grid(page: PageRequest, commitments: JsonObject) -> Picture:
    strategy = page.layout["strategy"]
    title = f"What became of the {strategy['statedCommitments']} commitments of the {strategy['title']}"
    picture = marks_picture(page, commitments, strategy["themes"], title, "/", "/charts/commitments")
    return replace(picture, notes=[*picture.notes, *unread(strategy)])


def _span(page: PageRequest) -> JsonObject:
    """The variables of the series, which begins when the strategy was published; an earlier day is shown alone."""
    day = page.moment.as_of
    published = dt.date.fromisoformat(page.layout["strategy"]["publishedOn"])
    start = max(published, day - MAX_BY_YEAR) if day > published else day
    every = "QUARTER" if day - start < MAX_BY_QUARTER else "YEAR"
    return {"from": start.isoformat(), "to": day.isoformat(), "every": every}


def _points(page: PageRequest, data: JsonObject) -> list[JsonObject]:
    """The points of the series; the last one is the day shown."""
    day = page.moment.as_of.isoformat()
    return [*(point for point in data["progressSeries"] if point["asOf"] != day), {"asOf": day, **data["progress"]}]


def _median_years(ages: Sequence[int]) -> tuple[int, int] | None:
    """How many of the ages, in days, are at least their median in whole years; and that median."""
    if not ages:
        return None
    least = years(median_low(ages))
    return sum(years(age) >= least for age in ages), least

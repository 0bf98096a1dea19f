"""The picture of a commitment's history."""

from collections.abc import Sequence

from api.charts.timeline import Items, timeline_chart
from api.formatting import day
from api.json_types import JsonObject
from api.pages.marks import NOT_IDENTIFIED
from api.pages.page_request import PageRequest
from api.pictures.picture import KeyEntry, Picture
from api.urls import page_path

# The sides of statements; the tracker takes none.
LANES = {
    "GOVERNMENT": "The government says",
    "DELIVERY": "Those who carry it out say",
    "OTHERS": "Others say",
    None: "This tracker searched",
}


async def timeline_picture(page: PageRequest) -> Picture:
    return timeline_of(page, (await page.execute("commitment"))["commitment"])


def timeline_of(page: PageRequest, row: JsonObject) -> Picture:
    events = page.until(row["events"], "date", undated=True)
    lanes = lanes_of(page.until(row["statusHistory"], "effectiveOn", undated=False), events)
    labels = page.labels
    rows = [
        [date, lane, item.get("status", ""), item.get("voice", ""), item.get("note") or item.get("title")]
        for lane, items in lanes
        for date, item in items
    ]
    told = [
        f"{day(date, item['precision'])}, {lane.lower()}: {item.get('title') or labels[item['status']]}."
        for lane, items in lanes
        for date, item in items
    ]
    shown = dict.fromkeys(item["status"] for _, items in lanes for _, item in items if "status" in item)
    return Picture(
        title=f"{row['ref']}, {row['title'] or NOT_IDENTIFIED}: what was said of it, and when",
        description=" ".join(told) or "Nothing is recorded up to this day.",
        drawing="timeline",
        chart=timeline_chart(lanes),
        key=[KeyEntry(labels[status], sign=status) for status in shown],
        columns=["date", "lane", "status", "voice", "text"],
        rows=rows,
        page=page_path("Commitment", row),
        path="/charts" + page_path("Commitment", row),
    )


def lanes_of(updates: Sequence[JsonObject], events: Sequence[JsonObject]) -> list[tuple[str, Items]]:
    in_force = [(update["effectiveOn"], update) for update in updates if not update["correctedBy"]]
    return [
        *((title, [item for item in in_force if item[1]["side"] == side]) for side, title in LANES.items()),
        ("Events", [(event["date"], event) for event in events if event["date"]]),
    ]

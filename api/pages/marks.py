"""The picture with a mark for each commitment."""

from collections import Counter
from collections.abc import Sequence

from api.charts.marks import marks_chart
from api.charts.series import GROUPS
from api.formatting import counts, iso_date
from api.json_types import JsonObject
from api.pages.page_request import PageRequest
from api.pictures.card import Card
from api.pictures.picture import KeyEntry, Picture

NOT_IDENTIFIED = "Not identified yet"
UNKNOWN = "Unknown never means that nothing was done. Delivered never means that it worked."


def marks_picture(
    page: PageRequest, commitments: JsonObject, themes: Sequence[JsonObject], title: str, path: str
) -> Picture:
    """`commitments` are those of the query `marks`, `path` the page that shows them."""
    rows, definitions = commitments["nodes"], page.layout["statusDefinitions"]
    numbers = Counter(row["status"] for row in rows)
    present = [one for one in definitions if numbers[one["status"]]]
    shown = f" The first {len(rows)} of {commitments['totalCount']}." if len(rows) < commitments["totalCount"] else ""
    told = " ".join(f"{one['label']}: {numbers[one['status']]}." for one in present)
    return Picture(
        title=title,
        description=f"A mark for each commitment, by theme and status.{shown} {told}",
        drawing="marks",
        chart=marks_chart(rows, themes, definitions),
        key=[KeyEntry(f"{one['label']} {numbers[one['status']]}", status=one["status"]) for one in present],
        notes=[f"Where they stood when last reported.{shown} {UNKNOWN}"],
        columns=["ref", "title", "theme", "status", "voice", "date"],
        rows=[_row(row) for row in rows],
        page=path,
    )


def progress_card(path: str, kicker: str, title: str, progress: JsonObject) -> Card:
    """How many commitments are in each group of statuses."""
    groups, total = counts(progress["groups"]), max(progress["total"], 1)
    present = [group for group in reversed(GROUPS) if groups[group]]
    return Card(
        page=path,
        kicker=kicker,
        title=title,
        verdict="When last reported",
        said=UNKNOWN,
        bar=[(f"g-{group}", groups[group] / total) for group in present],
        key=[KeyEntry(f"{groups[group]} {GROUPS[group].lower()}", fill=f"g-{group}") for group in present],
    )


def _row(row: JsonObject) -> list[str]:
    update, theme = row["statusUpdate"] or {}, row["theme"] or {}
    date = iso_date(update["effectiveOn"], update["precision"]) if update else ""
    return [row["ref"], row["title"] or "", theme.get("slug", ""), row["status"], update.get("voice", ""), date]

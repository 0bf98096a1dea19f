"""The picture with a mark for each commitment."""

from collections.abc import Sequence

from api.charts.marks import ALONE, ALONE_WORDS, HOLLOW, marks_chart, sign
from api.charts.series import GROUPS
from api.formatting import counts, iso_date
from api.json_types import JsonObject
from api.pages.page_request import PageRequest
from api.pictures.card import Card
from api.pictures.picture import KeyEntry, Picture

NOT_IDENTIFIED = "Not identified yet"
UNKNOWN = "Unknown never means that nothing was done. Delivered never means that it worked."


def marks_picture(
    page: PageRequest, commitments: JsonObject, themes: Sequence[JsonObject], title: str, page_path: str, path: str
) -> Picture:
    """`commitments` are those of the query `marks`; the paths are that of the page that shows them and its own."""
    rows, definitions = commitments["nodes"], page.layout["statusDefinitions"]
    chart, labels = marks_chart(rows, themes, definitions), page.labels
    shown = f" The first {len(rows)} of {commitments['totalCount']}." if len(rows) < commitments["totalCount"] else ""
    told = " ".join(f"{labels[name]}: {number}." for name, number in chart.numbers.items())
    return Picture(
        title=title,
        description=f"A mark for each commitment, by theme and status.{shown} {told}",
        drawing="marks",
        chart=chart,
        key=[KeyEntry(f"{labels[name]} {number}", sign=name) for name, number in chart.numbers.items()],
        notes=[f"Where they stood when last reported.{shown} {alone_words(commitments)} {UNKNOWN}"],
        columns=["ref", "title", "theme", "status", "voice", "side", "governmentAlone", "date"],
        rows=[_row(row) for row in rows],
        page=page_path,
        path=path,
    )


def unread(strategy: JsonObject) -> list[str]:
    """A sentence for each document of the strategy itself of which only a part could be read."""
    documents = {one["document"]["slug"]: one["document"] for one in strategy["citations"]}.values()
    parts = [(one["title"], one["readPart"].rstrip(".")) for one in documents if one["readPart"]]
    return [
        f'Of "{title}" we could read only a part ({part}): the rest may name more of them.' for title, part in parts
    ]


def progress_card(path: str, kicker: str, title: str, data: JsonObject) -> Card:
    """How many commitments are in each group of statuses. `data` has `progress` and `commitments`."""
    progress = data["progress"]
    groups, total = counts(progress["groups"]), max(progress["total"], 1)
    present = [group for group in reversed(GROUPS) if groups[group]]
    return Card(
        page=path,
        kicker=kicker,
        title=title,
        verdict="When last reported",
        said=f"{alone_words(data['commitments'])} {UNKNOWN}".strip(),
        bar=[(f"g-{group}", groups[group] / total) for group in present],
        key=[KeyEntry(f"{groups[group]} {GROUPS[group].lower()}", fill=f"g-{group}") for group in present],
    )


def alone_words(commitments: JsonObject) -> str:
    """How many of those that are reported delivered are so by the government's word alone; empty where not all of them
    were read."""
    signs = [sign(row) for row in commitments["nodes"]]
    delivered = [name for name in signs if name.removesuffix(ALONE) in HOLLOW]
    if not delivered or len(signs) < commitments["totalCount"]:
        return ""
    alone = sum(name.endswith(ALONE) for name in delivered)
    return f"Of the {len(delivered)} reported delivered, {alone or 'none'}{ALONE_WORDS[1:]}."


def _row(row: JsonObject) -> list[str]:
    update, theme = row["statusUpdate"] or {}, row["theme"] or {}
    date = iso_date(update["effectiveOn"], update["precision"]) if update else ""
    said = [row["status"], update.get("voice", ""), update.get("side") or "", str(row["governmentAlone"]).lower(), date]
    return [row["ref"], row["title"] or "", theme.get("slug", ""), *said]

"""How the counts of the status groups changed: one column for each day of a series."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.charts.timeline import Label, thin
from api.json_types import JsonObject

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 360, 220, 36, 10, 24
LABEL_WIDTH = 30
# From the ground up.
GROUPS = {
    "DELIVERED": "Reported delivered, in part or whole",
    "ENDED": "Ended",
    "OPEN": "Open",
    "UNKNOWN": "Unknown",
}


@dataclass(frozen=True)
class Block:
    x: float
    y: float
    width: float
    height: float
    group: str


@dataclass(frozen=True)
class SeriesChart:
    blocks: list[Block]
    years: Sequence[Label]
    counts: Sequence[Label]
    points: Sequence[JsonObject]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    ground: int = HEIGHT - BOTTOM


def series_chart(points: Sequence[JsonObject]) -> SeriesChart:
    """`points` are progress on growing days: `asOf`, `total`, and `groups` with their counts."""
    most = max((point["total"] for point in points), default=0) or 1
    ground, full_height = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    step = (WIDTH - LEFT) / max(1, len(points))
    blocks: list[Block] = []
    years: list[Label] = []
    for index, point in enumerate(points):
        x, y = LEFT + index * step, float(ground)
        counts = {entry["group"]: entry["count"] for entry in point["groups"]}
        for group in GROUPS:
            height = counts[group] / most * full_height
            y -= height
            if height:
                blocks.append(Block(round(x, 2), round(y, 2), round(step * 0.86, 2), round(height, 2), group))
        year = point["asOf"][:4]
        if not years or years[-1].text != year:
            years.append(Label(round(min(x, WIDTH - LABEL_WIDTH), 2), year))
    # The first and the last year are rarely whole, and may be too narrow for their label and its neighbour's.
    if len(years) > 1 and years[1].at - years[0].at < LABEL_WIDTH:
        del years[0]
    if len(years) > 1 and years[-1].at - years[-2].at < LABEL_WIDTH:
        del years[-2]
    scale = [
        Label(round(ground - number / most * full_height, 2), str(number)) for number in sorted({0, most // 2, most})
    ]
    return SeriesChart(blocks, thin(years, LABEL_WIDTH, WIDTH - LEFT), scale, points)

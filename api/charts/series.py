"""How the counts of the groups changed: one column for each day asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 360, 220, 36, 10, 24
LABEL = 30
# From the ground up.
GROUPS = ("DELIVERED", "ENDED", "OPEN", "UNKNOWN")


@dataclass(frozen=True)
class Block:
    x: float
    y: float
    width: float
    height: float
    group: str


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Series:
    blocks: list[Block]
    years: list[Tick]
    counts: list[Tick]
    points: list[Mapping[str, Any]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    ground: int = HEIGHT - BOTTOM


def series(points: Sequence[Mapping[str, Any]]) -> Series:
    """`points` are progress on growing days: `asOf`, `total`, and `groups` with their counts."""
    most = max((point["total"] for point in points), default=0) or 1
    ground, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    step = (WIDTH - LEFT) / max(1, len(points))
    blocks: list[Block] = []
    years: list[Tick] = []
    for place, point in enumerate(points):
        x, y = LEFT + place * step, float(ground)
        counts = {entry["group"]: entry["count"] for entry in point["groups"]}
        for group in GROUPS:
            height = counts[group] / most * room
            y -= height
            if height:
                blocks.append(Block(round(x, 2), round(y, 2), round(step * 0.86, 2), round(height, 2), group))
        year = point["asOf"][:4]
        if place == 0 or year != points[place - 1]["asOf"][:4]:
            years.append(Tick(round(min(x, WIDTH - LABEL), 2), year))
    # The first and the last year are rarely whole, and may leave no room for the four figures of their neighbour.
    if len(years) > 1 and years[1].at - years[0].at < LABEL:
        del years[0]
    if len(years) > 1 and years[-1].at - years[-2].at < LABEL:
        del years[-2]
    every = max(1, -(-len(years) * LABEL // (WIDTH - LEFT)))
    marked = sorted({0, most // 2, most})
    scale = [Tick(round(ground - number / most * room, 2), str(number)) for number in marked]
    return Series(blocks, years[::every], scale, list(points))

"""What happened and what was said, on one line of time; marks of one stretch of time stand above each other."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, MARK, STEP, FOOT = 360, 12, 14, 22
LABEL = 34


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    item: Mapping[str, Any]


@dataclass(frozen=True)
class Lane:
    title: str
    y: float
    points: list[Point]


@dataclass(frozen=True)
class Year:
    x: float
    text: str


@dataclass(frozen=True)
class Timeline:
    lanes: list[Lane]
    years: list[Year]
    height: float
    ground: float
    width: int = WIDTH
    mark: int = MARK


def timeline(lanes: Sequence[tuple[str, Sequence[tuple[str, Mapping[str, Any]]]]]) -> Timeline:
    """Lanes from the top down, each with its title and its items with their days. Empty lanes are left out."""
    lanes = [lane for lane in lanes if lane[1]]
    days = [dt.date.fromisoformat(day) for _, items in lanes for day, _ in items]
    if not days:
        return Timeline([], [], 0, 0)
    first, last = dt.date(min(days).year, 1, 1), dt.date(max(days).year + 1, 1, 1)
    scale = (WIDTH - MARK) / (last - first).days
    columns = (WIDTH - MARK) // STEP
    y = 0.0
    drawn = []
    for title, items in lanes:
        stacks: dict[int, list[Mapping[str, Any]]] = {}
        for day, item in items:
            x = (dt.date.fromisoformat(day) - first).days * scale
            stacks.setdefault(min(int(x // STEP), columns), []).append(item)
        highest = max(len(stack) for stack in stacks.values())
        top = y + 18
        points = [
            Point(column * STEP, top + (highest - 1 - level) * STEP, item)
            for column, stack in stacks.items()
            for level, item in enumerate(stack)
        ]
        drawn.append(Lane(title, y, points))
        y = top + highest * STEP + 6
    years = range(first.year, last.year)
    every = max(1, -(-len(years) * LABEL // WIDTH))
    marked = [Year(round((dt.date(year, 1, 1) - first).days * scale, 1), str(year)) for year in years[::every]]
    return Timeline(drawn, marked, y + FOOT, y)

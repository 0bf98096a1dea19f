"""Events and statements on one line of time; marks that fall into the same column are stacked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from api.json_types import JsonObject

WIDTH, MARK, STEP, FOOT = 360, 12, 14, 22
HEAD, GAP = 18, 6
LABEL_WIDTH = 34
Items: TypeAlias = Sequence[tuple[str, JsonObject]]


@dataclass(frozen=True)
class Label:
    """Text on an axis, at a distance along it."""

    at: float
    text: str


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    item: JsonObject


@dataclass(frozen=True)
class Lane:
    title: str
    y: float
    points: list[Point]


@dataclass(frozen=True)
class TimelineChart:
    lanes: list[Lane]
    years: Sequence[Label]
    height: float
    ground: float
    width: int = WIDTH
    mark: int = MARK


def timeline_chart(lanes: Sequence[tuple[str, Items]]) -> TimelineChart:
    """Lanes from the top down, each a title and items with their days. Empty lanes are left out."""
    lanes = [lane for lane in lanes if lane[1]]
    days = [dt.date.fromisoformat(day) for _, items in lanes for day, _ in items]
    if not days:
        return TimelineChart([], [], 0, 0)
    first, last = dt.date(min(days).year, 1, 1), dt.date(max(days).year + 1, 1, 1)
    scale = (WIDTH - MARK) / (last - first).days
    y = 0.0
    chart_lanes = []
    for title, items in lanes:
        stacks: dict[int, list[JsonObject]] = {}
        for day, item in items:
            x = (dt.date.fromisoformat(day) - first).days * scale
            stacks.setdefault(min(int(x // STEP), (WIDTH - MARK) // STEP), []).append(item)
        highest = max(len(stack) for stack in stacks.values())
        top = y + HEAD
        points = [
            Point(column * STEP, top + (highest - 1 - level) * STEP, item)
            for column, stack in stacks.items()
            for level, item in enumerate(stack)
        ]
        chart_lanes.append(Lane(title, y, points))
        y = top + highest * STEP + GAP
    years = [
        Label(round((dt.date(year, 1, 1) - first).days * scale, 1), str(year)) for year in range(first.year, last.year)
    ]
    return TimelineChart(chart_lanes, thin(years, LABEL_WIDTH, WIDTH), y + FOOT, y)


def thin(labels: Sequence[Label], label_width: int, axis_length: int) -> Sequence[Label]:
    """Every nth label, so that those that remain fit beside each other."""
    return labels[:: max(1, -(-len(labels) * label_width // axis_length))]

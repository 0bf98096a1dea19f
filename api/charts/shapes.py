"""Shapes that several charts use."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """Text on an axis, at a distance along it."""

    at: float
    text: str


def thin(labels: Sequence[Label], label_width: int, axis_length: int) -> list[Label]:
    """Every nth label, so that those that remain fit beside each other."""
    every = max(1, -(-len(labels) * label_width // axis_length))
    return list(labels[::every])

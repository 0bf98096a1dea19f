"""What was measured, each beside what it should be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A ratio, if it has no unit. It has a target where one was set."""

    name: str
    value: float
    target: float | None = None
    unit: str = ""
    more_is_better: bool = True

    def row(self) -> Iterator[str]:
        yield self.name
        yield f"{self.value:,.3g}{self.unit and ' '}{self.unit}"
        if self.target is None:
            yield from ("", "")
        else:
            yield f"{'at least' if self.more_is_better else 'at most'} {self.target:g}"
            yield "yes" if self.met else "no"

    @property
    def met(self) -> bool:
        return self.target is None or (self.value >= self.target if self.more_is_better else self.value <= self.target)


HEADS = ["figure", "measured", "target", "met"]


def table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """As Markdown."""
    cells = [list(heads), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])

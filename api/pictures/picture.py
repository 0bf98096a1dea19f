"""What a picture shows, before it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Chart(Protocol):
    """What is drawn, in units of its own."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> float: ...


@dataclass(frozen=True)
class KeyEntry:
    """What a sign or a fill means. `sign` is that of a mark, `fill` the class of a bar; one of them is given."""

    text: str
    sign: str = ""
    fill: str = ""


@dataclass(frozen=True)
class Picture:
    """`drawing` is the macro of `drawings.svg` that draws the chart, `description` the same for who does not see it.

    `notes` are sentences without which the picture would mislead. `columns` and `rows` are its numbers. `page` is the
    path of the page that shows it, too, and `path` that of its files, without their endings.
    """

    title: str
    description: str
    drawing: str
    chart: Chart
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    page: str
    path: str
    key: Sequence[KeyEntry] = ()
    notes: Sequence[str] = ()

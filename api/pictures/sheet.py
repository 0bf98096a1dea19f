"""Where on a picture that stands alone its words, key, chart and origin are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.charts.words import width, wrap
from api.pictures.picture import KeyEntry, Picture

MARGIN = 16
# The size of each kind of text, and the height of a line of it.
SIZES = {
    "heading": (17, 21), "when": (12, 16), "note": (12, 16), "key": (12, 19), "origin": (11, 15), "address": (11, 15),
}  # fmt: skip
# How much wider bold letters are.
BOLDER = 1.06
SWATCH = 20
GAP = 10


@dataclass(frozen=True)
class Line:
    kind: str
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class KeySign:
    entry: KeyEntry
    x: float
    y: float


@dataclass(frozen=True)
class Sheet:
    """`chart_y` is where the chart begins; `address` is that of the page of the picture."""

    picture: Picture
    lines: Sequence[Line]
    signs: Sequence[KeySign]
    chart_y: float
    width: float
    height: float
    address: str
    margin: int = MARGIN


def sheet(picture: Picture, when: str, origin: str, address: str) -> Sheet:
    """`when` says of which day the picture is and when that was known, `origin` whose it is."""
    room = picture.chart.width
    lines: list[Line] = []
    y: float = MARGIN

    def write(kind: str, *texts: str) -> None:
        nonlocal y
        size, step = SIZES[kind]
        for text in texts:
            for line in wrap(text, size * BOLDER if kind == "heading" else size, room):
                lines.append(Line(kind, MARGIN, y + size, line))
                y += step

    write("heading", picture.title)
    y += 3
    write("when", when)
    write("note", *picture.notes)
    size, step = SIZES["key"]
    signs = [KeySign(entry, x, y + GAP + row * step) for entry, x, row in _flow(picture.key, size, room)]
    lines += [Line("key", sign.x + SWATCH + 6, sign.y + size, sign.entry.text) for sign in signs]
    chart_y = (signs[-1].y + step if signs else y) + GAP
    y = chart_y + picture.chart.height + GAP
    write("origin", origin)
    # An address that does not fit in a line is parted before its parameters.
    path, mark, query = address.partition("?")
    write("address", *([address] if len(wrap(address, SIZES["address"][0], room)) == 1 else [path, mark + query]))
    return Sheet(picture, lines, signs, chart_y, room + 2 * MARGIN, y + MARGIN - GAP, address)


def _flow(key: Sequence[KeyEntry], size: float, room: float) -> Iterator[tuple[KeyEntry, float, int]]:
    """The entries of a key with the place of each in a row, and the number of the row."""
    x, row = float(MARGIN), 0
    for entry in key:
        needed = SWATCH + 6 + width(entry.text, size)
        if x > MARGIN and x + needed > MARGIN + room:
            x, row = float(MARGIN), row + 1
        yield entry, x, row
        x += needed + 14

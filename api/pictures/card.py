"""The picture that goes with a link to a page: what social networks and chats show of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.charts.words import width, wrap
from api.pictures.picture import KeyEntry
from api.pictures.sheet import KeySign, Line

# What the networks ask for, in pixels.
WIDTH, HEIGHT = 1200, 630
MARGIN, BAR, SIGN = 64, 56, 56
ROOM = WIDTH - 2 * MARGIN
# The letters of the PNG are narrower than those of a reader's font may be.
NARROWER = 0.9
# The size of each kind of text, the height of a line of it, and how many lines there may be.
SIZES = {"kicker": (28, 38, 1), "verdict": (46, 62, 1), "said": (32, 42, 4), "key": (28, 42, 1), "foot": (24, 32, 1)}
# The largest of these in which a title has no more than three lines.
TITLE_SIZES = (60, 52, 44, 36)
TITLE_LINES = 3
FOOT_Y = HEIGHT - 40


@dataclass(frozen=True)
class Card:
    """`sign` is the mark beside the verdict. `bar` has the classes of its parts, and the share of each in the whole.

    `page` is the path of the page that it goes with.
    """

    page: str
    kicker: str
    title: str
    verdict: str
    said: str
    sign: str = ""
    bar: Sequence[tuple[str, float]] = ()
    key: Sequence[KeyEntry] = ()

    @property
    def text(self) -> str:
        """The same in words."""
        told = [self.kicker, self.title, self.verdict, *(entry.text for entry in self.key), self.said]
        return " ".join(_ended(part) for part in told if part)


@dataclass(frozen=True)
class Part:
    fill: str
    x: float
    width: float


@dataclass(frozen=True)
class CardSheet:
    lines: Sequence[Line]
    signs: Sequence[KeySign]
    parts: Sequence[Part]
    bar_y: float
    sign_y: float


def card_sheet(card: Card, when: str, site: str) -> CardSheet:
    lines: list[Line] = []
    y = float(MARGIN)

    def write(kind: str, text: str, x: float = MARGIN) -> None:
        nonlocal y
        size, step, most = SIZES[kind]
        for line in _cut(text, size, ROOM - (x - MARGIN), min(most, int((FOOT_Y - 32 - y) // step))):
            lines.append(Line(kind, x, y + size, line))
            y += step

    write("kicker", card.kicker)
    title_size = next((size for size in TITLE_SIZES if len(_wrap(card.title, size)) <= TITLE_LINES), TITLE_SIZES[-1])
    for line in _cut(card.title, title_size, ROOM, TITLE_LINES):
        lines.append(Line(f"title size-{title_size}", MARGIN, y + title_size, line))
        y += title_size * 1.18
    y += 26
    sign_y = y
    write("verdict", card.verdict, MARGIN + SIGN + 16 if card.sign else MARGIN)
    y += 6
    bar_y, x = y, float(MARGIN)
    parts = []
    for fill, share in card.bar:
        parts.append(Part(fill, x, ROOM * share))
        x += ROOM * share
    if parts:
        y += BAR + 16
    signs, x = [], float(MARGIN)
    size, step, _ = SIZES["key"]
    for entry in card.key:
        needed = 40 + width(entry.text, size * NARROWER)
        if x > MARGIN and x + needed > WIDTH - MARGIN:
            x, y = float(MARGIN), y + step
        signs.append(KeySign(entry, x, y))
        lines.append(Line("key", x + 40, y + size, entry.text))
        x += needed + 28
    if signs:
        y += step + 10
    write("said", card.said)
    lines.append(Line("foot", MARGIN, FOOT_Y, when))
    lines.append(Line("foot end", WIDTH - MARGIN, FOOT_Y, site))
    return CardSheet(lines, signs, parts, bar_y, sign_y)


def _ended(part: str) -> str:
    """A part of a text as a sentence; a question keeps its mark."""
    return part if part.endswith("?") else f"{part.rstrip('.')}."


def _wrap(text: str, size: float, room: float = ROOM) -> Sequence[str]:
    return wrap(text, size * NARROWER, room)


def _cut(text: str, size: float, room: float, most: int) -> Sequence[str]:
    """No more than so many lines of a text; the last one says that there are more."""
    lines = _wrap(text, size, room)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} \N{HORIZONTAL ELLIPSIS}"]

"""How much room words take in a picture. Most are in a font of the reader, so that the room is that of a wide one."""

from functools import lru_cache

NARROW = frozenset(" ,.:;'|!()[]fijlrtI-\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")
WIDE = frozenset("mwMW@%\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}")
# Parts of the size of the font.
NARROW_WIDTH, USUAL_WIDTH, CAPITAL_WIDTH, WIDE_WIDTH = 0.32, 0.57, 0.7, 0.92


def width(text: str, size: float) -> float:
    return size * sum(map(_letter_width, text))


@lru_cache(maxsize=1024)
def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """The lines of a text in so much room; a word that is longer than a line is parted."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and width(f"{line} {word}", size) <= room:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        line = word
        if width(word, size) <= room:
            continue
        line = ""
        for letter in word:
            if line and width(line + letter, size) > room:
                lines.append(line)
                line = ""
            line += letter
    return (*lines, line) if line else tuple(lines)


@lru_cache(maxsize=1024)
def _letter_width(letter: str) -> float:
    if letter in NARROW:
        return NARROW_WIDTH
    if letter in WIDE:
        return WIDE_WIDTH
    return CAPITAL_WIDTH if letter.isupper() else USUAL_WIDTH

"""Words in pictures break into lines that fit, and none is lost."""

import pytest

from api.charts.words import width, wrap

TEXTS = [
    "What became of the 61 commitments of the Serious Violence Strategy",
    "https://example.org/funds/early-intervention-youth-fund?asOf=2026-11-29&knownAt=2026-11-29T07:24:01Z",
    "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM iiiiiiiiiiiiiiiiiiiiiiii",
    "One",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("room", [60, 120, 360])
def test_lines_fit_and_hold_all_that_was_said(text: str, room: int) -> None:
    lines = wrap(text, 12, room)
    assert all(width(line, 12) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_line_takes_as_many_words_as_fit() -> None:
    assert wrap("one two three", 10, width("one two", 10)) == ("one two", "three")

"""One fold for what is stored and what is looked for: every way of writing the same words is the same text."""

import unicodedata
from collections.abc import Iterator

import pytest

from db.text import WORDS, fold, searchable, words

# All that a text can hold: half a character is none.
CHARACTERS = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
SAME = {
    "Straße der Jugend": ["STRASSE DER JUGEND", "straße der jugend", "STRAẞE DER JUGEND"],
    "İstanbul desk": ["I\u0307stanbul desk", "i\u0307stanbul DESK"],
    "Diyarbakır": ["DIYARBAKIR", "diyarbakir"],
    "Of\ufb01ce of \ufb02ags": ["Office of flags", "OFFICE OF FLAGS"],
    "CAFÉ Ŵyn LLŶN": ["café ŵyn llŷn", unicodedata.normalize("NFD", "café ŵyn llŷn")],
    "Σίσυφος": ["ΣΊΣΥΦΟΣ", "σίσυφοσ"],
    "children's": [f"children{mark}s" for mark in "’‘‛ʼ′´＇ʹ"],
    '"early help"': ["“early help”", "„early help‟", "«early help»", "″early help‶", "＂early help＂"],
    "2018-19": [f"2018{mark}19" for mark in "‐‑‒–—―−﹘﹣－"],
    "to be... continued": ["to be… continued", "to be...\u00a0continued", "to\u2009be… \u3000continued"],
    "violence": ["vio\u00adlence", "vio\u200blence", "\ufeffviolence", "vio\u2060lence", "violence\ufe0f"],
    "50% of £20_000": ["50％ of ￡20＿000", "50﹪ of £20﹍000"],
    "1/2 mile": ["½ mile", "1⁄2 mile", "1∕2 mile"],
    "no 5": ["№ 5", "№\u202f5", "NO ⁵"],
}


@pytest.mark.parametrize("text", SAME)
def test_ways_of_writing_the_same_are_the_same(text: str) -> None:
    assert {fold(other) for other in SAME[text]} == {fold(text)}


def chunks() -> Iterator[str]:
    for start in range(0, len(CHARACTERS), 500):
        yield "x".join(CHARACTERS[start : start + 500])


def test_no_character_depends_on_how_it_is_composed_and_none_is_folded_further() -> None:
    for text in chunks():
        once = fold(text)
        assert fold(once) == once
        for form in ("NFC", "NFD"):
            assert fold(unicodedata.normalize(form, text)) == once


def test_every_text_holds_each_of_its_own_words() -> None:
    for text in chunks():
        haystack = searchable([text])
        assert all(word in haystack for word in words(text))


@pytest.mark.parametrize(
    ("query", "text"),
    [("llyn", "Llŷn"), ("cafe", "CAFÉ"), ("zoe", "Zoë"), ("istanbul", "İstanbul"), ("sorensen", "Sørensen"),
     ("lodz", "Łódź"), ("aelfric", "Ælfric"), ("naive", "nai\u0308ve")],
)  # fmt: skip
def test_words_without_accents_find_those_with_them(query: str, text: str) -> None:
    assert query in searchable([text])
    # A search with an accent finds only that accent.
    assert fold(text) not in searchable([query])


def test_columns_are_searched_as_one_text_in_which_no_word_spans_two() -> None:
    assert searchable(["Knife", None, "", "Crime"]) == "knife crime"
    assert searchable([None]) == ""


def test_words_are_what_stands_between_spaces_of_any_kind() -> None:
    assert words(" County\u00a0LINES\u2003\t\u200b drugs\n") == ["county", "lines", "drugs"]
    assert words(" \u200b ") == []
    assert WORDS == 10

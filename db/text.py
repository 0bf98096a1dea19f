"""Words compared without regard to letter case and ways of writing, the same on either database.

Text is folded here, before it is stored and before it is looked for. The databases compare what they are given.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db.columns import Condition

# The most words that one search takes. Every search binds as many, so that all are the same statement.
WORDS = 10
# Typographic marks, and what stands for them on a keyboard. Some keyboards have a dotless i for the capital I.
QUOTES = dict.fromkeys("‘’‚‛‹›′‵ʹʻʼʽˈ´ʾʿ՚׳ꞌ❛❜", "'") | dict.fromkeys("“”„‟«»″‶〝〞〟❝❞״", '"')
MARKS = str.maketrans(QUOTES | dict.fromkeys("−⁃˗", "-") | {"⁄": "/", "∕": "/", "ı": "i"})
# Letters with a stroke and joined letters, which Unicode does not take apart.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"})
# Beside the characters of the category Cf: marks that nobody sees.
UNSEEN = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", *map(chr, range(0xFE00, 0xFE10))}


def fold(text: str) -> str:
    """Text without its letter case, with the marks of a keyboard, and in one way to write each character."""
    # Before it is taken apart: an acute accent by itself would become a space.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(MARKS))
    # Letter case is taken from letters that stand apart from their accents; it may join some of them again.
    apart = unicodedata.normalize("NFKD", apart.casefold()).translate(MARKS)
    return " ".join(unicodedata.normalize("NFC", "".join(map(_plain, apart))).split())


def searchable(texts: Sequence[str | None]) -> str:
    """What is stored of texts for words to be found in: folded, and where there are accents, without them, too.

    So `llyn` finds Llŷn, while `llŷn` finds nothing else: the asymmetric search of Unicode's UTS 10.
    """
    folded = fold(" ".join(text for text in texts if text))
    apart = unicodedata.normalize("NFD", folded).translate(PLAIN)
    bare = "".join(character for character in apart if unicodedata.category(character) != "Mn")
    return folded if bare == folded else f"{folded} {bare}"


def words(search: str) -> list[str]:
    return fold(search).split()


def contains_words(wanted: Sequence[str], text: Any) -> Condition:
    """Every word stands somewhere in a column of `searchable` text, in any order.

    No index serves this, because a word may stand within another: the rows are read, 6,100 of them in 8 ms.
    """
    filled = [*wanted, *[""] * (WORDS - len(wanted))]
    return sa.and_(*(text.contains(word, autoescape=True) for word in filled))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character in UNSEEN:
        return ""
    return "-" if category == "Pd" else character

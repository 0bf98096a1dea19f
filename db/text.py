"""Text compared without regard to letter case and ways of writing, the same on either database.

Text is folded here, before it is stored and before it is searched for. The databases compare what they are given.
"""

import re
import unicodedata
from collections.abc import Sequence

# The most words that one search takes.
WORDS = 10
# Typographic marks, and the mark of a keyboard for each. Some keyboards have a dotless i for the capital I.
QUOTES = dict.fromkeys("‘’‚‛‹›′‵ʹʻʼʽˈ´ʾʿ՚׳ꞌ❛❜", "'") | dict.fromkeys("“”„‟«»″‶〝〞〟❝❞״", '"')
MARKS = str.maketrans(QUOTES | dict.fromkeys("−⁃˗", "-") | {"⁄": "/", "∕": "/", "ı": "i"})
# Letters with a stroke and joined letters, which Unicode does not decompose.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"})
# Invisible marks outside the category Cf.
INVISIBLE = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", *map(chr, range(0xFE00, 0xFE10))}

# What stands before each word of the first text, so that a title can be asked for by itself.
TITLE = "="
# In characters: no database takes a word of any length into its index.
WORD_LENGTH = 60
# A sum in one way to write it: `£100 million`, `£100million` and `£100m` have one word, and so have 1,000 and 1000.
SUMS = (
    (re.compile(r"(?<=\d),(?=\d{3})"), ""),
    (re.compile(r"(?<=\d) ?(?:million|mn?)\b"), "m"),
    (re.compile(r"(?<=\d) ?(?:billion|bn)\b"), "bn"),
)
# One word, however it is spaced: `A&E` and `A & E`.
PAIR = re.compile(r"\b(\w) & (\w)\b")
# Letters and digits, with a point between digits and the sign between letters: `63.4m`, `q&a`.
WORD = re.compile(r"[^\W_]+(?:(?:(?<=\d)\.(?=\d)|&)[^\W_]+)*")


def fold(text: str) -> str:
    """Text without its letter case, with the marks of a keyboard, and in one way to write each character."""
    # Composed first: an acute accent by itself would become a space.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(MARKS))
    # Case is folded while letters are apart from their accents, and may join some of them again.
    decomposed = unicodedata.normalize("NFKD", decomposed.casefold()).translate(MARKS)
    return " ".join(unicodedata.normalize("NFC", "".join(map(_keyboard_character, decomposed))).split())


def searchable(texts: Sequence[str | None]) -> str:
    """The text that searches look in: folded, and if there are accents, once more without them.

    So `llyn` finds Llŷn, while `llŷn` finds nothing else: the asymmetric search of Unicode's UTS 10.
    """
    text = fold(" ".join(text for text in texts if text))
    decomposed = unicodedata.normalize("NFD", text).translate(LETTERS)
    bare = "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
    return text if bare == text else f"{text} {bare}"


def words(search: str) -> list[str]:
    return fold(search).split()


def index_words(texts: Sequence[str | None]) -> str:
    """The words that an index of these texts has, each behind a space; those of the first text are marked, too."""
    title = split_words(searchable(texts[:1]))
    words = dict.fromkeys([*(TITLE + word for word in title), *title, *split_words(searchable(texts[1:]))])
    return f" {' '.join(words)} " if words else ""


def split_words(folded: str) -> list[str]:
    """The words of folded text, as an index has them. `children's` is one word, `2018-19` are two."""
    for pattern, form in SUMS:
        folded = pattern.sub(form, folded)
    return [word[:WORD_LENGTH] for word in WORD.findall(PAIR.sub(r"\1&\2", folded.replace("'", "")))]


def _keyboard_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character in INVISIBLE:
        return ""
    return "-" if category == "Pd" else character

"""Links the terms of the field to what they mean, each where it first stands in the texts of a page."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from markupsafe import Markup

from api.json_types import JsonObject
from api.text import visible
from api.urls import page_path

LINK = Markup('<a href="{}">{}</a>')


class TermLinks:
    """The links of one page. `at` gives the address of a path at the moment of the page."""

    def __init__(self, terms: Sequence[JsonObject], at: Callable[[str], str]) -> None:
        self.at = at
        # Those that have no link yet, by name.
        self.left = {str(term["name"]).lower(): term for term in terms}
        self.pattern = _pattern(tuple(self.left))

    def __call__(self, text: str) -> Markup:
        """The text as HTML, with a link at each term that has none yet."""
        pieces: list[str] = []
        end = 0
        for match in self.pattern.finditer(text):
            term = self.left.pop(match["name"].lower(), None)
            if term is not None:
                link = LINK.format(self.at(page_path("Term", term)), visible(match[0]))
                pieces += [visible(text[end : match.start()]), link]
                end = match.end()
        # `join` escapes all but the links.
        return Markup().join([*pieces, visible(text[end:])])


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words, in the singular or with the s of a plural; of two names at one place the longer one."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?P<name>{'|'.join(map(re.escape, longest_first)) or '(?!)'})s?(?!\w)", re.IGNORECASE)

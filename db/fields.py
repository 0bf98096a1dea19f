"""The values that a field may have, from the reviewed files and from editors."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, Strict

MAX_LENGTH = 2000
# The items of a list in one row, which a page shows all at once.
MAX_ITEMS = 1000
# An earlier year is a slip, such as a missing digit, and would count for every day since.
EARLIEST_YEAR = 1900
SLUG = "slug: lower-case letters and digits, joined by hyphens"
# Control characters, line ends, marks that turn the direction of text, spaces of no width: a reviewer cannot see them.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def _text(text: str) -> str:
    if not text or text != text.strip():
        raise ValueError("is empty, or has space at an end")
    if INVISIBLE.search(text):
        raise ValueError("holds a control character or a line break")
    if len(text) > MAX_LENGTH:
        raise ValueError(f"is longer than {MAX_LENGTH} characters")
    return text


def matching(pattern: str, noun: str) -> Callable[[str], str]:
    """A validator of texts that match a pattern; `noun` is what the message calls them."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{text!r} is no {noun}")
        return text

    return check


def _url(text: str) -> str:
    parts = urlsplit(text)
    # An impossible port raises an error of its own.
    is_http = parts.scheme in ("http", "https") and parts.hostname
    if not is_http or "@" in parts.netloc or " " in text or parts.port == 0:
        raise ValueError(f"{text!r} is no http or https address")
    return text


def distinct(values: list[str]) -> list[str]:
    repeated = [value for value, times in Counter(values).items() if times > 1]
    if repeated:
        raise ValueError(f"{min(repeated)!r} stands twice")
    return values


Count = Annotated[int, Strict(), Field(ge=1, le=1_000_000_000)]
Text = Annotated[str, Strict(), AfterValidator(_text)]
Slug = Annotated[Text, Field(max_length=80), AfterValidator(matching("[a-z0-9]+(-[a-z0-9]+)*", SLUG))]
Ref = Annotated[Text, Field(max_length=20), AfterValidator(matching("[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", "reference"))]
Url = Annotated[Text, AfterValidator(_url)]
Texts = Annotated[list[Text], Field(max_length=MAX_ITEMS), AfterValidator(distinct)]
Slugs = Annotated[list[Slug], Field(max_length=MAX_ITEMS), AfterValidator(distinct)]
Refs = Annotated[list[Ref], Field(max_length=MAX_ITEMS), AfterValidator(distinct)]

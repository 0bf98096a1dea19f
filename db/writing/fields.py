"""What a value from an editor may be: plain text, without anything that a browser could take for markup."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from db.fields import Count, Slug, Text, distinct
from db.fields import Url as Address

TAG = re.compile(r"<[A-Za-z/!?]")


def _plain(text: str) -> str:
    if TAG.search(text):
        raise ValueError("holds markup; plain text is taken and shown as it stands")
    return text


def _whole_pence(pounds: Decimal) -> Decimal:
    if not 0 < pounds < 10**12:
        raise ValueError(f"{pounds} is not between one penny and a million million pounds")
    if pounds * 100 % 1:
        raise ValueError(f"{pounds} is not a whole number of pence")
    return pounds


# A name or a title, and a note or a reason.
Line = Annotated[Text, Field(max_length=300), AfterValidator(_plain)]
Prose = Annotated[Text, AfterValidator(_plain)]
Pounds = Annotated[Decimal, AfterValidator(_whole_pence)]
Url = Annotated[Address, AfterValidator(_plain)]
Lines = Annotated[list[Line], Field(max_length=50), AfterValidator(distinct)]

__all__ = ["Count", "Line", "Lines", "Pounds", "Prose", "Slug", "Url"]

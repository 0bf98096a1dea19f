"""Elements whose text is text, whoever wrote it."""

import re
from xml.etree.ElementTree import Element, SubElement

from api.text import visible

# The last that XML 1.0 cannot hold, once control characters and halves of characters are named.
IMPOSSIBLE = re.compile("[\ufffe\uffff]")


def shown(text: str) -> str:
    return IMPOSSIBLE.sub("\ufffd", visible(text))


def put(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """Adds an element. Nothing is put together from pieces of markup."""
    made = SubElement(parent, tag, {name: shown(value) for name, value in attributes.items()})
    made.text = None if text is None else shown(text)
    return made

"""Elements whose text stays text, whatever it holds."""

import re
from xml.etree.ElementTree import Element, SubElement

from api.text import visible

# XML 1.0 cannot hold these two; `visible` names control characters and lone surrogates.
IMPOSSIBLE = re.compile("[\ufffe\uffff]")


def xml_text(text: str) -> str:
    text = visible(text)
    return text if text.isascii() else IMPOSSIBLE.sub("\ufffd", text)


def add_element(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    element = SubElement(parent, tag, {name: xml_text(value) for name, value in attributes.items()})
    element.text = None if text is None else xml_text(text)
    return element

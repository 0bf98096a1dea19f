"""Texts of others, shown beside our own."""

from db.fields import INVISIBLE


def visible(text: str) -> str:
    """The text with a name such as [U+202E] for each invisible character, which may change how the rest is shown."""
    if text.isascii() and text.isprintable():
        return text
    return INVISIBLE.sub(lambda match: match[0] if match[0] in "\t\n" else f"[U+{ord(match[0]):04X}]", text)

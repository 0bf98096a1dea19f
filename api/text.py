"""Text that other people wrote, made fit to be shown beside our own."""

from db.fields import INVISIBLE


def visible(text: str) -> str:
    """The text with every character that hides, or turns its surroundings, named in its place: [U+202E]."""
    return INVISIBLE.sub(lambda found: found[0] if found[0] in "\t\n" else f"[U+{ord(found[0]):04X}]", text)

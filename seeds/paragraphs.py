"""How the paragraphs of a document are counted, and how one is recognised without being kept."""

import hashlib
import re
from pathlib import Path


def paragraphs(path: Path) -> list[str]:
    """The heading, then the paragraphs, so that paragraph n is item n.

    The text is cut at blank lines and trimmed. Nothing is joined or split by meaning.
    """
    return cut(path.read_bytes())


def cut(content: bytes) -> list[str]:
    """The same of what a file holds. Raises `UnicodeDecodeError`."""
    text = re.sub("\r\n?", "\n", content.decode())
    return [piece.strip() for piece in re.split(r"\n[ \t]*\n", text) if piece.strip()]


def digest(paragraph: str) -> str:
    return hashlib.sha256(paragraph.encode()).hexdigest()[:16]

"""Counts the paragraphs of a document, and recognises them by digests, so that their text is not stored."""

import hashlib
import re
from pathlib import Path


def paragraphs(path: Path) -> list[str]:
    """The heading, then the paragraphs, so that paragraph n is item n.

    The text is split at blank lines and trimmed.
    """
    return split_paragraphs(path.read_bytes())


def split_paragraphs(content: bytes) -> list[str]:
    """The paragraphs in the bytes of a file. Raises `UnicodeDecodeError`."""
    text = re.sub("\r\n?", "\n", content.decode())
    return [piece.strip() for piece in re.split(r"\n[ \t]*\n", text) if piece.strip()]


def digest(paragraph: str) -> str:
    return hashlib.sha256(paragraph.encode()).hexdigest()[:16]

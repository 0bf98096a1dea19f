"""Reads a file that was brought: a plain one, inside its folder, and of a size. Nothing else is opened."""

import os
from pathlib import Path


class Unreadable(Exception):
    """Carries the reason."""


def content(directory: Path, name: str, *, most: int) -> bytes:
    path = directory / name
    try:
        if not path.resolve().is_relative_to(directory.resolve()):
            raise Unreadable("is a link to somewhere outside the folder")
        # To open a pipe would wait for its other end, and a device may have no end.
        if path.exists() and not path.is_file():
            raise Unreadable("is no plain file")
        with path.open("rb") as file:
            found = file.read(most + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    # The library says so of links in a circle.
    except RuntimeError as error:
        raise Unreadable("cannot be read: it is a link to itself") from error
    if len(found) > most:
        raise Unreadable(f"is larger than {most} bytes")
    return found


def exists(directory: Path, name: str) -> bool:
    """A link to nothing is there, too: it was meant to be something."""
    return os.path.lexists(directory / name)

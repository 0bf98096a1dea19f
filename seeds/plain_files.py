"""Reads plain files inside a folder, up to a size; links out of it, pipes and devices are refused."""

from pathlib import Path

# Of a file of the format, and of a document.
MAX_BYTES = 50_000_000


class UnreadableFile(Exception):
    """Carries the reason."""


def read_bytes(directory: Path, name: str, *, max_bytes: int) -> bytes:
    path = directory / name
    try:
        if not path.resolve().is_relative_to(directory.resolve()):
            raise UnreadableFile("is a link to somewhere outside the folder")
        # Opening a pipe would wait for its other end, and a device may have no end.
        if path.exists() and not path.is_file():
            raise UnreadableFile("is no plain file")
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}") from error
    # pathlib raises this for links in a circle.
    except RuntimeError as error:
        raise UnreadableFile("cannot be read: it is a link to itself") from error
    if len(content) > max_bytes:
        raise UnreadableFile(f"is larger than {max_bytes} bytes")
    return content

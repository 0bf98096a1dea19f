"""Content lines of RFC 5545, written as icalendar writes them. Its objects take a hundred times as long."""

# In bytes, without the line break. The limit of the RFC is 75.
WIDTH = 74
# A line is not broken behind these: what follows belongs to them.
ESCAPES = b"\\^"


def text(value: str) -> str:
    """A text as the value of a property."""
    value = value.replace("\\N", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def line(content: str) -> bytes:
    """A line, folded where it is long."""
    data = content.encode()
    if len(data) <= WIDTH:
        return data + b"\r\n"
    parts, start = [], 0
    while len(data) - start > WIDTH:
        end = start + WIDTH
        # Not within a character.
        while data[end] & 0xC0 == 0x80:
            end -= 1
        if data[end - 1] in ESCAPES:
            end -= 1
        parts.append(data[start:end])
        start = end
    parts.append(data[start:])
    return b"\r\n ".join(parts) + b"\r\n"

"""Lists in the headers of a request: several lines are one list, and an entry says how much it is wanted."""

import re

# What stands between two marks. A mark within quotes is none. Nothing is read twice, so time is linear.
ENTRY, PARAMETER = (re.compile(rf'(?:[^{mark}"]|"(?:[^"\\]|\\.?)*+"?)++') for mark in ",;")
# In characters, of a list that is read. No client wants so many things, and to read a long one takes milliseconds.
LONGEST = 2_000


def parse_accept(value: str) -> dict[str, float]:
    """How much each entry of a list is wanted, from 0 to 1, by its name in lower case. A list is read up to a bound."""
    found: dict[str, float] = {}
    for entry in ENTRY.findall(value[:LONGEST].lower()):
        name, _, parameters = entry.partition(";")
        if name := name.strip():
            found[name] = max(found.get(name, 0.0), _quality(parameters))
    return found


def accepts_html(accept: str) -> bool:
    """Whether this is a browser, which names HTML in `Accept`. Other clients take anything."""
    return parse_accept(accept).get("text/html", 0.0) > 0


def _quality(parameters: str) -> float:
    for parameter in PARAMETER.findall(parameters):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return 0.0
            return quality if 0 <= quality <= 1 else 0.0
    return 1.0

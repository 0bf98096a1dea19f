"""Headers of a request, such as Accept, which lists what a client takes, with a weight for each."""

import re

from starlette.types import Scope

# The text between two marks, of which those within quotes do not count. Without backtracking, so time is linear.
ENTRY, PARAMETER = (re.compile(rf'(?:[^{mark}"]|"(?:[^"\\]|\\.?)*+"?)++') for mark in ",;")
# How much of a list is read, in characters. Clients send less, and a long one takes milliseconds.
LONGEST = 2_000


def header(scope: Scope, name: bytes) -> str:
    """The value of a header by its name in lower case; empty without it."""
    for each, value in scope["headers"]:
        if each == name:
            return str(value, "latin-1")
    return ""


def parse_accept(value: str) -> dict[str, float]:
    """The weight of each entry, from 0 to 1, by its name in lower case."""
    weights: dict[str, float] = {}
    for entry in ENTRY.findall(value[:LONGEST].lower()):
        name, _, parameters = entry.partition(";")
        if name := name.strip():
            weights[name] = max(weights.get(name, 0.0), _quality(parameters))
    return weights


def accepts_html(accept: str) -> bool:
    """Whether HTML is named, as browsers do. Other clients accept anything."""
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

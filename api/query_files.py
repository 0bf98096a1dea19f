"""The queries in the folder `queries`, which pages and feeds ask. Fragments of several are in `fragments.graphql`."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "queries"
SPREAD = re.compile(r"\.\.\.(\w+)")


def _read(name: str) -> str:
    return (FOLDER / f"{name}.graphql").read_text(encoding="utf-8").strip()


FRAGMENTS = {text.split()[1]: text for text in _read("fragments").split("\n\n")}


@cache
def query(name: str) -> str:
    """A query by its name, with the fragments that it uses."""
    parts = [_read(name)]
    for part in parts:
        for fragment in SPREAD.findall(part):
            if fragment in FRAGMENTS and FRAGMENTS[fragment] not in parts:
                parts.append(FRAGMENTS[fragment])
    return "\n\n".join(parts)

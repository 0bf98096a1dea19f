"""The queries of the pages. Fragments that several of them use are in `fragments.graphql`."""

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "queries"
SPREAD = re.compile(r"\.\.\.(\w+)")


def _read(name: str) -> str:
    return (HERE / f"{name}.graphql").read_text(encoding="utf-8").strip()


FRAGMENTS = {text.split()[1]: text for text in _read("fragments").split("\n\n")}


@cache
def query(name: str) -> str:
    """A query by its name, with the fragments that it uses."""
    parts = [_read(name)]
    for part in parts:
        for used in SPREAD.findall(part):
            if used in FRAGMENTS and FRAGMENTS[used] not in parts:
                parts.append(FRAGMENTS[used])
    return "\n\n".join(parts)

"""The Markdown files of this repository, in pieces that a test can compare with the code."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("", "docs", "docs/decisions", "examples", "examples/notebook", "seeds", "tests", "api/static/graphiql")
DOCUMENTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.md"))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def prose(document: str) -> str:
    """The text without its blocks of code."""
    return FENCE.sub("", text(document))


def blocks(document: str, language: str) -> list[str]:
    """The blocks of code in one language."""
    return [block for word, block in FENCE.findall(text(document)) if word == language]


def code(document: str) -> list[str]:
    """What stands in backticks in the prose."""
    return CODE.findall(prose(document))


def links(document: str) -> list[str]:
    """Where the links of the prose lead."""
    return LINK.findall(CODE.sub("", prose(document)))


def anchors(document: str) -> set[str]:
    """The anchors of the headings, as Git hosts derive them."""
    titles = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(prose(document)))
    return {title.replace(" ", "-") for title in titles}


def table(document: str, heading: str) -> list[tuple[str, ...]]:
    """The rows of the table whose first column has this heading."""
    rows: list[tuple[str, ...]] = []
    inside = False
    for line in text(document).splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|")) if line.startswith("|") else ()
        inside = cells[:1] == (heading,) or (inside and bool(cells))
        if inside:
            rows.append(cells)
    return rows[2:]

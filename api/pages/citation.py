"""How a page is cited, and that citation as a file for programs that keep references."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.text import visible

# The parameter of a page's address that asks for its citation as a file.
CITE = "cite"
PUBLISHER = "Sixty-One"
# Characters that mean something to TeX. Braces are words, because BibTeX counts them even behind a backslash.
TEX = {
    **{character: f"\\{character}" for character in "$&#_%"},
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}",
    '"': "\\textquotedbl{}", "£": "\\pounds{}", "\N{EN DASH}": "--", "\N{EM DASH}": "---",
    "“": "``", "”": "''", "\N{LEFT SINGLE QUOTATION MARK}": "`", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "…": "\\ldots{}",
}  # fmt: skip
# The accents of TeX by their combining characters.
ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c", "\u0328": "k",
}  # fmt: skip
ACCENT = re.compile(f"([a-zA-Z])([{''.join(ACCENTS)}])")


@dataclass(frozen=True)
class Citation:
    """`name` is unique among pages and revisions; `issued_on` is the day on which the record became what is cited."""

    name: str
    author: str
    title: str
    issued_on: dt.date
    accessed_on: dt.date
    url: str
    revision: int
    note: str


def file_response(form: str, citation: Citation) -> Response:
    """The citation in one of the FORMS. Raises 400 for another one."""
    if form not in FORMS:
        raise HTTPException(400, f"`{CITE}` is {' or '.join(FORMS)}.")
    media_type, suffix, write = FORMS[form]
    disposition = f'attachment; filename="{citation.name}.{suffix}"'
    return Response(write(citation), media_type=media_type, headers={"content-disposition": disposition})


def bibtex(citation: Citation) -> str:
    """An entry of BibTeX, whose `date` and `urldate` biblatex reads."""
    fields = {
        "author": f"{{{tex(citation.author)}}}",
        "title": f"{{{tex(citation.title)}}}",
        "publisher": PUBLISHER,
        "howpublished": PUBLISHER,
        "year": f"{citation.issued_on:%Y}",
        "month": f"{citation.issued_on:%-m}",
        "date": citation.issued_on.isoformat(),
        "version": str(citation.revision),
        "note": tex(citation.note),
        "url": citation.url,
        "urldate": citation.accessed_on.isoformat(),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{citation.name},\n{lines}}}\n"


def ris(citation: Citation) -> str:
    lines = [
        ("TY", "ELEC"),
        ("AU", citation.author),
        ("TI", citation.title),
        ("PB", PUBLISHER),
        ("PY", f"{citation.issued_on:%Y}"),
        ("DA", f"{citation.issued_on:%Y/%m/%d}"),
        ("ET", str(citation.revision)),
        ("N1", citation.note),
        ("Y2", f"{citation.accessed_on:%Y/%m/%d}"),
        ("UR", citation.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines)


def csl_json(citation: Citation) -> str:
    item = {
        "id": citation.name,
        "type": "webpage",
        "author": [{"literal": _line(citation.author)}],
        "title": _line(citation.title),
        "container-title": PUBLISHER,
        "publisher": PUBLISHER,
        "issued": _date_parts(citation.issued_on),
        "accessed": _date_parts(citation.accessed_on),
        "version": str(citation.revision),
        "note": _line(citation.note),
        "URL": citation.url,
    }
    return orjson.dumps([item], option=orjson.OPT_INDENT_2).decode()


def tex(text: str) -> str:
    """A text as TeX sets it: what TeX has no name for stays as it is, in UTF-8."""
    decomposition = unicodedata.normalize("NFD", _line(text))
    letters = "".join(TEX.get(character, character) for character in decomposition)
    accents = ACCENT.sub(lambda match: f"{{\\{ACCENTS[match[2]]}{{{match[1]}}}}}", letters)
    return unicodedata.normalize("NFC", accents)


def _line(text: str) -> str:
    return visible(" ".join(text.split()))


def _date_parts(day: dt.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


# The media type, the end of the name of the file, and what writes it.
FORMS: dict[str, tuple[str, str, Callable[[Citation], str]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", "bib", bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", "ris", ris),
    "csl": ("application/vnd.citationstyles.csl+json", "json", csl_json),
}

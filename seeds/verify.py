"""Compares every citation of a SEED document with the document itself, which is not in the repository."""

from dataclasses import dataclass, field
from pathlib import Path

from db.vocabulary import DocumentKind
from seeds import plain_files
from seeds.checks import SourcePart, sources
from seeds.errors import SeedProblem
from seeds.files import read
from seeds.paragraphs import digest, split_paragraphs
from seeds.rows.base import SeedRow
from seeds.rows.sources import DocumentRow


@dataclass
class Verification:
    """How much was compared, and what differs."""

    documents: int = 0
    paragraphs: int = 0
    citations: int = 0
    figures: int = 0
    problems: list[SeedProblem] = field(default_factory=list)

    def __str__(self) -> str:
        counts = (
            f"documents: {self.documents}, paragraphs: {self.paragraphs}, citations: {self.citations},"
            f" figures: {self.figures}, problems: {len(self.problems)}"
        )
        return "\n".join([*map(str, self.problems), counts])


def verify(directory: Path, documents: Path) -> Verification:
    """Raises `SeedError` where the files are broken; `documents` is the folder of the documents."""
    folder = read(directory)
    result = Verification()
    texts: dict[str, list[str]] = {}
    for document in folder.documents:
        if document.kind is DocumentKind.SEED:
            text = texts[document.slug] = _text(document, documents, result)
            result.documents += 1
            result.paragraphs += max(0, len(text) - 1)
    for row, source in sources(folder):
        # An unreadable document is one problem, and not one for each citation of it.
        if texts.get(source.document):
            _compare(row, source, texts[source.document], result)
    return result


def _text(row: DocumentRow, documents: Path, result: Verification) -> list[str]:
    try:
        text = split_paragraphs(plain_files.read_bytes(documents, str(row.file), max_bytes=plain_files.MAX_BYTES))
    except plain_files.UnreadableFile as error:
        result.problems.append(row.problem(f"{row.file} {error}"))
        return []
    except UnicodeDecodeError as error:
        result.problems.append(row.problem(f"{row.file} cannot be read: {error}"))
        return []
    if len(text) != len(row.digests):
        result.problems.append(row.problem(f"{row.file} has {len(text) - 1} paragraphs, not {row.paragraphs}"))
    for number, (actual, expected) in enumerate(zip(map(digest, text), row.digests, strict=False)):
        if actual != expected:
            result.problems.append(row.problem(f"{_place(number)} of {row.file} has changed: {actual}, not {expected}"))
    return text


def _compare(row: SeedRow, source: SourcePart, text: list[str], result: Verification) -> None:
    number = source.paragraph or 0
    result.citations += 1
    if number >= len(text):
        result.problems.append(row.problem(f"{source.document} has no paragraph {number}"))
        return
    result.figures += len(source.figures)
    absent = [figure for figure in source.figures if figure not in text[number]]
    result.problems += [
        row.problem(f"{each!r} does not stand in {_place(number)} of {source.document}") for each in absent
    ]


def _place(number: int) -> str:
    return f"paragraph {number}" if number else "the heading"

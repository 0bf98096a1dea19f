"""Holds every citation of a SEED document against the document itself, which is kept elsewhere."""

from dataclasses import dataclass, field
from pathlib import Path

from db.vocabulary import DocumentKind
from seeds import bounded
from seeds.checks.rules import SourcePart, sources
from seeds.errors import SeedProblem
from seeds.files import read
from seeds.paragraphs import cut, digest
from seeds.parse import MAX_BYTES
from seeds.rows.base import SeedRow
from seeds.rows.sources import DocumentRow


@dataclass
class Verification:
    """What was held against the documents, and what did not hold."""

    documents: int = 0
    paragraphs: int = 0
    citations: int = 0
    figures: int = 0
    problems: list[SeedProblem] = field(default_factory=list)

    def __str__(self) -> str:
        held = (
            f"documents: {self.documents}, paragraphs: {self.paragraphs}, citations: {self.citations},"
            f" figures: {self.figures}, problems: {len(self.problems)}"
        )
        return "\n".join([*map(str, self.problems), held])


def verify(directory: Path, documents: Path) -> Verification:
    """Raises `SeedError` where the files are broken; `documents` is the folder of the documents."""
    folder = read(directory)
    result = Verification()
    texts: dict[str, list[str]] = {}
    for document in folder.documents:
        if document.kind is DocumentKind.SEED:
            texts[document.slug] = text = _text(document, documents, result)
            result.documents += 1
            result.paragraphs += max(0, len(text) - 1)
    for row, source in sources(folder):
        # A document that could not be read is one problem, and not one for each citation of it.
        if cited := texts.get(source.document):
            _cited(row, source, cited, result)
    return result


def _text(row: DocumentRow, documents: Path, result: Verification) -> list[str]:
    try:
        text = cut(bounded.read_bytes(documents, str(row.file), max_bytes=MAX_BYTES))
    except bounded.UnreadableFile as error:
        result.problems.append(row.problem(f"{row.file} {error}"))
        return []
    except UnicodeDecodeError as error:
        result.problems.append(row.problem(f"{row.file} cannot be read: {error}"))
        return []
    if len(text) != len(row.digests):
        result.problems.append(row.problem(f"{row.file} has {len(text) - 1} paragraphs, not {row.paragraphs}"))
    # A shorter text is told by its count, so only what both have is compared.
    for number, (found, expected) in enumerate(zip(map(digest, text), row.digests, strict=False)):
        if found != expected:
            place = f"paragraph {number}" if number else "the heading"
            result.problems.append(row.problem(f"{place} of {row.file} has changed: {found}, not {expected}"))
    return text


def _cited(row: SeedRow, source: SourcePart, text: list[str], result: Verification) -> None:
    number = source.paragraph or 0
    place = f"paragraph {number}" if number else "the heading"
    result.citations += 1
    if number >= len(text):
        result.problems.append(row.problem(f"{source.document} has no paragraph {number}"))
        return
    for figure in source.figures:
        result.figures += 1
        if figure not in text[number]:
            result.problems.append(row.problem(f"{figure!r} does not stand in {place} of {source.document}"))

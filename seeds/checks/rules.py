"""Rules for rows of any kind: names are unique, references lead to a row, and citations to a paragraph."""

from collections import Counter
from collections.abc import Iterable, Iterator

from db.vocabulary import CommitmentOrigin, DocumentKind
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder
from seeds.rows.base import CitationPart, SeedRow
from seeds.rows.discrepancies import ClaimPart
from seeds.rows.funds import AmountPart

# What points to a paragraph of a document.
SourcePart = CitationPart | ClaimPart


def sources(folder: SeedFolder) -> Iterator[tuple[SeedRow, SourcePart]]:
    """Every citation and claim, with the row that it is in."""
    for row in folder.rows():
        for part in row.parts():
            if isinstance(part, SourcePart):
                yield row, part


def unique(folder: SeedFolder) -> Iterator[SeedProblem]:
    for file in folder.files.values():
        first: dict[tuple[str, object], SeedRow] = {}
        for row in file:
            for word, value_of in row.UNIQUE.items():
                value = value_of(row)
                other = first.setdefault((word, value), row)
                if other is not row and value is not None:
                    yield row.problem(f"the same {word} as {other.where}")


def unique_parts(folder: SeedFolder) -> Iterator[SeedProblem]:
    for strategy in folder.strategies:
        yield from _repeated(strategy, "theme", (theme.slug for theme in strategy.themes))
        yield from _repeated(strategy, "position", (theme.position for theme in strategy.themes))
    for fund in folder.funds:
        yield from _repeated(fund, "recipient", (allocation.recipient for allocation in fund.allocations))
        yield from _repeated(fund, "amount", map(_amount, fund.amounts))
    for row in [*folder.strategies, *folder.commitments, *folder.funds, *folder.events]:
        yield from _repeated(row, "citation", map(_source, row.citations))


def references(folder: SeedFolder) -> Iterator[SeedProblem]:
    for row in folder.rows():
        for model, name in row.references():
            if name not in folder.names[model]:
                yield row.problem(f"there is no {model.__tablename__} {name!r}")


def paragraphs(folder: SeedFolder) -> Iterator[SeedProblem]:
    documents = {row.slug: row for row in folder.documents}
    for row, source in sources(folder):
        document = documents.get(source.document)
        if document is None:
            continue
        if document.kind is DocumentKind.RECORD and (source.paragraph or source.figures):
            yield row.problem(f"{document.slug} is a RECORD: a citation of it has no paragraph and no figures")
        elif source.paragraph and document.kind is DocumentKind.SEED and source.paragraph > document.paragraphs:
            yield row.problem(f"{document.slug} has {document.paragraphs} paragraphs, and no {source.paragraph}")


def stated_number(folder: SeedFolder) -> Iterator[SeedProblem]:
    own = sum(row.origin is CommitmentOrigin.STRATEGY for row in folder.commitments)
    for strategy in folder.strategies:
        if folder.commitments.complete and own != strategy.stated_commitments:
            yield strategy.problem(
                f"states {strategy.stated_commitments} commitments, and commitments.yaml has {own} of origin STRATEGY;"
                " an unidentified one is a row that says so"
            )


def _repeated(row: SeedRow, word: str, values: Iterable[object]) -> Iterator[SeedProblem]:
    for value, times in Counter(map(str, values)).items():
        if times > 1:
            yield row.problem(f"has {times} times the {word} {value}")


def _amount(part: AmountPart) -> str:
    on = f" on {part.stated_on.on} ({part.stated_on.precision})" if part.stated_on else ""
    return f"{part.kind}{on}, {_source(part.citation)}"


def _source(source: SourcePart) -> str:
    return source.document if source.paragraph is None else f"{source.document}, paragraph {source.paragraph}"


RULES = (unique, unique_parts, references, paragraphs, stated_number)

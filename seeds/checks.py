"""What must hold between the rows of a folder, for any strategy."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from db.changes import FOLLOWABLE_KINDS
from db.funds import MAX_DEPTH
from db.models import StatusUpdate
from db.vocabulary import AreaKind, CommitmentOrigin, DocumentKind, Voice
from db.writing.ledger import TOLERANCE
from seeds import history, records
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder
from seeds.rows.base import CitationPart, SeedRow
from seeds.rows.funds import AmountPart
from seeds.rows.sources import ClaimPart

# What points to a paragraph of a document.
SourcePart = CitationPart | ClaimPart
# How many funds of a ring a message names.
MAX_NAMES = 10


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
    for row in [*folder.areas, *folder.terms, *folder.strategies, *folder.commitments, *folder.funds, *folder.events]:
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


def unidentified(folder: SeedFolder) -> Iterator[SeedProblem]:
    refs = {row.ref for row in folder.commitments if not row.identified}
    for row in folder.statements:
        if row.commitment in refs:
            yield row.problem(f"{row.commitment} is not identified, so nothing is known of its status")


def corrections(folder: SeedFolder) -> Iterator[SeedProblem]:
    usual = folder.dataset.recorded_at if folder.datasets.rows else dt.datetime.min.replace(tzinfo=dt.UTC)
    statements = {row.key: row for row in folder.statements}
    for row in statements.values():
        if row.corrected is None:
            continue
        correction = statements.get(row.corrected.by)
        if correction is None:
            yield row.problem(f"is corrected by {row.corrected.by}, which is not here")
        elif (correction.recorded_at or usual) <= (row.recorded_at or usual):
            yield row.problem("is corrected by a statement that was not recorded later")


def trees(folder: SeedFolder) -> Iterator[SeedProblem]:
    """Funds are trees of a limited depth."""
    parents = {row.slug: row.parent for row in folder.funds}
    depths: dict[str | None, int] = {None: -1}
    # The ring that a fund is in, and its place there.
    rings: dict[str, tuple[list[str], int]] = {}
    for slug in parents:
        path: dict[str | None, int] = {}
        step: str | None = slug
        while step not in depths and step not in path:
            path[step] = len(path)
            step = parents.get(step) if step else None
        if step in path:
            ring = [each for each in list(path)[path[step] :] if each]
            rings |= {each: (ring, place) for place, each in enumerate(ring)}
        depths |= {each: depth for depth, each in enumerate(reversed(path), depths.get(step, -1) + 1)}
    for row in folder.funds:
        if row.slug in rings:
            yield row.problem(f"is part of itself: {_ring(*rings[row.slug])}")
        elif depths[row.slug] > MAX_DEPTH:
            yield row.problem(f"stands more than {MAX_DEPTH} funds deep")


def areas(folder: SeedFolder) -> Iterator[SeedProblem]:
    """An area is within a wider one, or within none."""
    kinds = {row.slug: row.kind for row in folder.areas}
    order = list(AreaKind)
    for row in folder.areas:
        around = kinds.get(row.parent) if row.parent else None
        if around and order.index(around) <= order.index(row.kind):
            yield row.problem(f"a {row.kind} cannot be within a {around}")


def log_order(folder: SeedFolder) -> Iterator[SeedProblem]:
    """An entry of a log cannot be mended once it is in a database."""
    for before, row in pairwise(folder.changes):
        if row.revision != before.revision + 1:
            yield row.problem(f"revision {row.revision} follows {before.revision}: the log has a gap")
        elif row.recorded_at <= before.recorded_at:
            yield row.problem("is not recorded after the one before it")


def log_subjects(folder: SeedFolder) -> Iterator[SeedProblem]:
    for row in folder.changes:
        for node in [row.subject, *row.about]:
            model = FOLLOWABLE_KINDS[node.type]
            if node.key not in folder.names[model] and records.name(model, node.key) not in folder.past_records:
                yield row.problem(f"there is no {node.type} {node.key[:80]!r}")
        for edit in row.edits:
            kind, _, key = edit.record.partition(" ")
            # A feed shows the words of the statement, or those that it had before it was withdrawn.
            is_there = key in folder.names[StatusUpdate] or edit.record in folder.past_records
            if kind == StatusUpdate.__name__ and not is_there:
                yield row.problem(f"there is no {edit.record[:80]}")


def clock(folder: SeedFolder, now: dt.datetime) -> Iterator[SeedProblem]:
    """What files say to have been recorded was recorded by now: an instant to come would hold up every later write."""
    for row in [*folder.datasets, *folder.statements, *folder.changes]:
        at = row.recorded_at
        if at is not None and at > now + TOLERANCE:
            yield row.problem(f"recorded_at: {at:%Y-%m-%dT%H:%M:%SZ} is still to come, by the clock of this machine")


def promises(folder: SeedFolder) -> Iterator[SeedProblem]:
    """An identified commitment has a status in force by a source that identifies it: who promised it, and when."""
    sources_of: defaultdict[str, set[str]] = defaultdict(set)
    for row in folder.statuses:
        if row.corrected is None and row.voice is not Voice.TRACKER:
            sources_of[row.commitment].add(row.citation.document)
    for commitment in folder.commitments:
        documents = {citation.document for citation in commitment.citations}
        if commitment.identified and folder.statuses.complete and not documents & sources_of[commitment.ref]:
            yield commitment.problem("is identified, and no status in force is by a source that identifies it")


def _repeated(row: SeedRow, word: str, values: Iterable[object]) -> Iterator[SeedProblem]:
    for value, times in Counter(map(str, values)).items():
        if times > 1:
            yield row.problem(f"has {times} times the {word} {value}")


def _amount(part: AmountPart) -> str:
    on = f" on {part.stated_on.on} ({part.stated_on.precision})" if part.stated_on else ""
    return f"{part.kind}{on}, {_source(part.citation)}"


def _source(source: SourcePart) -> str:
    return source.document if source.paragraph is None else f"{source.document}, paragraph {source.paragraph}"


def _ring(ring: Sequence[str], place: int) -> str:
    """The funds from one back to itself; of a long ring, the first ones."""
    names = [ring[(place + step) % len(ring)] for step in range(min(len(ring), MAX_NAMES))]
    return " < ".join([*names, *(["…"] if len(ring) > MAX_NAMES else []), ring[place]])


RULES = (
    unique, unique_parts, references, paragraphs, stated_number, unidentified, corrections, trees, areas,
    log_order, log_subjects,
)  # fmt: skip
# What a load does not ask for: an export also holds what an editor has only begun.
RULES_OF_REVIEW = (promises,)


def check(folder: SeedFolder, now: dt.datetime | None, *, reviewed: bool = False) -> Iterator[SeedProblem]:
    for rule in RULES + (RULES_OF_REVIEW if reviewed else ()):
        yield from rule(folder)
    # A version that names a broken row is not a second problem.
    if all(file.complete for file in folder.files.values()):
        for rule in history.RULES:
            yield from rule(folder)
    if now is not None:
        yield from clock(folder, now)

"""What must hold between rows and between files, for any strategy."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from db.funds import MAX_DEPTH
from db.text import fold
from db.vocabulary import CommitmentOrigin, DocumentKind, Voice
from seeds import rows
from seeds.errors import SeedProblem
from seeds.folder import R, SeedFolder

# How much of a ring of funds a message repeats.
SHOWN = 10
Cited = rows.Strategy | rows.Commitment | rows.Fund | rows.Event


def check(folder: SeedFolder) -> Iterator[SeedProblem]:
    for rule in RULES:
        yield from rule(folder)


def cited(folder: SeedFolder) -> list[Cited]:
    return [*folder.strategies, *folder.commitments, *folder.funds, *folder.events]


def sources(folder: SeedFolder) -> Iterator[tuple[rows.Row, rows.Source]]:
    """Every place where a row points to a document."""
    for row in cited(folder):
        yield from ((row, citation) for citation in row.citations)
    for fund in folder.funds:
        yield from ((fund, amount.citation) for amount in fund.amounts)
        yield from ((fund, allocation.citation) for allocation in fund.allocations)
    for status in folder.statuses:
        yield status, status.citation
    for discrepancy in folder.discrepancies:
        yield from ((discrepancy, claim) for claim in discrepancy.claims)


def unique(folder: SeedFolder) -> Iterator[SeedProblem]:
    yield from _once(folder.organisations, "slug", lambda row: row.slug)
    yield from _once(folder.organisations, "name", lambda row: fold(row.name))
    yield from _once(folder.documents, "slug", lambda row: row.slug)
    yield from _once(folder.documents, "url", lambda row: row.url)
    yield from _once(folder.commitments, "ref", lambda row: row.ref)
    yield from _once(folder.commitments, "slug", lambda row: row.slug)
    yield from _once(folder.funds, "slug", lambda row: row.slug)
    yield from _once(folder.events, "slug", lambda row: row.slug)
    yield from _once(folder.discrepancies, "slug", lambda row: row.slug)
    yield from _once(folder.statuses, "statement", lambda row: row.key)
    yield from _once(folder.searches, "search", lambda row: row.key)
    for strategy in folder.strategies:
        yield from _repeated(strategy, "theme", [theme.slug for theme in strategy.themes])
        yield from _repeated(strategy, "position", [theme.position for theme in strategy.themes])
    for fund in folder.funds:
        yield from _repeated(fund, "recipient", [item.recipient for item in fund.allocations])
        yield from _repeated(fund, "amount", [_amount(item) for item in fund.amounts])
    for row in cited(folder):
        yield from _repeated(row, "citation", [_source(item) for item in row.citations])


def references(folder: SeedFolder) -> Iterator[SeedProblem]:
    named: list[tuple[rows.Row, str, str | None]] = []
    named += [(row, "organisation", row.publisher) for row in folder.strategies]
    for document in folder.documents:
        named += [(document, "organisation", document.publisher), (document, "organisation", document.via)]
    for commitment in folder.commitments:
        named += [(commitment, "organisation", lead) for lead in commitment.leads]
        named.append((commitment, "theme", commitment.theme))
    named += [(item, "commitment", item.commitment) for item in [*folder.statuses, *folder.searches]]
    for fund in folder.funds:
        named.append((fund, "fund", fund.parent))
        named += [(fund, "commitment", ref) for ref in fund.commitments]
        named += [(fund, "organisation", item.recipient) for item in fund.allocations]
    for event in folder.events:
        named += [(event, "organisation", slug) for slug in event.hosts]
        named += [(event, "organisation", person.organisation) for person in event.participants]
        named += [(event, "commitment", ref) for ref in event.commitments]
        named += [(event, "fund", slug) for slug in event.funds]
    named += [(row, row.subject.type, row.subject.key) for row in folder.discrepancies]
    named += [(row, "document", source.document) for row, source in sources(folder)]

    themes = {theme.slug for strategy in folder.strategies for theme in strategy.themes}
    tables = {
        "organisation": folder.organisations,
        "theme": themes if folder.strategies.whole else None,
        "commitment": folder.commitments,
        "fund": folder.funds,
        "event": folder.events,
        "document": folder.documents,
        "strategy": folder.strategies,
    }
    for row, kind, name in named:
        table = tables[kind]
        if name is not None and table is not None and name not in table:
            yield row.problem(f"there is no {kind} {name!r}")


def paragraphs(folder: SeedFolder) -> Iterator[SeedProblem]:
    documents = {row.slug: row for row in folder.documents}
    for row, source in sources(folder):
        document = documents.get(source.document)
        if document is None:
            continue
        if document.kind is DocumentKind.RECORD and (source.paragraph or source.figures):
            yield row.problem(f"{document.slug} is a RECORD: nobody can look for a paragraph or figures in it")
        elif source.paragraph and document.kind is DocumentKind.SEED and source.paragraph > document.paragraphs:
            yield row.problem(f"{document.slug} has {document.paragraphs} paragraphs, and no {source.paragraph}")


def stated(folder: SeedFolder) -> Iterator[SeedProblem]:
    own = sum(row.origin is CommitmentOrigin.STRATEGY for row in folder.commitments)
    for strategy in folder.strategies:
        if folder.commitments.whole and own != strategy.stated_commitments:
            yield strategy.problem(
                f"states {strategy.stated_commitments} commitments, and commitments.yaml has {own} of origin STRATEGY;"
                " an unidentified one is a row that says so"
            )


def identified(folder: SeedFolder) -> Iterator[SeedProblem]:
    silent = {row.ref for row in folder.commitments if not row.identified}
    for row in [*folder.statuses, *folder.searches]:
        if row.commitment in silent:
            yield row.problem(f"{row.commitment} is not identified, so nothing is known of its status")


def searches(folder: SeedFolder) -> Iterator[SeedProblem]:
    """Where a source speaks of the day of a search or of an earlier one, the search did not find nothing."""
    witnessed: dict[str, dt.date] = {}
    for row in folder.statuses:
        if row.corrected is None and row.voice is not Voice.TRACKER:
            on = row.effective_on.on
            witnessed[row.commitment] = min(on, witnessed.get(row.commitment, on))
    for search in folder.searches:
        first = witnessed.get(search.commitment)
        if search.corrected is None and first and first <= search.searched_on:
            yield search.problem(f"{search.commitment} has a status, so the search did not find nothing")


def corrections(folder: SeedFolder) -> Iterator[SeedProblem]:
    said = {row.key: row for row in [*folder.statuses, *folder.searches]}
    learned = {key: row.recorded_at or _known_at(folder) for key, row in said.items()}
    for key, row in said.items():
        if row.corrected is None:
            continue
        correction = said.get(row.corrected.by)
        if correction is None:
            yield row.problem(f"is corrected by {row.corrected.by}, which is not here")
        elif correction.commitment != row.commitment:
            yield row.problem(f"is corrected by a statement about {correction.commitment}")
        elif learned[row.corrected.by] <= learned[key]:
            yield row.problem("is corrected by a statement that was not recorded later")


def trees(folder: SeedFolder) -> Iterator[SeedProblem]:
    parents = {row.slug: row.parent for row in folder.funds}
    # How many funds each is part of, one within the other; and where in which ring it stands, if it is in one.
    above: dict[str | None, int] = {None: -1}
    rings: dict[str, tuple[list[str], int]] = {}
    for slug in parents:
        way: dict[str | None, int] = {}
        step: str | None = slug
        while step not in above and step not in way:
            way[step] = len(way)
            step = parents.get(step) if step else None
        if step in way:
            ring = [each for each in list(way)[way[step] :] if each]
            rings |= {each: (ring, place) for place, each in enumerate(ring)}
        above |= {each: number for number, each in enumerate(reversed(way), above.get(step, -1) + 1)}
    for row in folder.funds:
        if row.slug in rings:
            yield row.problem(f"is part of itself: {_around(*rings[row.slug])}")
        elif above[row.slug] > MAX_DEPTH:
            yield row.problem(f"stands more than {MAX_DEPTH} funds deep")


def _around(ring: Sequence[str], place: int) -> str:
    """The way from one back to itself; of a long one, how it begins."""
    shown = [ring[(place + step) % len(ring)] for step in range(min(len(ring), SHOWN))]
    return " < ".join([*shown, *(["…"] if len(ring) > SHOWN else []), ring[place]])


def _once(table: Iterable[R], what: str, key: Callable[[R], Hashable]) -> Iterator[SeedProblem]:
    first: dict[Hashable, R] = {}
    for row in table:
        found = first.setdefault(key(row), row)
        if found is not row and key(row) is not None:
            yield row.problem(f"the same {what} as {found.where}")


def _repeated(row: rows.Row, what: str, values: Iterable[object]) -> Iterator[SeedProblem]:
    for value, times in Counter(map(str, values)).items():
        if times > 1:
            yield row.problem(f"has {times} times the {what} {value}")


def _amount(item: rows.Amount) -> str:
    on = f" on {item.stated_on.on} ({item.stated_on.precision})" if item.stated_on else ""
    return f"{item.kind}{on}, {_source(item.citation)}"


def _source(source: rows.Source) -> str:
    return source.document if source.paragraph is None else f"{source.document}, paragraph {source.paragraph}"


def _known_at(folder: SeedFolder) -> dt.datetime:
    return folder.dataset.recorded_at if folder.datasets.rows else dt.datetime.min.replace(tzinfo=dt.UTC)


RULES = (unique, references, paragraphs, stated, identified, searches, corrections, trees)

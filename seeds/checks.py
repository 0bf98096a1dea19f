"""What must hold between rows and between files, for any strategy."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from db.funds import DEEPEST
from db.text import fold
from db.vocabulary import CommitmentOrigin, DocumentKind, Voice
from seeds import rows
from seeds.edition import Edition, R
from seeds.errors import Problem

# How much of a ring of funds a message repeats.
SHOWN = 10
Cited = rows.Strategy | rows.Commitment | rows.Fund | rows.Event


def check(edition: Edition) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(edition)


def cited(edition: Edition) -> list[Cited]:
    return [*edition.strategies, *edition.commitments, *edition.funds, *edition.events]


def sources(edition: Edition) -> Iterator[tuple[rows.Row, rows.Source]]:
    """Every place where a row points to a document."""
    for row in cited(edition):
        yield from ((row, citation) for citation in row.citations)
    for fund in edition.funds:
        yield from ((fund, amount.citation) for amount in fund.amounts)
        yield from ((fund, allocation.citation) for allocation in fund.allocations)
    for status in edition.statuses:
        yield status, status.citation
    for discrepancy in edition.discrepancies:
        yield from ((discrepancy, claim) for claim in discrepancy.claims)


def unique(edition: Edition) -> Iterator[Problem]:
    yield from _once(edition.organisations, "slug", lambda row: row.slug)
    yield from _once(edition.organisations, "name", lambda row: fold(row.name))
    yield from _once(edition.documents, "slug", lambda row: row.slug)
    yield from _once(edition.documents, "url", lambda row: row.url)
    yield from _once(edition.commitments, "ref", lambda row: row.ref)
    yield from _once(edition.commitments, "slug", lambda row: row.slug)
    yield from _once(edition.funds, "slug", lambda row: row.slug)
    yield from _once(edition.events, "slug", lambda row: row.slug)
    yield from _once(edition.discrepancies, "slug", lambda row: row.slug)
    yield from _once(edition.statuses, "statement", lambda row: row.key)
    yield from _once(edition.searches, "search", lambda row: row.key)
    for strategy in edition.strategies:
        yield from _repeated(strategy, "theme", [theme.slug for theme in strategy.themes])
        yield from _repeated(strategy, "position", [theme.position for theme in strategy.themes])
    for fund in edition.funds:
        yield from _repeated(fund, "recipient", [item.recipient for item in fund.allocations])
        yield from _repeated(fund, "amount", [_amount(item) for item in fund.amounts])
    for row in cited(edition):
        yield from _repeated(row, "citation", [_source(item) for item in row.citations])


def references(edition: Edition) -> Iterator[Problem]:
    named: list[tuple[rows.Row, str, str | None]] = []
    named += [(row, "organisation", row.publisher) for row in edition.strategies]
    for document in edition.documents:
        named += [(document, "organisation", document.publisher), (document, "organisation", document.via)]
    for commitment in edition.commitments:
        named += [(commitment, "organisation", lead) for lead in commitment.leads]
        named.append((commitment, "theme", commitment.theme))
    named += [(item, "commitment", item.commitment) for item in [*edition.statuses, *edition.searches]]
    for fund in edition.funds:
        named.append((fund, "fund", fund.parent))
        named += [(fund, "commitment", ref) for ref in fund.commitments]
        named += [(fund, "organisation", item.recipient) for item in fund.allocations]
    for event in edition.events:
        named += [(event, "organisation", slug) for slug in event.hosts]
        named += [(event, "organisation", person.organisation) for person in event.participants]
        named += [(event, "commitment", ref) for ref in event.commitments]
        named += [(event, "fund", slug) for slug in event.funds]
    named += [(row, row.subject.type, row.subject.key) for row in edition.discrepancies]
    named += [(row, "document", source.document) for row, source in sources(edition)]

    themes = {theme.slug for strategy in edition.strategies for theme in strategy.themes}
    tables = {
        "organisation": edition.organisations,
        "theme": themes if edition.strategies.whole else None,
        "commitment": edition.commitments,
        "fund": edition.funds,
        "event": edition.events,
        "document": edition.documents,
        "strategy": edition.strategies,
    }
    for row, kind, name in named:
        table = tables[kind]
        if name is not None and table is not None and name not in table:
            yield row.problem(f"there is no {kind} {name!r}")


def paragraphs(edition: Edition) -> Iterator[Problem]:
    documents = {row.slug: row for row in edition.documents}
    for row, source in sources(edition):
        document = documents.get(source.document)
        if document is None:
            continue
        if document.kind is DocumentKind.RECORD and (source.paragraph or source.figures):
            yield row.problem(f"{document.slug} is a RECORD: nobody can look for a paragraph or figures in it")
        elif source.paragraph and document.kind is DocumentKind.SEED and source.paragraph > document.paragraphs:
            yield row.problem(f"{document.slug} has {document.paragraphs} paragraphs, and no {source.paragraph}")


def stated(edition: Edition) -> Iterator[Problem]:
    own = sum(row.origin is CommitmentOrigin.STRATEGY for row in edition.commitments)
    for strategy in edition.strategies:
        if edition.commitments.whole and own != strategy.stated_commitments:
            yield strategy.problem(
                f"states {strategy.stated_commitments} commitments, and commitments.yaml has {own} of origin STRATEGY;"
                " an unidentified one is a row that says so"
            )


def identified(edition: Edition) -> Iterator[Problem]:
    silent = {row.ref for row in edition.commitments if not row.identified}
    for row in [*edition.statuses, *edition.searches]:
        if row.commitment in silent:
            yield row.problem(f"{row.commitment} is not identified, so nothing is known of its status")


def searches(edition: Edition) -> Iterator[Problem]:
    """Where a source speaks of the day of a search or of an earlier one, the search did not find nothing."""
    witnessed: dict[str, dt.date] = {}
    for row in edition.statuses:
        if row.corrected is None and row.voice is not Voice.TRACKER:
            on = row.effective_on.on
            witnessed[row.commitment] = min(on, witnessed.get(row.commitment, on))
    for search in edition.searches:
        first = witnessed.get(search.commitment)
        if search.corrected is None and first and first <= search.searched_on:
            yield search.problem(f"{search.commitment} has a status, so the search did not find nothing")


def corrections(edition: Edition) -> Iterator[Problem]:
    said = {row.key: row for row in [*edition.statuses, *edition.searches]}
    learned = {key: row.recorded_at or _known_at(edition) for key, row in said.items()}
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


def trees(edition: Edition) -> Iterator[Problem]:
    parents = {row.slug: row.parent for row in edition.funds}
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
    for row in edition.funds:
        if row.slug in rings:
            yield row.problem(f"is part of itself: {_around(*rings[row.slug])}")
        elif above[row.slug] > DEEPEST:
            yield row.problem(f"stands more than {DEEPEST} funds deep")


def _around(ring: Sequence[str], place: int) -> str:
    """The way from one back to itself; of a long one, how it begins."""
    shown = [ring[(place + step) % len(ring)] for step in range(min(len(ring), SHOWN))]
    return " < ".join([*shown, *(["…"] if len(ring) > SHOWN else []), ring[place]])


def _once(table: Iterable[R], what: str, key: Callable[[R], Hashable]) -> Iterator[Problem]:
    first: dict[Hashable, R] = {}
    for row in table:
        found = first.setdefault(key(row), row)
        if found is not row and key(row) is not None:
            yield row.problem(f"the same {what} as {found.where}")


def _repeated(row: rows.Row, what: str, values: Iterable[object]) -> Iterator[Problem]:
    for value, times in Counter(map(str, values)).items():
        if times > 1:
            yield row.problem(f"has {times} times the {what} {value}")


def _amount(item: rows.Amount) -> str:
    on = f" on {item.stated_on.on} ({item.stated_on.precision})" if item.stated_on else ""
    return f"{item.kind}{on}, {_source(item.citation)}"


def _source(source: rows.Source) -> str:
    return source.document if source.paragraph is None else f"{source.document}, paragraph {source.paragraph}"


def _known_at(edition: Edition) -> dt.datetime:
    return edition.dataset.recorded_at if edition.datasets.rows else dt.datetime.min.replace(tzinfo=dt.UTC)


RULES = (unique, references, paragraphs, stated, identified, searches, corrections, trees)

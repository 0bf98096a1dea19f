"""What must hold between the versions of rows: each was made by an entry of the log, and ended by one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from db.models import Citation, Commitment, Dataset, Strategy
from db.models.base import Base
from db.models.past import OPEN
from seeds import records
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder
from seeds.rows.history import VersionRow

# A row of these never goes, so that its versions have no gaps.
LASTING = (Strategy, Commitment, Dataset)
# From the first revision, and up to the second.
Span = tuple[int, int]


def entries(folder: SeedFolder) -> Iterator[SeedProblem]:
    """Each version begins and ends with a revision of the log."""
    revisions = {row.revision for row in folder.changes}
    if folder.history.rows and not revisions:
        yield folder.history.rows[0].problem("tells of a past, and changes.yaml has no log of it")
        return
    for row in folder.history:
        for word, revision in (("since", row.since), ("until", row.until)):
            if revision is not None and revision not in revisions:
                yield row.problem(f"{word}: the log has no revision {revision}")


def in_force(folder: SeedFolder) -> Iterator[SeedProblem]:
    """Where a version has no end, another file has the row, and only one of its versions has none."""
    seen: set[str] = set()
    for row in folder.history:
        if row.until is None:
            if row.record in seen:
                yield row.problem("is in force, and so is another version of it")
            elif row.record not in folder.records:
                yield row.problem("is in force, and no other file has it")
            seen.add(row.record)


def order(folder: SeedFolder) -> Iterator[SeedProblem]:
    for versions in _by_record(folder).values():
        for (_, end, row), (start, _, following) in pairwise(versions):
            late = following or row
            if late is None:
                continue
            if end > start:
                until = "it is in force" if end == OPEN else f"it was in force until {end}"
                yield late.problem(f"begins with revision {start}, when {until}: two versions overlap")
            elif end < start and late.model in LASTING:
                yield late.problem(f"begins with revision {start}, and the one before ends with {end}: there is a gap")
        _, end, row = versions[-1]
        if row is not None and end != OPEN and row.model in LASTING:
            yield row.problem("is the last version, and such a row never goes")


def places(folder: SeedFolder) -> Iterator[SeedProblem]:
    """A citation that is gone has a place of its own among those of its subject."""
    taken: dict[tuple[type[Base], str, int], str] = {}
    for row in folder.history:
        if row.model is not Citation or row.until is None:
            continue
        if row.place is None:
            if row.record not in folder.records:
                yield row.problem("is gone, and has no place among the citations of its subject")
        elif taken.setdefault((*row.subject, row.place), row.record) != row.record:
            yield row.problem(f"has the place {row.place}, and so has another citation of its subject")


def targets(folder: SeedFolder) -> Iterator[SeedProblem]:
    """What a version points to was in force as long as itself."""
    spans = {
        record: _joined([(start, end) for start, end, _ in versions]) for record, versions in _by_record(folder).items()
    }
    first = folder.changes.rows[0].revision if folder.changes.rows else 1
    for row in folder.history:
        if row.until is None:
            continue
        for model, key in row.targets().values():
            name = records.name(model, key)
            known = spans.get(name, [(first, OPEN)] if name in folder.records else [])
            if not known:
                yield row.problem(f"there is no {model.__tablename__} {key[:80]!r}")
            elif not any(start <= row.since and row.until <= end for start, end in known):
                yield row.problem(f"{name[:80]} was not there all the time from {row.since} to {row.until}")


def _by_record(folder: SeedFolder) -> Mapping[str, Sequence[tuple[int, int, VersionRow | None]]]:
    """The versions of each record that has several, in order; None is the one in force that began with the log."""
    first = folder.changes.rows[0].revision if folder.changes.rows else 1
    versions: defaultdict[str, list[tuple[int, int, VersionRow | None]]] = defaultdict(list)
    for row in folder.history:
        versions[row.record].append((row.since, row.until or OPEN, row))
    for record, rows in versions.items():
        if record in folder.records and all(end != OPEN for _, end, _ in rows):
            rows.append((first, OPEN, None))
        rows.sort(key=lambda version: version[:2])
    return versions


def _joined(spans: Sequence[Span]) -> list[Span]:
    result: list[Span] = []
    for start, end in spans:
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return result


RULES = (entries, in_force, order, places, targets)

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

# A row of these never goes and comes back, so that its versions have no gaps.
LASTING = (Strategy, Commitment, Dataset)


def entries(folder: SeedFolder) -> Iterator[SeedProblem]:
    """Each version begins and ends with a revision of the log."""
    revisions = {row.revision for row in folder.changes}
    if folder.versions.rows and not revisions:
        yield folder.versions.rows[0].problem("tells of a past, and changes.yaml has no log of it")
        return
    for row in folder.versions:
        for word, revision in (("since", row.since), ("until", row.until)):
            if revision is not None and revision not in revisions:
                yield row.problem(f"{word}: the log has no revision {revision}")


def in_force(folder: SeedFolder) -> Iterator[SeedProblem]:
    """A row that is in force is in another file, and has one version without an end."""
    for record, versions in _by_record(folder).items():
        is_there, last = record in folder.records, versions[-1]
        if last.until is not None and is_there:
            yield last.problem("ends, and there is no version of it in force, although another file has it")
        for row in versions:
            if row.until is None and not is_there:
                yield row.problem("is in force, and no other file has it")


def order(folder: SeedFolder) -> Iterator[SeedProblem]:
    for versions in _by_record(folder).values():
        for row, following in pairwise(versions):
            begins = f"begins with revision {following.since}"
            if row.until is None or row.until > following.since:
                until = "is in force" if row.until is None else f"was in force until {row.until}"
                yield following.problem(f"{begins}, when another version {until}: they overlap")
            elif row.until < following.since and row.model in LASTING:
                yield following.problem(f"{begins}, and the one before ends with {row.until}: there is a gap")


def places(folder: SeedFolder) -> Iterator[SeedProblem]:
    """A citation that is gone has a place of its own among those of its subject."""
    taken: dict[tuple[type[Base], str, int], str] = {}
    for row in folder.versions:
        if row.model is not Citation or row.until is None:
            continue
        if row.place is None:
            if row.record not in folder.records:
                yield row.problem("is gone, and has no place among the citations of its subject")
        elif taken.setdefault((*row.subject, row.place), row.record) != row.record:
            yield row.problem(f"has the place {row.place}, and so has another citation of its subject")


def targets(folder: SeedFolder) -> Iterator[SeedProblem]:
    """What a version points to was in force as long as itself."""
    spans = {record: list(_spans(versions)) for record, versions in _by_record(folder).items()}
    for row in folder.versions:
        if row.until is None:
            continue
        for model, key in row.targets().values():
            name = records.name(model, key)
            known = spans.get(name, [(0, OPEN)] if name in folder.records else [])
            if not known:
                yield row.problem(f"there is no {model.__tablename__} {key[:80]!r}")
            elif not any(start <= row.since and row.until <= end for start, end in known):
                yield row.problem(f"{name[:80]} was not there all the time from {row.since} to {row.until}")


def _by_record(folder: SeedFolder) -> Mapping[str, Sequence[VersionRow]]:
    """The versions of each record, in order."""
    versions: defaultdict[str, list[VersionRow]] = defaultdict(list)
    for row in sorted(folder.versions, key=lambda row: (row.since, row.until or OPEN)):
        versions[row.record].append(row)
    return versions


def _spans(versions: Sequence[VersionRow]) -> Iterator[tuple[int, int]]:
    """The revisions from which and up to which a record was there without a gap."""
    start, end = versions[0].since, versions[0].until or OPEN
    for row in versions[1:]:
        if row.since > end:
            yield start, end
            start = row.since
        end = row.until or OPEN
    yield start, end


RULES = (entries, in_force, order, places, targets)

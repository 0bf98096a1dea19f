"""What the steps of one load share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlmodel import Session

from db.models.base import Record
from seeds import rows
from seeds.folder import SeedFolder
from seeds.loading.citations import Citations, Subject
from seeds.loading.merge import M, Table
from seeds.report import Report


@dataclass
class Work:
    session: Session
    folder: SeedFolder
    report: Report
    citations: Citations
    # Links that editors took away.
    unlinked: set[str]
    # Ids by slug or reference, filled in step by step for the rows that point there.
    organisations: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    strategies: dict[str, int] = field(default_factory=dict)
    commitments: dict[str, int] = field(default_factory=dict)
    funds: dict[str, int] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)

    def table(self, model: type[M], *key: str, file: str) -> Table[M]:
        return Table(self.session, self.report, model, *key, file=file)

    def still(self, link: type[Record], others: Iterable[str], name: str) -> Iterator[str]:
        """Those of the others that no editor has taken the link to away from; `name` is that of a link to {}."""
        for other in others:
            record = f"{link.__name__} {name.format(other)}"
            if record in self.unlinked:
                self.report.untouched.append(record)
            else:
                yield other

    def cite(self, row: Subject, key: str, citations: Iterable[rows.Citation]) -> None:
        """`key` names the row in its table: slug, reference or natural key."""
        self.citations.add(row, key, citations, self.documents)

"""What one directory says, as typed rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Generic, TypeVar

from seeds import rows

R = TypeVar("R", bound=rows.Row)


@dataclass
class SeedFile(Generic[R]):
    """The rows of one file that pass their own checks, and the names of all, so that no reference is blamed twice."""

    rows: list[R] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    # False where the file itself could not be read; then any name may be in it.
    read: bool = False
    # False where a row is missing from `rows`.
    whole: bool = False

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, name: object) -> bool:
        return not self.read or name in self.names


@dataclass
class SeedFolder:
    datasets: SeedFile[rows.Dataset]
    strategies: SeedFile[rows.Strategy]
    organisations: SeedFile[rows.Organisation]
    documents: SeedFile[rows.Document]
    commitments: SeedFile[rows.Commitment]
    statuses: SeedFile[rows.StatusUpdate]
    searches: SeedFile[rows.Search]
    funds: SeedFile[rows.Fund]
    events: SeedFile[rows.Event]
    discrepancies: SeedFile[rows.Discrepancy]
    changes: SeedFile[rows.Change]

    @property
    def dataset(self) -> rows.Dataset:
        return self.datasets.rows[0]

    @property
    def strategy(self) -> rows.Strategy:
        return self.strategies.rows[0]

    def __str__(self) -> str:
        tables = {each.name: len(getattr(self, each.name)) for each in fields(self)}
        return ", ".join(f"{rows} {name}" for name, rows in tables.items() if rows or name != "changes")

"""The content of one folder of files, as typed rows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from db import models
from db.models.base import Base
from seeds import records
from seeds.rows.areas import AreaRow
from seeds.rows.base import SeedRow
from seeds.rows.commitments import CommitmentRow, StrategyRow
from seeds.rows.dataset import ChangeRow, DatasetRow
from seeds.rows.events import EventRow, PersonRow
from seeds.rows.funds import FundRow
from seeds.rows.history import VersionRow
from seeds.rows.sources import DiscrepancyRow, DocumentRow, OrganisationRow
from seeds.rows.statuses import SearchRow, StatusRow
from seeds.rows.terms import TermRow

R = TypeVar("R", bound=SeedRow)


@dataclass
class SeedFile(Generic[R]):
    """The valid rows of one file, and the names of all: a reference to a broken row is not a second problem."""

    rows: list[R] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    # False where the file itself could not be read; then it may hold any name.
    readable: bool = False
    # False where a row is missing from `rows`.
    complete: bool = False

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, name: object) -> bool:
        return not self.readable or name in self.names


@dataclass
class SeedFolder:
    datasets: SeedFile[DatasetRow]
    strategies: SeedFile[StrategyRow]
    organisations: SeedFile[OrganisationRow]
    documents: SeedFile[DocumentRow]
    areas: SeedFile[AreaRow]
    people: SeedFile[PersonRow]
    terms: SeedFile[TermRow]
    commitments: SeedFile[CommitmentRow]
    statuses: SeedFile[StatusRow]
    searches: SeedFile[SearchRow]
    funds: SeedFile[FundRow]
    events: SeedFile[EventRow]
    discrepancies: SeedFile[DiscrepancyRow]
    changes: SeedFile[ChangeRow]
    versions: SeedFile[VersionRow]

    @property
    def dataset(self) -> DatasetRow:
        return self.datasets.rows[0]

    @property
    def strategy(self) -> StrategyRow:
        return self.strategies.rows[0]

    @property
    def statements(self) -> list[StatusRow | SearchRow]:
        return [*self.statuses, *self.searches]

    @property
    def latest(self) -> dt.datetime:
        """The last instant at which something was recorded."""
        rows: list[DatasetRow | StatusRow | SearchRow | ChangeRow] = [self.dataset, *self.statements, *self.changes]
        return max(row.recorded_at for row in rows if row.recorded_at)

    @property
    def files(self) -> dict[str, SeedFile[Any]]:
        return {name: getattr(self, name) for name in KINDS}

    def rows(self) -> Iterator[SeedRow]:
        return chain.from_iterable(self.files.values())

    @cached_property
    def names(self) -> dict[type[Base], SeedFile[Any]]:
        """By model, what another row can refer to."""
        themes = {theme.slug for strategy in self.strategies for theme in strategy.themes}
        statements = {row.key for row in self.statements}
        readable = self.statuses.complete and self.searches.complete
        return {
            **{kind.MODEL: self.files[name] for name, kind in KINDS.items() if hasattr(kind, "MODEL")},
            models.Theme: SeedFile(names=themes, readable=self.strategies.complete),
            models.StatusUpdate: SeedFile(names=statements, readable=readable),
        }

    @cached_property
    def records(self) -> frozenset[str]:
        """The names of the rows in force, with all that belongs to them."""
        rows = (row for row in self.rows() if hasattr(row, "MODEL") and not isinstance(row, ChangeRow))
        return frozenset(name for row in rows for name in records.names(row, row.natural_key))

    @cached_property
    def past_records(self) -> frozenset[str]:
        """The names of the rows that have versions no longer in force; some of them are gone."""
        return frozenset(row.record for row in self.versions if row.until is not None)

    def __str__(self) -> str:
        return ", ".join(
            f"{len(file)} {name}" for name, file in self.files.items() if len(file) or not KINDS[name].OPTIONAL
        )


# The row of each file, in the order in which the files are read and written.
KINDS: dict[str, type[SeedRow]] = {name: get_args(hint)[0] for name, hint in get_type_hints(SeedFolder).items()}

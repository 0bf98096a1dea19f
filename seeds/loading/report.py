"""What a load did."""

from collections import Counter
from dataclasses import dataclass, field

from db.edits import Edits
from db.models.base import Record

NOTHING = "nothing to do"


@dataclass
class Report:
    """The number of rows by table, and the names of the rows that differ from the files."""

    # The values of changed and removed rows as they were; added rows are only counted.
    edits: Edits
    # All rows that the load has inserted, updated or removed.
    rows: list[Record] = field(default_factory=list)
    revision: int = 0
    inserts: Counter[str] = field(default_factory=Counter)
    updates: Counter[str] = field(default_factory=Counter)
    removals: Counter[str] = field(default_factory=Counter)
    # In the database and not in the files: they stay, because their published ids keep answering.
    absent: list[str] = field(default_factory=list)
    # In the files with other values, and not updated: an editor's rows, and the note of a status update.
    differing: list[str] = field(default_factory=list)
    # In the files, and not brought back: an editor withdrew them.
    withdrawn: list[str] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        return any((self.inserts, self.updates, self.removals))

    @property
    def sentence(self) -> str:
        counts = {"added": self.inserts.total(), "changed": self.updates.total(), "removed": self.removals.total()}
        phrases = [f"{count:,} row{'s' if count > 1 else ''} {verb}" for verb, count in counts.items() if count]
        return ", ".join(phrases) or NOTHING

    @property
    def again(self) -> str | None:
        """What a load of the same files right after this one reports; None where only that load can tell."""
        if not self.has_changes:
            return str(self)
        has_remarks = self.absent or self.differing or self.withdrawn
        return None if has_remarks else self._head(NOTHING)

    def _head(self, sentence: str) -> str:
        return f"revision {self.revision}: {sentence}"

    def __str__(self) -> str:
        return "\n".join(
            [
                self._head(self.sentence),
                *(f"kept, no longer in the files: {name}" for name in self.absent),
                *(f"left as recorded: {name}" for name in self.differing),
                *(f"left as withdrawn: {name}" for name in self.withdrawn),
            ]
        )

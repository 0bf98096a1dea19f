"""What a load did."""

from collections import Counter
from dataclasses import dataclass, field

from db.edits import Edits
from db.models.base import Record


@dataclass
class Report:
    """Rows per table, and by name what was left as it stood."""

    # Of each value that was changed or taken away what it was; of what was added only how much.
    edits: Edits
    touched: list[Record] = field(default_factory=list)
    revision: int = 0
    inserted: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    # No longer in the files, and kept, because a published id must keep answering.
    kept: list[str] = field(default_factory=list)
    # In the files with other values, and left as recorded: an editor's rows, and the note of a status update.
    untouched: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return any((self.inserted, self.updated, self.removed))

    @property
    def sentence(self) -> str:
        done = {"added": self.inserted.total(), "changed": self.updated.total(), "removed": self.removed.total()}
        told = [f"{rows:,} row{'s' if rows > 1 else ''} {verb}" for verb, rows in done.items() if rows]
        return ", ".join(told) or "nothing to do"

    def __str__(self) -> str:
        return "\n".join(
            [
                f"revision {self.revision}: {self.sentence}",
                *(f"kept, no longer in the files: {name}" for name in self.kept),
                *(f"left as recorded: {name}" for name in self.untouched),
            ]
        )

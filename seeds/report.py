"""What a load did."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Rows per table, and by name what was left as it stood."""

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

    def __str__(self) -> str:
        return "\n".join(
            [
                f"revision {self.revision}: {self.inserted.total()} rows inserted, {self.updated.total()} updated,"
                f" {self.removed.total()} removed",
                *(f"kept, no longer in the files: {name}" for name in self.kept),
                *(f"left as recorded: {name}" for name in self.untouched),
            ]
        )

"""What is wrong with the files: the file, the row and the reason."""

from collections.abc import Iterable
from dataclasses import dataclass

# A file of a few bytes a row could otherwise fill the memory with problems.
MAX_PROBLEMS = 1_000


@dataclass(frozen=True)
class SeedProblem:
    file: str
    # The slug or reference of the row and its line; empty for the file as a whole.
    row: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.row, self.reason) if part)


class SeedProblems(list[SeedProblem]):
    """The first `MAX_PROBLEMS` problems; `more` counts the rest."""

    more = 0

    def note(self, file: str, row: str, reason: str) -> None:
        self.add([SeedProblem(file, row, reason)])

    def add(self, problems: Iterable[SeedProblem]) -> None:
        for problem in problems:
            if len(self) < MAX_PROBLEMS:
                self.append(problem)
            else:
                self.more += 1


class SeedError(Exception):
    """The files have problems, so none of them is loaded."""

    def __init__(self, problems: Iterable[SeedProblem], more: int = 0) -> None:
        self.problems = list(problems)
        self.more = more
        super().__init__(self.problems)

    def __str__(self) -> str:
        rest = [f"and {self.more:,} more problems"] if self.more else []
        return "\n".join([*map(str, self.problems), *rest])

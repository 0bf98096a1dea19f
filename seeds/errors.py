"""What is wrong with the files, said so that it can be found and put right."""

from collections.abc import Iterable
from dataclasses import dataclass

# Nobody reads more of them, and a file of a few bytes a row could fill the memory with them.
MOST = 1_000


@dataclass(frozen=True)
class Problem:
    file: str
    # Which row: its slug or reference and its line; empty where the file as a whole is meant.
    row: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.row, self.reason) if part)


class Problems(list[Problem]):
    """The first problems, and how many more there are."""

    more = 0

    def note(self, file: str, row: str, reason: str) -> None:
        self.add([Problem(file, row, reason)])

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if len(self) < MOST:
                self.append(problem)
            else:
                self.more += 1


class Refused(Exception):
    """The files are not loaded, none of them, because of these problems."""

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems = list(problems)
        self.more = more
        super().__init__(self.problems)

    def __str__(self) -> str:
        rest = [f"and {self.more:,} more problems"] if self.more else []
        return "\n".join([*map(str, self.problems), *rest])

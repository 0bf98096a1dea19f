"""What is wrong with the files, said so that it can be found and put right."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    file: str
    # Which row: its slug or reference and its line; empty where the file as a whole is meant.
    row: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.row, self.reason) if part)


class Refused(Exception):
    """The files are not loaded, none of them, because of these problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = list(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

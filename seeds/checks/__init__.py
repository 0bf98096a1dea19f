"""What must hold between the rows of a folder, for any strategy."""

import datetime as dt
from collections.abc import Iterator

from seeds.checks import clock, funds, log, rules, statements
from seeds.checks.rules import sources
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder

__all__ = ["check", "sources"]

RULES = (*rules.RULES, *statements.RULES, funds.trees, *log.RULES)


def check(folder: SeedFolder, now: dt.datetime | None) -> Iterator[SeedProblem]:
    for rule in RULES:
        yield from rule(folder)
    if now is not None:
        yield from clock.check(folder, now)

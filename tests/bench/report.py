"""What was measured, beside what was aimed at, as Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench.measure import Cost


@dataclass(frozen=True)
class Case:
    """One query at one size."""

    query: str
    anew: bool
    size: int
    ours: Cost
    bare: Cost
    our_rate: float
    bare_rate: float
    statements: int


@dataclass(frozen=True)
class Memory:
    """Megabytes of the server of one size."""

    size: int
    start: float
    load: float


@dataclass(frozen=True)
class Target:
    """The most that something may cost, and what it does cost."""

    what: str
    most: float
    value: float
    unit: str = ""

    def row(self) -> list[str]:
        verdict = "yes" if self.value <= self.most else "no"
        return [self.what, f"{self.most:g}{self.unit}", f"{self.value:.3g}{self.unit}", verdict]


def report(cases: Sequence[Case], memory: Sequence[Memory], note: str) -> str:
    return "\n\n".join(
        [
            "Milliseconds until the answer, one connection; SQL statements of a first answer. Anew: each time with"
            " another variable, which the query ignores.",
            table(WAIT_COLUMNS, map(_wait_row, cases)),
            "Requests a second, eight connections; and milliseconds of the server's own work for each.",
            table(WORK_COLUMNS, map(_work_row, cases)),
            "Resident memory of our server in MB.",
            table(MEMORY, ([f"{m.size:,}", f"{m.start:.0f}", f"{m.load:.0f}"] for m in memory)),
            table(TARGETS, (target.row() for target in _targets(cases, memory))),
            note,
        ]
    )


CASE = ["query", "commitments"]
WAIT_COLUMNS = [*CASE, "p50", "p95", "bare p50", "bare p95", "p50 / bare", "p50 - bare", "SQL"]
WORK_COLUMNS = [*CASE, "requests/s", "bare requests/s", "work", "bare work"]
MEMORY = ["commitments", "after the start", "after the load"]
TARGETS = ["target", "at most", "measured", "met"]


def _wait_row(case: Case) -> list[str]:
    waits = (case.ours.p50, case.ours.p95, case.bare.p50, case.bare.p95, _times(case), _more(case))
    return [*_case_names(case), *(f"{wait:.2f}" for wait in waits), str(case.statements)]


def _work_row(case: Case) -> list[str]:
    rates = (f"{rate:,.0f}" for rate in (case.our_rate, case.bare_rate))
    return [*_case_names(case), *rates, f"{case.ours.cpu:.2f}", f"{case.bare.cpu:.2f}"]


def _case_names(case: Case) -> list[str]:
    return [f"{case.query}, anew" if case.anew else case.query, f"{case.size:,}"]


def _targets(cases: Sequence[Case], memory: Sequence[Memory]) -> list[Target]:
    """Each at the size where it is missed by most."""
    return [
        *(target for anew in (False, True) for target in _waits(cases, anew=anew)),
        Target("memory after the load", 150, max(m.load for m in memory), " MB"),
        Target("SQL statements, dashboard", 14, max(case.statements for case in cases if case.query == "dashboard")),
        Target("SQL statements, more at the largest size", 0, max(_statement_growth(cases))),
    ]


def _waits(cases: Sequence[Case], *, anew: bool) -> list[Target]:
    page, one = ([c for c in cases if c.query == query and c.anew is anew] for query in ("dashboard", "commitment"))
    suffix = ", asked anew" if anew else ""
    return [
        Target(f"one commitment, times the bare route{suffix}", 3, max(map(_times, one))),
        Target(f"dashboard, more than the bare route{suffix}", 20, max(map(_more, page)), " ms"),
        Target(f"dashboard at the largest size, times the smallest{suffix}", 1.3, page[-1].ours.p50 / page[0].ours.p50),
    ]


def _times(case: Case) -> float:
    return case.ours.p50 / case.bare.p50


def _more(case: Case) -> float:
    return case.ours.p50 - case.bare.p50


def _statement_growth(cases: Sequence[Case]) -> Iterator[int]:
    for query in {case.query for case in cases}:
        numbers = [case.statements for case in cases if case.query == query]
        yield numbers[-1] - numbers[0]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [heads, *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])

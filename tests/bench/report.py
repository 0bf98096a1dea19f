"""What was measured, beside what was aimed at, as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.bench.measure import Latency


@dataclass(frozen=True)
class Case:
    """One query at one size."""

    query: str
    size: int
    ours: Latency
    bare: Latency
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
    measured: float
    unit: str = ""

    def row(self) -> list[str]:
        met = "yes" if self.measured <= self.most else "no"
        return [self.what, f"{self.most:g}{self.unit}", f"{self.measured:.3g}{self.unit}", met]


def report(cases: Sequence[Case], memory: Sequence[Memory], seconds: float) -> str:
    return "\n\n".join(
        [
            _table(CASES, map(_row, cases)),
            _table(MEMORY, ([f"{m.size:,}", f"{m.start:.0f} MB", f"{m.load:.0f} MB"] for m in memory)),
            _table(TARGETS, (target.row() for target in _targets(cases, memory))),
            f"Latency in milliseconds on one connection, throughput on eight; measured in {seconds:.0f} seconds.",
        ]
    )


CASES = [
    "query", "commitments", "p50", "p95", "bare p50", "bare p95", "times bare", "more than bare", "requests/s",
    "bare requests/s", "SQL statements",
]  # fmt: skip
MEMORY = ["commitments", "memory after start", "memory after load"]
TARGETS = ["target", "at most", "measured", "met"]


def _row(case: Case) -> list[str]:
    return [
        case.query,
        f"{case.size:,}",
        *(f"{milliseconds:.2f}" for milliseconds in (case.ours.p50, case.ours.p95, case.bare.p50, case.bare.p95)),
        f"{_times(case):.1f}",
        f"{_more(case):.2f}",
        f"{case.our_rate:,.0f}",
        f"{case.bare_rate:,.0f}",
        str(case.statements),
    ]


def _targets(cases: Sequence[Case], memory: Sequence[Memory]) -> list[Target]:
    """Each at the size where it is missed by most."""
    one = [case for case in cases if case.query == "commitment"]
    page = [case for case in cases if case.query == "dashboard"]
    return [
        Target("one commitment: times the bare route", 3, max(map(_times, one))),
        Target("dashboard: more than the bare route", 20, max(map(_more, page)), " ms"),
        Target("dashboard at the largest size: times the smallest", 1.3, page[-1].ours.p50 / page[0].ours.p50),
        Target("one commitment at the largest size: times the smallest", 1.3, one[-1].ours.p50 / one[0].ours.p50),
        Target("memory after load", 150, max(m.load for m in memory), " MB"),
        Target("dashboard: SQL statements", 14, max(case.statements for case in page)),
        Target("SQL statements: more at the largest size than at the smallest", 0, _grown(cases)),
    ]


def _times(case: Case) -> float:
    return case.ours.p50 / case.bare.p50


def _more(case: Case) -> float:
    return case.ours.p50 - case.bare.p50


def _grown(cases: Sequence[Case]) -> int:
    by_query: dict[str, list[int]] = {}
    for case in cases:
        by_query.setdefault(case.query, []).append(case.statements)
    return max(numbers[-1] - numbers[0] for numbers in by_query.values())


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [heads, *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])

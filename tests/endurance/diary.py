"""What the clients of a soak saw: how long they waited, and every wrong answer."""

import time
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import dataclass, field
from statistics import median, quantiles

import httpx

# The parts of a soak: while everything is asked for the first time, alone, while an attacker spends the whole budget
# that it begins with, beside it from then on, and while all clients leave.
WARM, ALONE, BURST, ATTACKED, OVER = "warm", "alone", "burst", "attacked", "over"


@dataclass
class Diary:
    phase: str = WARM
    # In milliseconds, by the part in which they began and the kind of request.
    waits_by_kind: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    # The marks of what was acknowledged, with the revisions.
    revision_by_mark: dict[str, int] = field(default_factory=dict)

    async def visit(self, kind: str, request: Awaitable[httpx.Response]) -> httpx.Response:
        """Waits for an answer, and notes how long that took."""
        phase, start = self.phase, time.perf_counter()
        response = await request
        self.waits_by_kind[phase, kind].append((time.perf_counter() - start) * 1000)
        is_json = response.headers.get("content-type", "").startswith("application/json")
        if response.status_code not in (200, 304) or (is_json and '"errors"' in response.text):
            self.wrong.append(f"{phase} {kind} {response.request.url}: {response.status_code} {response.text[:200]}")
        return response

    def waits(self, phase: str, kind: str | None = None) -> list[float]:
        """The waits of one kind of request, or of all."""
        return [
            wait
            for (at, of), waits in self.waits_by_kind.items()
            if at == phase and kind in (None, of)
            for wait in waits
        ]


def middle(waits: list[float]) -> float:
    return median(waits) if waits else 0


def late(waits: list[float]) -> float:
    """Of twenty, nineteen waited no longer."""
    return quantiles(waits, n=20)[-1] if len(waits) > 1 else 0

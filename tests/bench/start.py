"""What a start takes until the first answer, on a database that was served before, and what it holds idle."""

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.clock import now
from db.database import Database
from seeds import DATA
from seeds.last_load import load_if_changed
from tests.api.process import serving_process
from tests.bench import sizes
from tests.bench.figures import Figure, table
from tests.bench.servers import Server
from tests.bench.sizes import LARGEST, SMALLEST

TICKS = os.sysconf("SC_CLK_TCK")
IDLE = 2


@dataclass(frozen=True)
class Start:
    """Seconds and seconds of processor time until the first answer, and megabytes when it is idle."""

    seconds: float
    work: float
    memory: float


def measure(folder: Path, *, turns: int, only: str) -> list[Figure]:
    urls = {size: url for size, url in sizes.build(folder).items() if size in (SMALLEST, LARGEST)}
    urls = {size: url for size, url in urls.items() if only in ("", str(size))}
    # As in service: without bytecode each start compiles all modules.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for url in urls.values():
        # What the first `serve` does on this database.
        database = Database(url)
        load_if_changed(database, DATA, now())
        database.close()
    turns_by_size: dict[int, list[Start]] = {size: [] for size in urls}
    for _ in range(turns):
        for size, url in urls.items():
            turns_by_size[size].append(_start(folder, url))
    starts = {
        size: Start(*(statistics.median(getattr(start, name) for start in several) for name in HEADS))
        for size, several in turns_by_size.items()
    }
    print(table(("commitments", *HEADS), ([f"{size:,}", *_texts(start)] for size, start in starts.items())))
    return [*_figures(starts)]


HEADS = ("seconds", "work", "memory")


def _start(folder: Path, url: str) -> Start:
    start = time.perf_counter()
    with serving_process(folder, database_url=url) as process, process.client() as client:
        client.get("/readyz").raise_for_status()
        seconds, work = time.perf_counter() - start, _work(process.process.pid)
        time.sleep(IDLE)
        return Start(seconds, work, Server(0, process.process.pid).megabytes())


def _work(pid: int) -> float:
    """Seconds of processor time so far, in the program and in the system."""
    values = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / TICKS


def _texts(start: Start) -> Iterator[str]:
    for name in HEADS:
        yield f"{getattr(start, name):,.2f}"


def _figures(starts: dict[int, Start]) -> Iterator[Figure]:
    if small := starts.get(SMALLEST):
        yield Figure("processor time to the first answer", small.work, 0.9, "s", more_is_better=False)
        yield Figure("idle memory", small.memory, 120, "MB", more_is_better=False)
    if large := starts.get(LARGEST):
        yield Figure("`serve` on a loaded database at 61,000", large.seconds, 1.5, "s", more_is_better=False)
    if small and large:
        yield Figure("a start at 61,000 over one at 61", large.seconds / small.seconds, more_is_better=False)
        yield Figure("idle memory at 61,000 over that at 61", large.memory / small.memory, more_is_better=False)

"""Memory does not grow with the number of different requests."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from tests.api.process import serving_process
from tests.engines import seed_sqlite
from tests.server import Api
from tests.size import sized

STATUS = Path("/proc/self/status")
FILTERS: dict[str, Any] = {
    "identified": True,
    "theme": ["x"],
    "status": ["STALLED"],
    "statusGroup": ["OPEN"],
    "agreement": ["AGREE"],
    "lead": ["x"],
    "fund": ["x"],
    "hasFunds": True,
    "hasEvents": False,
}
SHAPES = [names for size in range(len(FILTERS)) for names in itertools.combinations(FILTERS, size)]
# The cache of compiled statements is full by then.
WARM = 200
SEARCHES, REFUSALS = sized(350, 260), sized(60, 30)
MEGABYTES = 15


def resident(process: int) -> float:
    """The resident memory of a process, in megabytes."""
    line = next(line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


@pytest.mark.skipif(not STATUS.exists(), reason="The memory of a process is read as Linux tells it.")
def test_searches_of_different_words_and_filters_leave_memory_flat(tmp_path: Path) -> None:
    query = "query ($filter: CommitmentFilter) { commitments(filter: $filter) { totalCount } }"
    with serving_process(tmp_path, database_url=seed_sqlite(tmp_path), rate_per_minute="0") as process:
        api = Api(process.url())
        warm = 0.0
        for number, names in enumerate(SHAPES[:SEARCHES]):
            search = {"search": "county lines " * (number % 5)}
            api.ask(query, filter={name: FILTERS[name] for name in names} | search)
            if number == WARM:
                warm = resident(process.process.pid)
        growth = resident(process.process.pid) - warm
        # Refused words are not stored either.
        for number in range(11, 11 + REFUSALS):
            assert api.codes(query, filter={"search": "z " * number}) == ["BAD_USER_INPUT"]
        refusal_growth = resident(process.process.pid) - warm
        api.http.close()
    assert growth < MEGABYTES
    assert refusal_growth < MEGABYTES

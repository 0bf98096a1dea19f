"""A line for each release in `benchmarks/history.jsonl`, and what got worse since the last one.

`python -m tests.bench.history` holds the last run against the last line, and ends with 1 where a ratio got worse by
more than a fifth. Only ratios count: times, sums of memory and rates are those of one machine. `--record` makes the
last run the line of the version in `pyproject.toml`.
"""

import argparse
import datetime as dt
import os
import platform
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from tests.bench.figures import Figure
from tests.bench.servers import ROOT

HISTORY = ROOT / "benchmarks/history.jsonl"
RUN = ROOT / "artefacts/bench.json"
MOST = 1.2

Figures = dict[str, dict[str, Any]]


def save(figures: Iterable[Figure], *, anew: bool) -> None:
    """Writes the file of the last run; figures of other parts stay in it, unless it begins anew."""
    present: Figures = {} if anew or not RUN.exists() else orjson.loads(RUN.read_bytes())["figures"]
    for figure in figures:
        values = asdict(figure) | {"value": float(f"{figure.value:.4g}")}
        present[values.pop("name")] = values
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    run = {
        "version": version,
        "date": dt.datetime.now(dt.UTC).date(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "figures": present,
    }
    RUN.parent.mkdir(exist_ok=True)
    RUN.write_bytes(orjson.dumps(run, option=orjson.OPT_INDENT_2))


def record(history: Path = HISTORY, run: Path = RUN) -> None:
    line = orjson.loads(run.read_bytes())
    lines = [other for other in _lines(history) if other["version"] != line["version"]]
    history.parent.mkdir(exist_ok=True)
    history.write_bytes(b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in (*lines, line)))


def compare(history: Path = HISTORY, run: Path = RUN) -> int:
    """Prints what got worse, and returns how many figures that is."""
    lines, present = _lines(history), orjson.loads(run.read_bytes())
    if not lines:
        print("There is no release to compare with.")
        return 0
    last = lines[-1]
    worse = [*_worse(last["figures"], present["figures"])]
    print(f"Worse than in {last['version']} by more than a fifth: {len(worse) or 'nothing'}.", *worse, sep="\n- ")
    if missing := sorted(last["figures"].keys() - present["figures"].keys()):
        print("Not measured this time:", *missing, sep="\n- ")
    return len(worse)


def _lines(history: Path) -> list[dict[str, Any]]:
    return [*map(orjson.loads, history.read_bytes().splitlines())] if history.exists() else []


def _worse(before: Figures, now: Figures) -> Iterator[str]:
    for name in sorted(before.keys() & now.keys()):
        old, new = before[name]["value"], now[name]["value"]
        more, less = (old, new) if before[name]["more_is_better"] else (new, old)
        if not before[name]["unit"] and more > less * MOST:
            yield f"{name}: {new:.3g} after {old:.3g}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.history", description=__doc__)
    parser.add_argument("--history", type=Path, default=HISTORY)
    parser.add_argument("--run", type=Path, default=RUN)
    parser.add_argument("--record", action="store_true")
    arguments = parser.parse_args()
    worse = compare(arguments.history, arguments.run)
    if arguments.record:
        record(arguments.history, arguments.run)
    sys.exit(worse > 0)


if __name__ == "__main__":
    main()

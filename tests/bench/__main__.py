"""Measures the service beside others: `make bench`. `python -m tests.bench peers` measures a part."""

import argparse
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

import structlog

from tests.bench import growth, history, live, side_by_side, start
from tests.bench.figures import HEADS, table

PARTS = {
    "peers": side_by_side.measure,
    "growth": growth.measure,
    "start": start.measure,
    "live": live.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"Of {', '.join(PARTS)}; all by default.")
    parser.add_argument("--turns", type=int, default=3, help="How often each is measured.")
    parser.add_argument("--only", default="", help="Of the parts, only what has this in its name; nothing is compared.")
    parser.add_argument("--record", action="store_true", help="Make it the line of this version in the history.")
    arguments = parser.parse_args()
    if unknown := {*arguments.parts} - PARTS.keys():
        parser.error(f"There is no part {', '.join(unknown)}.")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    figures = []
    with tempfile.TemporaryDirectory(prefix="sixty-one-") as folder:
        for name in arguments.parts or PARTS:
            begin, busy = time.perf_counter(), os.getloadavg()[0]
            figures += PARTS[name](Path(folder), turns=arguments.turns, only=arguments.only)
            seconds = time.perf_counter() - begin
            print(f"\n{name}: {seconds:.0f} s on {os.cpu_count()} processors; load before: {busy:.1f}.\n", flush=True)
    print(table(HEADS, (figure.row() for figure in figures)), end="\n\n")
    if arguments.only:
        return
    history.save(figures, anew=not arguments.parts)
    worse = history.compare()
    if arguments.record:
        history.record()
    sys.exit(worse > 0)


if __name__ == "__main__":
    main()

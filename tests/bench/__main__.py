"""Measures the service beside others: `make bench`, or `python -m tests.bench peers` for a part."""

import argparse
import logging
import os
import tempfile
import time
from pathlib import Path

import structlog

from tests.bench import side_by_side, wrk
from tests.bench.figures import HEADS, table

PARTS = {"peers": side_by_side.measure}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="What to measure; everything by default.")
    parser.add_argument("--turns", type=int, default=4, help="How often each is asked for a second.")
    parser.add_argument("--only", default="", help="Leave out questions without this text in their names.")
    arguments = parser.parse_args()
    wrk.require()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for name in arguments.parts or PARTS:
        start, busy = time.perf_counter(), os.getloadavg()[0]
        with tempfile.TemporaryDirectory(prefix="sixty-one-") as folder:
            figures = PARTS[name](Path(folder), turns=arguments.turns, only=arguments.only)
        print("", table(HEADS, (figure.row() for figure in figures)), sep="\n")
        seconds = time.perf_counter() - start
        print(f"\nMeasured in {seconds:.0f} s on {os.cpu_count()} processors; load before: {busy:.1f}.\n", flush=True)


if __name__ == "__main__":
    main()

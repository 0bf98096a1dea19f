"""The dataset of Sixty-One as reviewed files: their format, their checks, their loader."""

from pathlib import Path

# Our own files.
DATA = Path(__file__).resolve().parent / "data"

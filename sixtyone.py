"""The start of `sixtyone`. It looks first whether our packages are ours, because other projects use their names."""

import gc
import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("api", "schema", "db", "seeds", "migrations")
# It stands in the first line of each of them.
NAME = "Sixty-One"
ADVICE = f"{NAME} is a service, and not a library to install beside other code: give it an environment of its own."


def main() -> None:
    if fault := package_fault():
        sys.exit(f"{fault}\n{ADVICE}")
    # Until the modules of the command are imported: the collector would visit them again and again, for a fifth of the
    # time, and find little.
    gc.disable()
    # Not before the packages are known to be ours.
    from api.cli import app  # noqa: PLC0415

    app()


def package_fault() -> str | None:
    """What stands in the place of one of our packages, if anything does."""
    for name in PACKAGES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            return f"The package `{name}` of {NAME} is not there, or another one has taken its files away."
        with Path(spec.origin).open(encoding="utf-8", errors="replace") as file:
            if NAME not in file.readline():
                return f"Another package is in the place of {NAME}'s `{name}`: {spec.origin}"
    return None


if __name__ == "__main__":
    main()

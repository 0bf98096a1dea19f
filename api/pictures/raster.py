"""Draws the SVG of its input as PNG, as a program: the library holds the lock of the interpreter while it draws."""

import sys
from importlib.util import find_spec
from pathlib import Path

import resvg_py

FONT = "Source Sans Pro"


def main(scale: str) -> None:
    spec = find_spec("font_source_sans_pro")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent / "files"
    png = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(),
        zoom=float(scale),
        # The same letters on every machine.
        skip_system_fonts=True,
        font_files=[str(folder / f"SourceSansPro-{weight}.otf") for weight in ("Regular", "Bold")],
        font_family=FONT,
        sans_serif_family=FONT,
        serif_family=FONT,
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main(sys.argv[1])

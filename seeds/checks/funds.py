"""Funds are trees of a limited depth."""

from collections.abc import Iterator, Sequence

from db.funds import MAX_DEPTH
from seeds.errors import SeedProblem
from seeds.folder import SeedFolder

# How many funds of a ring a message names.
MAX_NAMES = 10


def trees(folder: SeedFolder) -> Iterator[SeedProblem]:
    parents = {row.slug: row.parent for row in folder.funds}
    depths: dict[str | None, int] = {None: -1}
    # The ring that a fund is in, and its place there.
    rings: dict[str, tuple[list[str], int]] = {}
    for slug in parents:
        path: dict[str | None, int] = {}
        step: str | None = slug
        while step not in depths and step not in path:
            path[step] = len(path)
            step = parents.get(step) if step else None
        if step in path:
            ring = [each for each in list(path)[path[step] :] if each]
            rings |= {each: (ring, place) for place, each in enumerate(ring)}
        depths |= {each: depth for depth, each in enumerate(reversed(path), depths.get(step, -1) + 1)}
    for row in folder.funds:
        if row.slug in rings:
            yield row.problem(f"is part of itself: {_ring(*rings[row.slug])}")
        elif depths[row.slug] > MAX_DEPTH:
            yield row.problem(f"stands more than {MAX_DEPTH} funds deep")


def _ring(ring: Sequence[str], place: int) -> str:
    """The funds from one back to itself; of a long ring, the first ones."""
    names = [ring[(place + step) % len(ring)] for step in range(min(len(ring), MAX_NAMES))]
    return " < ".join([*names, *(["…"] if len(ring) > MAX_NAMES else []), ring[place]])

"""Which sums from one fund may be the same money: it follows from where the bodies stand that got them.

Those of two bodies of one area may be, as a commissioner may name what the force received; and that of a body of an
area beside those of bodies of the areas within it. Of these the largest is counted, and the result is a lower bound.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from db.totals import Sum, add, largest

# Around all areas: where a body of several that no area is around stands.
EVERYWHERE = 0


class Overlaps:
    def __init__(self, parents: Mapping[int, int], standing: Iterable[tuple[int, int]]) -> None:
        """`parents` has the area around each, or EVERYWHERE; `standing` the pairs of a body and an area of these."""
        self.parents = parents
        areas: defaultdict[int, list[int]] = defaultdict(list)
        for body, area in standing:
            areas[body].append(area)
        # Each area, with those that it is within, each within the next.
        self.around = {area: self._around(area) for area in (EVERYWHERE, *parents)}
        self.area_of = {body: self._around_all(several) for body, several in areas.items()}

    def add(self, of_bodies: Mapping[int, Sum]) -> Sum:
        """What bodies got from one fund, as far as it is not the same money. A body that stands nowhere is apart."""
        if len(of_bodies) == 1:
            return next(iter(of_bodies.values()))
        apart, own = [], defaultdict(list)
        for body, one in of_bodies.items():
            if body in self.area_of:
                own[self.area_of[body]].append(one)
            else:
                apart.append(one)
        areas = {around for area in own for around in self.around[area]}
        within: defaultdict[int, list[Sum]] = defaultdict(list)
        for area in sorted(areas, key=lambda area: -len(self.around[area])):
            parts = [add(within[area])] if within[area] else []
            if area == EVERYWHERE:
                apart.append(largest([*own[area], *parts]))
            else:
                within[self.parents[area]].append(largest([*own[area], *parts]))
        return add(apart)

    def _around(self, area: int) -> list[int]:
        areas = [area]
        while area != EVERYWHERE:
            area = self.parents[area]
            areas.append(area)
        return areas

    def _around_all(self, areas: Sequence[int]) -> int:
        """The smallest area around all of these."""
        first, *others = (self.around[area] for area in areas)
        return next(area for area in first if all(area in other for other in others))

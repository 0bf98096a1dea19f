"""Rows of the database that are read together: few enough for memory, and enough that statements are few."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar, cast

import sqlalchemy as sa
from sqlmodel import Session, col

from api.moment import Moment
from db import relations
from db.columns import Condition
from db.models.base import Base, Entity
from db.natural_keys import KEY_COLUMN
from db.paging import Order, page

SIZE = 500
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False)
class Batch:
    """Rows of one table. `owners` are the rows that these belong to, one each; `places` count the rows of an owner."""

    session: Session
    moment: Moment
    rows: Sequence[object]
    owners: Sequence[object] = ()
    places: Sequence[int] = ()
    loads: dict[object, object] = field(default_factory=dict)

    @cached_property
    def ids(self) -> list[int]:
        return list(map(attrgetter("id"), self.rows))

    def ask(
        self, question: Callable[Concatenate[Session, Sequence[int], P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The answer to a question about all rows."""
        return question(self.session, self.ids, *args, **kwargs)

    def once(self, load: Callable[["Batch"], T]) -> T:
        """What is loaded once for several columns."""
        if load not in self.loads:
            self.loads[load] = load(self)
        return cast(T, self.loads[load])


Batches: TypeAlias = Callable[[Session, Moment], Iterator[Batch]]


def every(model: type[Base], order: Order | None = None, where: Sequence[Condition] = ()) -> Batches:
    """All rows of a table that meet the conditions: by their natural key if no order is given.

    An order by a folded name folds the names of all rows for each batch, which takes longer than all the rest.
    """

    def batches(session: Session, moment: Moment) -> Iterator[Batch]:
        by = order or Order((col(getattr(model, KEY_COLUMN[model])),))
        after = None
        while True:
            rows = page(session, model, where, by, SIZE, after)
            if rows.rows:
                yield Batch(session, moment, [row for row, _ in rows.rows])
            if not rows.has_next:
                return
            after = rows.rows[-1][1]

    return batches


def in_turn(*parts: Batches) -> Batches:
    """The rows of the first part, then those of the next."""

    def batches(session: Session, moment: Moment) -> Iterator[Batch]:
        return chain.from_iterable(part(session, moment) for part in parts)

    return batches


def matching(model: type[Entity], where: Sequence[Condition], order: Order) -> Batches:
    """The rows of a table that meet all conditions, in an order.

    Their ids are read first, because the conditions and the order may look at every row of other tables, too.
    """

    def batches(session: Session, moment: Moment) -> Iterator[Batch]:
        ids = session.scalars(sa.select(col(model.id)).where(*where).order_by(*order.clauses())).all()
        for start in range(0, len(ids), SIZE):
            rows = relations.by_id(session, ids[start : start + SIZE], model)
            yield Batch(session, moment, [rows[id_] for id_ in ids[start : start + SIZE]])

    return batches


def each(owners: Batches, load: Callable[[Batch], Mapping[int, Sequence[object]]]) -> Batches:
    """The rows that belong to each of the owners."""

    def batches(session: Session, moment: Moment) -> Iterator[Batch]:
        for batch in owners(session, moment):
            lists = load(batch)
            pairs = [(owner, lists[id_]) for owner, id_ in zip(batch.rows, batch.ids, strict=True)]
            yield Batch(
                session,
                moment,
                rows=[row for _, rows in pairs for row in rows],
                owners=[owner for owner, rows in pairs for _ in rows],
                places=[place for _, rows in pairs for place in range(1, len(rows) + 1)],
            )

    return batches

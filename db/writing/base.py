"""What every change has in common: its problems, its rows and its entry in the log."""

import datetime as dt
import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from db import edits
from db.clock import Clock, first_day, last_day
from db.columns import snake_case
from db.dataset import LOCKED_AT
from db.edits import Edits
from db.fields import EARLIEST_YEAR
from db.formatting import date_text
from db.models import VERSION_TABLES, Change, Dataset, Document, Organisation
from db.models.base import Base, Record
from db.natural_keys import KEY_COLUMN
from db.rows import detach
from db.statements import Statement
from db.tokens import Principal
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode
from db.writing import rows
from db.writing.inputs import Input, InvalidValue, Path
from db.writing.ledger import ClockBehind, append_change, next_instant, take_revision

M = TypeVar("M", bound=Record)
I = TypeVar("I", bound=Input)  # noqa: E741
LOCKED = Statement(sa.select(Dataset.__table__).with_for_update())


@dataclass(frozen=True)
class Problem:
    code: ProblemCode
    message: str
    path: Path
    # The detached row that exists already, where that is the problem.
    existing: Base | None = None


class Rejected(Exception):
    """Nothing was written, because of these problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = list(problems)


class Draft:
    """A change in the making. It collects problems first, and writes rows once `raise_if_rejected` has found none."""

    def __init__(self, session: Session, author: Principal, clock: Clock) -> None:
        self.session = session
        self.author = author
        self.clock = clock
        self.problems: list[Problem] = []
        self.edits = Edits(session)
        # Descriptions of new rows, by kind and key. A key may occur twice in an input, but with one description.
        self.new_rows: dict[tuple[str, str], Any] = {}
        self.added: list[Record] = []
        # The lock of all writers: it is held until the transaction ends.
        dataset = rows.one(session, Dataset, LOCKED, {})
        session.info[LOCKED_AT] = time.monotonic()
        if dataset is None:
            raise Rejected([Problem(ProblemCode.CONFLICT, "No data is loaded yet.", ())])
        self.dataset = dataset
        try:
            self.instant = next_instant(dataset, clock())
        except ClockBehind as error:
            raise Rejected([Problem(ProblemCode.CONFLICT, str(error), ())]) from error
        self.today = clock.day(self.instant)
        take_revision(session, dataset, self.instant)

    def problem(self, code: ProblemCode, message: str, *path: str, existing: Base | None = None) -> None:
        """Adds a problem. The first one at a path stands."""
        if not path or all(other.path != path for other in self.problems):
            self.problems.append(Problem(code, message, path, existing and detach(existing)))

    def invalid(self, message: str, *path: str) -> None:
        self.problem(ProblemCode.INVALID, message, *path)

    def duplicate(self, is_same: bool, message: str, *path: str, existing: Base) -> None:
        """A problem: the row exists already, and says the same or something else."""
        self.problem(ProblemCode.DUPLICATE if is_same else ProblemCode.CONFLICT, message, *path, existing=existing)

    def is_valid(self, *path: str) -> bool:
        """Whether there is no problem at this path or within it."""
        return all(problem.path[: len(path)] != path for problem in self.problems)

    def validate(self, data: Input, *path: str) -> None:
        """Reports every value that breaks the rules of its field, and puts None in its place."""
        for field in type(data).model_fields:
            value = getattr(data, field)
            if isinstance(value, InvalidValue):
                setattr(data, field, None)
                for place, reason in value.reasons:
                    self.invalid(reason, *path, field, *place)
            elif isinstance(value, Input):
                self.validate(value, *path, field)
            elif isinstance(value, list):
                for number, item in enumerate(value):
                    if isinstance(item, Input):
                        self.validate(item, *path, field, str(number))

    def raise_if_rejected(self) -> None:
        if self.problems:
            raise Rejected(self.problems)

    def reject(self, code: ProblemCode, message: str, *path: str, existing: Base | None = None) -> NoReturn:
        self.problem(code, message, *path, existing=existing)
        raise Rejected(self.problems)

    def by_key(self, model: type[M], key: str) -> M | None:
        return rows.by_key(self.session, model, key)

    def unused_key(self, model: type[Record], compose: Callable[..., str], *parts: object) -> str:
        """The natural key of a new row. A corrected row keeps its key, and so may have the one of these values."""
        keys = (compose(*parts, again=again) for again in itertools.count())
        return next(key for key in keys if self.by_key(model, key) is None)

    def find(self, model: type[M], key: str | None, *path: str) -> M | None:
        """The row with this key; a problem if there is none."""
        row = None if key is None else self.by_key(model, key)
        if key is not None and row is None:
            self.problem(ProblemCode.NOT_FOUND, f"There is no {model.__name__.lower()} {key!r}.", *path)
        return row

    def get(self, model: type[M], key: str | None, *path: str) -> M:
        """The row with this key, which is not one that people give. Without it, nothing else can be said."""
        row = None if key is None else self.by_key(model, key)
        if row is None:
            noun = snake_case(model.__name__).replace("_", " ")
            self.reject(ProblemCode.NOT_FOUND, f"There is no such {noun}.", *path)
        return row

    def find_all(self, model: type[M], keys: Sequence[str] | None, *path: str) -> list[M]:
        """The rows with these keys; a problem for each key without a row, and for one that occurs twice."""
        self.require_distinct(keys or (), *path)
        rows = [self.find(model, key, *path, str(number)) for number, key in enumerate(keys or ())]
        return [row for row in rows if row is not None]

    def require_distinct(self, keys: Sequence[str | None], *path: str, field: Path = ()) -> None:
        for number, key in enumerate(keys):
            if key is not None and key in keys[:number]:
                self.invalid(f"{key!r} stands twice.", *path, str(number), *field)

    def require_unused_slug(self, model: type[Record], slug: str | None, values: dict[str, Any]) -> None:
        """A problem if a row has the slug: the same row if it has these values, or another one."""
        row = None if slug is None else self.by_key(model, slug)
        if row is not None:
            noun, is_same = model.__name__.lower(), all(getattr(row, name) == value for name, value in values.items())
            message = f"The {noun} {slug!r} exists already." if is_same else f"Another {noun} has the slug {slug!r}."
            self.duplicate(is_same, message, "slug", existing=row)
        elif slug is not None:
            self.require_free_name(model, slug, "slug")

    def require_free_name(self, model: type[Record], name: str, *path: str, besides: Any = None) -> None:
        """A problem if the name belongs to a row that was withdrawn, which is not called `besides` by its key."""
        versions = VERSION_TABLES[model]
        query = sa.select(sa.func.max(versions.c.until)).where(versions.c.slug == name)
        if besides is not None:
            query = query.where(versions.c[KEY_COLUMN[model]] != besides)
        revision = self.session.execute(query).scalar_one()
        if revision is not None:
            day = self.clock.day(self.session.get_one(Change, revision).recorded_at)
            noun = model.__name__.lower()
            message = f"The name {name!r} belongs to a {noun} that was withdrawn on {day}: choose another."
            self.problem(ProblemCode.CONFLICT, message, *path)

    def require_past_date(self, day: dt.date | None, *path: str) -> None:
        if day is not None and day > self.today:
            self.invalid(f"{day} is still to come; what is recorded has happened.", *path)
        if day is not None and day.year < EARLIEST_YEAR:
            self.invalid(f"{day} is before {EARLIEST_YEAR}: check the year.", *path)

    def require_past_period(self, day: dt.date, precision: DatePrecision, *path: str) -> dt.date:
        """The last day of the period that the day lies in; a problem if the period is not over."""
        first, last = first_day(day, precision), last_day(day, precision)
        if first <= self.today < last:
            message = f"{date_text(last, precision)} counts from its last day, which is still to come: give the day."
            self.invalid(message, *path)
        self.require_past_date(last, *path)
        return last

    def optional_period(
        self, day: dt.date | None, precision: DatePrecision | None, *path: str
    ) -> tuple[dt.date, DatePrecision] | tuple[None, None]:
        """The last day of a period that may be unknown, with its precision, DAY unless another is given."""
        if day is None:
            if precision:
                self.invalid("A precision needs a date.", "precision")
            return None, None
        precision = precision or DatePrecision.DAY
        return self.require_past_period(day, precision, *path), precision

    def note_new(self, kind: str, key: str, description: object, *path: str) -> None:
        """Notes a new row; a problem if the input describes it differently elsewhere."""
        if self.new_rows.setdefault((kind, key), description) != description:
            self.invalid(f"{key!r} is described differently elsewhere in this input.", *path)

    def add(self, row: M) -> M:
        rows.insert(self.session, row)
        self.edits.add(row)
        self.added.append(row)
        return row

    def change(self, row: Record, **values: Any) -> None:
        """Sets columns. From now on the row is an editor's, and no load of reviewed files changes it."""
        before = edits.values(self.session, row, *values)
        for column, value in values.items():
            setattr(row, column, value)
        row.seeded = False
        self.session.flush()
        self.edits.change(row, before)

    def remove(self, row: Record) -> None:
        self.edits.remove(row)
        self.session.delete(row)
        self.session.flush()

    def log(
        self, action: ChangeAction, summary: str, subject: Base, *others: Base, reason: str | None = None
    ) -> Change:
        """Appends the entry to the log, and so ends the change."""
        new_rows = [row for row in self.added if isinstance(row, Organisation | Document)]
        nodes, actor = [*others, *new_rows], self.author.actor
        return append_change(
            self.session, self.dataset, self.instant, actor, action, summary, subject, nodes, self.edits, reason
        )


# One kind of change: it writes a row, or the two rows of a link by their kinds, and appends the entry to the log.
Task: TypeAlias = Callable[[Draft, I], tuple[Any, Change]]

# The same for a row that the input names by its global id: the key of the row, None where the id is of no such row.
KeyedTask: TypeAlias = Callable[[Draft, I, str | None], tuple[Any, Change]]


def perform(session: Session, task: Task[I], data: I, author: Principal, clock: Clock) -> tuple[Any, Change]:
    """What a change has written, and its entry in the log. Raises `Rejected` with every problem of the input."""
    draft = Draft(session, author, clock)
    draft.validate(data)
    return task(draft, data)

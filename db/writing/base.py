"""What every change has in common: what it is given, what may be wrong with it, and the entry that it leaves."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from sqlmodel import Session, col, select

from db import edits, natural_keys
from db.clock import Clock
from db.edits import Edits
from db.fields import EARLIEST_YEAR
from db.formatting import date_text
from db.models import Change, Dataset, Document, Organisation
from db.models.base import Base, Record
from db.periods import first_day, last_day
from db.rows import detach
from db.tokens import Principal
from db.vocabulary import ChangeAction, DatePrecision, ProblemCode
from db.writing.ledger import ClockBehind, append_change, next_instant

Path = tuple[str, ...]
M = TypeVar("M", bound=Record)
G = TypeVar("G", bound="Input")


@dataclass(frozen=True)
class Problem:
    code: ProblemCode
    message: str
    path: Path
    # The plain row that is there already, where that is the problem.
    existing: Any = None


class Rejected(Exception):
    """Nothing was written, because of these problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = list(problems)


@dataclass(frozen=True)
class InvalidValue:
    """Stands in a field for a value that breaks its rules, so that the other fields can still be judged."""

    reasons: list[tuple[Path, str]]


class Input(BaseModel):
    """What a change is given. A value that breaks the rules of its field becomes an `InvalidValue`, to be reported."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="wrap")
    @classmethod
    def _judged(cls, value: Any, judge: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        if value is None and not field.is_required():
            # Null is as good as nothing: many clients send every field of a form.
            value = field.get_default(call_default_factory=True)
        try:
            return judge(value)
        except ValidationError as error:
            return InvalidValue([(tuple(map(str, detail["loc"])), _reason(detail)) for detail in error.errors()])


class Write:
    """One change in the making."""

    def __init__(self, session: Session, author: Principal, clock: Clock) -> None:
        self.session = session
        self.author = author
        self.problems: list[Problem] = []
        self.edits = Edits(session)
        # What is new, by what tells it apart from others: it may be named twice, but not be two things.
        self.new_rows: dict[tuple[str, str], Any] = {}
        self.added: list[Record] = []
        # Whoever holds this row writes; everyone else waits for it.
        dataset = session.exec(select(Dataset).with_for_update()).one_or_none()
        if dataset is None:
            raise Rejected([Problem(ProblemCode.CONFLICT, "No data is loaded yet.", ())])
        self.dataset = dataset
        try:
            self.moment = next_instant(dataset, clock())
        except ClockBehind as error:
            raise Rejected([Problem(ProblemCode.CONFLICT, str(error), ())]) from error
        self.today = clock.day(self.moment)

    def problem(self, code: ProblemCode, message: str, *path: str, existing: Any = None) -> None:
        """Notes what is wrong; where a value was already found at fault, that stands."""
        if not path or all(other.path != path for other in self.problems):
            self.problems.append(Problem(code, message, path, None if existing is None else detach(existing)))

    def is_valid(self, *path: str) -> bool:
        """Whether nothing was found at fault there, or within."""
        return all(problem.path[: len(path)] != path for problem in self.problems)

    def invalid(self, message: str, *path: str) -> None:
        self.problem(ProblemCode.INVALID, message, *path)

    def validate(self, given: Input, *path: str) -> None:
        """Reports every value that breaks the rules of its field, and puts None in its place."""
        for field in type(given).model_fields:
            value = getattr(given, field)
            if isinstance(value, InvalidValue):
                setattr(given, field, None)
                for place, reason in value.reasons:
                    self.invalid(reason, *path, field, *place)
            elif isinstance(value, Input):
                self.validate(value, *path, field)
            elif isinstance(value, list):
                for number, item in enumerate(value):
                    if isinstance(item, Input):
                        self.validate(item, *path, field, str(number))

    def raise_if_rejected(self) -> None:
        """Everything was looked at: from here on there is only writing."""
        if self.problems:
            raise Rejected(self.problems)

    def stop(self, code: ProblemCode, message: str, *path: str, existing: Any = None) -> NoReturn:
        self.problem(code, message, *path, existing=existing)
        raise Rejected(self.problems)

    def by_key(self, model: type[M], name: str) -> M | None:
        column: Any = getattr(model, natural_keys.KEY_COLUMN[model])
        return self.session.exec(select(model).where(col(column) == name)).one_or_none()

    def find(self, model: type[M], name: str | None, *path: str) -> M | None:
        """The row of this name; a problem where there is none."""
        found = None if name is None else self.by_key(model, name)
        if name is not None and found is None:
            self.problem(ProblemCode.NOT_FOUND, f"There is no {model.__name__.lower()} {name!r}.", *path)
        return found

    def require_unused_slug(self, model: type[Record], slug: str | None, given: dict[str, Any]) -> None:
        """A slug that is taken is a problem: the same row twice, or two rows of one name."""
        found = None if slug is None else self.by_key(model, slug)
        if found is None:
            return
        noun = model.__name__.lower()
        if all(getattr(found, column) == value for column, value in given.items()):
            self.problem(ProblemCode.DUPLICATE, f"The {noun} {slug!r} is there already.", "slug", existing=found)
        else:
            message = f"Another {noun} has the slug {slug!r}."
            self.problem(ProblemCode.CONFLICT, message, "slug", existing=found)

    def require_past_date(self, day: dt.date | None, *path: str) -> None:
        if day is not None and day > self.today:
            self.invalid(f"{day} is still to come; what is recorded has happened.", *path)
        if day is not None and day.year < EARLIEST_YEAR:
            self.invalid(f"{day} is too long ago to be meant.", *path)

    def require_past_period(self, day: dt.date, precision: DatePrecision, *path: str) -> dt.date:
        """The last day of the period that the day lies in; a problem where it is not over."""
        first, last = first_day(day, precision), last_day(day, precision)
        if first <= self.today < last:
            message = f"{date_text(last, precision)} counts from its last day, which is still to come: give the day."
            self.invalid(message, *path)
        self.require_past_date(last, *path)
        return last

    def note_new(self, what: str, name: str, said: Any, *path: str) -> None:
        """Notes something new; a problem where the same input says otherwise in another place."""
        if self.new_rows.setdefault((what, name), said) != said:
            self.invalid(f"{name!r} is described differently elsewhere in this input.", *path)

    def add(self, row: M) -> M:
        self.session.add(row)
        self.session.flush()
        self.edits.added(row)
        self.added.append(row)
        return row

    def change(self, row: Record, **changed: Any) -> None:
        """An editor's word from now on: no load of reviewed files touches the row again."""
        before = edits.values(self.session, row, *changed)
        for column, value in changed.items():
            setattr(row, column, value)
        row.seeded = False
        self.session.flush()
        self.edits.changed(row, before)

    def remove(self, row: Record) -> None:
        self.edits.removed(row)
        self.session.delete(row)
        self.session.flush()

    def log(self, action: ChangeAction, summary: str, subject: Base, *about: Base) -> Change:
        """The entry in the log. It ends the change: the revision is taken here."""
        news = [row for row in self.added if isinstance(row, Organisation | Document)]
        return append_change(
            self.session,
            self.dataset,
            self.moment,
            self.author.actor,
            action,
            summary,
            subject,
            [*about, *news],
            self.edits,
        )


Task = Callable[[Write, G], tuple[Any, Change]]


def perform(session: Session, task: Task[G], given: G, author: Principal, clock: Clock) -> tuple[Any, Change]:
    """What a change has written, and its entry in the log. Raises `Rejected` with all that is wrong with it."""
    write = Write(session, author, clock)
    write.validate(given)
    return task(write, given)


def _reason(detail: Any) -> str:
    if detail["type"] in ("string_too_long", "too_long"):
        most = detail["ctx"]["max_length"]
        return (
            f"is longer than {most} characters" if isinstance(detail["input"], str) else f"has more than {most} items"
        )
    return str(detail.get("ctx", {}).get("error") or detail["msg"])

"""Answers to questions over the whole record, kept because they stay the same for as long as the record does."""

import gc
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from itertools import islice
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from sqlmodel import Session

P = ParamSpec("P")
T = TypeVar("T")
# How many values all answers have together, of some 60 bytes each: 60 MB where the record is very large. Of our own it
# is a hundredth of that.
MOST = 1_000_000
# An answer with more values than this is not kept: it would take the place of all others.
MOST_OF_ONE = MOST // 4
# What a key weighs, which may hold the SQL of many conditions.
KEY = 100
# About how many entries of a list are weighed.
SAMPLE = 10
# In `Session.info`: where the answers to what the session is asked are kept.
PLACE = "place"


class NoCollection:
    """Keeps the collector of garbage from running, on every thread, while the rows of the record are read on any.

    They are no garbage, and to look through them holds all threads: for a quarter of a second at 61,000 commitments.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.readers = 0
        self.was_enabled = False

    def __enter__(self) -> None:
        with self.lock:
            if not self.readers:
                self.was_enabled = gc.isenabled()
                gc.disable()
            self.readers += 1

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.readers -= 1
            if not self.readers and self.was_enabled:
                gc.enable()


NO_COLLECTION = NoCollection()


class AnswerCache:
    """The answers of one database. Those of earlier states go when newer ones need their place."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        # Each with its weight, the least recently used first.
        self.answers: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self.weight = 0
        # What is asked at this moment, on whichever thread.
        self.asking: dict[Hashable, Future[object]] = {}

    def answer(self, key: Hashable, ask: Callable[[], object]) -> object:
        """The answer that is kept, or what `ask` returns: it is called once, however many want it at the same time."""
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
                return self.answers[key][0]
            other = self.asking.get(key)
            own = self.asking[key] = other or Future()
        if other:
            # The one who asks may fail for reasons of its own, such as its time.
            return ask() if other.exception() else other.result()
        try:
            with NO_COLLECTION:
                answer = ask()
        except BaseException as error:
            own.set_exception(error)
            raise
        else:
            self._keep(key, answer)
            own.set_result(answer)
            return answer
        finally:
            with self.lock:
                del self.asking[key]

    def _keep(self, key: Hashable, answer: object) -> None:
        weight = _weigh(answer)
        if weight > MOST_OF_ONE:
            return
        with self.lock:
            self.answers[key] = answer, weight + KEY
            self.weight += weight + KEY
            while self.weight > MOST:
                _, (_, gone) = self.answers.popitem(last=False)
                self.weight -= gone


@dataclass(frozen=True)
class Place:
    """The answers about the record at one revision.

    `state` is that of the log, with an instant: of a backup that is put back, the same number is another revision.
    """

    cache: AnswerCache
    state: Hashable
    revision: int

    def rows(self, digest: bytes, params: Mapping[str, object], ask: Callable[[], T]) -> T:
        """The rows of the statement with this digest, asked for if they are not kept."""
        return cast(T, self.cache.answer((self.state, self.revision, digest, _freeze(params)), ask))


def cache_answers(question: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """A question whose answer follows from the record and its arguments alone. Nobody changes an answer."""

    @wraps(question)
    def ask(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        place: Place | None = session.info.get(PLACE)
        if place is None:
            return question(session, *args, **kwargs)
        key = (place.state, place.revision, question, _freeze(args), _freeze(kwargs))
        return cast(T, place.cache.answer(key, lambda: question(session, *args, **kwargs)))

    return ask


def _freeze(value: Any) -> Hashable:
    """Arguments as a key. Conditions are equal if their SQL is, and the values in it."""
    if isinstance(value, sa.ClauseElement):
        key = value._generate_cache_key()
        assert key, "A condition has no literals in its SQL."
        return key.key, tuple(_freeze(bound.effective_value) for bound in key.bindparams)
    if isinstance(value, list | tuple):
        return tuple(map(_freeze, value))
    if isinstance(value, Mapping):
        return tuple((name, _freeze(each)) for name, each in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), *(_freeze(getattr(value, field.name)) for field in fields(value))
    return cast(Hashable, value)


def _weigh(value: Any) -> int:
    """About how many values there are within a value, itself included: of a long list, by some of its entries."""
    if isinstance(value, str | type):
        return 1 + len(value) // 50 if type(value) is str else 1
    if isinstance(value, Mapping):
        return 1 + _weigh_all(value) + _weigh_all(value.values())
    if isinstance(value, list | tuple | set):
        return 1 + _weigh_all(value)
    if is_dataclass(value):
        return 1 + _weigh_all([getattr(value, field.name) for field in fields(value)])
    return 1 + (_weigh_all(vars(value).values()) if hasattr(value, "__dict__") else 0)


def _weigh_all(values: Collection[Any]) -> int:
    sample = [*islice(values, 0, None, len(values) // SAMPLE + 1)]
    return sum(map(_weigh, sample)) * len(values) // max(len(sample), 1)

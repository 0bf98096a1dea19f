"""What belongs together: commitments, funds and events."""

from collections.abc import Sequence
from typing import Any

from db.models import Change, Commitment, CommitmentEvent, CommitmentFund, Event, EventFund, Fund
from db.vocabulary import ChangeAction, ProblemCode
from db.writing.base import Input, M, Write
from db.writing.fields import Prose

ENDS: dict[str, type[Any]] = {"commitment": Commitment, "fund": Fund, "event": Event}
LINKS: dict[frozenset[type[Any]], type[Any]] = {
    frozenset({Commitment, Fund}): CommitmentFund,
    frozenset({Commitment, Event}): CommitmentEvent,
    frozenset({Event, Fund}): EventFund,
}


class Pair(Input):
    commitment: str | None = None
    fund: str | None = None
    event: str | None = None


class LinkInput(Pair):
    reason: Prose


class UnlinkInput(Pair):
    reason: Prose


def link(write: Write, given: LinkInput) -> tuple[dict[str, Any], Change]:
    ends, model, there = _ends(write, given)
    if there is not None:
        write.stop(ProblemCode.DUPLICATE, "They are linked already.", existing=next(iter(ends.values())))
    write.add(model(**{f"{name}_id": row.id for name, row in ends.items()}))
    return ends, write.log(ChangeAction.LINKED, f"{_words(given, 'linked to')}: {given.reason}", *ends.values())


def unlink(write: Write, given: UnlinkInput) -> tuple[dict[str, Any], Change]:
    ends, _, there = _ends(write, given)
    if there is None:
        write.stop(ProblemCode.NOT_FOUND, "They are not linked.")
    write.remove(there)
    return ends, write.log(ChangeAction.UNLINKED, f"{_words(given, 'unlinked from')}: {given.reason}", *ends.values())


def find_all(write: Write, model: type[M], names: Sequence[str] | None, *path: str) -> list[M]:
    """The rows of these names; a problem for each that there is none of, and for one named twice."""
    for number, name in enumerate(names or ()):
        if name in (names or ())[:number]:
            write.invalid(f"{name!r} stands twice.", *path, str(number))
    rows = [write.find(model, name, *path, str(number)) for number, name in enumerate(names or ())]
    return [row for row in rows if row is not None]


def _ends(write: Write, given: Pair) -> tuple[dict[str, Any], type[Any], Any]:
    """What is to be linked, by its kind; the kind of link; and the link itself, if there is one."""
    wanted = {name: getattr(given, name) for name in ENDS if getattr(given, name) is not None}
    rows = {name: write.find(ENDS[name], value, name) for name, value in wanted.items()}
    if len(wanted) != 2:
        write.invalid("Name two of commitment, fund and event.")
    write.raise_if_rejected()
    model = LINKS[frozenset(ENDS[name] for name in wanted)]
    ends = {name: row for name, row in rows.items() if row is not None}
    return ends, model, write.session.get(model, {f"{name}_id": row.id for name, row in ends.items()})


def _words(given: Pair, how: str) -> str:
    first, second = (name for name in (given.commitment, given.fund, given.event) if name is not None)
    return f"{first} {how} {second}"

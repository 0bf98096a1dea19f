"""Links between commitments, funds and events."""

from typing import Any

from db.models import Change, Commitment, CommitmentEvent, CommitmentFund, Event, EventFund, Fund
from db.models.base import Entity, Record
from db.vocabulary import ChangeAction, ProblemCode
from db.writing.base import Draft
from db.writing.inputs import Input, Prose

ENDS: dict[str, type[Entity]] = {"commitment": Commitment, "fund": Fund, "event": Event}
LINKS: dict[frozenset[str], type[Record]] = {
    frozenset({"commitment", "fund"}): CommitmentFund,
    frozenset({"commitment", "event"}): CommitmentEvent,
    frozenset({"event", "fund"}): EventFund,
}


class Pair(Input):
    commitment: str | None = None
    fund: str | None = None
    event: str | None = None
    reason: Prose


class LinkInput(Pair):
    """The two to be linked."""


class UnlinkInput(Pair):
    """The two to be unlinked."""


def link(draft: Draft, data: LinkInput) -> tuple[dict[str, Entity], Change]:
    ends, model, keys = _ends(draft, data)
    if draft.session.get(model, keys) is not None:
        draft.reject(ProblemCode.DUPLICATE, "They are linked already.", existing=next(iter(ends.values())))
    draft.add(model(**keys))
    return ends, draft.log(ChangeAction.LINKED, _summary(data, "linked to"), *ends.values(), reason=data.reason)


def unlink(draft: Draft, data: UnlinkInput) -> tuple[dict[str, Entity], Change]:
    ends, model, keys = _ends(draft, data)
    row = draft.session.get(model, keys)
    if row is None:
        draft.reject(ProblemCode.NOT_FOUND, "They are not linked.")
    draft.remove(row)
    return ends, draft.log(ChangeAction.UNLINKED, _summary(data, "unlinked from"), *ends.values(), reason=data.reason)


def _ends(draft: Draft, data: Pair) -> tuple[dict[str, Entity], type[Record], dict[str, Any]]:
    """The two rows by their kinds, the table of their links, and the primary key of the link."""
    keys = {name: getattr(data, name) for name in ENDS if getattr(data, name) is not None}
    rows = {name: draft.find(ENDS[name], key, name) for name, key in keys.items()}
    if len(keys) != 2:
        draft.invalid("Name two of commitment, fund and event.")
    draft.raise_if_rejected()
    ends = {name: row for name, row in rows.items() if row is not None}
    return ends, LINKS[frozenset(ends)], {f"{name}_id": row.id for name, row in ends.items()}


def _summary(data: Pair, verb: str) -> str:
    first, second = (key for key in (data.commitment, data.fund, data.event) if key is not None)
    return f"{first} {verb} {second}: {data.reason}"

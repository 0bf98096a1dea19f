"""Edits: the values that a change wrote, under the names of the fields of the API."""

from collections.abc import Mapping
from functools import cache

import strawberry
from strawberry.types import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from db import affected
from db.edits import parse_record
from schema.moment import Moment
from schema.node import id_of, is_node
from schema.row_types import graphql_type_of

# The fields whose names do not follow from those of their columns, by type and column.
MONEY = {name: f"money.{name}" for name in ("amount", "currency", "bound")}
NAMES: Mapping[str, Mapping[str, str]] = {
    "Event": {"held_on": "date"},
    "Document": {"via": "viaOrganisation"},
    "AmountStatement": MONEY,
    "Allocation": MONEY,
    # A citation of a statement of a fund's size is of no subject in the API: the statement has it.
    "Citation": dict.fromkeys(
        ("strategy", "commitment", "status_update", "fund", "allocation", "event", "area", "term"), "subject"
    ),
    "Discrepancy": dict.fromkeys(("strategy", "commitment", "fund", "event"), "subject"),
}
# A link is no object: each of its ends is an entry in a list of the other, named here by the link and by the end.
LISTS: Mapping[tuple[str, str], str] = {
    ("CommitmentLead", "commitment"): "leads",
    ("CommitmentLead", "organisation"): "leads",
    ("CommitmentFund", "commitment"): "commitments",
    ("CommitmentFund", "fund"): "funds",
    ("CommitmentEvent", "commitment"): "commitments",
    ("CommitmentEvent", "event"): "events",
    ("EventFund", "event"): "events",
    ("EventFund", "fund"): "funds",
    ("EventHost", "event"): "hosted",
    ("EventHost", "organisation"): "hosts",
    ("AreaOrganisation", "area"): "areas",
    ("AreaOrganisation", "organisation"): "organisations",
}


@strawberry.type(description="One value that a change wrote.")
class Edit:
    record: str = strawberry.field(description="The row: its kind and its name, such as Commitment SVS-33.")
    field: str = strawberry.field(
        description="The field as the record has it, such as effective_on; `path` is its name in the API."
    )
    before: str | None = strawberry.field(
        description="The value before, as text: a row by its ref, slug or key, a list as JSON; null if there was none."
    )
    after: str | None = strawberry.field(description="The value since then, likewise; null if there is none.")
    row_id: strawberry.ID | None = strawberry.field(
        description="The id of the row whose field it is, also where the row is gone: a cache drops that. Of a link,"
        " the row at the other end. Null where there is no such object."
    )
    path: str | None = strawberry.field(
        description="The field of that row in the API, such as effectiveOn, money.amount or funds; null for what the"
        " API does not show."
    )
    before_id: strawberry.ID | None = strawberry.field(
        description="The id of the row that it led to before; null where it led to none, or has another kind of value."
    )
    after_id: strawberry.ID | None = strawberry.field(description="The id of the row that it leads to, likewise.")


def build_edit(edit: Mapping[str, str | None], moment: Moment) -> Edit:
    """An edit as the log has it, with the ids of a moment."""
    record, field = edit["record"] or "", edit["field"] or ""
    kind, key = parse_record(record)
    other = affected.reference(kind, field)
    row = (kind, key)
    path = path_of(kind, field)
    if (kind, field) in LISTS:
        path = LISTS[kind, field]
        end = (other, edit["after"] or edit["before"])
        row = next(each for each in affected.ends(affected.MODEL_OF[kind], key) if each != end)

    def id(kind: str | None, key: str | None) -> strawberry.ID | None:
        return None if kind is None or key is None else id_of(moment, kind, key)

    return Edit(
        record=record,
        field=field,
        before=edit["before"],
        after=edit["after"],
        row_id=id(*row),
        path=path,
        before_id=id(other, edit["before"]),
        after_id=id(other, edit["after"]),
    )


@cache
def path_of(kind: str, field: str) -> str | None:
    """The field of the API that shows a column of a row; None for a column that it hides, or a row without a type."""
    if field in NAMES.get(kind, {}):
        return NAMES[kind][field]
    model = affected.MODEL_OF.get(kind)
    if model is None or not is_node(model):
        return None
    fields = get_object_definition(graphql_type_of(model), strict=True).fields
    return to_camel_case(field) if field in {each.python_name for each in fields} else None

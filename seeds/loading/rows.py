"""Loads the rows of one file as their declarations say, and then what belongs to them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any, TypeVar

from db import edits, natural_keys
from db.changes import FOLLOWABLE
from seeds import mapping
from seeds.loading.context import Absent, LoadContext
from seeds.loading.merge import Key, M, TableMerge, Values, entity_id
from seeds.mapping import SeedPart
from seeds.rows.base import CitationPart, SeedRow

R = TypeVar("R", bound=SeedRow)
# The value of one field by the key of the row that has it.
Lists = Mapping[Key, Any]


def load_rows(context: LoadContext, kind: type[R], rows: Sequence[R]) -> None:
    table = context.table(kind.MODEL, kind.FILE)
    for batch in kind.batches(rows):
        values = (present_columns(context, table, row, row.natural_key) for row in batch)
        table.put([each for each in values if each is not None])
        table.present |= {(row.natural_key,) for row in batch}
    table.report_absent()
    load_lists(context, table, kind, {(row.natural_key,): row for row in rows})


def present_columns(context: LoadContext, table: TableMerge[M], part: SeedPart, name: str) -> Values | None:
    """The columns of a row; None, and a line in the report, if it points to a row that was withdrawn."""
    try:
        return columns(context, part)
    except Absent as absent:
        context.report.withdrawn.append(f"{table.name} {name}, because of {absent}")
        return None


def columns(context: LoadContext, part: SeedPart) -> Values:
    """The columns of the row in the database, but for an identity that is not in the file."""
    values: Values = {}
    for name, declaration in part.MAPPINGS.items():
        value = getattr(part, name)
        match declaration:
            case mapping.Column(column):
                values[column] = value
            case mapping.PeriodColumns(day):
                values |= {day: value and value.on, "precision": value and value.precision}
            case mapping.Reference(model):
                values[f"{name}_id"] = value and context.id(model, value)
            case mapping.Subject():
                # All of the columns, because a row may move from one subject to another.
                for model, column in natural_keys.SUBJECT_COLUMNS[part.MODEL].items():
                    values[column] = context.id(model, value.key) if model.__tablename__ == value.type else None
    return values


def load_lists(context: LoadContext, table: TableMerge[M], kind: type[SeedPart], parts: Mapping[Key, SeedPart]) -> None:
    """Loads what belongs to those of the rows that are in the database."""
    # Citations first: they are listed in the order in which they came, and those of a row before those of its parts.
    for name, declaration in sorted(kind.MAPPINGS.items(), key=lambda item: not isinstance(item[1], mapping.Citations)):
        lists = {key: getattr(part, name) for key, part in parts.items() if key in table.rows}
        match declaration:
            case mapping.Links():
                _load_links(context, table, name, declaration, lists)
            case mapping.Parts(part_kind):
                _load_parts(context, table, name, part_kind, lists)
            case mapping.Citations(single):
                for key, value in lists.items():
                    _cite(context, table, key, [value] if single else value)


def _load_links(context: LoadContext, table: TableMerge[M], name: str, links: mapping.Links, lists: Lists) -> None:
    merge = context.table(links.link, table.file)
    owner_column, column = f"{table.name}_id", f"{links.model.__tablename__}_id"
    values: dict[int, list[Values]] = {}
    for id, owner in _owners(table, lists).items():
        position = count(1)
        values[id] = []
        for key in lists[owner]:
            try:
                link: Values = {owner_column: id, column: context.id(links.model, key)}
            except Absent as absent:
                context.report.withdrawn.append(f"{merge.name} of {table.name} {owner[0]}, because of {absent}")
            else:
                values[id].append(link | {"position": next(position)} if "position" in merge.columns else link)
    if "position" in merge.columns:
        _leave_to_editors(table, merge, name, values)
    merge.replace(list(chain.from_iterable(values.values())), lambda link: getattr(link, owner_column) in values)


def _load_parts(context: LoadContext, table: TableMerge[M], name: str, kind: type[SeedPart], lists: Lists) -> None:
    merge = context.table(kind.MODEL, table.file)
    # A row that readers may follow has a published id: no load removes it, and an editor's owner does not hold it up.
    lasting = issubclass(kind.MODEL, FOLLOWABLE)
    owner_column = f"{table.name}_id"
    parts: dict[Key, SeedPart] = {}
    # Parts that cannot be loaded stay as they are.
    left: set[Key] = set()
    values: dict[int, list[Values]] = {}
    for id, owner in _owners(table, lists, of_editors=lasting).items():
        values[id] = []
        for position, part in enumerate(lists[owner], 1):
            part_columns = present_columns(context, merge, part, f"of {table.name} {owner[0]}")
            identity = {owner_column: id, **part.identity(str(owner[0]), position)}
            if part_columns is None:
                left.add(merge.key(identity))
            else:
                values[id].append(identity | part_columns)
                parts[merge.key(values[id][-1])] = part
    if "position" in merge.key_columns:
        _leave_to_editors(table, merge, name, values)
    merge.replace(
        list(chain.from_iterable(values.values())),
        lambda row: getattr(row, owner_column) in values and merge.key_of(row) not in left,
        lambda rows: [] if lasting else context.citations.release(rows),
    )
    load_lists(context, merge, kind, parts)


def _leave_to_editors(table: TableMerge[M], merge: TableMerge[Any], name: str, values: dict[int, list[Values]]) -> None:
    """Takes away the ordered lists in which an editor has written or withdrawn something: these are the editor's."""
    owner_column = f"{table.name}_id"
    owners = {getattr(row, owner_column) for row in merge.rows.values() if not row.seeded}
    # The name of a record in such a list begins with the key of its owner.
    keys = {edits.parse_record(record)[1].split("/")[0] for record in merge.withdrawn}
    owners |= {entity_id(table.rows[key,]) for key in keys if (key,) in table.rows}
    for key, row in table.rows.items():
        id = entity_id(row)
        if id in owners and id in values:
            wanted = {merge.key(each): each for each in values.pop(id)}
            rows = {each: row for each, row in merge.rows.items() if getattr(row, owner_column) == id}
            if wanted.keys() != rows.keys() or any(
                getattr(rows[each], column) != value for each in wanted for column, value in wanted[each].items()
            ):
                merge.report.differing.append(f"{table.name} {key[0]}: {name}")


def _owners(table: TableMerge[M], keys: Iterable[Key], *, of_editors: bool = False) -> dict[int, Key]:
    """By id, the rows whose lists are those of the files; not an editor's rows, unless these are asked for."""
    rows = ((table.rows[key], key) for key in keys)
    return {entity_id(row): key for row, key in rows if row.seeded or of_editors}


def _cite(context: LoadContext, table: TableMerge[M], key: Key, citations: Sequence[CitationPart]) -> None:
    merge, owner = context.citations.table, f"of {table.name} {key[0]}"
    values: list[Values] = []
    for citation in citations:
        citation_columns = present_columns(context, merge, citation, owner)
        natural_key = citation.key(table.name, str(key[0]))
        if citation_columns is None:
            context.citations.left.add(natural_key)
        else:
            values.append({"key": natural_key, **citation_columns})
    context.citations.add(table.rows[key], values)

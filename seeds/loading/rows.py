"""Loads the rows of one file as their declarations say, and then what belongs to them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, TypeVar

from db import natural_keys
from db.changes import FOLLOWABLE
from seeds import mapping
from seeds.loading.context import LoadContext
from seeds.loading.merge import Key, M, TableMerge, Values, entity_id
from seeds.mapping import SeedPart
from seeds.rows.base import CitationPart, SeedRow

R = TypeVar("R", bound=SeedRow)
# The value of one field by the key of the row that has it.
Lists = Mapping[Key, Any]


def load_rows(context: LoadContext, kind: type[R], rows: Sequence[R]) -> None:
    table = context.table(kind.MODEL, kind.FILE)
    for batch in kind.batches(rows):
        table.put([columns(context, row) for row in batch])
    table.report_absent()
    load_lists(context, table, kind, {(row.natural_key,): row for row in rows})


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
    """Loads what belongs to rows that are in the database."""
    # Citations first: they are listed in the order in which they came, and those of a row before those of its parts.
    for name, declaration in sorted(kind.MAPPINGS.items(), key=lambda item: not isinstance(item[1], mapping.Citations)):
        lists = {key: getattr(part, name) for key, part in parts.items()}
        match declaration:
            case mapping.Links():
                _load_links(context, table, declaration, lists)
            case mapping.Parts(part_kind):
                _load_parts(context, table, part_kind, lists)
            case mapping.Citations(single):
                for key, value in lists.items():
                    _cite(context, table, key, [value] if single else value)


def _load_links(context: LoadContext, table: TableMerge[M], links: mapping.Links, lists: Lists) -> None:
    merge = context.table(links.link, table.file)
    owners = _owners(table, lists)
    owner_column, column = f"{table.name}_id", f"{links.model.__tablename__}_id"
    values: list[Values] = []
    for id, owner in owners.items():
        position = count(1)
        for key in lists[owner]:
            by_column = {owner_column: str(owner[0]), column: key}
            record = f"{links.link.__name__} {'/'.join(by_column[each] for each in merge.key_columns)}"
            if record in context.removed_links:
                context.report.differing.append(record)
                continue
            link: Values = {owner_column: id, column: context.id(links.model, key)}
            values.append(link | {"position": next(position)} if "position" in merge.columns else link)
    merge.replace(values, lambda link: getattr(link, owner_column) in owners)


def _load_parts(context: LoadContext, table: TableMerge[M], kind: type[SeedPart], lists: Lists) -> None:
    merge = context.table(kind.MODEL, table.file)
    # A row that readers may follow has a published id: no load removes it, and an editor's owner does not hold it up.
    lasting = issubclass(kind.MODEL, FOLLOWABLE)
    owners = _owners(table, lists, of_editors=lasting)
    owner_column = f"{table.name}_id"
    editors = {key for key, row in merge.rows.items() if not row.seeded}
    parts: dict[Key, SeedPart] = {}
    values: list[Values] = []
    for id, owner in owners.items():
        # The rows that editors added to a list keep their positions.
        positions = (position for position in count(1) if (id, position) not in editors)
        for part, position in zip(lists[owner], positions, strict=False):
            identity = part.identity(str(owner[0]), position)
            values.append({owner_column: id, **identity, **columns(context, part)})
            parts[merge.key(values[-1])] = part

    merge.replace(
        values,
        lambda row: getattr(row, owner_column) in owners,
        lambda rows: [] if lasting else context.citations.release(rows),
    )
    load_lists(context, merge, kind, parts)


def _owners(table: TableMerge[M], keys: Iterable[Key], *, of_editors: bool = False) -> dict[int, Key]:
    """By id, the rows whose lists are those of the files; not an editor's rows, unless these are asked for."""
    rows = ((table.rows[key], key) for key in keys)
    return {entity_id(row): key for row, key in rows if row.seeded or of_editors}


def _cite(context: LoadContext, table: TableMerge[M], key: Key, citations: Sequence[CitationPart]) -> None:
    values: list[Values] = []
    for citation in citations:
        values.append({"key": citation.key(table.name, str(key[0])), **columns(context, citation)})
    context.citations.add(table.rows[key], values)

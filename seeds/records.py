"""The names of the records that a row of the files holds, as the log has them: `Commitment SVS-19`."""

from collections.abc import Iterator
from typing import Any

from db.models.base import Base
from db.natural_keys import KEY_COLUMN, LINK_COLUMNS
from seeds import mapping
from seeds.mapping import SeedPart
from seeds.rows.base import CitationPart


def names(part: SeedPart, key: str) -> Iterator[str]:
    """The row itself, and all that belongs to it; `key` is its natural key."""
    model = part.MODEL
    yield name(model, key)
    for field, declaration in part.MAPPINGS.items():
        value = getattr(part, field)
        match declaration:
            case mapping.Links():
                yield from (link_name(declaration, model, key, other) for other in value)
            case mapping.Citations(single):
                for citation in [value] if single else value:
                    yield name(CitationPart.MODEL, citation.key(model.__tablename__, key))
            case mapping.Parts():
                for position, each in enumerate(value, 1):
                    yield from names(each, part_key(each, key, position))


def name(model: type[Base], key: str) -> str:
    return f"{model.__name__} {key}".rstrip()


def link_name(links: mapping.Links, owner: type[Base], key: str, other: str) -> str:
    by_column = {f"{owner.__tablename__}_id": key, f"{links.model.__tablename__}_id": other}
    return name(links.link, "/".join(by_column[column] for column in LINK_COLUMNS[links.link]))


def part_key(part: SeedPart, owner: str, position: int) -> str:
    """The natural key of a part: its own, or its owner's and its position."""
    model, identity = part.MODEL, part.identity(owner, position)
    column = KEY_COLUMN.get(model)
    if column is None:
        return f"{owner}/{identity['position']}"
    value: Any = identity.get(column) or getattr(part, column)
    return str(value)

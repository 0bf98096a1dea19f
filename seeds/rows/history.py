"""The versions of rows that are no longer in force, and since when a row is in force as it is."""

from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError, create_model, model_validator
from sqlmodel.sql.sqltypes import AutoString

from db import natural_keys
from db.columns import Instant as InstantColumn
from db.columns import Pounds
from db.edits import parse_record
from db.fields import Count
from db.models import VERSION_TABLES, Citation
from db.models.base import BOOKKEEPING, Base
from db.natural_keys import key_columns, target
from seeds.fields import Day, Flag, Instant, LogText, Record, Sum
from seeds.rows.base import SeedRow, Unique
from seeds.rows.dataset import Revision

# The types of values in the files by those of columns. An enumeration has a type of its own.
TYPES: dict[type[sa.types.TypeEngine[Any]], Any] = {
    InstantColumn: Instant,
    Pounds: Sum,
    sa.Boolean: Flag,
    sa.Integer: Annotated[int, Strict()],
    sa.Date: Day,
    sa.JSON: list[LogText],
    AutoString: LogText,
}
KINDS: dict[str, type[Base]] = {model.__name__: model for model in VERSION_TABLES}


def _column_names(model: type[Base]) -> list[str]:
    return [column.name for column in VERSION_TABLES[model].c]


def content_columns(model: type[Base]) -> dict[str, str]:
    """The columns that say something of the world, but for those of the natural key, by the names of their fields."""
    hidden = {"id", "until", *BOOKKEEPING, *key_columns(model)}
    return {name.removesuffix("_id"): name for name in _column_names(model) if name not in hidden}


def _field(model: type[Base], name: str) -> tuple[Any, Any]:
    """The type of a field and its default. A list without items and an unknown value are left out."""
    column = model.__table__.c[name]
    if target(model, name):
        kind: Any = LogText
    elif isinstance(column.type, sa.Enum):
        kind = column.type.enum_class
    else:
        kind = next(kind for each, kind in TYPES.items() if isinstance(column.type, each))
    if isinstance(column.type, sa.JSON):
        return kind, Field(default_factory=list)
    if isinstance(column.type, sa.Boolean) and column.server_default is not None:
        # Files of an earlier version do not have it.
        return kind, False
    return (kind | None, None) if column.nullable else (kind, ...)


def _fields(model: type[Base]) -> dict[str, Any]:
    return {field: _field(model, name) for field, name in content_columns(model).items()}


# The fields of the versions of each model.
VALUES: dict[type[Base], type[BaseModel]] = {
    model: create_model(
        f"{model.__name__}Values",
        __config__=ConfigDict(extra="forbid"),
        **_fields(model),
    )
    for model in VERSION_TABLES
}


class VersionRow(SeedRow):
    FILE = "history.yaml"
    NAME = "record"
    UNIQUE: ClassVar[Unique] = {}
    OPTIONAL = True

    record: Record
    since: Revision
    # Without it, the row is in force as the other files have it.
    until: Revision | None = None
    # Of a citation that is gone: its place among all that its subject ever had, in the order in which they came.
    place: Count | None = None
    values: dict[str, Any] | None = None

    @property
    def model(self) -> type[Base]:
        return KINDS[parse_record(self.record)[0]]

    @property
    def key(self) -> str:
        return parse_record(self.record)[1]

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The values of the columns; of a foreign key, the natural key of the row that it points to."""
        names = key_columns(self.model)
        texts = self.key.split("/", len(names) - 1) if len(names) > 1 else [self.key][: len(names)]
        if len(texts) != len(names) or not all(texts) or (self.key and not names):
            raise ValueError(f"{self.record[:80]!r} names no row")
        key: dict[str, Any] = dict(zip(names, texts, strict=True))
        if "position" in key:
            if not key["position"].isdecimal():
                raise ValueError(f"{self.record[:80]!r} names no row")
            key["position"] = int(key["position"])
        if self.until is None:
            return key
        values = VALUES[self.model].model_validate(self.values or {})
        return key | {name: getattr(values, field) for field, name in content_columns(self.model).items()}

    def targets(self) -> dict[str, tuple[type[Base], str]]:
        """The rows that this version points to, by column."""
        models = ((name, target(self.model, name), value) for name, value in self.columns.items())
        return {name: (model, value) for name, model, value in models if model and value is not None}

    @property
    def subject(self) -> tuple[type[Base], str]:
        """What a citation is about."""
        subjects = natural_keys.SUBJECT_COLUMNS[Citation].values()
        return next(row for name, row in self.targets().items() if name in subjects)

    @model_validator(mode="after")
    def known_values(self) -> Self:
        try:
            columns = self.columns
        except ValidationError as error:
            raise ValueError("; ".join(map(_reason, error.errors(include_url=False)))) from error
        if self.until is None and (self.values is not None or self.place is not None):
            raise ValueError("has no until, so it has no values: the other files have those of rows in force")
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"ends with revision {self.until}, which does not follow {self.since}")
        if self.until is not None and self.model in natural_keys.SUBJECT_COLUMNS:
            names = natural_keys.SUBJECT_COLUMNS[self.model].values()
            if sum(columns[name] is not None for name in names) != 1:
                raise ValueError("is about one row, and names none or several")
        if self.place is not None and self.model is not Citation:
            raise ValueError("has a place, which only citations have")
        return self


def _reason(detail: Any) -> str:
    where = ", ".join(str(part)[:80] for part in detail["loc"])
    match detail["type"]:
        case "extra_forbidden":
            reason = "is not a field of such a row"
        case "missing":
            reason = "is missing"
        case _:
            reason = str(detail.get("ctx", {}).get("error") or detail["msg"])
    return f"{where}: {reason}"

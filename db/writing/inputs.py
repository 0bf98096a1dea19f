"""What the inputs of all changes have in common, and the values that their fields may have."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from pydantic_core import ErrorDetails

from db import fields
from db.fields import Count, Slug, Text, distinct

# The steps to a value in an input: names of fields, and numbers of items.
Path: TypeAlias = tuple[str, ...]
# What a browser could take for markup.
TAG = re.compile(r"<[A-Za-z/!?]")


@dataclass(frozen=True)
class InvalidValue:
    """Takes the place of a value that breaks the rules of its field, so that the other fields are still validated."""

    reasons: list[tuple[Path, str]]


class Input(BaseModel):
    """The input of a change. A value that breaks the rules of its field becomes an `InvalidValue`, to be reported."""

    # A validator is built when it is first needed, and a start needs none.
    model_config = ConfigDict(extra="forbid", defer_build=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _validate(cls, value: object, validate: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
        field = cls.model_fields[info.field_name or ""]
        if value is None and not field.is_required():
            # Null means the default: many clients send every field of a form.
            value = field.get_default(call_default_factory=True)
        try:
            return validate(value)
        except ValidationError as error:
            return InvalidValue([(tuple(map(str, detail["loc"])), _reason(detail)) for detail in error.errors()])

    def values(self, *names: str) -> dict[str, Any]:
        """The values of these fields, for columns of the same names."""
        return {name: getattr(self, name) for name in names}


def _reason(detail: ErrorDetails) -> str:
    if detail["type"] in ("string_too_long", "too_long"):
        limit, is_text = detail["ctx"]["max_length"], isinstance(detail["input"], str)
        return f"is longer than {limit} characters" if is_text else f"has more than {limit} items"
    return str(detail.get("ctx", {}).get("error") or detail["msg"])


def _plain(text: str) -> str:
    if TAG.search(text):
        raise ValueError("holds markup; plain text is taken and shown as it stands")
    return text


def _whole_pence(pounds: Decimal) -> Decimal:
    if not 0 < pounds < 10**12:
        raise ValueError(f"{pounds} is not between one penny and a million million pounds")
    if pounds * 100 % 1:
        raise ValueError(f"{pounds} is not a whole number of pence")
    return pounds


# A name or a title, and a note or a reason.
Line = Annotated[Text, Field(max_length=300), AfterValidator(_plain)]
Prose = Annotated[Text, AfterValidator(_plain)]
Pounds = Annotated[Decimal, AfterValidator(_whole_pence)]
Url = Annotated[fields.Url, AfterValidator(_plain)]
Lines = Annotated[list[Line], Field(max_length=50), AfterValidator(distinct)]

__all__ = ["Count", "Input", "InvalidValue", "Line", "Lines", "Path", "Pounds", "Prose", "Slug", "Url"]

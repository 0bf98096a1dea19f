"""What the inputs of all changes have in common."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from pydantic_core import ErrorDetails

# The steps to a value in an input: names of fields, and numbers of items.
Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class InvalidValue:
    """Takes the place of a value that breaks the rules of its field, so that the other fields are still validated."""

    reasons: list[tuple[Path, str]]


class Input(BaseModel):
    """The input of a change. A value that breaks the rules of its field becomes an `InvalidValue`, to be reported."""

    model_config = ConfigDict(extra="forbid")

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

    def values(self, *fields: str) -> dict[str, Any]:
        """The values of these fields, for columns of the same names."""
        return {field: getattr(self, field) for field in fields}


def _reason(detail: ErrorDetails) -> str:
    if detail["type"] in ("string_too_long", "too_long"):
        limit = detail["ctx"]["max_length"]
        return (
            f"is longer than {limit} characters" if isinstance(detail["input"], str) else f"has more than {limit} items"
        )
    return str(detail.get("ctx", {}).get("error") or detail["msg"])

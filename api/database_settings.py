"""The settings that a command needs which only opens the database."""

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.address import parse_address

PREFIX = "SIXTYONE_"


class DatabaseSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    database_url: str = Field(
        default="sqlite:///sixty-one.db", description="SQLite (`sqlite:///file.db`) or PostgreSQL (`postgresql://…`)."
    )

    @model_validator(mode="before")
    @classmethod
    def _drop_blank(cls, values: dict[str, object]) -> dict[str, object]:
        """An empty variable is not set: compose passes on all that it names, and files of them end in spaces."""
        texts = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in texts.items() if value != ""}

    @field_validator("database_url")
    @classmethod
    def _check_database_url(cls, value: str) -> str:
        return parse_address(value)

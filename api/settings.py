"""Every setting, from the environment: SIXTYONE_ and the name in capitals."""

import os
import re
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt, ValidationInfo, field_validator

from api.client_address import parse_networks
from api.database_settings import DatabaseSettings
from db.address import parse_address
from db.database import CONNECTIONS
from schema.limits import Limits

DEFAULTS = Limits()
SITE = re.compile(r"https?://[^/?#\s]+(/[\w.~-]+)*/?", re.ASCII)
CONTACT = re.compile(r"(https?://|mailto:)\S+")
REDIS = re.compile(r"rediss?://\S+")


class Settings(DatabaseSettings):
    read_urls: str | None = Field(
        None,
        description="Replicas of a PostgreSQL that answer the public in its place: their addresses, with spaces between"
        " them; none if left out.",
    )
    database_connections: PositiveInt = Field(
        CONNECTIONS,
        description="How many questions one process asks each server of PostgreSQL at once; it has at most six"
        " connections more.",
    )
    statement_seconds: PositiveInt = Field(5, description="How long one statement that reads may take in the database.")
    data: Path | None = Field(None, description="The folder of reviewed files that `serve` loads; our own if left out.")
    documents: Path | None = Field(
        None,
        description="A JSON file of GraphQL documents by id, which clients ask for by these ids; none if left out.",
    )
    documents_only: bool = Field(
        False, description="Whether GraphQL answers the documents of that file and nothing else."
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=0, le=65_535, description="The port to listen on; 0 for any free one.")
    metrics_port: int | None = Field(
        None,
        ge=0,
        le=65_535,
        description="The port of `/metrics`: one of its own, or that of the service; nowhere if left out.",
    )
    metrics_host: str = Field("127.0.0.1", description="The address to listen on for that, where the port is its own.")
    processes: PositiveInt = Field(
        1, description="How many processes answer at the port: as many as there are processors to spare."
    )
    traces: bool = Field(
        False,
        description="Whether spans are sent by OpenTelemetry, whose own variables (`OTEL_…`) say where.",
    )
    public_url: str | None = Field(
        None,
        description="Where the public finds it, such as `https://example.org` or `https://example.org/tracker`; as the"
        " request has it if left out.",
    )
    trusted_proxies: str = Field(
        "127.0.0.1,::1",
        description="Addresses and networks of the proxies that may say who asks, and by which scheme, or `none`.",
    )
    contact: str | None = Field(
        None,
        description="Where people report a mistake, such as `mailto:editors@example.org`; nowhere if left out. What a"
        " report is about is added as `subject` and `body`.",
    )
    time_zone: str = Field(
        "Europe/London", description="The time zone whose days count: where a day has not begun, it is to come."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least important line that is logged."
    )
    log_format: Literal["json", "text"] = Field("json", description="One JSON object a line, or text for people.")
    log_slow_milliseconds: NonNegativeInt = Field(
        1_000, description="A caller that waits longer is logged in a warning; 0 for never."
    )
    log_blocked_milliseconds: NonNegativeInt = Field(
        250, description="What keeps all callers waiting for longer is logged in a warning; 0 for never."
    )
    body_limit: PositiveInt = Field(100_000, description="The largest request body that is read, in bytes.")
    shutdown_seconds: NonNegativeInt = Field(
        10, description="How long requests under way may take to finish after SIGTERM."
    )
    slow_seconds: PositiveInt = Field(
        10, description="How long a client may leave what was sent to it before it is hung up on."
    )
    head_seconds: PositiveInt = Field(10, description="How long the head of a request may take to arrive.")
    body_seconds: PositiveInt = Field(30, description="How long the body of a request may take to arrive.")
    idle_seconds: PositiveInt = Field(75, description="How long a connection may wait for its next request.")
    max_connections: PositiveInt = Field(
        10_000, description="Connections at once; fewer if the limit of descriptors is too low for them."
    )
    max_connections_per_client: PositiveInt = Field(
        200, description="Connections at once of one address, or IPv6 /64, but for trusted proxies."
    )
    answers_bytes: NonNegativeInt = Field(
        16_000_000, description="How much memory answers may take that are kept until the data changes; 0 for none."
    )
    rate_per_minute: NonNegativeInt = Field(
        100_000, description="The price of all that one client may ask for in a minute; 0 for no limit."
    )
    rate_burst: NonNegativeInt = Field(
        50_000, description="The price of all that one client may ask for in five seconds; 0 for no limit."
    )
    rate_storage: str | None = Field(
        None,
        description="Redis, where several processes count what clients ask for together, such as `redis://host:6379`.",
    )
    max_tokens: PositiveInt = Field(DEFAULTS.tokens, description="Tokens in a query.")
    max_depth: PositiveInt = Field(DEFAULTS.depth, description="Levels in a query.")
    max_aliases: NonNegativeInt = Field(
        DEFAULTS.aliases, description="Aliases in a query, as often as fragments repeat them."
    )
    max_cost: PositiveInt = Field(DEFAULTS.cost, description="What a query may cost: about as much as so many fields.")
    large_cost: PositiveInt = Field(
        DEFAULTS.large,
        description="A query that costs more waits for its turn beside the small ones; a change, and an event of a"
        " subscription, may not cost more.",
    )
    large_queries: PositiveInt = Field(DEFAULTS.at_once, description="How many such queries are under way at once.")
    query_seconds: PositiveFloat = Field(DEFAULTS.seconds, description="How long a query may take.")

    @field_validator("documents_only")
    @classmethod
    def _check_documents_only(cls, value: bool, info: ValidationInfo) -> bool:
        if value and info.data.get("documents") is None:
            raise ValueError("needs a file in SIXTYONE_DOCUMENTS")
        return value

    @field_validator("processes")
    @classmethod
    def _check_processes(cls, value: int, info: ValidationInfo) -> int:
        if value > 1 and not hasattr(os, "fork"):
            raise ValueError("this system has no fork: start several services, each on a port of its own")
        if value > 1 and info.data.get("metrics_port") and info.data["metrics_port"] == info.data.get("port"):
            raise ValueError("metrics need a port of their own: one process would answer for all")
        return value

    @field_validator("read_urls")
    @classmethod
    def _check_read_urls(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        if str(info.data.get("database_url")).startswith("sqlite"):
            raise ValueError("SQLite has no replicas: leave this out, or take a PostgreSQL")
        for number, text in enumerate(value.split(), 1):
            # It would be read as a part of the name of a database.
            if text.endswith((",", ";")) or text.count("://") > 1:
                raise ValueError("put spaces alone between addresses")
            try:
                is_sqlite = parse_address(text).startswith("sqlite")
            except ValueError as error:
                raise ValueError(f"address {number} {error}") from None
            if is_sqlite:
                raise ValueError(f"address {number} must begin with postgresql://")
        return value

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not SITE.fullmatch(value):
            raise ValueError(
                "must be http:// or https:// and a host, and nothing behind it but a path, such as https://example.org"
            )
        return value.rstrip("/")

    @field_validator("time_zone")
    @classmethod
    def _check_time_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("must be the name of a time zone, such as Europe/London or UTC") from None
        return value

    @field_validator("contact")
    @classmethod
    def _check_contact(cls, value: str | None) -> str | None:
        if value is not None and not CONTACT.fullmatch(value):
            raise ValueError("must begin with https://, http:// or mailto:, and have no spaces")
        return value

    @field_validator("rate_storage")
    @classmethod
    def _check_rate_storage(cls, value: str | None) -> str | None:
        if value is not None and not REDIS.fullmatch(value):
            raise ValueError("must begin with redis:// or rediss://")
        if value is not None and find_spec("redis") is None:
            raise ValueError("needs a client of Redis: pip install '.[redis]' in the clone")
        return value

    @field_validator("traces")
    @classmethod
    def _check_traces(cls, value: bool) -> bool:
        if value and find_spec("opentelemetry") is None:
            raise ValueError("needs OpenTelemetry: pip install '.[telemetry]' in the clone")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _check_trusted_proxies(cls, value: str) -> str:
        parse_networks(value)
        return value

    @property
    def read_addresses(self) -> list[str]:
        return [parse_address(text) for text in (self.read_urls or "").split()]

    @property
    def base(self) -> str:
        """The path that the site is below; empty for none."""
        return urlsplit(self.public_url or "").path

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can connect."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def limits(self) -> Limits:
        return Limits(
            tokens=self.max_tokens,
            depth=self.max_depth,
            aliases=self.max_aliases,
            cost=self.max_cost,
            large=self.large_cost,
            at_once=self.large_queries,
            seconds=self.query_seconds,
        )

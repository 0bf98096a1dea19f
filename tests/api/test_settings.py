"""Settings come from the environment; each is documented, and an error names the wrong one."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import cli
from api.database_settings import PREFIX
from api.settings import Settings
from tests.documents import table

SITE = "must be http:// or https:// and a host, and nothing behind it but a path, such as https://example.org"


def test_the_documents_have_every_setting_with_its_default() -> None:
    assert table("docs/operating.md", "variable") == [
        (f"`{PREFIX}{name.upper()}`", f"`{field.default}`", field.description)
        for name, field in Settings.model_fields.items()
    ]


def test_every_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        name: field.default + 1 if isinstance(field.default, int) else field.default
        for name, field in Settings.model_fields.items()
    }
    values |= {
        "database_url": "postgresql://reader@db/sixtyone",
        "read_urls": "postgresql://reader@one/sixtyone postgresql://reader@two/sixtyone",
        "host": "0.0.0.0",
        "metrics_port": 9161,
        "metrics_host": "0.0.0.0",
        "log_level": "error",
        "log_format": "text",
        "data": Path("elsewhere"),
        "documents": Path("documents.json"),
        "public_url": "https://example.org",
        "contact": "mailto:editors@example.org",
        "rate_storage": "redis://cache:6379/1",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", str(value))
    assert Settings().model_dump() == values


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("port", "http", "Input should be a valid integer, unable to parse string as an integer"),
        ("port", "70000", "Input should be less than or equal to 65535"),
        ("log_level", "loud", "Input should be 'debug', 'info', 'warning' or 'error'"),
        ("log_format", "xml", "Input should be 'json' or 'text'"),
        ("public_url", "example.org/", SITE),
        ("public_url", "https://example.org/#top", SITE),
        ("public_url", "https://", SITE),
        ("contact", "javascript:alert(1)", "must begin with https://, http:// or mailto:, and have no spaces"),
        ("contact", "mailto:a b", "must begin with https://, http:// or mailto:, and have no spaces"),
        ("body_limit", "0", "Input should be greater than 0"),
        ("shutdown_seconds", "-1", "Input should be greater than or equal to 0"),
        ("max_cost", "much", "Input should be a valid integer, unable to parse string as an integer"),
        ("rate_per_minute", "-1", "Input should be greater than or equal to 0"),
        ("rate_storage", "memcached://cache", "must begin with redis:// or rediss://"),
        (
            "database_url",
            "mysql://root:secret@db/x",
            "must begin with sqlite:/// and name a file, or with postgresql://",
        ),
        (
            "trusted_proxies",
            "10.0.0.0/8, proxy",
            "'proxy' is no address and no network, such as 10.0.0.1, 10.0.0.0/8 or fd00::/8",
        ),
        (
            "trusted_proxies",
            "10.0.0.1/8",
            "'10.0.0.1/8' is no address and no network, such as 10.0.0.1, 10.0.0.0/8 or fd00::/8",
        ),
        ("read_urls", "postgresql://one/a", "SQLite has no replicas: leave this out, or take a PostgreSQL"),
        ("database_url", "sqlite://", "must begin with sqlite:/// and name a file, or with postgresql://"),
        ("database_url", "sqlite:///:memory:", "must begin with sqlite:/// and name a file, or with postgresql://"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "migrate", "seed"])
def test_a_wrong_value_is_reported_by_its_name_in_a_line(command: str, name: str, value: str, message: str) -> None:
    variable = f"{PREFIX}{name.upper()}"
    result = CliRunner().invoke(cli.app, [command], env={variable: value})
    # The value is not printed: it may be a password.
    assert (result.exit_code, result.output) == (1, f"{variable}: {message}\n")


@pytest.mark.parametrize("between", [",", ", ", ";"])
def test_replicas_with_a_comma_between_them_are_refused(between: str) -> None:
    """It would be read as a part of the name of a database."""
    replicas = between.join(["postgresql://reader:secret@one/a", "postgresql://reader:secret@two/a"])
    env = {f"{PREFIX}DATABASE_URL": "postgresql://primary/a", f"{PREFIX}READ_URLS": replicas}
    result = CliRunner().invoke(cli.app, ["serve"], env=env)
    assert (result.exit_code, result.output) == (1, f"{PREFIX}READ_URLS: put spaces alone between addresses\n")


def test_all_wrong_values_are_reported_at_once() -> None:
    result = CliRunner().invoke(cli.app, ["migrate"], env={f"{PREFIX}PORT": "x", f"{PREFIX}LOG_LEVEL": "x"})
    assert [line.split(":")[0] for line in result.output.splitlines()] == [f"{PREFIX}PORT", f"{PREFIX}LOG_LEVEL"]


@pytest.mark.parametrize("empty", ["", " ", "\t\r\n"])
def test_a_variable_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    defaults = Settings().model_dump()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", empty)
    assert Settings().model_dump() == defaults


def test_the_end_of_a_line_is_no_part_of_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"public_url": "https://example.org/", "log_level": "error", "port": "80"}.items():
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", f"{value}\r")
    settings = Settings()
    assert (settings.public_url, settings.log_level, settings.port) == ("https://example.org", "error", 80)


def test_no_setting_is_reported_as_a_regular_expression() -> None:
    for field in Settings.model_fields.values():
        assert not [each for each in field.metadata if getattr(each, "pattern", None)]

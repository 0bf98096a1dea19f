"""Tells those who listen to SQLAlchemy's events of the statements that a driver executes without SQLAlchemy."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa


def begin(engine: sa.Engine, sql: str, arguments: object) -> Any:
    """What `end` and `fail` are given."""
    listeners = engine.dispatch.before_cursor_execute
    context = SimpleNamespace() if listeners else None
    for listener in listeners:
        listener(engine, None, sql, arguments, context, False)
    return context


def end(engine: sa.Engine, sql: str, arguments: object, context: Any) -> None:
    for listener in engine.dispatch.after_cursor_execute:
        listener(engine, None, sql, arguments, context, False)


def fail(engine: sa.Engine, error: Exception, context: Any) -> None:
    failure = SimpleNamespace(original_exception=error, execution_context=context)
    for listener in engine.dialect.dispatch.handle_error:
        listener(failure)

"""What a resolver may touch."""

import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

import strawberry
from strawberry.dataloader import DataLoader

from db.database import Database

# More keys than this are asked for in several statements: a database takes only so many parameters.
BATCH = 10_000


class Context:
    """Built once a request, so that its loaders cache for exactly one request."""

    def __init__(self, db: Database, now: dt.datetime) -> None:
        self.db = db
        self.now = now
        self.today = now.date()
        self._loaders: dict[tuple[Any, ...], DataLoader[Any, Any]] = {}

    def load(self, question: Callable[..., dict[Any, Any]], key: Any, *args: Any) -> Awaitable[Any]:
        """The answer for one key, asked for together with all others that want the same; None where there is none."""
        loader = self._loaders.get((question, args))
        if loader is None:
            loader = DataLoader(load_fn=partial(self._ask, question, args), max_batch_size=BATCH)
            self._loaders[question, args] = loader
        return loader.load(key)

    async def _ask(self, question: Callable[..., dict[Any, Any]], args: tuple[Any, ...], keys: list[Any]) -> list[Any]:
        found = await self.db.read(question, keys, *args)
        return [found.get(key) for key in keys]


Info: TypeAlias = strawberry.Info[Context, None]

"""Fixtures of pytest: `pytest_plugins = ["api.testing.fixtures"]` in the outermost conftest.py."""

from collections.abc import AsyncIterator, Iterator

import pytest

from api.testing.client import ScratchClient, scratch_client
from api.testing.server import ScratchServer, scratch_server


@pytest.fixture
async def sixtyone_http() -> AsyncIterator[ScratchClient]:
    """An httpx.AsyncClient of the application, with a database of its own for each test."""
    async with scratch_client() as http:
        yield http


@pytest.fixture
def sixtyone_server() -> Iterator[ScratchServer]:
    """The address of a server, with a database of its own for each test."""
    with scratch_server() as server:
        yield server

"""For tests of code that asks the API: the real application on a database of its own, in the process of the test."""

from api.testing.client import ScratchClient, scratch_client
from api.testing.server import ScratchServer, scratch_server

__all__ = ["ScratchClient", "ScratchServer", "scratch_client", "scratch_server"]

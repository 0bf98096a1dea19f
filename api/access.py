"""What the log tells of a request: who asked, what for, what it took, and how it ended. Never a secret."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from schema.meter import Meter

log = structlog.get_logger()
# In characters. A caller may send as many as it likes.
LONGEST = 200


@dataclass
class Access:
    """Filled in by whoever finds out while the request is answered."""

    client: str | None = None
    # In milliseconds; 0 for never.
    slow: int = 0
    # The number of its token.
    token: int | None = None
    # Of each query that was asked for it.
    meters: list[Meter] = field(default_factory=list)
    # Whether it got an answer that was kept.
    cached: bool = False
    codes: list[str] = field(default_factory=list)
    # Whether its time is its nature: a stream, or a file.
    lasting: bool = False

    def meter(self, client: str) -> Meter:
        """For one more query of the client that pays for it."""
        self.meters.append(Meter(client=client))
        return self.meters[-1]

    def failed(self, errors: Iterable[Mapping[str, Any]]) -> None:
        """Each code once: a stream may fail again and again."""
        codes = [error["extensions"]["code"] for error in errors]
        self.codes = list(dict.fromkeys([*self.codes, *codes]))

    def tell(self, event: str, milliseconds: float, *, waited: float, **more: Any) -> None:
        """Logs a line, and a warning where the caller `waited` for long. What is nought or empty is left out."""
        measured = {
            "client": self.client,
            "token": self.token,
            "operation": cut(", ".join(meter.operation for meter in self.meters if meter.operation)),
            "price": sum(meter.price for meter in self.meters),
            "cost": sum(meter.cost for meter in self.meters),
            "cached": self.cached,
            "codes": self.codes,
        }
        told = {name: value for name, value in measured.items() if value}
        if self.slow and waited > self.slow and not self.lasting:
            log.warning(f"slow_{event}", **more, milliseconds=round(waited, 2), **told)
        # The last line about it.
        log.info(event, **more, milliseconds=round(milliseconds, 2), **told)


def opened(scope: Scope, slow: int) -> Access:
    made: Access = Access((scope.get("client") or (None,))[0], slow)
    scope.setdefault("state", {})["access"] = made
    return made


def access(connection: HTTPConnection) -> Access:
    found: Access = connection.state.access
    return found


def asked(scope: Scope) -> dict[str, str]:
    """What was asked, as far as a line of a log has room for it."""
    agent = Headers(scope=scope).get("user-agent", "")
    told = {"method": scope.get("method", "WEBSOCKET"), "path": cut(scope["path"])}
    return told | ({"agent": cut(agent)} if agent else {})


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

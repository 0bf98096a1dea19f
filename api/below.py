"""A site that is below a path of its host."""

from starlette.types import ASGIApp, Receive, Scope, Send


class Below:
    """Takes the path that the site is below from each address, where the proxy in front has left it there."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.base and scope["type"] != "lifespan" and f"{scope['path']}/".startswith(f"{self.base}/"):
            raw = scope.get("raw_path", b"").removeprefix(self.base.encode())
            scope = {**scope, "path": scope["path"].removeprefix(self.base) or "/", "raw_path": raw or b"/"}
        await self.app(scope, receive, send)

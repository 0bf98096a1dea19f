"""The style, the script and the icon of the pages. Their names hold a digest of their content."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

HERE = Path(__file__).resolve().parent.parent / "static"
CONTENT_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    name: str
    body: bytes
    content_type: str

    @property
    def path(self) -> str:
        return f"/static/{self.name}"


def _read(name: str, *parts: str) -> Asset:
    body = "\n".join((HERE / part).read_text(encoding="utf-8") for part in parts).encode()
    stem, suffix = name.rsplit(".", 1)
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(f"{stem}.{digest}.{suffix}", body, CONTENT_TYPES[f".{suffix}"])


STYLE = _read("site.css", "pictures.css", "pages.css")
SCRIPT = _read("site.js", "site.js")
ICON = _read("icon.svg", "icon.svg")
# An embed holds its style itself, so that a frame takes one request.
EMBEDDED = _read("embed.css", "pictures.css", "embed.css").body.decode()
ASSETS = {asset.name: asset for asset in (STYLE, SCRIPT, ICON)}


async def serve_asset(request: Request) -> Response:
    """An asset, which browsers may cache for ever: other content has another name."""
    asset = ASSETS.get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(asset.body, media_type=asset.content_type, headers=headers)

"""Static files: styles, scripts, an icon, and GraphiQL. Their names hold a digest of their content."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.compression import gzip, min_gzip_bytes

FOLDER = Path(__file__).resolve().parent / "static"
THEMES = ("light", "dark")
# How pictures.css states its colours: a block of variables for each theme.
PALETTE = re.compile(r":root \{(.*?)\}", re.DOTALL)
PALETTES = re.compile(r":root \{.*?\}\n@media screen and \(prefers-color-scheme: dark\) \{.*?\n\}", re.DOTALL)
COLOUR = re.compile(r"(--[\w-]+): (.*?);")
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """Its parts are read when it is asked for: few readers open the editor, which is larger than all else."""

    name: str
    parts: tuple[Path, ...]
    content_type: str

    @property
    def path(self) -> str:
        return f"/static/{self.name}"

    @cached_property
    def body(self) -> bytes:
        return b"\n".join(part.read_bytes() for part in self.parts)

    @cached_property
    def gzip_body(self) -> bytes:
        return gzip(self.body)


def _read(name: str, *parts: str) -> Asset:
    digest = hashlib.sha256()
    for number, part in enumerate(parts):
        digest.update(b"\n" if number else b"")
        with (FOLDER / part).open("rb") as file:
            hashlib.file_digest(file, lambda: digest)
    stem, suffix = name.rsplit(".", 1)
    files = tuple(FOLDER / part for part in parts)
    return Asset(f"{stem}.{digest.hexdigest()[:12]}.{suffix}", files, TYPES[f".{suffix}"])


def in_theme(css: str, theme: str) -> str:
    """The same style in the light or the dark colours, whatever the reader prefers, and without variables, which the
    library that draws PNG does not know."""
    palettes = dict(zip(THEMES, PALETTE.findall(css), strict=True))
    colours = dict(COLOUR.findall(palettes[theme]))
    rules = PALETTES.sub(f":root {{ color-scheme: {theme}; }}", css)
    return VARIABLE.sub(lambda match: colours[match[1]], rules)


def _style(*names: str) -> dict[str, str]:
    """The pictures' style with that of files: by its theme, and the reader's own for none."""
    css = _read("embed.css", "pictures.css", *names).body.decode()
    return {"": css, **{theme: in_theme(css, theme) for theme in THEMES}}


STYLE = _read("site.css", "pictures.css", "pages.css")
SCRIPT = _read("site.js", "site.js")
ICON = _read("icon.svg", "icon.svg")
# An embed, and a picture that stands alone, has its style inline, so that it needs no other file.
EMBEDDED = _style("sheet.css", "embed.css")
FILES = [file for file in sorted((FOLDER / "graphiql").iterdir()) if file.suffix in TYPES]
DRAWN = _style("sheet.css")
CARD = _style("card.css")["light"]
SITE = (STYLE, SCRIPT, ICON)
GRAPHIQL = {file.name: _read(file.name, f"graphiql/{file.name}") for file in FILES}
ASSETS = {asset.name: asset for asset in (*SITE, *GRAPHIQL.values())}


async def serve_asset(request: Request) -> Response:
    """Browsers store it for good: other content has another name."""
    asset = ASSETS.get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    # Compressed once: GraphiQL is a megabyte.
    min_bytes = min_gzip_bytes(request.headers.get("accept-encoding", ""))
    if min_bytes is None or len(asset.body) < min_bytes:
        return Response(asset.body, media_type=asset.content_type, headers=headers)
    headers["content-encoding"] = "gzip"
    return Response(asset.gzip_body, media_type=asset.content_type, headers=headers)

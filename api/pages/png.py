"""An SVG as PNG: drawn once for all who ask for it, by a process of its own, and kept as the other files are."""

import hashlib
import subprocess
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.budget import PICTURE_PRICE
from api.conditional import cache_control, not_modified
from api.errors import RETRY_LATER
from api.file_cache import CachedFile
from api.pictures import raster
from api.rate_limit import client_budget
from api.request_log import log_entry
from api.response_cache import CachedResponse
from api.services import services

PROGRAM = str(Path(raster.__file__))
# In seconds. The usual ones take a quarter of one.
LONGEST = 20
# The bytes depend on it, beside the SVG.
VERSION = version("resvg-py").encode()
MEDIA_TYPE = "image/png"


async def png(request: Request, svg: CachedResponse, scale: float) -> Response:
    """The response of the same picture as PNG, or 304 to a client that has it. Raises 429 and 503."""
    digest = hashlib.sha256(b"%f %b %b" % (scale, VERSION, svg.body)).hexdigest()
    headers = {"etag": f'"{digest[:20]}"', "cache-control": cache_control(lasts=svg.lasts)}
    if response := not_modified(request, headers):
        return response
    files, budget = services(request).files, client_budget(request)
    if not files.has(headers["etag"]):
        if fault := files.folder.fault():
            raise HTTPException(503, fault, RETRY_LATER)
        files.check_queue(budget.address)
        await budget.pay(PICTURE_PRICE)
    log_entry(request).is_long_lived = True
    with files.use(headers["etag"], partial(_draw, svg.body, scale, headers["etag"])) as file:
        await files.wait(file, budget.address, request.receive)
        body = file.path.read_bytes()
    return Response(body, headers=headers, media_type=MEDIA_TYPE)


def _draw(svg: bytes, scale: float, etag: str, file: CachedFile) -> None:
    file.headers = {"etag": etag}
    # The program and its argument are ours, and a template wrote its input.
    command = [sys.executable, "-I", PROGRAM, str(scale)]
    result = subprocess.run(command, input=svg, capture_output=True, check=True, timeout=LONGEST)  # noqa: S603
    file.path.write_bytes(result.stdout)

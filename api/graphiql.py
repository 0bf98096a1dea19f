"""The page of GraphiQL, whose files are served from here."""

import re

from starlette.responses import HTMLResponse, Response

from api.assets import FOLDER, GRAPHIQL

# Each name in double braces is replaced by the address of that file.
PAGE = re.sub(
    r"\{\{ (.*?) \}\}",
    lambda match: GRAPHIQL[match[1]].path,
    (FOLDER / "graphiql" / "page.html").read_text(encoding="utf-8"),
)
# GraphiQL sets styles on single elements, and its style sheet holds its fonts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; font-src data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def graphiql_page() -> Response:
    return HTMLResponse(PAGE, headers={"content-security-policy": POLICY})

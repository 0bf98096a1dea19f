"""The page of GraphiQL, whose files are served from here, with the questions to start from."""

import re
from html import escape

from starlette.responses import HTMLResponse, Response

from api.assets import FOLDER, GRAPHIQL
from api.question_files import QUESTIONS

# The script of the page has each open its query; without scripts it leads to the page of questions.
LINKS = "".join(
    f'<li><a href="ask#{question.id}" data-query="{escape(question.query)}">{escape(question.name)}</a></li>'
    for question in QUESTIONS
)
# Each name in double braces is replaced by the address of that file.
PAGE = re.sub(
    r"\{\{ (.*?) \}\}",
    lambda match: LINKS if match[1] == "questions" else GRAPHIQL[match[1]].path,
    (FOLDER / "graphiql" / "page.html").read_text(encoding="utf-8"),
)
# GraphiQL sets styles on single elements, and its style sheet holds its fonts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; font-src data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def graphiql_page() -> Response:
    return HTMLResponse(PAGE, headers={"content-security-policy": POLICY})

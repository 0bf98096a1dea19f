"""The questions to start from, each as GraphQL, for a shell and for Python, and as links."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.responses import Response

from api.pages.page_request import PageRequest
from api.question_files import QUESTIONS, Question
from api.urls import base_path, site_url

CURL = """\
curl --get --data-urlencode query='
{query}
' {url}"""
PYTHON = '''\
import httpx

QUERY = """
{query}
"""
answer = httpx.get("{url}", params={{"query": QUERY}})
print(answer.raise_for_status().json()["data"])'''


@dataclass(frozen=True)
class Example:
    """A question in each form. `answer_url` leads to its answer, `editor_url` opens it in the editor."""

    question: Question
    codes: Mapping[str, str]
    answer_url: str
    editor_url: str


async def ask(page: PageRequest) -> Response:
    url, home = f"{site_url(page.request)}/graphql", base_path(page.request)
    return await page.render("ask.html", examples=[_example(question, url, home) for question in QUESTIONS])


def _example(question: Question, url: str, home: str) -> Example:
    query = question.query
    return Example(
        question=question,
        codes={
            "GraphQL": query,
            "curl": CURL.format(query=query, url=url),
            "Python": PYTHON.format(query=query, url=url),
        },
        answer_url=f"{home}/graphql?{urlencode({'query': query})}",
        editor_url=f"{home}/graphql#query={quote(query, safe='')}",
    )

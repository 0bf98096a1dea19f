"""The questions to start from, in every form in which the page and the editor give them."""

import ast
import contextlib
import io
import json
import re
import subprocess
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from api.question_files import QUESTIONS, Question
from tests.api.pages.reading import get, read
from tests.server import Api

CODE = re.compile(r'<code id="(\w+)-(graphql|curl|python)">(.*?)</code>', re.DOTALL)
LINK = re.compile(r'<a href="ask#(\w+)" data-query="(.*?)">(.*?)</a>', re.DOTALL)
IDS = [question.id for question in QUESTIONS]


@pytest.fixture(scope="module")
def codes(api_sqlite: Api) -> dict[tuple[str, str], str]:
    """By the question and the form."""
    return {(id, form): unescape(code) for id, form, code in CODE.findall(get(api_sqlite, "/ask").text)}


def test_there_are_ten_questions_each_with_a_name_and_a_description() -> None:
    assert len(set(IDS)) == len(QUESTIONS) == 10
    for question in QUESTIONS:
        assert re.fullmatch(r"[A-Z].*\?", question.name)
        assert re.fullmatch(r"[A-Z].*\.", question.description)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_each_form_of_a_question_has_the_same_answer(
    api_sqlite: Api, codes: dict[tuple[str, str], str], question: Question
) -> None:
    expected = api_sqlite.ask(codes[question.id, "graphql"])
    for part in expected.values():
        assert part.get("nodes", part)
    command = codes[question.id, "curl"]
    curl = subprocess.run(["bash", "-c", command], capture_output=True, check=True, timeout=180)
    assert json.loads(curl.stdout) == {"data": expected}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(codes[question.id, "python"], "example.py", "exec"), {})
    assert ast.literal_eval(printed.getvalue()) == expected


def test_each_link_leads_to_its_answer_or_has_its_query(api_sqlite: Api) -> None:
    page = read(api_sqlite, "/ask")
    answers = [link for link in page.links if link.startswith("/graphql?query=")]
    editors = [link for link in page.links if link.startswith("/graphql#query=")]
    assert [parse_qs(urlsplit(link).query)["query"] for link in answers] == [[one.query] for one in QUESTIONS]
    assert [parse_qs(urlsplit(link).fragment)["query"] for link in editors] == [[one.query] for one in QUESTIONS]
    for link in answers:
        # As a browser asks.
        answer = api_sqlite.http.get(link, headers={"accept": "text/html,*/*;q=0.8"})
        assert list(answer.json()) == ["data"]
        assert "etag" in answer.headers
    assert {f"#{id}" for id in IDS} <= {link.removeprefix("/ask") for link in page.links}


def test_the_editor_offers_the_same_and_leads_to_the_page_without_scripts(api_sqlite: Api) -> None:
    text = get(api_sqlite, "/graphql", headers={"accept": "text/html"}).text
    links = [(id, unescape(query), unescape(name)) for id, query, name in LINK.findall(text)]
    assert links == [(one.id, one.query, one.name) for one in QUESTIONS]
    assert set(IDS) <= read(api_sqlite, "/ask").ids


def test_the_page_gives_the_address_by_which_it_is_asked(api_sqlite: Api, codes: dict[Any, str]) -> None:
    url = f"{str(api_sqlite.http.base_url).rstrip('/')}/graphql"
    assert all(code.endswith(f"' {url}") for (_, form), code in codes.items() if form == "curl")
    assert all(f'httpx.get("{url}"' in code for (_, form), code in codes.items() if form == "python")

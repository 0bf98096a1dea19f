"""README, docs/ and the other documents agree with each other and with the code."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from api import budget
from api.cli import app
from api.settings import Settings
from schema.build import Schema
from schema.errors import CODES
from schema.limits import Limits
from tests.documents import DOCUMENTS, ROOT, anchors, blocks, code, links, name, prose, table, text

NAMES = [name(path) for path in DOCUMENTS]
# A file or folder of ours, with the name of something that is defined in it after a double colon.
PATH = re.compile(
    r"((?:api|db|docs|examples|migrations|schema|seeds|tests|\.ci)/[\w./-]*|[\w-]+\.(?:py|md|toml))(?:::(\w+))?"
)
# Fields and enum values: what is spelt like no word of English.
GRAPHQL_NAME = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+|[A-Z]{2,}(?:_[A-Z]+)*")
FOR_CLIENTS = ("README.md", "docs/glossary.md", "docs/quoting.md", "docs/api.md", "docs/follow.md", "docs/recording.md")
# Names of other things: of clients and libraries, of HTTP and of files.
OTHERS = {
    "GET",
    "POST",
    "CSV",
    "GraphQL",
    "EventSource",
    "connectionParams",
    "retryAttempts",
    "operationName",
    "retryAfter",
    "NAME",
    "persistedExchange",
    "documentId",
}
MAKE = re.compile(r"\bmake ([a-z]+)")
COMMAND = re.compile(r"\bsixtyone (serve|migrate|seed|export|verify|schema|backup|restore|doctor|token)\b([^`]*)")
TOKEN_COMMAND = re.compile(r"^ (create|list|rotate|revoke)\b")
VERSION = re.search(r'^version = "(.*)"', text("pyproject.toml"), re.MULTILINE)


def test_the_readme_has_at_most_700_words() -> None:
    assert len(text("README.md").split()) <= 700


@pytest.mark.parametrize("document", NAMES)
def test_every_link_leads_to_a_file_and_a_heading(document: str) -> None:
    wrong = []
    for link in links(document):
        if re.match(r"https?:|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        if not target.exists() or (anchor and anchor not in anchors(name(target.resolve()))):
            wrong.append(link)
    assert wrong == []


@pytest.mark.parametrize("document", [document for document in NAMES if document != "CHANGELOG.md"])
def test_every_file_and_name_in_the_code_that_a_document_mentions_exists(document: str) -> None:
    missing = []
    for match in filter(None, map(PATH.fullmatch, code(document))):
        path, name = match.groups()
        candidates = [ROOT / path, (ROOT / document).parent / path]
        file = next((file for file in candidates if file.exists()), None)
        if file is None or (name and not defines(file, name)):
            missing.append(match.group())
    assert missing == []


def defines(file: Path, word: str) -> bool:
    return bool(re.search(rf"^\s*(?:(?:async )?def|class) {word}\b|^\s*{word}\b.*[=:]", file.read_text(), re.MULTILINE))


@pytest.mark.parametrize("document", FOR_CLIENTS)
def test_every_name_of_the_schema_that_a_document_mentions_exists(document: str) -> None:
    schema = set(re.findall(r"\w+", Schema(Limits()).sdl())) | set(CODES) | OTHERS
    words = {
        word
        for snippet in code(document)
        if not re.search(r"[/:]|SIXTYONE", snippet)
        for word in re.findall(r"\w+", snippet)
    }
    assert {word for word in words if GRAPHQL_NAME.fullmatch(word)} - schema == set()


def test_every_target_of_make_that_a_document_gives_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    targets_in_text = {target for document in NAMES for line in commands(document) for target in MAKE.findall(line)}
    assert targets_in_text - targets == set()
    assert "serve" in targets_in_text


def test_every_command_and_option_of_ours_that_a_document_gives_exists() -> None:
    missing = []
    uses = {match.groups() for document in NAMES for line in commands(document) for match in COMMAND.finditer(line)}
    for command, arguments in uses:
        names = [*command.split(), *TOKEN_COMMAND.findall(arguments if command == "token" else "")]
        result = CliRunner().invoke(app, [*names, "--help"], env={"COLUMNS": "300", "NO_COLOR": "1"})
        options = re.findall(r"--[a-z-]+", arguments)
        if result.exit_code or any(option not in result.output for option in options):
            missing.append((command, arguments))
    assert missing == []
    assert uses


def commands(document: str) -> list[str]:
    """What a reader may type: code in the prose, and the lines of blocks for a shell."""
    return [*code(document), *(line for block in blocks(document, "sh") for line in block.splitlines())]


def test_the_glossary_has_each_word_once_and_in_order() -> None:
    parts = prose("docs/glossary.md").split("\n## ")[1:]
    lists = [re.findall(r"^\| ([^|`(]+?) [|(]", part, re.MULTILINE)[2:] for part in parts]
    assert all(words == sorted(words, key=str.lower) for words in lists)
    words = [word for part in lists for word in part]
    assert len(words) == len(set(words)) > 80


def test_every_decision_is_listed_and_has_its_reason_and_its_number() -> None:
    pages = [path for path in DOCUMENTS if path.parent.name == "decisions" and path.name != "README.md"]
    assert [path.name for path in pages] == links("docs/decisions/README.md")
    for path in pages:
        assert re.findall(r"^\*\*(.*?)\.\*\*", text(name(path)), re.MULTILINE) == [
            "Decision", "Reason", "Number", "Measure again",
        ]  # fmt: skip


def test_the_limits_are_those_of_the_code() -> None:
    limits, settings = Limits(), Settings.model_fields
    numbers = {what: int(most.split()[0].replace(",", "")) for what, most, _ in table("docs/api.md", "what")[:6]}
    assert list(numbers.values()) == [
        limits.tokens, limits.depth, limits.aliases, limits.cost, limits.large, limits.seconds,
    ]  # fmt: skip
    spent = (
        f"may spend {settings['rate_per_minute'].default:,} in a minute, and of that {settings['rate_burst'].default:,}"
    )
    assert spent in text("docs/api.md")
    assert ("one table as a file; a file of all tables", f"{budget.TABLE_PRICE:,}; {budget.FILE_PRICE:,}") in table(
        "docs/api.md", "spent on"
    )


def test_the_changelog_has_dated_versions_and_the_usual_headings() -> None:
    heads = re.findall(r"^## (.*)$", text("CHANGELOG.md"), re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", head) for head in heads[1:])
    kinds = set(re.findall(r"^### (.*)$", text("CHANGELOG.md"), re.MULTILINE))
    assert kinds <= {"Breaking", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_no_entry_of_the_changelog_stands_twice() -> None:
    [unreleased] = re.findall(r"^## \[Unreleased\]\n(.*?)(?=^## )", text("CHANGELOG.md"), re.MULTILINE | re.DOTALL)
    starts = Counter(entry[:40] for entry in re.findall(r"^- (.*)$", unreleased, re.MULTILINE))
    assert [start for start, number in starts.items() if number > 1] == []


def test_the_citation_is_of_the_latest_release() -> None:
    citation = yaml.safe_load(text("CITATION.cff"))
    assert citation.keys() >= {"cff-version", "message", "title", "authors", "version", "date-released"}
    heading = re.search(r"^## \[(\d\S*)\] - (\S+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert heading
    assert (citation["cff-version"], citation["version"], str(citation["date-released"])) == (
        "1.2.0",
        *heading.groups(),
    )
    assert VERSION
    assert VERSION[1] == citation["version"]


def test_the_licence_of_the_data_is_what_the_data_says() -> None:
    dataset = yaml.safe_load(text("seeds/data/dataset.yaml"))
    assert dataset["licence"] in text("LICENCE-DATA.md")
    assert dataset["attribution"] in " ".join(text("LICENCE-DATA.md").split())
    assert dataset["licence"] in text("README.md")


def test_the_numbers_that_documents_quote_are_those_of_the_data() -> None:
    rows = yaml.safe_load(text("seeds/data/commitments.yaml"))
    number = sum(row["origin"] == "STRATEGY" and row.get("identified", True) for row in rows)
    quoting = " ".join(text("docs/quoting.md").split())
    assert f"{number} are identified so far" in " ".join(text("README.md").split())
    assert f'"{number} identified; the official total is 61"' in quoting
    recorded_on = dt.datetime.fromisoformat(yaml.safe_load(text("seeds/data/dataset.yaml"))["recorded_at"])
    assert f"were recorded on {recorded_on:%-d %B %Y}" in quoting


def test_the_form_for_a_wrong_fact_asks_what_the_documents_say() -> None:
    form = yaml.safe_load(text(".github/ISSUE_TEMPLATE/a-fact-is-wrong.yml"))
    assert form.keys() >= {"name", "description", "body"}
    fields = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert fields == ["row", "says", "should-say", "source", "paragraph"]

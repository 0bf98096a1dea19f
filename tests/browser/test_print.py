"""What is on paper: no menu, the address of every source, and on each page its number, the day and the revision."""

import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conformance.node import run
from tests.engines import REVISION
from tests.server import Api

HERE = Path(__file__).resolve().parent
PATHS = {
    "/report": "report",
    "/report?theme=communities&asOf=2019-06-30": "report-theme-communities-asOf-2019-06-30",
    "/": "home",
    "/commitments/SVS-19": "commitments-SVS-19",
    "/funds/serious-violence-fund": "funds-serious-violence-fund",
    "/sources/itv-2019-12-29": "sources-itv-2019-12-29",
}
MARGINS = re.compile(r"Page \d+ of \d+|Sixty-One, http\S+, as of \d+ \w+ \d+, revision \d+")
pytestmark = [pytest.mark.usefixtures("chromium"), pytest.mark.sqlite_only]


def pages(path: Path) -> list[str]:
    """The text of each page, with single spaces and without ligatures."""
    texts = [unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(path).pages]
    return [" ".join(text.split()) for text in texts]


def joined(printed: list[str]) -> str:
    """The text of all pages without their margins and without spaces: a long address goes over several lines."""
    return "".join(MARGINS.sub("", text) for text in printed).replace(" ", "")


def test_pages_are_printed_with_their_sources_and_their_moment(api_sqlite: Api, tmp_path: Path) -> None:
    run(HERE / "print.mjs", url=str(api_sqlite.http.base_url).rstrip("/"), FOLDER=str(tmp_path), PATHS=" ".join(PATHS))
    texts = {path: pages(tmp_path / f"{name}.pdf") for path, name in PATHS.items()}
    for path, printed in texts.items():
        day = "30 June 2019" if "asOf" in path else "1 December 2026"
        for number, text in enumerate(printed, 1):
            assert f"Page {number} of {len(printed)}" in text
            assert f"as of {day}, revision {REVISION}" in text
        assert "Skip to the content" not in " ".join(printed)
        assert "Find" not in printed[0].split()
    data = api_sqlite.ask("""{
        commitments(filter: {identified: true}, first: 100) { nodes {
            ref statusUpdate { note citation { document { url } } } } }
        commitment(ref: "SVS-19") { citations { document { url } } } }""")
    report = joined(texts["/report"])
    for row in data["commitments"]["nodes"]:
        assert row["ref"] in report
        update = row["statusUpdate"]
        assert unicodedata.normalize("NFKC", update["note"]).replace(" ", "")[:40] in report
        if update["citation"] and (url := update["citation"]["document"]["url"]):
            assert url in report
    page = joined(texts["/commitments/SVS-19"])
    for citation in data["commitment"]["citations"]:
        if url := citation["document"]["url"]:
            assert url in page
    assert len(texts["/report"]) < 60

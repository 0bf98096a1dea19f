"""Citations are held against the documents, which the repository does not keep."""

from pathlib import Path

from seeds import DATA
from seeds.paragraphs import paragraphs
from seeds.verify import verify
from tests.seeds.strategy import Edit


def reasons(folder: Path, documents: Path) -> list[str]:
    return [str(problem) for problem in verify(folder, documents).problems]


def test_our_own_citations_hold(documents_folder: Path) -> None:
    result = verify(DATA, documents_folder)
    assert result.problems == []
    assert (result.documents, result.paragraphs, result.citations, result.figures) == (3, 21 + 15 + 16, 115, 89)


def test_a_citation_that_holds_is_counted(strategy_folder: Path, notice_folder: Path) -> None:
    assert (
        str(verify(strategy_folder, notice_folder))
        == "documents: 1, paragraphs: 3, citations: 6, figures: 6, problems: 0"
    )


def test_paragraphs_are_cut_at_blank_lines_and_nowhere_else(notice_folder: Path) -> None:
    assert paragraphs(notice_folder / "notice.txt")[3] == "The ferry is\ncounted as kept."


def test_a_changed_paragraph_is_named(strategy_folder: Path, notice_folder: Path) -> None:
    notice = notice_folder / "notice.txt"
    notice.write_text(notice.read_text().replace("three promises", "three firm promises").replace("Harbour", "Port"))
    actual = reasons(strategy_folder, notice_folder)
    assert len(actual) == 3
    assert actual[0].startswith("documents.yaml: harbour-notice (line 2): the heading of notice.txt has changed: ")
    assert actual[1].startswith("documents.yaml: harbour-notice (line 2): paragraph 1 of notice.txt has changed: ")
    assert actual[2] == (
        "strategy.yaml: harbour-strategy (line 2): 'three promises' does not stand in paragraph 1 of harbour-notice"
    )


def test_a_paragraph_that_is_gone_is_missed(strategy_folder: Path, notice_folder: Path, edit_file: Edit) -> None:
    notice = notice_folder / "notice.txt"
    notice.write_text(notice.read_text().replace("The ferry is\ncounted as kept.", ""))
    edit_file("events.yaml", "{document: tide-2030}\n\n", "{document: harbour-notice, paragraph: 3}\n\n")
    assert reasons(strategy_folder, notice_folder) == [
        "documents.yaml: harbour-notice (line 2): notice.txt has 2 paragraphs, not 3",
        "events.yaml: first-dredger (line 2): harbour-notice has no paragraph 3",
    ]


def test_a_figure_stands_letter_for_letter(strategy_folder: Path, notice_folder: Path, edit_file: Edit) -> None:
    edit_file("commitments.yaml", "figures: [£2.5 million, May]", "figures: [£2.5million, may]")
    edit_file("discrepancies.yaml", "figures: [£2.5 million]", "figures: [three promises]")
    assert reasons(strategy_folder, notice_folder) == [
        "commitments.yaml: H-1 (line 2): '£2.5million' does not stand in paragraph 2 of harbour-notice",
        "commitments.yaml: H-1 (line 2): 'may' does not stand in paragraph 2 of harbour-notice",
        "discrepancies.yaml: dredging-sum (line 2): 'three promises' does not stand in paragraph 2 of harbour-notice",
    ]


def test_a_figure_may_stand_in_the_heading(strategy_folder: Path, notice_folder: Path, edit_file: Edit) -> None:
    edit_file("strategy.yaml", "paragraph: 1, figures: [three promises]", "figures: [Harbour Board, promises]")
    assert reasons(strategy_folder, notice_folder) == [
        "strategy.yaml: harbour-strategy (line 2): 'promises' does not stand in the heading of harbour-notice"
    ]


def test_a_document_that_is_not_there_is_one_problem(strategy_folder: Path, tmp_path: Path) -> None:
    [problem] = verify(strategy_folder, tmp_path / "nowhere").problems
    assert str(problem).startswith("documents.yaml: harbour-notice (line 2): notice.txt cannot be read: ")


def test_a_document_that_is_not_utf_8_is_a_problem(strategy_folder: Path, notice_folder: Path) -> None:
    (notice_folder / "notice.txt").write_bytes(b"caf\xe9\n\nau lait")
    [problem] = reasons(strategy_folder, notice_folder)
    assert "notice.txt cannot be read" in problem

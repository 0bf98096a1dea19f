"""An editor's day: one of each kind of change."""

from collections.abc import Callable
from typing import Any

from db.tokens import Principal
from db.vocabulary import Role, Voice
from db.writing import allocations, amounts, commitments, discrepancies, events, funds, links, sources, statuses
from db.writing.inputs import Input

EDITOR = Principal("Ed Itor", Role.EDITOR, tuple(Voice))
BOARD: dict[str, Any] = {"slug": "violence-board", "name": "The Board: “< 3”, & co", "kind": "PARTNERSHIP"}
SOURCE: dict[str, Any] = {
    "new_document": {"slug": "board-paper", "title": "A paper", "publisher": BOARD, "note": "- # :"}
}
CITATION: dict[str, Any] = {"document": "board-paper", "note": "Page 3, 'so to speak'"}
SEARCH: dict[str, Any] = {"commitment": "SVS-17", "status": "NO_EVIDENCE", "effective_on": "2026-11-30"}
# One of each kind of change, each building on those before it.
DAY: list[tuple[Callable[..., Any], type[Input], dict[str, Any]]] = [
    (
        sources.add_document,
        sources.AddDocumentInput,
        {"slug": "2019", "title": "yes", "url": "https://example.org/?a=1#b"},
    ),
    (
        statuses.record_status,
        statuses.RecordStatusInput,
        {
            "commitment": "SVS-06",
            "status": "STALLED",
            "effective_on": "2020-02-01",
            "precision": "MONTH",
            "voice": "CIVIL_SOCIETY",
            "note": "'quoted': and #hashed",
            "citation": SOURCE,
        },
    ),
    (statuses.record_status, statuses.RecordStatusInput, SEARCH | {"voice": "TRACKER", "note": "Looked again."}),
    (
        commitments.identify,
        commitments.IdentifyCommitmentInput,
        {
            "commitment": "SVS-35",
            "slug": "thirty-third",
            "theme": "communities",
            "title": "Do it",
            "summary": "Do all of it.",
            "confidence": "LOW",
            "leads": [BOARD],
            "citations": [CITATION],
        },
    ),
    (
        funds.add_fund,
        funds.AddFundInput,
        {"slug": "board-fund", "name": "Board fund", "commitments": ["SVS-35"], "citations": [CITATION]},
    ),
    (
        amounts.state_amount,
        amounts.StateAmountInput,
        {
            "fund": "board-fund",
            "kind": "ANNOUNCED",
            "amount": "1234.50",
            "bound": "ABOUT",
            "stated_on": "2020-01-01",
            "precision": "YEAR",
            "citation": CITATION,
        },
    ),
    (
        allocations.allocate,
        allocations.AllocateInput,
        {"fund": "board-fund", "recipient": BOARD, "amount": "0.01", "bound": "UP_TO", "citation": CITATION},
    ),
    (
        events.add_event,
        events.AddEventInput,
        {
            "slug": "board-meets",
            "title": "The board meets",
            "kind": "MEETING",
            "date_note": "No source dates it.",
            "hosts": [BOARD],
            "participants": [{"name": "A. Body"}],
            "topics": ["a, b", "null"],
            "funds": ["board-fund"],
            "commitments": ["SVS-35", "SVS-06"],
            "citations": [CITATION],
        },
    ),
    (links.link, links.LinkInput, {"commitment": "SVS-06", "fund": "board-fund", "reason": "The paper says so."}),
    (links.unlink, links.UnlinkInput, {"commitment": "SVS-10", "fund": "youth-fund-round-1", "reason": "A test."}),
    (
        discrepancies.open_discrepancy,
        discrepancies.OpenDiscrepancyInput,
        {
            "slug": "board-sum",
            "question": "How much?",
            "kind": "AMOUNT",
            "fund": "board-fund",
            "claims": [{"document": "board-paper", "says": "£1"}, {"document": "2019", "says": "£2"}],
        },
    ),
    (
        discrepancies.settle_discrepancy,
        discrepancies.SettleDiscrepancyInput,
        {"discrepancy": "board-sum", "state": "RESOLVED", "explanation": "£1."},
    ),
]

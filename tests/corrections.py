"""One valid input for each mutation that corrects or withdraws a row of our data."""

import datetime as dt
from typing import Any

from db import natural_keys
from db.vocabulary import AmountKind, DatePrecision, Status, Voice
from schema.node import global_id

# A seed document, and a record.
SEED, RECORD = "north-east-event-2019", "commons-2019-05-15"
# The last status update on SVS-26, by a body that delivers; the only statement of the size of one fund, and the first
# of the two of another; two of the sources of SVS-25 and SVS-26.
WITHDRAWN_UPDATE = natural_keys.status_update(
    "SVS-26", dt.date(2023, 5, 31), DatePrecision.MONTH, Voice.DELIVERY_BODY, Status.IN_PROGRESS,
    "npcc-sceptre-2023", None,
)  # fmt: skip
EXISTING_AMOUNT = natural_keys.amount_statement(
    "community-fund-2017-18", AmountKind.ALLOCATED, dt.date(2018, 4, 16), DatePrecision.DAY, "written-answer-134763",
    None,
)  # fmt: skip
WITHDRAWN_AMOUNT = natural_keys.amount_statement(
    "mentor-uk-unplugged", AmountKind.RESTATED, None, None, "yjlc-strategy-summary", None
)
EXISTING_CITATION = natural_keys.citation("commitment", "SVS-25", "written-answer-226598", None)
WITHDRAWN_CITATION = natural_keys.citation("commitment", "SVS-26", "written-answer-144914", None)
CORRECTIONS: dict[str, dict[str, Any]] = {
    "correctCommitment": {
        "commitment": "SVS-24", "reason": "Misread.", "theme": "communities", "title": "Ask about acid",
        "summary": "Ask the public.", "confidence": "HIGH",
        "leads": [{"slug": "npcc"}, {"slug": "harbour-board", "name": "Harbour Board", "kind": "AGENCY"}],
        "citations": [{"document": SEED, "paragraph": 3, "figures": ["acid"]}, {"document": RECORD, "note": "Twice."}],
    },
    "correctFund": {
        "fund": "supporting-families-trauma-training", "reason": "It is a part.", "name": "Families: training",
        "parent": "supporting-families-against-youth-crime", "period": "2019/20", "note": "As its page says.",
        "clear": [],
    },
    "correctAmount": {
        "amountStatement": global_id("AmountStatement", EXISTING_AMOUNT), "reason": "Misread.", "kind": "RESTATED",
        "amount": "766000.50", "bound": "ABOUT", "statedOn": "2018-04-02", "precision": "MONTH", "clear": [],
    },
    "correctAllocation": {
        "allocation": global_id("Allocation", "kent-county-lines-support/st-giles-trust"), "reason": "Misread.",
        "amount": "203000", "bound": "ABOUT", "passesOn": True, "period": "2018/19", "note": "Of the Home Office.",
        "clear": [],
    },
    "correctEvent": {
        "event": "weapons-bill-announced-2018", "reason": "Another day.", "title": "The Bill is announced",
        "kind": "PUBLICATION", "date": "2018-04-02", "precision": "MONTH", "dateNote": "Month only.",
        "venue": "Marsham Street", "place": "London", "region": "London", "area": "metropolitan-police",
        "series": "quay-events",
        "attendanceAtLeast": 12, "hosts": [{"slug": "npcc"}],
        "participants": [{"name": "Pat Pilot", "role": "Chair", "person": {"slug": "pat-pilot", "name": "Pat Pilot"}}],
        "sectors": ["shipping"], "topics": ["knives"], "citations": [{"document": RECORD}], "clear": [],
    },
    "correctDocument": {
        "document": "lga-case-management", "reason": "Found its date.", "title": "A case study of the councils",
        "publisher": {"slug": "quay-press", "name": "Quay Press", "kind": "OTHER"}, "publishedOn": "2020-12-31",
        "via": {"slug": "daily-tide", "name": "The Daily Tide", "kind": "MEDIA"},
        "url": "https://harbour.example/case", "note": "Dated by its footer.", "originalTitle": "Case study",
        "officialUrl": "https://harbour.example/official", "archivedUrl": "https://archive.example/3/case",
        "readPart": "its summary", "clear": [],
    },
    "correctOrganisation": {
        "organisation": "national-trading-standards", "reason": "Its full name.", "kind": "PARTNERSHIP",
        "name": "National Trading Standards Board", "areas": ["west-midlands", "kent"],
    },
    "correctPerson": {"person": "vera-baird", "reason": "The full name.", "name": "Dame Vera Baird"},
    "correctCitation": {
        "citation": global_id("Citation", EXISTING_CITATION), "reason": "Another source.", "document": SEED,
        "paragraph": 4, "locator": "column 3", "figures": ["acid"], "note": "In passing.", "clear": [],
    },
    "correctDiscrepancy": {
        "discrepancy": "avon-somerset-unit", "reason": "Misread.", "question": "How large is it?", "kind": "SCOPE",
        "claims": [{"document": SEED, "paragraph": 2, "says": "£2m", "figures": ["£2m"]},
            {"document": RECORD, "says": "£3m", "locator": "column 9"}],
    },
    "reopenDiscrepancy": {"discrepancy": "social-media-hub-amount", "reason": "Another source was found."},
    "withdrawIdentification": {"commitment": "SVS-22", "reason": "It is another one."},
    "withdrawStatus": {
        "statusUpdate": global_id("StatusUpdate", WITHDRAWN_UPDATE), "reason": "The source does not say so.",
    },
    "withdrawFund": {"fund": "police-social-media-hub-2020-21", "reason": "It is the same fund."},
    "withdrawAmount": {
        "amountStatement": global_id("AmountStatement", WITHDRAWN_AMOUNT), "reason": "The source does not say so.",
    },
    "withdrawAllocation": {
        "allocation": global_id("Allocation", "youth-fund-round-2/cheshire-pcc"), "reason": "It went elsewhere.",
    },
    "withdrawEvent": {"event": "working-together-2018", "reason": "It is no event."},
    "withdrawCitation": {
        "citation": global_id("Citation", WITHDRAWN_CITATION), "reason": "The source does not name it.",
    },
    "withdrawDiscrepancy": {"discrepancy": "community-fund-promise", "reason": "They say the same."},
}  # fmt: skip
# Of a document that nothing cites, and of an organisation that nothing names: ours have none.
VALID_AFTER = {
    "withdrawDocument": {"document": "quay-letter", "reason": "Nothing rests on it."},
    "withdrawOrganisation": {"organisation": "quay-friends", "reason": "Nothing names it."},
    "withdrawPerson": {"person": "pat-pilot", "reason": "Nothing names him."},
}
SUCCESS_OF_CORRECTIONS = {
    "correctCommitment": "CommitmentCorrected", "correctFund": "FundCorrected", "correctAmount": "AmountCorrected",
    "correctAllocation": "AllocationCorrected", "correctEvent": "EventCorrected",
    "correctDocument": "DocumentCorrected", "correctPerson": "PersonCorrected",
    "correctOrganisation": "OrganisationCorrected",
    "correctCitation": "CitationCorrected", "correctDiscrepancy": "DiscrepancyCorrected",
    "reopenDiscrepancy": "DiscrepancyReopened", "withdrawIdentification": "IdentificationWithdrawn",
    **dict.fromkeys(("withdrawStatus", "withdrawFund", "withdrawAmount", "withdrawAllocation"), "Withdrawn"),
    **dict.fromkeys(("withdrawEvent", "withdrawCitation", "withdrawDiscrepancy", *VALID_AFTER), "Withdrawn"),
}  # fmt: skip

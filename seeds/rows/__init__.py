"""The rows of the files. A key that is not named here is refused; one with a default may be left out."""

from seeds.rows.base import Citation, Part, Row
from seeds.rows.changes import Change
from seeds.rows.commitments import SEARCHED, Commitment, Correction, Search, StatusUpdate, Strategy, Theme
from seeds.rows.dataset import Dataset
from seeds.rows.discrepancies import Claim, Discrepancy, Subject
from seeds.rows.events import Event, Participant
from seeds.rows.funds import Allocation, Amount, Fund
from seeds.rows.sources import Document, Organisation

# What points to a document.
Source = Citation | Claim

__all__ = [
    "SEARCHED",
    "Allocation",
    "Amount",
    "Change",
    "Citation",
    "Claim",
    "Commitment",
    "Correction",
    "Dataset",
    "Discrepancy",
    "Document",
    "Event",
    "Fund",
    "Organisation",
    "Part",
    "Participant",
    "Row",
    "Search",
    "Source",
    "StatusUpdate",
    "Strategy",
    "Subject",
    "Theme",
]

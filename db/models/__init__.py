"""The tables: one file for each group of nouns that are read together."""

from sqlmodel import SQLModel

from db.models.changes import Change, ChangeNode, Token
from db.models.commitments import (
    Commitment,
    CommitmentEvent,
    CommitmentFund,
    CommitmentLead,
    StatusUpdate,
    Strategy,
    Theme,
)
from db.models.dataset import Dataset
from db.models.discrepancies import DISCREPANCY_SUBJECTS, Claim, Discrepancy
from db.models.events import Event, EventHost, Participant
from db.models.funds import Allocation, AmountStatement, EventFund, Fund
from db.models.sources import CITATION_SUBJECTS, Citation, Document, Organisation

metadata = SQLModel.metadata

__all__ = [
    "CITATION_SUBJECTS", "DISCREPANCY_SUBJECTS", "Allocation", "AmountStatement", "Change", "ChangeNode", "Citation",
    "Claim", "Commitment", "CommitmentEvent", "CommitmentFund", "CommitmentLead", "Dataset", "Discrepancy",
    "Document", "Event", "EventFund", "EventHost", "Fund", "Organisation", "Participant", "StatusUpdate", "Strategy",
    "Theme", "Token", "metadata",
]  # fmt: skip

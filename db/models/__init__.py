"""The tables: one file for each group of nouns that are read together."""

from sqlmodel import SQLModel

from db.models.changes import Change, ChangeNode, Dataset, Token
from db.models.commitments import Commitment, CommitmentLead, StatusUpdate, Strategy, Theme
from db.models.events import CommitmentEvent, Event, EventHost, Participant
from db.models.funds import Allocation, AmountStatement, CommitmentFund, EventFund, Fund
from db.models.sources import Citation, Claim, Discrepancy, Document, Organisation

metadata = SQLModel.metadata

__all__ = [
    "Allocation", "AmountStatement", "Change", "ChangeNode", "Citation", "Claim", "Commitment", "CommitmentEvent",
    "CommitmentFund", "CommitmentLead", "Dataset", "Discrepancy", "Document", "Event", "EventFund", "EventHost",
    "Fund", "Organisation", "Participant", "StatusUpdate", "Strategy", "Theme", "Token", "metadata",
]  # fmt: skip

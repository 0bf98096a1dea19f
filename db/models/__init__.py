"""The tables: one file for each group of nouns that are read together."""

from sqlmodel import SQLModel

from db.models.areas import Area, AreaOrganisation
from db.models.changes import Change, ChangeNode, Dataset, LastLoad, Token
from db.models.commitments import Commitment, CommitmentLead, StatusUpdate, Strategy, Theme
from db.models.events import CommitmentEvent, Event, EventHost, Participant, Person
from db.models.funds import Allocation, AmountStatement, CommitmentFund, EventFund, Fund
from db.models.past import VersionTables, past_metadata, version_table
from db.models.sources import Citation, Claim, Discrepancy, Document, Organisation
from db.models.terms import Term

metadata = SQLModel.metadata
# The models whose rows have a past, each with the table of its closed versions.
VERSION_TABLES: VersionTables = {
    model: version_table(model)
    for model in (
        Area, Organisation, AreaOrganisation, Person, Term, Document, Strategy, Theme, Commitment, CommitmentLead,
        StatusUpdate, Fund, AmountStatement, Allocation, CommitmentFund, Event, EventHost, Participant,
        CommitmentEvent, EventFund, Discrepancy, Claim, Citation, Dataset,
    )
}  # fmt: skip

__all__ = [
    "VERSION_TABLES", "Allocation", "AmountStatement", "Area", "AreaOrganisation", "Change", "ChangeNode",
    "Citation", "Claim", "Commitment", "CommitmentEvent", "CommitmentFund", "CommitmentLead", "Dataset",
    "Discrepancy", "Document", "Event", "EventFund", "EventHost", "Fund", "LastLoad", "Organisation", "Participant",
    "Person", "StatusUpdate", "Strategy", "Term", "Theme", "Token", "metadata", "past_metadata",
]  # fmt: skip

"""The kinds of rows that a search finds, and where it looks for each."""

from dataclasses import dataclass

from db.models import (
    Allocation,
    Area,
    Commitment,
    Discrepancy,
    Document,
    Event,
    EventHost,
    Fund,
    Organisation,
    Participant,
    Person,
    StatusUpdate,
    Theme,
)
from db.models.base import Base, Searchable
from db.natural_keys import KEY_COLUMN
from db.vocabulary import SearchKind


@dataclass(frozen=True)
class Source:
    """A table whose words tell of the rows of a kind: `owner` of the table `link` is the row, `target` the words."""

    words: type[Searchable]
    link: type[Base]
    owner: str
    target: str
    # Whether the first of its texts counts as a title.
    is_title: bool = False
    # Whether a row is found by these words alone; if not, they count where it is found by others.
    finds: bool = True


@dataclass(frozen=True)
class Kind:
    """`sources` are where is looked beside the row itself."""

    name: SearchKind
    model: type[Searchable]
    # What such rows are called. A row has these words, too, where it is found by another one.
    names: tuple[str, ...]
    # The column by which rows that match alike are sorted, before their key.
    order: str = "sort_text"
    descending: bool = False
    sources: tuple[Source, ...] = ()

    @property
    def key(self) -> str:
        return KEY_COLUMN[self.model]


KINDS = (
    Kind(SearchKind.COMMITMENT, Commitment, ("commitment", "promise"), order="ref"),
    Kind(
        SearchKind.ALLOCATION,
        Allocation,
        ("money", "allocation", "grant"),
        order="key",
        sources=(
            Source(Organisation, Allocation, "id", "recipient_id", is_title=True),
            Source(Fund, Allocation, "id", "fund_id", finds=False),
        ),
    ),
    Kind(SearchKind.FUND, Fund, ("money", "fund")),
    Kind(
        SearchKind.EVENT,
        Event,
        ("event", "meeting"),
        order="held_on",
        sources=(
            Source(Organisation, EventHost, "event_id", "organisation_id"),
            Source(Participant, Participant, "event_id", "id"),
            Source(Organisation, Participant, "event_id", "organisation_id"),
        ),
    ),
    Kind(
        SearchKind.PERSON,
        Person,
        ("person", "people"),
        sources=(
            Source(Participant, Participant, "person_id", "id"),
            Source(Organisation, Participant, "person_id", "organisation_id"),
        ),
    ),
    Kind(SearchKind.ORGANISATION, Organisation, ("organisation", "body")),
    Kind(SearchKind.AREA, Area, ("area", "place")),
    Kind(
        SearchKind.STATUS_UPDATE,
        StatusUpdate,
        ("status", "evidence"),
        order="effective_on",
        descending=True,
        sources=(Source(Commitment, StatusUpdate, "id", "commitment_id", finds=False),),
    ),
    Kind(
        SearchKind.DOCUMENT,
        Document,
        ("document", "source"),
        sources=(
            Source(Organisation, Document, "id", "publisher_id"),
            Source(Organisation, Document, "id", "via_id"),
        ),
    ),
    Kind(SearchKind.DISCREPANCY, Discrepancy, ("discrepancy", "disagreement")),
    Kind(SearchKind.THEME, Theme, ("theme", "chapter")),
)

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
    """`sources` are those beside the row itself."""

    name: SearchKind
    model: type[Searchable]
    sources: tuple[Source, ...] = ()
    # The column by which rows that match alike are sorted, before their key.
    order: str = "sort_text"
    descending: bool = False

    @property
    def key(self) -> str:
        return KEY_COLUMN[self.model]


KINDS = (
    Kind(SearchKind.COMMITMENT, Commitment, order="ref"),
    Kind(
        SearchKind.ALLOCATION,
        Allocation,
        (
            Source(Organisation, Allocation, "id", "recipient_id", is_title=True),
            Source(Fund, Allocation, "id", "fund_id", finds=False),
        ),
        order="key",
    ),
    Kind(SearchKind.FUND, Fund),
    Kind(
        SearchKind.EVENT,
        Event,
        (
            Source(Organisation, EventHost, "event_id", "organisation_id"),
            Source(Participant, Participant, "event_id", "id"),
            Source(Organisation, Participant, "event_id", "organisation_id"),
        ),
        order="held_on",
    ),
    Kind(
        SearchKind.PERSON,
        Person,
        (
            Source(Participant, Participant, "person_id", "id"),
            Source(Organisation, Participant, "person_id", "organisation_id"),
        ),
    ),
    Kind(SearchKind.ORGANISATION, Organisation),
    Kind(SearchKind.AREA, Area),
    Kind(
        SearchKind.STATUS_UPDATE,
        StatusUpdate,
        (Source(Commitment, StatusUpdate, "id", "commitment_id", finds=False),),
        order="effective_on",
        descending=True,
    ),
    Kind(
        SearchKind.DOCUMENT,
        Document,
        (
            Source(Organisation, Document, "id", "publisher_id"),
            Source(Organisation, Document, "id", "via_id"),
        ),
    ),
    Kind(SearchKind.DISCREPANCY, Discrepancy),
    Kind(SearchKind.THEME, Theme),
)

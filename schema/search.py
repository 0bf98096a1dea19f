"""Search over everything, grouped by kind and ranked."""

from math import ceil
from typing import Annotated, cast

import strawberry
from strawberry.types.field import StrawberryField

from db import relations
from db.paging import Page
from db.search import find
from db.search.kinds import KINDS
from db.sizes import Sizes
from db.vocabulary import SearchKind
from schema.areas import Area
from schema.arguments import After, First
from schema.batch import Batch
from schema.commitments import Commitment
from schema.context import Info
from schema.cost import BUILT, STATEMENT, Arguments, costs, every, fixed, own
from schema.discrepancies import Discrepancy
from schema.documents import Document
from schema.errors import TooMuch
from schema.events import Event
from schema.funds import Allocation, Fund
from schema.limits import PAGE
from schema.moment import Moment
from schema.node import Node, model_of
from schema.organisations import Organisation
from schema.paging import Connection, connection_of, page_by_place
from schema.people import Person
from schema.record import moment_of
from schema.statuses import StatusUpdate
from schema.strategy import Theme

# To look for the words in a row, and in the rows that belong to it.
LOOK_COST = 0.8
CURSOR = "search"


def found(kind: SearchKind, node: type[Node], what: str) -> StrawberryField:
    """A field with the objects of one kind that were found."""

    async def resolve(self: "Search", info: Info, first: First = PAGE, after: After = None) -> Connection[Node]:
        ids = self.ids.get(kind, [])
        page = page_by_place(ids, first, after, name=CURSOR)
        chosen = [id for id, _ in page.rows]
        rows = await info.context.read(self.moment, relations.by_id, chosen, model_of(node)) if chosen else {}
        batch = Batch(info.context, self.moment)
        items = [(batch.to_graphql(Node, rows[id]), place) for id, place in page.rows]
        return Connection(page=Page(items, page.has_next), name=CURSOR, after=after, count=lambda: len(ids))

    field = strawberry.field(
        resolver=resolve,
        description=f"The {what} that were found, the best first. A cursor is a place in this list, which changes with"
        " the data.",
        graphql_type=connection_of(node),  # type: ignore[arg-type]
        metadata=costs(every(model_of(node)), STATEMENT, paged=True),
    )
    return cast(StrawberryField, field)


@strawberry.type(description="How much was found of one kind.")
class SearchGroup:
    kind: SearchKind = strawberry.field(description="The kind. Its description says where was looked.")
    count: int = strawberry.field(description="How many were found.")
    is_complete: bool = strawberry.field(
        description="Whether that is all: false where so many have one of the words that not all were looked at."
    )


@strawberry.type(description="What a search found.")
class Search:
    words: list[str] = strawberry.field(
        description="The words that were looked for: those of the question, without letter case, accents and marks,"
        " plurals without their ending, and without words such as `how` or `the` where there are others."
    )
    unknown_words: list[str] = strawberry.field(description="Those of them that were found nowhere.")
    count: int = strawberry.field(description="How many objects were found, of all kinds together.")
    groups: list[SearchGroup] = strawberry.field(
        description="Every kind that was looked for, that of the best object first, those without an object last.",
        metadata=costs(fixed(len(SearchKind))),
    )
    ids: strawberry.Private[dict[SearchKind, list[int]]]
    moment: strawberry.Private[Moment]

    commitments = found(SearchKind.COMMITMENT, Commitment, "commitments")
    allocations = found(SearchKind.ALLOCATION, Allocation, "allocations")
    funds = found(SearchKind.FUND, Fund, "funds")
    events = found(SearchKind.EVENT, Event, "events")
    people = found(SearchKind.PERSON, Person, "people")
    organisations = found(SearchKind.ORGANISATION, Organisation, "organisations")
    areas = found(SearchKind.AREA, Area, "areas")
    status_updates = found(SearchKind.STATUS_UPDATE, StatusUpdate, "status updates")
    documents = found(SearchKind.DOCUMENT, Document, "documents")
    discrepancies = found(SearchKind.DISCREPANCY, Discrepancy, "discrepancies")
    themes = found(SearchKind.THEME, Theme, "themes")


def search_cost(sizes: Sizes, _arguments: Arguments) -> int:
    """Of each kind, so many rows are looked at and no more, however many there are."""
    rows = sum(min(sizes.rows(kind.model), find.MOST) for kind in KINDS)
    return 2 * BUILT + ceil(rows * LOOK_COST)


@strawberry.type
class SearchQueries:
    @strawberry.field(
        description="Looks for words in everything at once. An object is found by any of the words, and a word of three"
        " letters or more by its beginning; a word that is found nowhere hides nothing that the others find. The best"
        " comes first: what has more of the words, words that fewer objects have, and words in its title.",
        metadata=costs(own, search_cost),
    )
    async def search(
        self,
        info: Info,
        q: Annotated[str, strawberry.argument(description=f"The question: at most {find.WORDS} different words.")],
        kinds: Annotated[
            list[SearchKind] | None,
            strawberry.argument(description="What to answer with: objects of every kind, if left out or empty."),
        ] = None,
    ) -> Search:
        words = find.question_words(q)
        if len(words) > find.WORDS:
            message = f"A question may have {find.WORDS} different words; this one has {len(words)}."
            raise TooMuch("BAD_USER_INPUT", message, allowed=find.WORDS, asked=len(words))
        moment = moment_of(self, info)
        answer = await info.context.read(moment, find.find, words)
        groups = [group for group in answer.groups if not kinds or group.kind in kinds]
        return Search(
            words=answer.words,
            unknown_words=answer.unknown,
            count=sum(len(group.ids) for group in groups),
            groups=[SearchGroup(kind=each.kind, count=len(each.ids), is_complete=each.is_complete) for each in groups],
            ids={group.kind: group.ids for group in groups},
            moment=moment,
        )

"""The versions of rows: what each was, since when, until when and why."""

from collections.abc import Iterable
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Annotated, TypeAlias, cast

import strawberry
from graphql import GraphQLObjectType, GraphQLSchema

from db import history, models, relations
from db.models.base import Base
from db.natural_keys import KEY_COLUMN, spellings
from db.paging import Page
from db.sizes import Sizes
from db.vocabulary import RowKind
from schema.arguments import After, First
from schema.batch import Batch, RowMember
from schema.context import Info
from schema.cost import BUILT, STATEMENT, Arguments, Group, Lists, costs, fixed
from schema.edits import path_of
from schema.keys import KeyOf
from schema.limits import PAGE
from schema.moment import Moment
from schema.node import Node, is_node
from schema.paging import Connection, read_cursor
from schema.record import moment_of
from schema.relations import type_of
from schema.row_types import shows_type

Metadata: TypeAlias = dict[object, object]
KINDS = {kind: history.NAMED[kind.value] for kind in RowKind}
SINCE: KeyOf[int] = attrgetter("row.since")
UNTIL: KeyOf[int] = attrgetter("row.until")
KEY_OF: dict[type, KeyOf[str]] = {model: attrgetter(f"row.{KEY_COLUMN[model]}") for model in KINDS.values()}
COLUMNS = max(len(model.__table__.c) for model in models.VERSION_TABLES)
# The versions that have ended, by the rows that they are of and by those that they pointed to.
ENDED = {model: models.VERSION_TABLES[model].c[KEY_COLUMN[model]] for model in KINDS.values()}
POINTING = {
    (owned, name): models.VERSION_TABLES[owned].c[name]
    for owned, name in dict.fromkeys(pointer for model in KINDS.values() for pointer in history.pointers(model))
}
# However many there are.
LOST = Lists(tuple(ENDED.values()), number=2**31)
# The name of the cursors of withdrawals.
LIST = "withdrawals"


def _moments(group: Group, sizes: Sizes, _arguments: Arguments) -> int:
    """Each version is read at a revision of its own."""
    return min(group.number, sizes.rows(models.Change))


def _versions_cost(kinds: Iterable[type[Base]]) -> Metadata:
    """For rows of one of these kinds: the versions that have ended, and the one in force."""
    return costs(Lists(tuple(ENDED[model] for model in kinds), more=1), 3 * STATEMENT)


def _withdrawals_cost(kinds: Iterable[type[Base]]) -> Metadata:
    pointers = [history.pointers(model) for model in kinds]
    most = max(map(len, pointers))
    lists = tuple(POINTING[pointer] for pointer in dict.fromkeys(chain.from_iterable(pointers)))
    return costs(Lists(lists, most), (most + 2) * STATEMENT)


def state_costs(schema: GraphQLSchema) -> None:
    """States on each type what the versions of its own kind cost: those of all kinds together bound it too widely."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and any(each.name == Versioned.__name__ for each in kind.interfaces):
            model = KINDS[RowKind(kind.name)]
            kind.fields["versions"].extensions |= _versions_cost([model])
            kind.fields["withdrawals"].extensions |= _withdrawals_cost([model])


@strawberry.type(description="One value of a row, as it was.")
class VersionValue:
    field: str = strawberry.field(description="The field of the row, such as title, as edits name it.")
    value: str | None = strawberry.field(description="The value as text, as edits write it; null if there was none.")
    path: str | None = strawberry.field(description="The field in the API, as `path` of edits has it.")


@shows_type(history.Version)
@strawberry.type(
    description="A row as it was from one revision until another. The database keeps each, and edits none."
)
class Version(RowMember):
    record: str = strawberry.field(description="The row: its kind and its name, such as Commitment SVS-33.")

    @strawberry.field(description="Its values, in the order of the fields.", metadata=costs(fixed(COLUMNS), flat=0))
    def values(self) -> list[VersionValue]:
        kind = self.row.model.__name__
        values = self.row.values.items()
        return [VersionValue(field=field, value=value, path=path_of(kind, field)) for field, value in values]

    @strawberry.field(description="The change that made it so.", graphql_type=type_of(models.Change))
    def since(self) -> RowMember:
        return self.load_as(RowMember, relations.by_id, SINCE, models.Change, models.Change.revision)

    @strawberry.field(
        description="The change that corrected it or took it away; its `reason` says why. Null while it is in force.",
        graphql_type=type_of(models.Change) | None,
    )
    def until(self) -> RowMember | None:
        return self.load_optional(RowMember, relations.by_id, UNTIL, models.Change, models.Change.revision)

    @strawberry.field(
        description="The row as an object of that time, with all that belonged to it at the last revision at which it"
        " was so; its id names that revision. Null for a row without an id, such as a link.",
        metadata=costs(flat=0, moments=_moments),
    )
    def node(self) -> Node | None:
        return self.batch.once(_nodes).get(id(self))


def _nodes(batch: Batch) -> dict[int, Node]:
    """The object of each version that has one: one batch for each revision among them."""
    batches: dict[int | None, Batch] = {}
    nodes: dict[int, Node] = {}
    for member in batch.members:
        assert isinstance(member, Version)
        version: history.Version = member.row
        if is_node(version.model):
            if version.until not in batches:
                batches[version.until] = Batch(batch.context, _last_moment(batch, version))
            node = nodes[id(member)] = batches[version.until].to_graphql(Node, version.row)
            node.key = version.record.partition(" ")[2]
    return nodes


def _last_moment(batch: Batch, version: history.Version) -> Moment:
    """The last moment at which the row was so."""
    if version.until is None:
        return batch.moment
    assert version.last_recorded_at is not None
    return batch.moment.at_revision(version.until - 1, batch.context.clock.day(version.last_recorded_at))


@strawberry.interface(
    description="A row that has a name of its own: what it was before, and what belonged to it and is gone."
)
class Versioned(RowMember):
    @strawberry.field(
        description="The row as it was and as it is, oldest first; the last one is in force. Under a record of an"
        " earlier revision, those up to that revision.",
        metadata=_versions_cost(KINDS.values()),
    )
    def versions(self) -> list[Version]:
        return self.load_as(list[Version], history.versions, KEY_OF[self.model], self.model)

    @strawberry.field(
        description="The last versions of what belonged to it and is not there any more, the latest first: statuses,"
        " links, leads, sums, citations and everything else that pointed to it, whether it was withdrawn, unlinked or"
        " left out of reviewed files. A participant or a claim that was corrected is among them, because it has no"
        " name of its own.",
        metadata=_withdrawals_cost(KINDS.values()),
    )
    def withdrawals(self) -> list[Version]:
        return self.load_as(list[Version], history.withdrawals, KEY_OF[self.model], self.model)


@strawberry.type
class VersionQueries:
    @strawberry.field(
        description="The last version of a row, in force or not; null where there never was one. Finds what was"
        " withdrawn, which the other fields do not.",
        metadata=costs(flat=3 * STATEMENT),
    )
    async def last_version(
        self,
        info: Info,
        kind: Annotated[RowKind, strawberry.argument(description="The kind of the row.")],
        key: Annotated[str, strawberry.argument(description="Its slug, ref or key, in small letters or capitals.")],
    ) -> Version | None:
        moment, keys = moment_of(self, info), spellings([key])
        found = await info.context.read(moment, history.versions, keys, KINDS[kind])
        last = next((found[key][-1] for key in keys if found[key]), None)
        return None if last is None else Batch(info.context, moment).to_graphql(Version, last)

    @strawberry.field(
        description="The last versions of rows with names that are not there any more, the latest first.",
        metadata=costs(LOST, LOST.scan(work=0.1, base=BUILT + (len(KINDS) + 1) * STATEMENT), paged=True),
    )
    async def withdrawals(
        self,
        info: Info,
        kinds: Annotated[
            list[RowKind] | None, strawberry.argument(description="Only rows of these kinds. All if left out or empty.")
        ] = None,
        first: First = PAGE,
        after: After = None,
    ) -> Connection[Version]:
        context, moment = info.context, moment_of(self, info)
        tables = [KINDS[kind] for kind in RowKind if not kinds or kind in kinds]
        position = read_cursor(after, LIST, history.BY_END) if after else None
        page = await context.read(moment, history.withdrawn, tables, first or PAGE, position)
        items = cast(Page[Version], Batch(context, moment).convert(page))
        count = partial(context.read, moment, history.count_withdrawn, tables)
        return Connection(page=items, name=LIST, after=after, count=count)

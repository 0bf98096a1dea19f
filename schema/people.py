"""People: who spoke, attended or answered, as sources have it."""

import strawberry

from db import models, people
from schema.filters import PersonFilter
from schema.named import Named
from schema.node import node_of
from schema.relations import many
from schema.root_fields import list_field, row_field
from schema.versions import Versioned


@node_of(models.Person)
@strawberry.type(description="A person whom a source puts at an event.")
class Person(Named, Versioned):
    slug: str = strawberry.field(description="A readable name, for filters and addresses.")
    name: str = strawberry.field(description="The name, as sources give it.")

    participations = many(people.participations, "Where sources put them, and in what role.")


@strawberry.type
class PersonQueries:
    person = row_field(Person)
    people = list_field(Person, PersonFilter, people.by_name(), "Every person on record, by name.")

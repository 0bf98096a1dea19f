"""Terms: what the words of the field mean."""

import strawberry

from db import citations, models, terms
from schema.filters import TermFilter
from schema.named import Named
from schema.node import node_of
from schema.relations import many
from schema.root_fields import list_field, row_field
from schema.versions import Versioned


@node_of(models.Term)
@strawberry.type(description="A word of the field that the record uses, such as the name of a power or of a body.")
class Term(Named, Versioned):
    slug: str = strawberry.field(description="A readable name, for addresses.")
    name: str = strawberry.field(description="The word or words, as texts of the record have it.")
    meaning: str = strawberry.field(description="What it means, in the tracker's words.")

    citations = many(citations.of(models.Citation.term_id), "The sources of its meaning.")


@strawberry.type
class TermQueries:
    term = row_field(Term)
    terms = list_field(Term, TermFilter, terms.by_name(), "Every term on record, by name.")

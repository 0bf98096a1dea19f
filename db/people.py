"""Questions about people."""

from functools import partial

from sqlmodel import col

from db.conditions import RelatedText, contains_words
from db.models import Organisation, Participant, Person
from db.paging import Order
from db.relations import Relation

# Their roles, how sources spell their names, and whom they came from.
ROLES = (
    RelatedText(Person.id, Participant.person_id, Participant.search_text),
    RelatedText(Person.id, Participant.person_id, Organisation.search_text, Participant.organisation_id),
)
mentioning = partial(contains_words, Person.search_text, related=ROLES)
by_name = partial(Order, (col(Person.sort_text), col(Person.slug)))

# Where sources put each person, in the order in which it was recorded.
participations = Relation(Participant, Participant.person_id, Participant.id)

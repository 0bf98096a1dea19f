"""Questions about people."""

from functools import partial

from sqlmodel import col

from db.conditions import contains_words
from db.models import Participant, Person
from db.paging import Order
from db.relations import Relation

mentioning = partial(contains_words, Person.search_text)
by_name = partial(Order, (col(Person.sort_text), col(Person.slug)))

# Where sources put each person, in the order in which it was recorded.
participations = Relation(Participant, Participant.person_id, Participant.id)

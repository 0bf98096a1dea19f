"""Questions about terms."""

from functools import partial

from sqlmodel import col

from db.conditions import contains_words
from db.models import Term
from db.paging import Order

mentioning = partial(contains_words, Term.search_text)
by_name = partial(Order, (col(Term.sort_text), col(Term.slug)))

"""Questions about areas, and about what stands in them."""

from functools import partial

from sqlmodel import col

from db.conditions import contains_words, one_of
from db.models import Area, AreaOrganisation, Organisation
from db.paging import Order
from db.relations import Relation
from db.within import stands

NAME = col(Area.sort_text)

of_kind = partial(one_of, Area.kind)
within = partial(stands, Area.id)
mentioning = partial(contains_words, Area.search_text)
by_name = partial(Order, (NAME, col(Area.slug)))

parts = Relation(Area, Area.parent_id, NAME)
of_organisations = Relation(Area, AreaOrganisation.organisation_id, NAME, target=AreaOrganisation.area_id)
organisations = Relation(
    Organisation, AreaOrganisation.area_id, Organisation.sort_text, target=AreaOrganisation.organisation_id
)

"""What lies within an area: it and the areas of which it, or one of these, is the parent; and what stands there."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.columns import Column, Condition
from db.models import Area, AreaOrganisation
from db.natural_keys import spellings


def tree(wanted: Condition) -> sa.CTE:
    """A row for each area within each of the `wanted`, itself included: `root_id` and `area_id`."""
    root: sa.ColumnElement[int] = col(Area.id).label("root_id")
    area: sa.ColumnElement[int] = col(Area.id).label("area_id")
    around = sa.select(root, area).where(wanted).cte(recursive=True)
    part = aliased(Area)
    below = sa.select(around.c.root_id, col(part.id))
    return around.union_all(below.join(part, col(part.parent_id) == around.c.area_id))


def stands(area: Column, slugs: Sequence[str]) -> Condition:
    """Whether a foreign key points to an area with one of these slugs, or to one within it."""
    return col(area).in_(_areas(slugs))


def has_body(organisation: Column, slugs: Sequence[str]) -> Condition:
    """Whether a foreign key points to a body that stands there."""
    return col(organisation).in_(
        sa.select(col(AreaOrganisation.organisation_id)).where(col(AreaOrganisation.area_id).in_(_areas(slugs)))
    )


def _areas(slugs: Sequence[str]) -> sa.Select[tuple[int]]:
    return sa.select(tree(col(Area.slug).in_(spellings(slugs))).c.area_id)

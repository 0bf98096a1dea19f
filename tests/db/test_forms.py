"""Statements that are built once for all conditions that differ in their values alone."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from db import paging
from db.commitments import by_ref
from db.database import Database
from db.forms import Form, statement_of
from db.models import Commitment
from tests.engines import Engine

ref = col(Commitment.ref)
CONDITIONS: dict[str, Callable[[list[str]], sa.ColumnElement[bool]]] = {
    "equal": lambda refs: ref == refs[0],
    "several": lambda refs: ref.in_(refs),
    "shared": lambda refs: (ref == refs[0]) | ~ref.in_(refs),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_conditions_of_one_form_differ_in_what_they_find(engine: Engine, seeded_template: str, name: str) -> None:
    database = Database(engine.copy(seeded_template))
    for refs in (["SVS-03"], ["SVS-05"], ["SVS-07", "SVS-09"], ["SVS-11", "SVS-01"], []):
        if name != "several" and not refs:
            continue
        condition = CONDITIONS[name](refs)

        def expected(session: Session) -> list[str]:
            return list(session.scalars(sa.select(ref).where(condition).order_by(ref)))  # noqa: B023

        page = database.read_sync(paging.page, Commitment, [condition], by_ref(), 100, None)
        assert [row.ref for row, _ in page.rows] == database.read_sync(expected)
    database.close()


def test_a_value_that_two_conditions_share_is_another_form() -> None:
    value = sa.literal("SVS-01")
    shared, apart = Form([ref == value, ref != value]), Form([ref == "SVS-01", ref != "SVS-01"])
    assert shared != apart
    assert apart == Form([ref == "SVS-02", ref != "SVS-03"])


def test_a_statement_is_built_once_for_a_form() -> None:
    def build(where: list[sa.ColumnElement[bool]]) -> sa.Select[str]:
        return sa.select(ref).where(*where)

    first, params = statement_of(build, [ref == "SVS-01"])
    second, others = statement_of(build, [ref == "SVS-02"])
    assert first is second
    assert (list(params.values()), list(others.values())) == (["SVS-01"], ["SVS-02"])
    assert params.keys() == others.keys()
    longer, _ = statement_of(build, [ref.in_(["SVS-01", "SVS-02"])])
    assert longer is not statement_of(build, [ref.in_(["SVS-01"])])[0]

"""How discrepancies are found in a large record."""

import pytest

from db import discrepancies
from tests.writable import WritableApi


@pytest.mark.sqlite_only
def test_the_discrepancies_of_allocations_are_found_by_their_funds(api_shared: WritableApi) -> None:
    query = discrepancies.of_allocations.query([1])
    text = query.statement.text(api_shared.database.engine.dialect)
    with api_shared.database.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text.sql}", tuple(text.arguments(query.params))).all()
    # A document may have a side in thousands.
    assert not any("ix_claim_document_id" in step.detail for step in plan)

"""Natural keys are published as ids, so they may never change: these are written out."""

import datetime as dt

from db import natural_keys
from db.vocabulary import AmountKind, DatePrecision, Status, Voice

DAY = dt.date(2018, 9, 30)


def test_the_keys_of_the_first_edition_stand() -> None:
    update = natural_keys.status_update(
        "SVS-01", DAY, DatePrecision.MONTH, Voice.GOVERNMENT, Status.DELIVERED, "answer", None
    )
    amount = natural_keys.amount_statement("fund", AmountKind.RESTATED, None, None, "answer", 3)
    assert update == "c6ad58e0dfaca3f3ee64"
    assert amount == "12510d5062e9ad992bb8"
    assert natural_keys.citation("status_update", update, "answer", None) == "0967691ef9e7f7ef8ed1"
    assert natural_keys.allocation("fund", "recipient") == "fund/recipient"


def test_each_value_that_identifies_a_statement_changes_its_key() -> None:
    day, month, government, media = DatePrecision.DAY, DatePrecision.MONTH, Voice.GOVERNMENT, Voice.MEDIA
    actual = [
        natural_keys.status_update("C-1", DAY, day, government, Status.DELIVERED, "a", None),
        natural_keys.status_update("C-2", DAY, day, government, Status.DELIVERED, "a", None),
        natural_keys.status_update("C-1", DAY, month, government, Status.DELIVERED, "a", None),
        natural_keys.status_update("C-1", DAY, day, media, Status.DELIVERED, "a", None),
        natural_keys.status_update("C-1", DAY, day, government, Status.STALLED, "a", None),
        natural_keys.status_update("C-1", DAY, day, government, Status.DELIVERED, "b", None),
        natural_keys.status_update("C-1", DAY, day, government, Status.DELIVERED, "a", 1),
        natural_keys.status_update("C-1", DAY, day, government, Status.DELIVERED, None, None),
        natural_keys.citation("commitment", "C-1", "a", None),
        natural_keys.citation("fund", "C-1", "a", None),
        natural_keys.citation("commitment", "C-1", "a", 1),
    ]
    assert len(set(actual)) == len(actual)
    assert {len(key) for key in actual} == {20}

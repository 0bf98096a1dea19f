"""A role that may not read the past never gives the present for it."""

import datetime as dt

import psycopg
import pytest

from db import dataset
from db.database import Database
from db.reader import Reader
from tests.operations.replicas import Trio
from tests.waiting import until
from tests.writable import serving_writable

QUERY = '{ record(knownAt: "2026-11-22T13:00:00Z") { dataset { revision } documents(first: 100) { nodes { slug } } } }'


def test_a_role_without_the_past_is_passed_over(servers: Trio, name: str) -> None:
    servers.primary.execute("CREATE ROLE narrow LOGIN")
    servers.primary.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO narrow", name)
    servers.wait(name)
    narrow = servers.standbys[0].url(name, user="narrow")
    database = Database(narrow)
    past = Reader(database, known_at=dt.datetime(2026, 11, 22, 13, tzinfo=dt.UTC))
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied for schema past"):
        past.read_sync(dataset.state)
    database.close()
    primary = Database(servers.primary.url(name))
    with serving_writable(primary, read_urls=narrow) as api:
        until(lambda: "may not read" in str(api.public.http.get("/readyz").json()["replicas"]))
        with_replica = api.public.ask(QUERY)
    with serving_writable(primary) as api:
        assert api.public.ask(QUERY) == with_replica
    primary.close()

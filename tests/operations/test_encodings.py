"""A PostgreSQL database has to be in UTF-8; its locale makes no difference."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import cli
from tests.operations.postgresql import Cluster
from tests.server import serving

pytestmark = pytest.mark.usefixtures("_quiet_again")
COMMANDS = (["serve"], ["migrate"], ["seed"], ["token", "list"], ["export", "out"])


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_in_another_encoding_is_refused_in_a_line(
    debian: Cluster, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = debian.url(debian.database(f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"))
    for command in COMMANDS:
        result = CliRunner().invoke(cli.app, command, env={"SIXTYONE_DATABASE_URL": url})
        message = f"The database is in {encoding}, which does not hold every character: make one in UTF8.\n"
        assert (result.exit_code, result.output) == (1, message)


def test_in_utf_8_and_locale_c_every_character_is_looked_for(debian: Cluster) -> None:
    # The client's own settings do not matter.
    url = debian.url(debian.database(), client_encoding="latin1")
    for command in ("migrate", "seed"):
        assert CliRunner().invoke(cli.app, [command], env={"SIXTYONE_DATABASE_URL": url}).exit_code == 0
    with serving(url) as api:
        for search in ("\u2019", "2018\u201319", "\u0174yn", "\U0001f512", "caf\u00e9"):
            assert api.http.get("/sources", params={"search": search}).status_code == 200
            api.ask("query ($search: String) { events(filter: {search: $search}) { totalCount } }", search=search)


def test_days_are_read_in_every_date_style_of_the_database(debian: Cluster) -> None:
    name = debian.database()
    debian.execute(f"ALTER DATABASE {name} SET datestyle = 'SQL, DMY'")
    debian.execute(f"ALTER DATABASE {name} SET timezone = 'Asia/Tokyo'")
    url = debian.url(name)
    for command in ("migrate", "seed"):
        assert CliRunner().invoke(cli.app, [command], env={"SIXTYONE_DATABASE_URL": url}).exit_code == 0
    with serving(url) as api:
        answer = api.ask('{ commitment(ref: "SVS-19") { statusUpdate { effectiveOn recordedAt } } }')
        update = {"effectiveOn": "2019-07-08", "recordedAt": "2026-11-22T12:00:00Z"}
        assert answer == {"commitment": {"statusUpdate": update}}

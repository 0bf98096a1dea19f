"""Several processes that start at once on an empty database all come up."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import cli
from tests.api.process import serving_process
from tests.operations.postgresql import Cluster

pytestmark = pytest.mark.usefixtures("_quiet_again")
PROCESSES = 4


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/x.db"
    debian: Cluster = request.getfixturevalue("debian")
    return debian.url(debian.database())


def line(command: str, url: str) -> str:
    """The single line of a command that fails."""
    result = CliRunner().invoke(cli.app, [command], env={"SIXTYONE_DATABASE_URL": url})
    assert result.exit_code == 1
    # The log is on standard output: servers of other tests, which run in this process, write to it at any time.
    assert "Traceback" not in result.output
    [message] = result.stderr.splitlines()
    return message


@pytest.fixture(scope="module")
def _roles(debian: Cluster) -> None:
    debian.execute("CREATE ROLE stranger LOGIN PASSWORD 'right'")
    debian.execute("CREATE ROLE onlooker LOGIN SUPERUSER")
    debian.execute("ALTER ROLE onlooker SET default_transaction_read_only = on")


@pytest.mark.usefixtures("_roles")
@pytest.mark.parametrize("command", ["serve", "migrate", "seed"])
def test_a_server_that_refuses_the_user_is_reported_in_a_line(debian: Cluster, command: str) -> None:
    name = debian.database()
    message = line(command, debian.url(name, "stranger:wrong-one"))
    assert message.endswith('FATAL: password authentication failed for user "stranger"')
    assert "wrong-one" not in message
    if command in ("serve", "migrate"):
        reason = "cannot execute CREATE TABLE in a read-only transaction"
        assert line(command, debian.url(name, "onlooker")) == f"The database refuses: {reason}"


def test_four_start_at_once_on_an_empty_database(empty: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        processes = [stack.enter_context(serving_process(tmp_path, database_url=empty)) for _ in range(PROCESSES)]
        for process in processes:
            # Four of them on a slow machine.
            assert process.listening.wait(120)
            with process.client() as client:
                assert client.get("/readyz").json() == {"status": "ready"}
        loads = [line["report"] for process in processes for line in process.log_lines("loaded")]
        assert sorted("rows added" in report for report in loads) == [False] * (PROCESSES - 1) + [True]
        assert [process.stop() for process in processes] == [0] * PROCESSES

import os
import subprocess

import pytest

from db.database import Database
from db.vocabulary import Role, Voice
from tests.conformance.node import HERE, command
from tests.writable import serving_writable

ADD = """mutation { addDocument(input: {slug: "a-page", title: "A page"}) { __typename } }"""


@pytest.mark.sqlite_only
def test_clients_come_back_when_the_server_does_and_have_missed_nothing(seeded_database: Database) -> None:
    with serving_writable(seeded_database) as before:
        environment = {"SIXTYONE_URL": before.url, "SIXTYONE_TOKEN": before.token(Role.EDITOR, *Voice)}
        node = subprocess.Popen(
            command(HERE / "restart.mjs"),
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert node.stdout
        output = node.stdout.readline()
    with serving_writable(seeded_database) as after:
        assert after.editor.ask(ADD)["addDocument"]["__typename"] == "DocumentAdded"
        output += node.communicate(after.url + "\n", timeout=120)[0]
    assert (node.returncode, output) == (0, "following\n"), output

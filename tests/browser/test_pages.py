from pathlib import Path

import pytest

from tests.conformance.node import run_at
from tests.desk import Desk

HERE = Path(__file__).resolve().parent
pytestmark = pytest.mark.usefixtures("chromium")


@pytest.mark.parametrize("script", ["home", "plain", "graphiql"])
def test_pages_work_on_a_phone_and_on_a_desk(script: str, at_desk: Desk) -> None:
    run_at(at_desk, HERE / f"{script}.mjs")


def test_a_page_from_elsewhere_follows_and_with_a_token_writes(at_desk: Desk) -> None:
    run_at(at_desk, HERE / "elsewhere.mjs")

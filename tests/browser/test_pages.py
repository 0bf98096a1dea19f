from pathlib import Path

import pytest

from tests.conformance.node import run


@pytest.mark.parametrize("script", ["home", "plain", "graphiql"])
def test_pages_work_on_a_phone_and_on_a_desk(script: str, url: str) -> None:
    run(Path(__file__).with_name(f"{script}.mjs"), url=url)

import pytest

from tests.conformance.node import HERE, run, run_at
from tests.writable import WritableApi

pytestmark = pytest.mark.sqlite_only


def test_every_audit_of_graphql_over_http_is_ok(url: str) -> None:
    run(HERE / "audit.mjs", url=url)


def test_apollo_client_normalises_pages_reads_errors_and_keeps_up_with_changes(api_writable: WritableApi) -> None:
    run_at(api_writable, HERE / "apollo.mjs")


def test_urql_asks_by_get_reads_errors_and_keeps_up_with_changes(api_writable: WritableApi) -> None:
    run_at(api_writable, HERE / "urql.mjs")


def test_graphql_ws_follows_comes_back_and_knows_when_not_to(api_writable: WritableApi) -> None:
    run_at(api_writable, HERE / "ws.mjs")


def test_graphql_sse_follows_comes_back_and_knows_when_it_is_over(api_writable: WritableApi) -> None:
    run_at(api_writable, HERE / "sse.mjs")

from tests.conformance.node import HERE, run, run_at
from tests.desk import Desk


def test_every_audit_of_graphql_over_http_is_ok(url: str) -> None:
    run(HERE / "audit.mjs", url=url)


def test_apollo_client_normalises_pages_reads_errors_and_keeps_up_with_changes(at_desk: Desk) -> None:
    run_at(at_desk, HERE / "apollo.mjs")


def test_urql_asks_by_get_reads_errors_and_keeps_up_with_changes(at_desk: Desk) -> None:
    run_at(at_desk, HERE / "urql.mjs")


def test_graphql_ws_follows_comes_back_and_knows_when_not_to(at_desk: Desk) -> None:
    run_at(at_desk, HERE / "ws.mjs")


def test_graphql_sse_follows_comes_back_and_knows_when_it_is_over(at_desk: Desk) -> None:
    run_at(at_desk, HERE / "sse.mjs")

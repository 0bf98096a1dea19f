from tests.conformance.node import HERE, run


def test_every_audit_of_graphql_over_http_is_ok(url: str) -> None:
    run(HERE / "audit.mjs", url=url)


def test_apollo_client_normalises_pages_and_reads_errors(url: str) -> None:
    run(HERE / "apollo.mjs", url=url)


def test_urql_asks_by_get_and_reads_errors(url: str) -> None:
    run(HERE / "urql.mjs", url=url)

from tests.conformance.node import HERE, run


def test_every_audit_of_graphql_over_http_is_ok(url: str) -> None:
    run(HERE / "audit.mjs", url=url)

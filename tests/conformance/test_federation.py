from tests.conformance.node import HERE, run


def test_a_gateway_composes_the_schema_and_finds_what_another_service_names(url: str) -> None:
    run(HERE / "federation.mjs", url=url)

"""What the tracker exists to answer, asked as a reader would."""

from tests.server import Api


def test_there_are_sixty_one_commitments_in_one_page(api: Api) -> None:
    answer = api.ask("{ commitments { totalCount nodes { ref } pageInfo { hasNextPage } } }")["commitments"]
    assert answer["totalCount"] == 61
    assert [node["ref"] for node in answer["nodes"]] == [f"SVS-{number:02}" for number in range(1, 62)]
    assert not answer["pageInfo"]["hasNextPage"]

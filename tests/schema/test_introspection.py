"""What the schema says of itself."""

from tests.server import Api

QUERY = """{
  object: __type(name: "Query") { isOneOf fields { type { isOneOf ofType { isOneOf } } } }
  input: __type(name: "FundFilter") { isOneOf inputFields { type { isOneOf } } }
}"""


def test_only_an_input_can_be_one_of_several(api_readonly: Api) -> None:
    answer = api_readonly.ask(QUERY)
    kinds = [field["type"] for field in answer["object"]["fields"]]
    assert answer["object"]["isOneOf"] is None
    assert {kind["isOneOf"] for kind in kinds} == {None}
    assert {kind["ofType"]["isOneOf"] for kind in kinds if kind["ofType"]} == {None}
    assert answer["input"] == {"isOneOf": False, "inputFields": [{"type": {"isOneOf": None}}] * 8}

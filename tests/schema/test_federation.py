"""A gateway finds what other services name, as a client finds nodes, and reads the schema with its keys."""

from typing import Any

import graphql
import pytest

from schema.node import global_id
from tests.documents import text
from tests.schema.test_nodes import objects
from tests.server import Api, capture_statements

ENTITIES = """query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ... on Node { id } ... on Commitment { ref status theme { slug } } ... on Fund { slug }
} }"""
COMMITMENT = {"__typename": "Commitment", "ref": "SVS-01"}
NAMES = {"ref", "slug"}
FUND = {"__typename": "Fund", "slug": "youth-fund-round-1"}


def test_a_gateway_finds_objects_by_any_key(api_readonly: Api) -> None:
    [commitment, fund] = api_readonly.ask(ENTITIES, representations=[COMMITMENT, FUND])["_entities"]
    assert (commitment["ref"], fund["slug"]) == ("SVS-01", "youth-fund-round-1")
    by_id = [{"__typename": each["__typename"], "id": each["id"]} for each in (fund, commitment, fund)]
    assert api_readonly.ask(ENTITIES, representations=by_id) == {"_entities": [fund, commitment, fund]}


def test_a_representation_in_the_text_of_a_query_is_read_as_one_in_a_variable(api_readonly: Api) -> None:
    query = '{ _entities(representations: [{__typename: "Commitment", ref: "SVS-01"}]) { ... on Commitment { ref } } }'
    assert api_readonly.ask(query) == {"_entities": [{"ref": "SVS-01"}]}


def test_an_id_of_a_moment_leads_to_the_object_of_that_moment(api_readonly: Api) -> None:
    record = '{ record(asOf: "2018-12-31", revision: 1) { commitment(ref: "SVS-01") { id status } } }'
    then = api_readonly.ask(record)["record"]["commitment"]
    [entity] = api_readonly.ask(ENTITIES, representations=[{"__typename": "Commitment", "id": then["id"]}])["_entities"]
    assert (entity["id"], entity["status"]) == (then["id"], then["status"])


@pytest.mark.parametrize(
    ("representation", "code"),
    [
        ({"__typename": "Commitment", "ref": "SVS-99"}, "NOT_FOUND"),
        ({"__typename": "Commitment", "id": global_id("Commitment", "SVS-99")}, "NOT_FOUND"),
        ({"__typename": "Commitment", "id": global_id("Fund", "youth-fund-round-1")}, "INVALID_ID"),
        ({"__typename": "Commitment", "id": "x"}, "INVALID_ID"),
        ({"__typename": "Commitment", "id": 1}, "BAD_USER_INPUT"),
        ({"__typename": "Commitment", "title": "x"}, "BAD_USER_INPUT"),
        ({"__typename": "Money", "id": "x"}, "BAD_USER_INPUT"),
        ({"__typename": ["Commitment"], "ref": "SVS-01"}, "BAD_USER_INPUT"),
        ({"ref": "SVS-01"}, "BAD_USER_INPUT"),
        ("SVS-01", "BAD_USER_INPUT"),
        ([[{}]], "BAD_USER_INPUT"),
    ],
)
def test_a_wrong_representation_blanks_its_own_entry(api_readonly: Api, representation: object, code: str) -> None:
    response = api_readonly.send(ENTITIES, {"representations": [representation, FUND]}).json()
    [blank, fund] = response["data"]["_entities"]
    assert (blank, fund["slug"]) == (None, FUND["slug"])
    errors = [(error["path"], error["extensions"]["code"]) for error in response["errors"]]
    assert errors == [(["_entities", 0], code)]


def test_only_so_many_objects_are_found_at_once(api_readonly: Api) -> None:
    query = "query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }"
    names = [{"__typename": "Term", "slug": str(number)} for number in range(101)]
    assert api_readonly.codes(query, all=names) == ["TOO_MANY_IDS"]


@pytest.mark.sqlite_only
def test_the_statements_do_not_follow_the_number_of_objects(api_readonly: Api) -> None:
    numbers = []
    for most in (2, 50):
        refs = [{"__typename": "Commitment", "ref": f"SVS-{number:02}"} for number in range(1, most + 1)]
        with capture_statements() as statements:
            api_readonly.ask(ENTITIES, representations=refs)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1] <= 4


def test_every_type_with_an_id_is_an_entity_with_its_keys(api_readonly: Api) -> None:
    contract = graphql.build_schema(text("schema/schema.graphql"))
    assert graphql.validate_schema(contract) == []
    node: Any = contract.type_map["Node"]
    types = {kind.name for kind in contract.get_possible_types(node)}
    entity: Any = contract.type_map["_Entity"]
    assert {kind.name for kind in entity.types} == types
    keys = keys_of(api_readonly.ask("{ _service { sdl } }")["_service"]["sdl"])
    assert {name for name, fields in keys.items() if "id" in fields} == types
    # Each other key leads to its object.
    lists = ["events", "organisations", "areas", "documents", "people", "terms", "discrepancies", "funds"]
    slugs = " ".join(f"{name}(first: 1) {{ nodes {{ __typename slug }} }}" for name in lists)
    strategy = "strategy { __typename slug themes { __typename slug } }"
    answer = api_readonly.ask(f"{{ {strategy} commitments(first: 1) {{ nodes {{ __typename ref }} }} {slugs} }}")
    named = [each for each in objects(answer) if NAMES & each.keys()]
    expected = {(kind, key) for kind, fields in keys.items() for key in NAMES & {*fields}}
    assert {(each["__typename"], key) for each in named for key in NAMES & each.keys()} == expected
    fields = " ".join(f"... on {kind} {{ {key} }}" for kind, key in sorted(expected))
    query = f"query ($all: [_Any!]!) {{ _entities(representations: $all) {{ __typename {fields} }} }}"
    own = [{name: value for name, value in each.items() if name in {"__typename", *NAMES}} for each in named]
    assert api_readonly.ask(query, all=own) == {"_entities": own}


def keys_of(sdl: str) -> dict[str, list[str]]:
    """By type, the fields of each `@key`."""
    document = graphql.parse(sdl)
    kinds = [each for each in document.definitions if isinstance(each, graphql.ObjectTypeDefinitionNode)]
    return {
        kind.name.value: [
            argument.value.value
            for directive in kind.directives or ()
            if directive.name.value == "key"
            for argument in directive.arguments or ()
            if isinstance(argument.value, graphql.StringValueNode)
        ]
        for kind in kinds
    }

"""No number in an argument makes a query cheaper than it is: it would pay for what stands beside it."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, get_operation_ast, is_required_argument, parse

from db.database import Database
from db.sizes import Sizes, measure
from schema import price
from schema.cost import columns
from schema.errors import BadInput
from schema.limits import Limits
from tests.engines import seed_sqlite
from tests.schema.test_left_out import PARENTS, REQUIRED, selection
from tests.schema.test_limits import SCHEMA
from tests.server import Api

NUMBERS = [
    (kind.name, name, argument)
    for kind in SCHEMA.type_map.values()
    if isinstance(kind, GraphQLObjectType) and kind.name in PARENTS
    for name, field in kind.fields.items()
    for argument, definition in field.args.items()
    if str(get_named_type(definition.type)) == "Int"
]
LEAST = -(2**31)


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sizes]:
    database = Database(seed_sqlite(tmp_path_factory.mktemp("sizes")))
    yield database.read_sync(measure, columns(SCHEMA))
    database.close()


def weigh(sizes: Sizes, query: str, **variables: Any) -> int:
    """The price; more than any where the number is refused."""
    document = parse(query)
    operation = get_operation_ast(document)
    assert operation
    try:
        return price.check_price(SCHEMA, document, operation, variables, Limits(cost=10**10), sizes)
    except BadInput:
        return price.ENDLESS


@pytest.mark.parametrize("place", NUMBERS, ids=".".join)
def test_no_number_below_zero_takes_from_a_price(sizes: Sizes, place: tuple[str, str, str]) -> None:
    parent, name, argument = place
    kind: Any = SCHEMA.type_map[parent]
    field = kind.fields[name]
    given = [
        f"{key}: {REQUIRED[f'{key}: {each.type}']}, " for key, each in field.args.items() if is_required_argument(each)
    ]
    where = PARENTS[parent]

    def query(asked: str) -> str:
        return (
            f"{{ {where} {{ __typename {asked} }} {'}' * where.count('{')} }}" if where else f"{{ __typename {asked} }}"
        )

    asked = f"{name}({''.join(given)}{argument}: %s) {selection(get_named_type(field.type))}"
    least = weigh(sizes, query(""))
    assert weigh(sizes, query(asked % LEAST)) >= least
    assert weigh(sizes, f"query ($n: Int = {LEAST}) {query(asked % '$n')}") >= least
    for value in (LEAST, float(LEAST)):
        assert weigh(sizes, f"query ($n: Int) {query(asked % '$n')}", n=value) >= least


def test_what_is_too_dear_is_refused_whatever_stands_beside_it(api_readonly: Api) -> None:
    dear = "commitments { nodes { theme { commitments { theme { commitments { theme { slug } } } } } } }"
    assert api_readonly.codes(f"{{ {dear} }}") == ["QUERY_TOO_COSTLY"]
    for beside in ("areas { nodes { shares(first: %d)", "changes { nodes { affected(first: %d)"):
        for first in (0, -1, LEAST):
            query = f"{{ {dear} {beside % first} {{ __typename }} }} }} }}"
            assert api_readonly.codes(query) == ["BAD_USER_INPUT"]
    assert api_readonly.codes("{ changes { nodes { affected(first: 101) { id } } } }") == ["PAGE_TOO_LARGE"]

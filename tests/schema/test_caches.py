"""Every object that a client's cache would key has an id, and the document names those that have none."""

import re

import graphql

from tests.documents import blocks, text

SCHEMA = graphql.build_schema(text("schema/schema.graphql"))
# What every cache knows by these names.
PAGES = re.compile("[A-Za-z]*(Connection|Edge)|PageInfo")


def test_the_document_on_caches_names_every_type_without_an_id() -> None:
    [block] = blocks("docs/caches.md", "js")
    named = re.findall('"(.*?)"', block)
    roots = {SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type}
    without = [
        name
        for name, kind in SCHEMA.type_map.items()
        if isinstance(kind, graphql.GraphQLObjectType) and kind not in roots and "id" not in kind.fields
        if not name.startswith("_") and not PAGES.fullmatch(name)
    ]
    # A new type has an id, or a place in the document.
    assert sorted(named) == sorted(without)


def test_whatever_has_an_id_is_a_node() -> None:
    interfaces = {
        name: [interface.name for interface in kind.interfaces]
        for name, kind in SCHEMA.type_map.items()
        if isinstance(kind, graphql.GraphQLObjectType) and "id" in kind.fields
    }
    assert [name for name, names in interfaces.items() if "Node" not in names] == []

"""What generated queries may ask about: names, ids and cursors that exist."""

from collections.abc import Sequence
from typing import Any

from schema.build import Schema

WORDS = ["knife", "crime", "young people", "£", "police fund", "the", "a", "strategy 2018", "zzz", "home office"]
NAMES = """{
  strategy { id themes { id slug } }
  commitments(filter: {origin: [STRATEGY, LATER]}) { nodes { id ref } edges { cursor } }
  funds { nodes { id slug } edges { cursor } }
  events { nodes { id slug } edges { cursor } }
  organisations { nodes { id slug } edges { cursor } }
  documents { nodes { id slug citations(first: 2) { nodes { id } edges { cursor } } } edges { cursor } }
  areas { nodes { id slug } edges { cursor } }
  people { nodes { id slug } edges { cursor } }
  terms { nodes { id slug } edges { cursor } }
  allocations { nodes { id } edges { cursor } }
  statusUpdates { nodes { id } edges { cursor } }
  comparison(from: "2018-06-30", to: "2019-06-30") { statusChanges { edges { cursor } } amounts { edges { cursor } } }
  search(q: "county lines") { themes { edges { cursor } } }
  discrepancies { nodes { id } edges { cursor } }
  changes { nodes { id recordedAt } edges { cursor } }
  withdrawals { nodes { record } edges { cursor } }
  commitmentCounts(by: LEAD) { edges { cursor } }
  moneySums(by: FUND) { edges { cursor } }
}"""


def pools(lists: dict[str, Any], schema: Schema) -> dict[str, Sequence[str]]:
    """Names, ids and cursors that exist, by their kind, from the answer to `NAMES`."""
    strategy, parts = lists.pop("strategy"), lists.pop("comparison") | lists.pop("search")
    parts |= {name: lists.pop(name) for name in ("commitmentCounts", "moneySums")}
    citations = [document["citations"] for document in lists["documents"]["nodes"]]
    nodes = [node for result in [*lists.values(), *citations] for node in result["nodes"] if "id" in node]
    # Of each, what follows the kind of the row.
    withdrawn = [node["record"].partition(" ")[2] for node in lists["withdrawals"]["nodes"]]
    slugs = {name: [node["slug"] for node in result["nodes"] if "slug" in node] for name, result in lists.items()}
    cursors = {
        f"after {name}": [edge["cursor"] for edge in result["edges"]] for name, result in (lists | parts).items()
    }
    return slugs | cursors | {
        "after citations": [edge["cursor"] for result in citations for edge in result["edges"]],
        "themes": [theme["slug"] for theme in strategy["themes"]],
        "refs": [node["ref"] for node in lists["commitments"]["nodes"]],
        "ids": [node["id"] for node in [*nodes, *strategy["themes"], strategy]],
        "types": [name for name in schema._schema.type_map if not name.startswith("__")],
        "keys": [*(node.get("slug") or node.get("ref") for node in nodes if node.keys() & {"slug", "ref"}), *withdrawn],
        "instants": [node["recordedAt"] for node in lists["changes"]["nodes"]],
        "words": WORDS,
    }  # fmt: skip

"""What is asked, in our words; `peers/` has the same questions in the words of others."""

import itertools
from collections.abc import Iterator

import orjson

FIELDS = """
ref
title
theme { title }
leads { name }
status
statusHistory { status effectiveOn voice note citation { paragraph document { title url } } }
funds { name slug amount { amount } }
events { title date }
citations { paragraph note document { title url } }
"""

DASHBOARD = f"query Dashboard {{ commitments(first: 61) {{ nodes {{ {FIELDS} }} }} }}"

COMMITMENT = """
query One {
  commitment(ref: "SVS-19") {
    title
    status
    statusUpdate { effectiveOn voice citation { paragraph document { title } } }
    events { title date }
  }
}
"""

COUNT = "{ commitments { totalCount } }"

QUERIES = {"dashboard": DASHBOARD, "commitment": COMMITMENT}

# What the peers are asked, too.
QUESTIONS = {
    "dashboard": DASHBOARD,
    "one commitment": f'{{ commitment(ref: "SVS-19") {{ {FIELDS} }} }}',
    "refs, titles, status": "{ commitments(first: 61) { nodes { ref title status } } }",
    "__typename": "{ __typename }",
}


def bodies(name: str, *, anew: bool = False) -> Iterator[bytes]:
    """The query over and over; asked anew, each time with a variable that it ignores, so that no cached answer fits."""
    query = QUERIES[name]
    for turn in itertools.count():
        yield orjson.dumps({"query": query, "variables": {"turn": turn}} if anew else {"query": query})

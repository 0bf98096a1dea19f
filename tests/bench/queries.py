"""What is asked: a page with everything on it, one commitment, and a number."""

import itertools
from collections.abc import Iterator

import orjson

DASHBOARD = """
query Dashboard {
  commitments(first: 61) {
    nodes {
      ref
      title
      theme { title }
      leads { name }
      status
      statusHistory { status effectiveOn voice note citation { paragraph document { title url } } }
      funds { name slug amount { amount } }
      events { title date }
      citations { paragraph note document { title url } }
    }
  }
}
"""

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

QUERIES = {"dashboard": DASHBOARD, "commitment": COMMITMENT, "count": COUNT}

# Each query, and whether it is asked anew.
CASES = [("dashboard", False), ("dashboard", True), ("commitment", False), ("commitment", True), ("count", False)]


def bodies(name: str, *, anew: bool = False) -> Iterator[bytes]:
    """The query over and over; asked anew, each time with a variable that it ignores, so that no cached answer fits."""
    query = QUERIES[name]
    for turn in itertools.count():
        yield orjson.dumps({"query": query, "variables": {"turn": turn}} if anew else {"query": query})

"""What is asked: a page with everything on it, one commitment, and a number."""

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

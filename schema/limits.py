"""The most that one query may ask for."""

from dataclasses import dataclass

# Items on one page of a list, ids in one `nodes`, and points of one series.
PAGE = 100
IDS = 100
POINTS = 120


@dataclass(frozen=True)
class Limits:
    tokens: int = 2_000
    depth: int = 20
    aliases: int = 100
    # The price of a query, in units of about one simple field.
    cost: int = 50_000
    # A query with a higher price leaves the event loop. A mutation, and an event of a subscription, may not have one.
    large: int = 10_000
    # How many large queries are executed at once. Each takes its share of the time that small ones need, too.
    at_once: int = 1
    # How long the execution of a query may take.
    seconds: float = 5.0

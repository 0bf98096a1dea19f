"""A plan of a query: made once for its text, and executed level by level, each field as a column of values.

graphql-core resolves, completes and locates each value by itself, which takes most of the time of a large answer. The
plan covers what nearly every query is. Where anything is unusual, such as an error, it gives up, and graphql-core
executes the whole query instead: so errors are those of graphql-core. See docs/decisions/027-plans.md.
"""

from typing import Any, TypeAlias

Column: TypeAlias = list[Any]


class Unplanned(Exception):
    """The plan does not cover this: graphql-core executes the query."""

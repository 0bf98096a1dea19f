"""Speaks GraphQL: types, queries, paging, limits and errors."""

# The vocabulary is published before any type uses it.
import schema.enums  # noqa: F401

"""Sixty-One speaks GraphQL: types, queries, paging, limits and errors."""

# The enumerations exist before any type uses them.
import schema.enums  # noqa: F401

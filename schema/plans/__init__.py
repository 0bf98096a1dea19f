"""Executes queries by plans, level by level and column by column: see docs/decisions/029-plans.md."""

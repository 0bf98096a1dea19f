"""Speaks SQL: tables, the engine, one function per question."""

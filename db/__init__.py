"""Sixty-One speaks SQL: tables, the engine, one function per question."""

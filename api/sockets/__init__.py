"""Uvicorn's protocols, with an end to everything that a client could keep open for nothing."""

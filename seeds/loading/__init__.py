"""Brings an folder into the database, one file for each group of nouns, as in `db/models`."""

"""The past of the tables of the record, for migrations."""

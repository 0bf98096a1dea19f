"""The data as files, read by the same functions of `db` as the API: a table for each noun, in several formats."""

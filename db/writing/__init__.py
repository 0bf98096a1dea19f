"""The only writers of the record: for each kind of change its input, its rules, and the function that makes it."""

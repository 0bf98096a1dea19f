"""The only writers: one function for each kind of change, with what it takes and the rules that it must meet."""

"""Search over everything: the words of a question in every kind of row, grouped by kind and ranked."""

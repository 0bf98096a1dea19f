"""What a database holds as rows of the format, one file for each group of nouns, as in `seeds/loading`."""

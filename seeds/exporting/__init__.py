"""What a database holds, as the files have it."""

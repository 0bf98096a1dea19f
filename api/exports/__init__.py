"""The data as files, made of the same questions as the API's answers: one noun, one table, whatever the format."""

"""The dataset as reviewed files: their format, their checks, their loader."""

"""The dataset of Sixty-One as reviewed files: their format, their checks, their loader."""

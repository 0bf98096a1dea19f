"""The tables of Sixty-One, version by version."""

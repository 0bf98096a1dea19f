"""The rows of the files. A key that is not named here is refused; one with a default may be left out."""

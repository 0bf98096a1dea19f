"""Pictures as numbers: where each shape stands and what it says. The templates of the same names draw them."""

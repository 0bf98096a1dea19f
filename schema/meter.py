"""What one operation asks for and takes, for the log and for the budget of its client."""

from dataclasses import dataclass


@dataclass
class Meter:
    # What it may take at most, known before it is executed.
    price: int = 0
    # What it took.
    cost: int = 0
    # Its kind, and its name where it has one.
    operation: str | None = None

"""What a reader gives where a text spells no value, and why it does not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unreadable:
    """No value could be read, and why."""

    reason: str


NO_INT = Unreadable("not one whole number")
NO_RAT = Unreadable("not one whole number or fraction")
NO_BOOL = Unreadable("neither true nor false")
NO_LABEL = Unreadable("none of the words to choose from")
NO_LIST = Unreadable("not one list")
NO_BRACKETS = Unreadable("an inner list without its own brackets")
NO_TUPLE = Unreadable("not as many values as asked for")
NO_SET = Unreadable("not one set")
NO_MATRIX = Unreadable("not rows of equal length")
NO_GRAPH = Unreadable("not one graph")
NO_TEXT = Unreadable("not one text")
TOO_LONG = Unreadable("too long")
TOO_MANY = Unreadable("more items than the answer can have")

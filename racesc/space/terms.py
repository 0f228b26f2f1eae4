"""Composites of the space as small tuples, and what can be said of one.

    ("b", source)                 a base environment, everything drawn
    ("q", (head, step, …))        a chain
    ("p", (part, …))              a PARALLEL
    ("s", (step, …))              a SORT
    ("t", (step, …), d)           a SELECT with d distractors
    ("u", place)                  a base environment that is fed

The first step of a SORT or SELECT is a source where nothing is fed to it, else a step.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

Term = tuple[Any, ...]
OPERATORS = ("BASE", "SEQUENTIAL", "PARALLEL", "SORT", "SELECT")
_OPERATOR = {
    "b": "BASE",
    "u": "BASE",
    "q": "SEQUENTIAL",
    "p": "PARALLEL",
    "s": "SORT",
    "t": "SELECT",
}


def operator(term: Term) -> str:
    """The operator at the top; BASE for a single environment."""
    return _OPERATOR[term[0]]


def size(term: Term) -> int:
    """How many base environments there are in it; distractors do not count."""
    return 1 if term[0] in "bu" else sum(map(size, term[1]))


def depth(term: Term) -> int:
    """How deeply operators are nested; a chain of base environments is 1."""
    return 0 if term[0] in "bu" else 1 + max(map(depth, term[1]))


def text(term: Term, sources: Sequence[str], places: Sequence[str]) -> str:
    """The canonical expression."""
    kind = term[0]
    if kind == "b":
        return sources[term[1]]
    if kind == "u":
        return places[term[1]]
    parts = [text(part, sources, places) for part in term[1]]
    if kind == "q":
        return " >> ".join(parts)
    if kind == "p":
        return f"PARALLEL({', '.join(parts)})"
    if kind == "s":
        return f"SORT({' >> '.join(parts)})"
    return f"SELECT({' >> '.join(parts)}, distractors: {term[2]})"


@lru_cache(maxsize=20_000)
def order_key(term: Term) -> tuple[Any, ...]:
    """The order of the space: by size, operator, then part by part by the library's
    declaration order. PARALLEL's parts stand in this order."""
    kind = term[0]
    if kind in "bu":
        return (1, 0, term[1])
    rank = OPERATORS.index(_OPERATOR[kind])
    steps = term[1]
    first = () if kind in "pq" else (len(steps), term[2] if kind == "t" else 0)
    return (size(term), rank, first, tuple(map(order_key, steps)))


def in_order(term: Term) -> Term:
    """A PARALLEL with its parts in the order of the space."""
    return ("p", tuple(sorted(term[1], key=order_key)))

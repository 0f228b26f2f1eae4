"""Composites of the space as small tuples, and what can be said of one.

    ("b", source)                 a base environment, everything drawn
    ("q", (head, step, …))        a chain
    ("p", (part, …))              a PARALLEL
    ("s", (step, …))              a SORT
    ("t", (step, …), d)           a SELECT with d distractors
    ("u", place)                  a base environment that is fed
    ("m", (fed,))                 a MAP
    ("n", (fed, …))               a FANOUT
    ("i", (fed,), times)          an ITERATE
    ("c", (fed, fed, fed))        a BRANCH
    ("f", (fed,))                 a FOLD

The first step of a SORT or SELECT is a source where nothing is fed to it, else a step.
A FANOUT or BRANCH that draws its value ends with the number of the type it draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from racesc.space.selection import EVERY

Term = tuple[Any, ...]
OPERATORS = ("BASE", *EVERY)
_OPERATOR = {
    "b": "BASE",
    "u": "BASE",
    "q": "SEQUENTIAL",
    "p": "PARALLEL",
    "s": "SORT",
    "t": "SELECT",
    "m": "MAP",
    "n": "FANOUT",
    "i": "ITERATE",
    "c": "BRANCH",
    "f": "FOLD",
}
LETTERS = {_OPERATOR[letter]: letter for letter in "mnicf"}
FURTHER = frozenset(LETTERS.values())  # kinds of terms whose parts are fed by them


def operator(term: Term) -> str:
    """The operator at the top; BASE for a single environment."""
    return _OPERATOR[term[0]]


def size(term: Term) -> int:
    """How many base environments there are in it; distractors do not count."""
    return 1 if term[0] in "bu" else sum(map(size, term[1]))


def depth(term: Term) -> int:
    """How deeply operators are nested; a chain of base environments is 1."""
    return 0 if term[0] in "bu" else 1 + max(map(depth, term[1]))


def written(term: Term) -> tuple[tuple[str, int], tuple[int, ...], tuple[int, ...]]:
    """A MAP or the like: its form (``further.py``), the places of its parts, and the
    type that it draws, where that is said."""
    places = tuple(part[1] for part in term[1])
    if term[0] == "i":
        return ("ITERATE", term[2]), places, ()
    return (_OPERATOR[term[0]], 0), places, term[2:]


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
    if kind in FURTHER:
        times = f", times: {term[2]}" if kind == "i" else ""
        return f"{_OPERATOR[kind]}({', '.join(parts)}{times})"
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
    first = term[2:]
    if kind in "st":
        first = (len(steps), term[2] if kind == "t" else 0)
    return (size(term), rank, first, tuple(map(order_key, steps)))


def in_order(term: Term) -> Term:
    """A PARALLEL with its parts in the order of the space."""
    return ("p", tuple(sorted(term[1], key=order_key)))

"""What an expansion makes of its parts, and the forms by which terms are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from racesc.space.grammar import Key
from racesc.space.selection import FURTHER
from racesc.space.spelling import KINDS
from racesc.space.terms import LETTERS, Term, in_order, operator
from racesc.space.tupled import AFTER


def joined(key: Key, id_: Any, parts: Sequence[Any]) -> Any:
    """A term, or a sequence of steps."""
    if not parts:
        return () if id_ == "end" else ("b", id_)
    return all_joined(key, id_, parts[:-1], (parts[-1],), ())[0]


def all_joined(
    key: Key,
    id_: Any,
    before: Sequence[Any],
    choices: Sequence[Any],
    after: Sequence[Any],
) -> Sequence[Any]:
    """The same for each choice of one part, between parts that stay."""
    kind = key[0]
    if kind == "solo" or kind == "op" and id_[1:2] == ("PARALLEL",):
        return choices
    if kind == "tuple":
        return _behind_tuples(key, id_, before, choices, after)
    if kind == "tupled":
        return [
            ("q", (("p", (*before, *parts)), *steps))
            for *parts, steps in [(one, *after) for one in choices]
        ]
    if kind in KINDS:
        first = id_ if isinstance(id_, tuple) else ("u", id_)
        return [(first, *rest) for rest in choices]
    name = key[1] if kind == "op" else ""
    if name == "PARALLEL":
        return _parallels(key, id_, before, choices, after)
    if name == "SORT":
        return [("s", steps) for steps in choices]
    if name == "SELECT":
        return [("t", steps, id_[1]) for steps in choices]
    if name in FURTHER:
        return [spelt((key[2], name, *id_), one)[0] for one in choices]
    if id_[1] in FURTHER:
        steps = [spelt(id_, one) for one in choices]
        return [("q", chain) for chain in steps] if kind == "op" else steps
    if after:  # what stands inside of the first step is chosen
        rest = after[0]
        steps = [(_ordered(id_, inside), *rest) for inside in choices]
    else:
        if id_[1] == "BASE":
            opening = (("u" if kind in ("run", "steps", "fed") else "b", id_[2]),)
        else:
            opening = (_ordered(id_, before[0]),)
        steps = [opening + rest for rest in choices]
    return [("q", chain) for chain in steps] if kind == "op" else steps


def _behind_tuples(
    key: Key,
    id_: Any,
    before: Sequence[Any],
    choices: Sequence[Any],
    after: Sequence[Any],
) -> list[Term]:
    if not after:
        opening = _head_and_taker(key, id_, before)
        return [("q", opening + rest) for rest in choices]
    return [
        ("q", _head_and_taker(key, id_, (*before, one, *after[:-1])) + after[-1])
        for one in choices
    ]


def _parallels(
    key: Key,
    id_: Any,
    before: Sequence[Any],
    choices: Sequence[Any],
    after: Sequence[Any],
) -> list[Term]:
    first = tuple(part for group in before for part in group)
    last = tuple(part for group in after for part in group)
    if key[4] <= 1 and not _twice(id_[0]):
        return [("p", first + group + last) for group in choices]
    return [in_order(("p", first + group + last)) for group in choices]


def _twice(sizes: Sequence[int]) -> bool:
    """Whether two parts of a PARALLEL may be chains with a PARALLEL at the head, of one
    size: only such ones, or parts told apart by depth, come in another order."""
    return any(one == other >= 3 for one, other in zip(sizes, sizes[1:], strict=False))


def _head_and_taker(key: Key, id_: Any, parts: Sequence[Any]) -> tuple[Term, ...]:
    """What a block of tuples begins its chains with: the PARALLEL, and the step that
    takes its tuple, in the SORTs and SELECTs that it begins."""
    count = len(key[1])
    step: Term = ("u", key[2])
    for level, inside in zip(_levels(id_[5]), parts[count:], strict=True):
        step = _ordered((0, *level), (step, *inside))
    return ("p", tuple(parts[:count])), step


def _ordered(id_: Any, steps: tuple[Term, ...]) -> Term:
    """A SORT or SELECT from the id that names its form, (…, operator, j, d, …)."""
    return ("s", steps) if id_[1] == "SORT" else ("t", steps, id_[3])


def _levels(id_: Any) -> list[tuple[str, int, int]]:
    """The forms around a chosen first step, the innermost first."""
    found: list[tuple[str, int, int]] = []
    while id_:
        found.append(id_[:3])
        id_ = id_[5]
    return found[::-1]


def spelt(id_: tuple[int, str, int], parts: Sequence[Any]) -> tuple[Term, ...]:
    """The form with an id (size, operator, times), and the steps behind it, from its
    parts and those steps side by side (``spelling.py``)."""
    size, name, times = id_
    if parts[0][0] == "draw":
        (_, drawn), *parts = parts
        more: tuple[int, ...] = (drawn,)
    else:
        more = (times,) if times else ()
    return (LETTERS[name], tuple(parts[:size]), *more), *parts[size:]


def spelled(step: Term) -> tuple[tuple[int, str, int], tuple[Any, ...]]:
    """The inverse for a form alone: its id, and its parts side by side."""
    name, parts = operator(step), step[1]
    if name == "ITERATE":
        return (1, name, step[2]), parts
    drawn = tuple(("draw", index) for index in step[2:])
    return (len(parts), name, 0), (*drawn, *parts)


# ── forms of terms ────────────────────────────────────────────────────────────


def form(term: Term) -> tuple[str, int, int]:
    """A SORT or SELECT's operator, steps and distractors."""
    if term[0] == "s":
        return "SORT", len(term[1]), 0
    return "SELECT", len(term[1]), term[2]


def opened(step: Term) -> tuple[list[Any], Any]:
    """The steps beside the first one at every level, the innermost first, and the
    place of the first step of all; ``AFTER`` where that is a MAP or the like."""
    found: list[Any] = []
    while step[0] in "st":
        found.append(step[1][1:])
        step = step[1][0]
    return found[::-1], step[1] if step[0] == "u" else AFTER


__all__ = ["all_joined", "form", "joined", "opened", "spelled", "spelt"]

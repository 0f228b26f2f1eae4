"""What part of the space is meant: sizes, depths, operators, goals, and the two regular
constraints that a suite adds (forbidden neighbours, an information budget)."""

from __future__ import annotations

from dataclasses import dataclass

from racesc.drawing import HIGHEST
from racesc.runtime.types import Tuple, Type

OPERATORS = ("SEQUENTIAL", "PARALLEL", "SORT", "SELECT")
FURTHER = ("MAP", "FANOUT", "ITERATE", "BRANCH", "FOLD")  # where they are asked for
EVERY = (*OPERATORS, *FURTHER)
ANY_DEPTH = 99


@dataclass(frozen=True)
class Selection:
    """A part of the space; all ends are inclusive.

    ``forbidden`` are pairs of steps, as expressions write them (`("reverse",
    "reverse")`), that may not be neighbours in a chain. ``bits`` is the least
    information (log2 of the number of values) that the type of every fed or final
    value must carry; 0 for no budget. ``ambiguity`` is the most that the share of right
    orders of a SORT or SELECT may be: one is always right, so one of two operations has
    a half at least. ``level`` is the highest difficulty at which
    values are drawn. ``coarse`` widens what comes out of steps to the constants that
    ports look at (``widening.py``): there is less to count, and some is missing.
    """

    sizes: tuple[int, int] = (1, 5)
    depths: tuple[int, int] = (0, ANY_DEPTH)
    operators: tuple[str, ...] = OPERATORS
    goals: tuple[Type, ...] = ()
    forbidden: frozenset[tuple[str, str]] = frozenset()
    bits: float = 0
    ambiguity: float = 1
    level: int = HIGHEST
    coarse: bool = False

    @property
    def scalar_goals(self) -> tuple[Type, ...]:
        """The goals as they stand for anything but a free-standing PARALLEL."""
        return self.goals

    def part_goals(self, parts: int) -> tuple[Type, ...] | None:
        """The goals of each part of a free-standing PARALLEL of so many parts; None
        where no goal is such a tuple.

        A multiset has no first part, so a tuple's items must be the same type.
        """
        found = [
            goal.items[0]
            for goal in self.goals
            if isinstance(goal, Tuple)
            and len(goal.items) == parts
            and all(item == goal.items[0] for item in goal.items)
        ]
        # Parts may not take one goal here and another there.
        return tuple(found[:1]) if found else None

    def uneven_goal(self) -> Type | None:
        """A goal that a free-standing PARALLEL cannot be counted by."""
        arities: dict[int, Type] = {}
        for goal in self.goals:
            if isinstance(goal, Tuple):
                even = all(item == goal.items[0] for item in goal.items)
                if not even or len(goal.items) in arities:
                    return goal
                arities[len(goal.items)] = goal
        return None

"""What the last value of a composite may be, each such demand under a number: an *end*.

Nonterminals of the grammar hold ends, so what is asked of a last value is asked here
alone: the goals of a selection, a type that a part of a tuple must have, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from racesc.runtime.types import Type
from racesc.space.budget import Budget
from racesc.space.selection import Selection
from racesc.space.steps import Steps

FREE = 0  # the end of a free-standing composite: the goal, if there is one


@dataclass(frozen=True)
class End:
    """What the last value of a chain may be; ``relational`` lets a last step have many
    answers, ``numbers`` are the only types where that is all there is to it."""

    relational: bool
    accepts: Callable[[int], bool] | None = None
    numbers: tuple[int, ...] = ()


class Endings:
    """The ends of a selection over the steps of a scope, by number."""

    def __init__(self, steps: Steps, selection: Selection) -> None:
        self.steps = steps
        self.selection = selection
        self.bounded = bool(selection.goals or selection.bits)
        self._ends = [End(True, self._goal(selection.goals))]
        self._parts: dict[int, int | None] = {}
        self._accepting: dict[tuple[int, ...], int] = {}

    def __getitem__(self, end: int) -> End:
        return self._ends[end]

    def part(self, parts: int) -> int | None:
        """The end of each part of a free PARALLEL; None where no goal fits it."""
        if not self.selection.goals:
            return FREE
        if parts not in self._parts:
            goals = self.selection.part_goals(parts)
            known = None if goals is None else self._added(End(True, self._goal(goals)))
            self._parts[parts] = known
        return self._parts[parts]

    def accepting(self, numbers: tuple[int, ...]) -> int:
        """The end of a part whose value must be of one of these types."""
        if numbers not in self._accepting:
            members, number = frozenset(numbers), self.steps.number
            end = End(False, lambda state: number(state) in members, numbers)
            self._accepting[numbers] = self._added(end)
        return self._accepting[numbers]

    def at(self, end: int, state: int) -> bool:
        """Whether a value in this state may be the last."""
        if end == FREE and self.steps.asked(state):
            return True
        accepts = self._ends[end].accepts
        return self.steps.rich(state) and (accepts is None or accepts(state))

    def careless(self, end: int) -> bool:
        """Whether a last value may be anything, within the budget."""
        return end == FREE and not self.selection.goals

    def _added(self, end: End) -> int:
        self._ends.append(end)
        return len(self._ends) - 1

    def _goal(self, goals: tuple[Type, ...]) -> Callable[[int], bool] | None:
        if not goals:
            return None
        budget, number = Budget(self.steps.feeder, 0, goals), self.steps.number
        return lambda state: budget.allows(number(state))


__all__ = ["FREE", "End", "Endings"]

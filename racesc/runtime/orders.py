"""Trying out orders of operations: which run, which are right, how many of each.

An operation runs on a value if the constructors match, the value lies in its port and
what was drawn for it lies in its bounds given that value; ports without bounds take
what the caps allow. A solver that raises does not run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from .base import Undefined
from .member import capped, freeze, ground, inside, shape
from .node import Node, Record
from .types import Type


class Adapted(NamedTuple):
    """An operation made fit for values of one shape, and the shape of its results."""

    node: Node
    caps: Mapping[str, Type]  # what ports without bounds take, by name
    result: Type
    key: str  # the result's shape as text: hashed once, where a Type is hashed anew


def adapted_to(node: Node, ports: Sequence[str]) -> Adapted:
    """An operation whose type variables are bound, with the names of its fed ports."""
    caps = {}
    for port in node.ports:
        if port.name in ports and ground(port.type) and capped(port.type) != port.type:
            caps[port.name] = capped(port.type)
    result = shape(node.codomain)
    return Adapted(node, caps, result, repr(result))


# (shape, the shape's key) -> the operation for values of that shape
Adapt = Callable[[Type, str], "Adapted | None"]
Feed = Callable[[Any], Mapping[str, Any]]


class State(NamedTuple):
    """A value on its way, with the type of what made it."""

    value: Any
    frozen: Any
    shape: Type
    key: str


class Orders:
    """The operations of one instance and what is known of running them.

    ``records`` are their instances, ``length`` is how many of them an order uses;
    ``adapts`` and ``feeds`` say of each how it is made fit for a shape and fed a value.
    ``refused`` collects the operations that did not run on a value of a fitting shape,
    with the first such value, so that the prompt can say what they take.
    """

    def __init__(
        self,
        records: Sequence[Record],
        length: int,
        start: State,
        adapts: Sequence[Adapt],
        feeds: Sequence[Feed],
    ) -> None:
        self.records = records
        self.length = length
        self.start = start
        self.refused: dict[int, tuple[Adapted, Mapping[str, Any]]] = {}
        self._proven: set[Any] = set()
        self._adapts = adapts
        self._feeds = feeds
        self._results: dict[tuple[int, str, Any], State | None] = {}
        self._counts: dict[tuple[int, str, Any], tuple[int, int]] = {}
        self._ends: dict[tuple[int, str, Any], bool] = {}

    def prove(self, order: Sequence[int], shapes: Sequence[Type]) -> State:
        """Take it as known that an order runs, with the results its records hold: what
        was type-checked runs, and no cap refuses a value on its way. Gives the last
        state."""
        here = self.start
        for place, kind in zip(order, shapes, strict=True):
            self._proven.add(here.frozen)
            value = self.records[place].value
            adapted = self._adapts[place](here.shape, here.key)
            there = State(
                value,
                freeze(value),
                adapted.result if adapted else kind,
                adapted.key if adapted else repr(kind),
            )
            self._results[place, here.key, here.frozen] = there
            here = there
        return here

    def step(self, place: int, here: State) -> State | None:
        """One operation on a value; None where it does not run."""
        key = (place, here.key, here.frozen)
        try:
            return self._results[key]
        except KeyError:
            result = self._results[key] = self._run(place, here)
            return result

    def _run(self, place: int, here: State) -> State | None:
        adapted = self._adapts[place](here.shape, here.key)
        if adapted is None:
            return None
        fed = self._feeds[place](here.value)
        try:
            if here.frozen not in self._proven:
                for name, kind in adapted.caps.items():
                    if not inside(kind, fed[name]):
                        raise Undefined("too large to try")
            value = adapted.node.again(self.records[place], fed).value
        except Undefined:
            self.refused.setdefault(place, (adapted, fed))
            return None
        return State(value, freeze(value), adapted.result, adapted.key)

    def run(self, order: Sequence[int]) -> State | None:
        """The result of an order; None where it does not run."""
        here: State | None = self.start
        for place in order:
            if here is None:
                return None
            here = self.step(place, here)
        return here

    def count(self, final: Any) -> tuple[int, int]:
        """How many orders run, and how many of them reach the final result."""
        return self._count(0, 0, self.start, freeze(final))

    def _count(
        self, used: int, length: int, here: State, final: Any
    ) -> tuple[int, int]:
        if length == self.length:
            return 1, int(here.frozen == final)
        # Prefixes with the same operations and the same value have the same rest.
        key = (used, here.key, here.frozen)
        known = self._counts.get(key)
        if known is not None:
            return known
        running = right = 0
        last = length + 1 == self.length
        for place in range(len(self.records)):
            if used >> place & 1:
                continue
            there = self.step(place, here)
            if there is None:
                continue
            if last:
                running += 1
                right += there.frozen == final
            else:
                rest = self._count(used | 1 << place, length + 1, there, final)
                running += rest[0]
                right += rest[1]
        known = self._counts[key] = running, right
        return known

    def smallest(self, final: Any) -> list[int] | None:
        """The lexicographically smallest order that reaches the final result."""
        goal = freeze(final)
        here, used, order = self.start, 0, []
        for length in range(self.length):
            for place in range(len(self.records)):
                if not used >> place & 1:
                    there = self.step(place, here)
                    if there is not None and self._reaches(
                        used | 1 << place, length + 1, there, goal
                    ):
                        order.append(place)
                        here, used = there, used | 1 << place
                        break
            else:
                return None
        return order

    def _reaches(self, used: int, length: int, here: State, goal: Any) -> bool:
        """Whether some rest of an order leads to the final result."""
        if length == self.length:
            return bool(here.frozen == goal)
        key = (used, here.key, here.frozen)
        if key in self._counts:
            return self._counts[key][1] > 0
        known = self._ends.get(key)
        if known is None:
            known = self._ends[key] = any(
                there is not None
                and self._reaches(used | 1 << place, length + 1, there, goal)
                for place in range(len(self.records))
                if not used >> place & 1
                for there in (self.step(place, here),)
            )
        return known

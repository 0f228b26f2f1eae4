"""Trying out orders of operations: which run, which are right, how many of each.

An operation runs on a value if the constructors match, the value lies in its port and
what was drawn for it lies in its bounds given that value; ports without bounds take
what the caps allow. A solver that raises does not run.

Nearly all the time of SORT and SELECT goes by here. So a value that was reached is one
state, however it was reached: it is hashed once, and run through each operation once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from .checks import Check, check
from .member import capped, freeze, ground, shape
from .node import NOTHING, REFUSED, Node, Record
from .types import Type

Feed = Callable[[Any], Mapping[str, Any]]
Run = Callable[[Any], Any]
UNKNOWN: Any = object()  # stands for an operation that was not looked at yet
# In the place of a state. An operation does not run; it runs, and gives no final result
# (what it gives was not kept); or it was not looked at yet.
REFUSES, PASSES, NEW = -1, -2, -3


class Adapted(NamedTuple):
    """An operation made fit for values of one shape, and the shape of its results."""

    node: Node
    feed: Feed  # the fed parameters' values, from the value that comes in
    only: str | None  # the fed parameter, where it takes the whole of that value
    caps: Mapping[str, Type]  # what ports without bounds take, by name
    small: tuple[tuple[str, Check], ...]  # whether that is so
    result: Type
    key: str  # the result's shape as text: hashed once, where a Type is hashed anew


def adapted_to(
    node: Node, ports: Sequence[str], feed: Feed, only: str | None
) -> Adapted:
    """An operation whose type variables are bound, with the names of its fed ports."""
    caps = {}
    for port in node.ports:
        if port.name in ports and ground(port.type) and capped(port.type) != port.type:
            caps[port.name] = capped(port.type)
    small = tuple([(name, check(kind)) for name, kind in caps.items()])
    result = shape(node.codomain)
    return Adapted(node, feed, only, caps, small, result, repr(result))


# (shape, the shape's key) -> the operation for values of that shape
Adapt = Callable[[Type, str], "Adapted | None"]


class Kind:
    """The values of one shape that were reached, by number, and the operations ready
    for them: each with what runs it and the kind of what it makes."""

    __slots__ = ("key", "ready", "shape", "states")

    def __init__(self, shape: Type, key: str, operations: int) -> None:
        self.shape = shape
        self.key = key
        self.states: dict[Any, int] = {}
        self.ready: list[tuple[Adapted, Run, Kind] | None] = [UNKNOWN] * operations


class Orders:
    """The operations of one instance and what is known of running them.

    ``records`` are their instances, ``length`` is how many of them an order uses;
    ``start`` is a value with its shape and the shape's key; ``adapts`` say of each
    operation how it is made fit for a shape.
    ``refused`` collects the operations that did not run on a value of a fitting shape,
    with the first such value, so that the prompt can say what they take.

    States are numbers, places in the lists below: objects that know each other would
    make circles, which Python takes its time to clear away.
    """

    def __init__(
        self,
        records: Sequence[Record],
        length: int,
        start: tuple[Any, Type, str],
        adapts: Sequence[Adapt],
    ) -> None:
        self.records = records
        self.length = length
        self.refused: dict[int, tuple[Adapted, Mapping[str, Any]]] = {}
        self._adapts = adapts
        self._proven: set[Any] = set()
        self._all = range(len(records))
        self._kinds: dict[str, Kind] = {}
        # By state: its value, that as it is compared, its kind; and what each operation
        # makes of it: a state, or REFUSES, PASSES or NEW.
        self._states: list[tuple[Any, Any, Kind]] = []
        self._results: list[list[int]] = []
        # By state and operations used so far (as bits): how many rests of an order run
        # and how many of them are right; and whether one is.
        self._counts: dict[int, tuple[int, int]] = {}
        self._ends: dict[int, bool] = {}
        value, kind, key = start
        self._start = self._state(value, freeze(value), self._kind(kind, key))

    def _kind(self, kind: Type, key: str) -> Kind:
        found = self._kinds.get(key)
        if found is None:
            found = self._kinds[key] = Kind(kind, key, len(self.records))
        return found

    def _state(self, value: Any, frozen: Any, kind: Kind) -> int:
        found = kind.states.get(frozen)
        if found is None:
            found = kind.states[frozen] = len(self._states)
            self._states.append((value, frozen, kind))
            self._results.append([NEW] * len(self.records))
        return found

    def begin(self, start: Any) -> None:
        """Start from another value of the same shape."""
        kind = self._states[self._start][2]
        self._start = self._state(start, freeze(start), kind)

    def prove(self, order: Sequence[int], shapes: Sequence[Type]) -> Any:
        """Take it as known that an order runs, with the results its records hold: what
        was type-checked runs, and no cap refuses a value on its way. Gives the last
        value."""
        here = self._start
        for place, kind in zip(order, shapes, strict=True):
            _, frozen, start = self._states[here]
            self._proven.add(frozen)
            adapted = self._adapts[place](start.shape, start.key)
            result = (
                self._kind(adapted.result, adapted.key)
                if adapted
                else self._kind(kind, repr(kind))
            )
            value = self.records[place].value
            there = self._state(value, freeze(value), result)
            self._results[here][place] = there
            here = there
        return self._states[here][0]

    def _run(self, place: int, here: int, final: Any = UNKNOWN) -> int:
        """What one operation makes of a state. With a final result, whether it is that
        alone is asked for: what is not becomes no state, which saves a third."""
        value, frozen, kind = self._states[here]
        ready = kind.ready[place]
        if ready is UNKNOWN:
            ready = kind.ready[place] = self._ready(place, kind)
        there = REFUSES
        if ready is not None:
            adapted, run, result = ready
            if not adapted.small or frozen in self._proven or _small(adapted, value):
                made = run(value)
            else:
                made = REFUSED
            if made is not REFUSED:
                frozen = freeze(made)
                if final is UNKNOWN or frozen == final:
                    there = self._state(made, frozen, result)
                else:
                    there = PASSES
            elif place not in self.refused:
                self.refused[place] = adapted, adapted.feed(value)
        self._results[here][place] = there
        return there

    def _ready(self, place: int, kind: Kind) -> tuple[Adapted, Run, Kind] | None:
        adapted = self._adapts[place](kind.shape, kind.key)
        if adapted is None:
            return None
        record = self.records[place]
        if adapted.only is not None:
            run = adapted.node.runner(record, adapted.only)
        else:
            run = _run_on_parts(adapted, record)
        return adapted, run, self._kind(adapted.result, adapted.key)

    def run(self, order: Sequence[int]) -> Any:
        """What an order makes of the start; REFUSED where it does not run."""
        here = self._start
        for place in order:
            there = self._results[here][place]
            here = self._run(place, here) if there <= PASSES else there
            if here == REFUSES:
                return REFUSED
        return self._states[here][0]

    def count(self, final: Any) -> tuple[int, int]:
        """How many orders run, and how many of them reach the instance's final
        result."""
        return self._count(0, self.length, self._start, freeze(final))

    def _count(self, used: int, left: int, here: int, final: Any) -> tuple[int, int]:
        # Prefixes with the same operations and the same value have the same rest.
        key = here << len(self._all) | used
        known = self._counts.get(key)
        if known is not None:
            return known
        running = right = 0
        results = self._results[here]
        for place in self._all:
            if used >> place & 1:
                continue
            there = results[place]
            if left == 1:
                if there == NEW:
                    there = self._run(place, here, final)
                running += there != REFUSES
                right += there >= 0 and self._states[there][1] == final
                continue
            if there <= PASSES:
                there = self._run(place, here)
            if there != REFUSES:
                rest = self._count(used | 1 << place, left - 1, there, final)
                running += rest[0]
                right += rest[1]
        known = self._counts[key] = running, right
        return known

    def smallest(self, final: Any) -> list[int] | None:
        """The lexicographically smallest order that reaches the instance's final
        result."""
        goal = freeze(final)
        order: list[int] = []
        here, used = self._start, 0
        for left in range(self.length, 0, -1):
            for place in self._all:
                if not used >> place & 1 and self._leads(place, used, left, here, goal):
                    order.append(place)
                    here, used = self._results[here][place], used | 1 << place
                    break
            else:
                return None
        return order

    def _leads(self, place: int, used: int, left: int, here: int, goal: Any) -> bool:
        """Whether some rest of an order that begins with an operation leads to the final
        result."""
        there = self._results[here][place]
        if left == 1:
            if there == NEW:
                there = self._run(place, here, goal)
            return there >= 0 and bool(self._states[there][1] == goal)
        if there <= PASSES:
            there = self._run(place, here)
        return there != REFUSES and self._reaches(
            used | 1 << place, left - 1, there, goal
        )

    def _reaches(self, used: int, left: int, here: int, goal: Any) -> bool:
        """Whether some rest of an order leads to the final result."""
        key = here << len(self._all) | used
        counts = self._counts.get(key)
        if counts is not None:
            return counts[1] > 0
        known = self._ends.get(key)
        if known is None:
            known = False
            for place in self._all:
                if not used >> place & 1 and self._leads(place, used, left, here, goal):
                    known = True
                    break
            self._ends[key] = known
        return known


def _run_on_parts(adapted: Adapted, record: Record) -> Run:
    """What runs an operation of which several parameters are fed from one value."""
    node, feed = adapted.node, adapted.feed
    return lambda value: node.rerun(record, feed(value))


def _small(adapted: Adapted, value: Any) -> bool:
    """Whether a value is not too large to try."""
    if adapted.only is not None:
        return adapted.small[0][1](value, NOTHING)
    fed = adapted.feed(value)
    return all([fits(fed[name], NOTHING) for name, fits in adapted.small])

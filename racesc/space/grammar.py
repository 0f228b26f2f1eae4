"""The weighted tree grammar of the space: what each nonterminal expands to.

A nonterminal is a tuple that starts with its kind:

    ("op", operator, n, end, lo, hi)      a composite of size n with that operator on top
    ("inner", n, j, d, lo, hi)            the steps of a free SORT (d = 0) or SELECT
    ("fed", state, n, j, d, lo, hi)       the steps of one that is fed
    ("steps", state, n, j, lo, hi)        exactly j functional steps, of size n together
    ("run", state, n, end, lo, hi)        any number of steps, the last one to an end
    ("solo", n, end, lo, hi)              a composite of size n but a PARALLEL
    ("many", n, r, end, lo, hi)           a multiset of r composites of size n
    ("tuple", sizes, place, left, end, lo, hi)   a chain whose head is a PARALLEL of
                                          parts of these sizes and whose next step is at
                                          a place; its steps are of size left together

MAP, FANOUT, ITERATE, BRANCH and FOLD have nonterminals of their own (``spelling.py``,
``tupled.py``).
Depths lie in lo..hi, with at least one part at lo. An *end* is a number: what the last
value must be. Expansions are lists of (id, nonterminals) in the order of the space: the
composites of an expansion are those of its nonterminals side by side, the first one
counting slowest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from racesc.space import spelling, tupled
from racesc.space.endings import FREE, Endings
from racesc.space.feeding import AIMED, DONE, EXACT, LAST, NEAR
from racesc.space.selection import EVERY, FURTHER, Selection
from racesc.space.sharing import (
    highest,
    multiset_shares,
    orders,
    partitions,
    splits,
)
from racesc.space.steps import Steps, Take
from racesc.space.tuple_heads import TupleHeads

Key = tuple[Any, ...]
Expansion = tuple[Any, tuple[Key, ...]]


class Grammar:
    """Expansions over the steps of a scope."""

    def __init__(self, steps: Steps, selection: Selection) -> None:
        self.steps = steps
        self.selection = selection
        self.using = frozenset(selection.operators)
        self.spelling = spelling.Spelling(self)
        self.tupled = tupled.Tupled(self)
        self.further = not self.using.isdisjoint(FURTHER)
        self.ends = Endings(steps, selection)
        self.tuples = TupleHeads(self)

    # ── expansion ─────────────────────────────────────────────────────────────

    def expand(self, key: Key) -> list[Expansion]:
        """The expansion of a nonterminal other than "many" and "solo"."""
        kind = key[0]
        if kind in spelling.KINDS:
            return self.spelling.expand(key)
        if kind in tupled.KINDS:
            return self.tupled.expand(key)
        if kind == "run":
            return self._run(*key[1:])
        if kind == "steps":
            return self._steps(*key[1:])
        if kind == "fed":
            return self._fed(*key[1:])
        if kind == "inner":
            return self._inner(*key[1:])
        if kind == "tuple":
            return self.tuples.expand(key)
        return self._operator(*key[1:])

    def shaped(self, key: Key) -> list[Expansion]:
        """The expansion of a nonterminal in which every last state has one shape."""
        if key[0] != "tuple":
            return self.expand(key)
        return self.tuples.expand(key, shaped=True)

    def top(self, size: int) -> list[Key]:
        """The nonterminals of all composites of a size, in order."""
        low, high = self.selection.depths
        kinds = ("BASE", *EVERY)
        return [self.key(kind, size, FREE, low, high) for kind in kinds]

    @staticmethod
    def key(operator: str, size: int, end: int, lo: int, hi: int) -> Key:
        """The nonterminal of composites with an operator on top."""
        return ("op", operator, size, end, max(lo, 0), highest(hi, size))

    def solos(self, size: int, end: int, lo: int, hi: int) -> list[Key]:
        """The nonterminals of all composites of a size but PARALLELs."""
        kinds = ("BASE", *(kind for kind in EVERY if kind != "PARALLEL"))
        return [self.key(kind, size, end, lo, hi) for kind in kinds]

    def orders(self, operator: str, n: int) -> Iterator[tuple[int, int]]:
        """How many steps and distractors a SORT or SELECT of size n can have."""
        return orders(operator, n, self.selection.ambiguity)

    def _operator(
        self, operator: str, n: int, end: int, lo: int, hi: int
    ) -> list[Expansion]:
        if operator == "BASE":
            return self._bases(n, end, lo)
        if operator not in self.using or hi < 1:
            return []
        if operator in FURTHER:
            return list(self.spelling.free(operator, n, end)) if lo <= 1 else []
        if n < 2:
            return []
        if operator == "SEQUENTIAL":
            return self._chains(n, end, max(lo - 1, 0), highest(hi - 1, n))
        if operator == "PARALLEL":
            return self._parallels(n, end, max(lo - 1, 0), highest(hi - 1, n))
        return [
            ((j, d), (("inner", n, j, d, max(lo - 1, 0), highest(hi - 1, n)),))
            for j, d in self.orders(operator, n)
            if self.ends.at(end, self.steps.order_state(j, d))
        ]

    def _bases(self, n: int, end: int, lo: int) -> list[Expansion]:
        if n != 1 or lo > 0:
            return []
        return [
            (index, ())
            for index, source in enumerate(self.steps.sources)
            if (self.ends[end].relational or not source.relational)
            and self.ends.at(end, self.steps.source_states[index])
        ]

    def _parallels(self, n: int, end: int, lo: int, hi: int) -> list[Expansion]:
        found: list[Expansion] = []
        if end != FREE:
            return found
        for sizes in partitions(n):
            part_end = self.ends.part(len(sizes))
            if len(sizes) < 2 or part_end is None:
                continue
            runs = [(size, sizes.count(size)) for size in dict.fromkeys(sizes)]
            for groups in multiset_shares(runs, lo):
                keys = []
                for size, count, low, high in groups:
                    highest = min(hi, high)
                    keys.append(("many", size, count, part_end, low, highest))
                found.append(((sizes, tuple(s[1:3] for s in groups)), tuple(keys)))
        return found

    def heads(
        self, n: int, lo: int, hi: int
    ) -> Iterator[tuple[tuple[Any, ...], tuple[Key, ...], int, int]]:
        """SORT and SELECT of size n as heads: id, nonterminals, state, lo left."""
        for operator in ("SORT", "SELECT"):
            if operator not in self.using:
                continue
            for j, d in self.orders(operator, n):
                state = self.steps.order_state(j, d)
                if not self.steps.rich(state):
                    continue
                for low, high, left in splits(lo, hi, n):
                    if high >= 1:
                        inner = (
                            "inner",
                            n,
                            j,
                            d,
                            max(low - 1, 0),
                            highest(high - 1, n),
                        )
                        yield (operator, j, d, left), (inner,), state, left

    def _chains(self, n: int, end: int, lo: int, hi: int) -> list[Expansion]:
        found: list[Expansion] = []
        for m in range(1, n):
            if m == 1:
                for index, source in enumerate(self.steps.sources):
                    state = self.steps.source_states[index]
                    if not source.relational and self.steps.rich(state):
                        rest = self.run(state, n - 1, end, lo, hi)
                        found.append(((1, "BASE", index), (rest,)))
            found += self.tuples.chains(m, n - m, end, lo, hi)
            for id_, keys, state, left in self.heads(m, lo, hi):
                rest = self.run(state, n - m, end, left, hi)
                found.append(((m, *id_), (*keys, rest)))
            found += self.spelling.ahead(m, lo, hi, _run_then(n - m, end, hi))
        return found

    def _inner(self, n: int, j: int, d: int, lo: int, hi: int) -> list[Expansion]:
        found: list[Expansion] = []
        steps = self.steps
        for m in range(1, n - j + 2):
            if m == 1:
                for index, source in enumerate(steps.sources):
                    state = steps.source_states[index]
                    if (
                        source.parameters
                        and not source.relational
                        and steps.rich(state)
                        and (not d or steps.pool(state) >= j - 1 + d)
                    ):
                        rest = ("steps", state, n - 1, j - 1, lo, highest(hi, n))
                        found.append(((1, "BASE", index), (rest,)))
            for id_, keys, state, left in self.heads(m, lo, hi):
                if not d or steps.pool(state) >= j - 1 + d:
                    rest = ("steps", state, n - m, j - 1, left, highest(hi, n - m))
                    found.append(((m, *id_), (*keys, rest)))
            found += self.spelling.ahead(m, lo, hi, _steps_then(n - m, j - 1, hi, d))
        return found

    def takes(self, state: int, n: int, end: int) -> tuple[Take, ...]:
        """Everything that takes a value, where steps of size n follow up to an end."""
        return self.steps.takes(state, self.results(n, end))

    def run(self, state: int, n: int, end: int, lo: int, hi: int) -> Key:
        """The nonterminal of any number of steps."""
        return ("run", state, n, end, lo, highest(hi, n))

    def ordered(
        self, state: int, m: int, lo: int, hi: int
    ) -> Iterator[tuple[tuple[Any, ...], Key, int, int]]:
        """SORT and SELECT of size m as steps: id, nonterminal, state, lo left."""
        for operator in ("SORT", "SELECT"):
            if operator not in self.using:
                continue
            for j, d in self.orders(operator, m):
                there = self.steps.order_state(j, d)
                if not self.steps.rich(there):
                    continue
                for low, high, left in splits(lo, hi, m):
                    if high >= 1:
                        key = (
                            "fed",
                            state,
                            m,
                            j,
                            d,
                            max(low - 1, 0),
                            highest(high - 1, m),
                        )
                        yield (m, operator, j, d, left), key, there, left

    def _run(self, state: int, n: int, end: int, lo: int, hi: int) -> list[Expansion]:
        if n == 0:
            return [("end", ())] if lo <= 0 and self.ends.at(end, state) else []
        found: list[Expansion] = []
        if hi < 0:
            return found
        last = self.ends[end].relational and n == 1
        for place, there, relational in self.takes(state, n, end):
            if not relational or last:
                rest = self.run(there, n - 1, end, lo, hi)
                found.append(((1, "BASE", place), (rest,)))
        for m in range(1, n + 1):
            for id_, key, there, left in self.ordered(state, m, lo, hi):
                rest = self.run(there, n - m, end, left, hi)
                found.append((id_, (key, rest)))
            found += self.further_runs(state, m, n - m, end, lo, hi)
        return found

    def further_runs(
        self, state: int, m: int, n: int, end: int, lo: int, hi: int
    ) -> Iterator[Expansion]:
        """Runs whose first step is a MAP or the like of size m, n being left."""
        return self.spelling.behind(state, m, lo, hi, _run_then(n, end, hi))

    def further_steps(
        self, state: int, m: int, n: int, j: int, lo: int, hi: int, d: int = 0
    ) -> Iterator[Expansion]:
        """The same for steps of a SORT, or a SELECT that is fed (d > 0)."""
        return self.spelling.behind(state, m, lo, hi, _steps_then(n, j, hi, d))

    def _steps(
        self, state: int, n: int, j: int, lo: int, hi: int, d: int = 0
    ) -> list[Expansion]:
        """``d``: of a SELECT with so many distractors, whose first step comes."""
        if j == 0:
            return [("end", ())] if n == 0 and lo <= 0 else []
        found: list[Expansion] = []
        if n < j or hi < 0:
            return found
        if n > 1 or j == 1:
            for place, there, relational in self.steps.takes(
                state, self.results(n, FREE, True)
            ):
                if not relational and (not d or self.steps.pool(there) >= j - 1 + d):
                    rest = ("steps", there, n - 1, j - 1, lo, highest(hi, n - 1))
                    found.append(((1, "BASE", place), (rest,)))
        for m in range(1, n - j + 2):
            for id_, key, there, left in self.ordered(state, m, lo, hi):
                if not d or self.steps.pool(there) >= j - 1 + d:
                    rest = ("steps", there, n - m, j - 1, left, highest(hi, n - m))
                    found.append((id_, (key, rest)))
            found += self.further_steps(state, m, n - m, j - 1, lo, hi, d)
        return found

    def _fed(
        self, state: int, n: int, j: int, d: int, lo: int, hi: int
    ) -> list[Expansion]:
        return self._steps(state, n, j, lo, hi, d)

    def results(self, left: int, end: int, ordered: bool = False) -> int:
        """How much the result of the first of steps of size ``left`` together matters;
        ``ordered``: they stand in a SORT or SELECT, whose last value nobody sees."""
        if left == 1 and end == FREE and not (ordered or self.ends.careless(end)):
            return AIMED
        if left > 3 or not (ordered or self.ends.careless(end)):
            return EXACT
        if left > 1 and self.further:
            return EXACT  # what MAP and the like make of a type depends on all of it
        return (DONE, LAST, NEAR)[left - 1]


def _run_then(n: int, end: int, hi: int) -> Callable[[int], tuple[Any, ...]]:
    """What follows a step that is not the last in a chain."""
    return lambda left: ("run", n, end, left, hi)


def _steps_then(n: int, j: int, hi: int, d: int) -> Callable[[int], tuple[Any, ...]]:
    """What follows the first step of a SORT, or a SELECT (d > 0): j steps."""
    pool = j + d if d else 0
    return lambda left: ("steps", n, j, left, highest(hi, n), pool)


__all__ = ["Grammar", "Key"]

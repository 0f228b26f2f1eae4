"""Exact counts of a grammar's nonterminals, kept once found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from racesc.space import multisets
from racesc.space.endings import FREE
from racesc.space.grammar import Grammar, Key
from racesc.space.heads import Heads
from racesc.space.lanes import Lanes
from racesc.space.selection import ANY_DEPTH, FURTHER
from racesc.space.shapes import shape_text
from racesc.space.sharing import highest
from racesc.space.values import Values


class Counting:
    """Exact counts of nonterminals."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._counts: dict[Key, int] = {}
        self._spectra: dict[Key, dict[str, int]] = {}
        self._finals: dict[int, Mapping[int, int]] = {}
        self._reaches: dict[int, dict[int, int]] = {}
        self._spelt: dict[Key, dict[int, int]] = {}
        self._onwards: dict[tuple[int, int, int], int] = {}
        self.values = self.valued()
        self.heads = (
            None if self.values is None else Heads(self.values, grammar.steps.tuples)
        )
        self._headed: dict[tuple[tuple[int, ...], int], dict[int, int]] = {}
        grammar.tuples.finals = self.finals
        if self.heads is not None:
            grammar.tuples.headed = self.headed
            grammar.tuples.seen = self.heads

    def valued(self) -> Values | None:
        """Counts by type; coarse types are so few that it is faster without, and MAP and
        the like look at all of a type."""
        grammar = self.grammar
        selection, steps = grammar.selection, grammar.steps
        most = selection.sizes[1] - 1
        if selection.coarse or grammar.further or most < 1:
            return None
        lanes = Lanes(most, len(steps.places), grammar.using, selection.ambiguity)
        return Values(steps, lanes)

    # ── counts ────────────────────────────────────────────────────────────────

    def count(self, key: Key) -> int:
        """How many composites a nonterminal has."""
        found = self._counts.get(key)
        if found is None:
            kind = key[0]
            if kind in ("run", "steps") and self._by_value(key):
                assert self.values is not None
                name = (key[2],) if kind == "run" else key[2:4]
                lanes = self.values.of_state(key[2], key[1])
                found = self.values.lanes.get(lanes, *name)
            elif kind == "tuple":
                found = self._count_tuple(*key[1:])
            elif kind == "tupled" and key[4:] == (0, ANY_DEPTH):
                found = self._count_tupled(*key[1:4])
            elif kind == "many":
                _, n, r, end, lo, hi = key
                found = multisets.count(self.count(("solo", n, end, lo, hi)), r)
            elif kind == "run":
                found = self._count_run(*key[1:])
            elif kind == "steps":
                found = self._count_steps(*key[1:])
            elif kind == "solo" and self._by_final(key):
                weights = self.grammar.tuples.crowd(key[1]).weights
                numbers = self.grammar.ends[key[2]].numbers
                found = sum(weights.get(number, 0) for number in numbers)
            elif kind == "solo":
                found = sum(map(self.count, self.grammar.solos(*key[1:])))
            else:
                found = sum(map(self.product, self.grammar.expand(key)))
            self._counts[key] = found
        return found

    def _by_value(self, key: Key) -> bool:
        """Whether nothing is asked of steps but their number."""
        n, lo, hi = key[2], *key[-2:]
        if self.values is None or lo > 0 or hi < n:
            return False
        if not 1 <= n <= self.values.lanes.most:
            return False
        return bool(key[0] == "steps" or key[3] == FREE)

    def _by_final(self, key: Key) -> bool:
        """Whether a nonterminal asks for nothing but its last state."""
        return bool(self.grammar.ends[key[2]].numbers) and key[3:] == (0, ANY_DEPTH)

    def _count_run(self, state: int, n: int, end: int, lo: int, hi: int) -> int:
        """``expand`` without writing the expansion down: most of the time goes here."""
        grammar = self.grammar
        if n == 0 or lo > 0 or hi < 0:
            return sum(
                map(self.product, grammar.expand(("run", state, n, end, lo, hi)))
            )
        counts, total = self._counts, 0
        last = n == 1
        if grammar.further:
            for m in range(1, n + 1):
                further = grammar.further_runs(state, m, n - m, end, lo, hi)
                total += sum(map(self.product, further))
        if last and grammar.ends.careless(end):
            return total + sum(grammar.steps.count(state))
        relational = last and grammar.ends[end].relational
        high = highest(hi, n - 1)
        for _, there, many in grammar.takes(state, n, end):
            if many and not relational:
                continue
            key = ("run", there, n - 1, end, 0, high)
            found = counts.get(key)
            total += self.count(key) if found is None else found
        for m in range(2, n + 1):
            for _, key, there, left in grammar.ordered(state, m, lo, hi):
                here = self.count(key)
                if here:
                    total += here * self.count(grammar.run(there, n - m, end, left, hi))
        return total

    def _count_steps(self, state: int, n: int, j: int, lo: int, hi: int) -> int:
        grammar = self.grammar
        if j == 0 or n < j or lo > 0 or hi < 0:
            key = ("steps", state, n, j, lo, hi)
            return sum(map(self.product, grammar.expand(key)))
        counts, total = self._counts, 0
        if grammar.further:
            for m in range(1, n - j + 2):
                further = grammar.further_steps(state, m, n - m, j - 1, lo, hi)
                total += sum(map(self.product, further))
        if n == 1:
            return total + grammar.steps.count(state)[0]
        high = highest(hi, n - 1)
        if n > 1 and j > 1:
            for _, there, many in grammar.steps.takes(
                state, grammar.results(n, FREE, True)
            ):
                if not many:
                    key = ("steps", there, n - 1, j - 1, 0, high)
                    found = counts.get(key)
                    total += self.count(key) if found is None else found
        for m in range(2, n - j + 2):
            for _, key, there, left in grammar.ordered(state, m, lo, hi):
                here = self.count(key)
                if here:
                    rest = ("steps", there, n - m, j - 1, left, highest(hi, n - m))
                    total += here * self.count(rest)
        return total

    def _count_tuple(
        self,
        sizes: tuple[int, ...],
        place: int,
        left: int,
        end: int,
        lo: int,
        hi: int,
    ) -> int:
        """``expand`` without writing all blocks down, where any depth will do."""
        grammar = self.grammar
        if lo > 0 or hi < ANY_DEPTH:
            key = ("tuple", sizes, place, left, end, lo, hi)
            return sum(map(self.product, grammar.expand(key)))
        relational = grammar.steps.place_many[place]
        if relational and not (left == 1 and grammar.ends[end].relational):
            return 0
        if self.heads is not None and end == FREE:
            return self.headed(sizes, left).get(place, 0)
        totals = grammar.tuples.totals(sizes, grammar.results(left, end))[place]
        if left == 1 and grammar.ends.careless(end):
            return sum(totals.values())
        return sum(
            many * self._onward(state, left, end) for state, many in totals.items()
        )

    def headed(self, sizes: tuple[int, ...], left: int) -> dict[int, int]:
        """How many chains begin with a tuple of parts of these sizes, which steps of
        size ``left`` together follow, by the place of the first step."""
        assert self.heads is not None
        found = self._headed.get((sizes, left))
        if found is None:
            crowds = list(map(self.grammar.tuples.crowd, sizes))
            found = self._headed[sizes, left] = self.heads.counts(crowds, left)
        return found

    def _count_tupled(self, sizes: tuple[int, ...], left: int, end: int) -> int:
        tupled = self.grammar.tupled
        return sum(
            many * self.count(("begun", tupled.state(one), left, end, 0, ANY_DEPTH))
            for one, many in tupled.taken(sizes, left).items()
        )

    def _onward(self, state: int, left: int, end: int) -> int:
        """How many ways there are on from the result of a step that is the first, or
        the first in a SORT or SELECT, of steps of size ``left`` together."""
        key = (state, left, end)
        found = self._onwards.get(key)
        if found is None:
            found = 0
            grammar = self.grammar
            for size in range(1, left + 1):
                holed = ("holed", state, size, 0, ANY_DEPTH)
                for _, keys, result in grammar.tuples.holed(holed):
                    run = grammar.run(result, left - size, end, 0, ANY_DEPTH)
                    found += self.product((None, (*keys, run)))
            self._onwards[key] = found
        return found

    # ── by the last state ─────────────────────────────────────────────────────

    def finals(self, n: int) -> Mapping[int, int]:
        """How many functional composites of size n, not PARALLELs, end in each state
        (in any depth)."""
        if n not in self._finals:
            whole = "SEQUENTIAL" in self.grammar.using
            self._finals[n] = self._reached(n) if whole else self._atoms(n)
        return self._finals[n]

    def _atoms(self, n: int) -> dict[int, int]:
        steps = self.grammar.steps
        found: dict[int, int] = {}
        if n == 1:
            for source, state in zip(steps.sources, steps.source_states, strict=True):
                if not source.relational and steps.rich(state):
                    found[state] = found.get(state, 0) + 1
        for _, keys, state, _ in self.grammar.heads(n, 0, ANY_DEPTH):
            count = self.product((None, keys))
            if count:
                found[state] = found.get(state, 0) + count
        for key in self.grammar.spelling.finals(n):
            _add(found, self._spelled(key), 1)
        return found

    def _spelled(self, key: Key) -> dict[int, int]:
        """How many MAPs or the like lead to each state."""
        if key[0] == "final":
            return {key[1]: 1}
        found = self._spelt.get(key)
        if found is None:
            found = self._spelt[key] = {}
            for _, keys in self.grammar.expand(key):
                _add(found, self._spelled(keys[0]), 1)
        return found

    def _reached(self, n: int) -> dict[int, int]:
        """How many heads with steps behind them, of size n so far, lead to a state."""
        if n in self._reaches:
            return self._reaches[n]
        grammar = self.grammar
        found = self._atoms(n)
        for m in range(1, n):
            for state, ways in self._reached(n - m).items():
                if m == 1:
                    for _, there, many in grammar.steps.takes(state):
                        if not many:
                            found[there] = found.get(there, 0) + ways
                for key in grammar.spelling.finals_behind(state, m):
                    _add(found, self._spelled(key), ways)
                for _, key, there, _ in grammar.ordered(state, m, 0, ANY_DEPTH):
                    count = ways * self.count(key)
                    if count:
                        found[there] = found.get(there, 0) + count
        for ways, keys, result in grammar.tuples.heads(n):
            count = ways * self.product((None, keys))
            if count:
                found[result] = found.get(result, 0) + count
        for ways, one, state, size in (
            grammar.tupled.heads(n) if grammar.further else ()
        ):
            if one is not None:
                _add(found, {state: self.count(one)}, ways)
                continue
            for key in grammar.spelling.finals_behind(state, size):
                _add(found, self._spelled(key), ways)
        self._reaches[n] = found
        return found

    def product(self, expansion: tuple[Any, tuple[Key, ...]]) -> int:
        total = 1
        for key in expansion[1]:
            total *= self.count(key)
            if not total:
                break
        return total

    def spectrum(self, key: Key) -> dict[str, int]:
        """How many composites of a nonterminal there are of each codomain."""
        found = self._spectra.get(key)
        if found is not None:
            return found
        plain = not (self.grammar.ends.bounded or self.grammar.further)
        if key[0] == "run" and key[2:4] == (1, FREE) and plain:
            if key[4:] == (0, ANY_DEPTH) and not self.grammar.selection.forbidden:
                shapes = self.grammar.steps.shapes(key[1])
                if shapes is not None:
                    self._spectra[key] = shapes
                    return shapes
        found = {}
        for id_, keys in self.grammar.shaped(key):
            if key[0] == "op" and key[1] not in ("SEQUENTIAL", *FURTHER):
                shape = self._shape(key[1], id_)
                found[shape] = found.get(shape, 0) + self.product((id_, keys))
                continue
            if not keys:
                shape = shape_text(self.grammar.steps.types[key[1]])
                found[shape] = found.get(shape, 0) + 1
                continue
            factor = self.product((id_, keys[:-1]))
            if factor:
                for shape, count in self.spectrum(keys[-1]).items():
                    found[shape] = found.get(shape, 0) + factor * count
        self._spectra[key] = found
        return found

    def _shape(self, name: str, id_: Any) -> str:
        steps = self.grammar.steps
        if name == "BASE":
            return shape_text(steps.types[steps.source_states[id_]])
        if name == "PARALLEL":
            return f"({', '.join('_' for _ in id_[0])})"
        return "List[Int]"


def _add(found: dict[int, int], more: Mapping[int, int], times: int) -> None:
    """Add so many times what leads to each state."""
    for state, count in more.items():
        if count:
            found[state] = found.get(state, 0) + times * count

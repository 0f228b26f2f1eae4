"""Counts, cells and indices of a grammar's nonterminals.

A count is kept once found; a cell (the running totals of an expansion) is built when
an index first passes through it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from racesc.space import multisets
from racesc.space.grammar import FREE, Grammar, Key
from racesc.space.grammar import highest as _high
from racesc.space.selection import ANY_DEPTH
from racesc.space.shapes import shape_text
from racesc.space.terms import Term, depth, in_order, operator, size


class NotHere(Exception):
    """A term is not among the composites of a nonterminal."""


class Cell:
    """An expansion with running totals; only what has composites is kept."""

    __slots__ = ("totals", "ids", "keys", "places", "_starts")

    def __init__(self, expansion: list[tuple[Any, tuple[Key, ...], int]]) -> None:
        kept = [one for one in expansion if one[2]]
        self.totals = list(accumulate(count for _, _, count in kept))
        self.ids = [id_ for id_, _, _ in kept]
        self.keys = [keys for _, keys, _ in kept]
        self.places = {id_: place for place, id_ in enumerate(self.ids)}
        self._starts: dict[Any, list[Any]] | None = None

    def starting(self, start: tuple[Any, ...]) -> list[Any]:
        """The ids that begin with these four entries."""
        if self._starts is None:
            self._starts = {}
            for id_ in self.ids:
                if isinstance(id_, tuple):
                    self._starts.setdefault(id_[:4], []).append(id_)
        return self._starts.get(start, [])


class Counting:
    """Exact counts of nonterminals, and the way between indices and terms."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._counts: dict[Key, int] = {}
        self._cells: dict[Key, Cell] = {}
        self._spectra: dict[Key, dict[str, int]] = {}
        self._finals: dict[int, Mapping[int, int]] = {}
        self._reaches: dict[int, dict[int, int]] = {}
        self._onwards: dict[tuple[int, int, int], int] = {}
        grammar.finals = self.finals

    # ── counts ────────────────────────────────────────────────────────────────

    def count(self, key: Key) -> int:
        """How many composites a nonterminal has."""
        found = self._counts.get(key)
        if found is None:
            kind = key[0]
            if kind == "tuple":
                found = self._count_tuple(*key[1:])
            elif kind == "many":
                _, n, r, end, lo, hi = key
                found = multisets.count(self.count(("solo", n, end, lo, hi)), r)
            elif kind == "run":
                found = self._count_run(*key[1:])
            elif kind == "steps":
                found = self._count_steps(*key[1:])
            elif kind == "solo" and self._by_final(key):
                weights = self.grammar.crowd(key[1]).weights
                numbers = self.grammar.ends[key[2]].numbers
                found = sum(weights.get(number, 0) for number in numbers)
            elif kind == "solo":
                found = sum(map(self.count, self.grammar.solos(*key[1:])))
            else:
                found = sum(map(self._product, self.grammar.expand(key)))
            self._counts[key] = found
        return found

    def _by_final(self, key: Key) -> bool:
        """Whether a nonterminal asks for nothing but its last state."""
        return bool(self.grammar.ends[key[2]].numbers) and key[3:] == (0, ANY_DEPTH)

    def _count_run(self, state: int, n: int, end: int, lo: int, hi: int) -> int:
        """``expand`` without writing the expansion down: most of the time goes here."""
        grammar = self.grammar
        if n == 0 or lo > 0 or hi < 0:
            return sum(
                map(self._product, grammar.expand(("run", state, n, end, lo, hi)))
            )
        counts, total = self._counts, 0
        last = n == 1
        if last and grammar.careless(end):
            return sum(grammar.steps.count(state))
        relational = last and grammar.ends[end].relational
        high = ANY_DEPTH if hi >= n - 2 else hi
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
            return sum(map(self._product, grammar.expand(key)))
        counts, total = self._counts, 0
        if n == 1:
            return grammar.steps.count(state)[0]
        high = ANY_DEPTH if hi >= n - 2 else hi
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
                    rest = ("steps", there, n - m, j - 1, left, _high(hi, n - m))
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
            return sum(map(self._product, grammar.expand(key)))
        relational = grammar.steps.place_many[place]
        if relational and not (left == 1 and grammar.ends[end].relational):
            return 0
        totals = grammar.totals(sizes, grammar.results(left, end))[place]
        if left == 1 and grammar.careless(end):
            return sum(totals.values())
        return sum(
            many * self._onward(state, left, end) for state, many in totals.items()
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
                for _, keys, result in grammar.holed(holed):
                    run = grammar.run(result, left - size, end, 0, ANY_DEPTH)
                    found += self._product((None, (*keys, run)))
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
            count = self._product((None, keys))
            if count:
                found[state] = found.get(state, 0) + count
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
                    continue
                for _, key, there, _ in grammar.ordered(state, m, 0, ANY_DEPTH):
                    count = ways * self.count(key)
                    if count:
                        found[there] = found.get(there, 0) + count
        for ways, keys, result in grammar.tuple_heads(n):
            count = ways * self._product((None, keys))
            if count:
                found[result] = found.get(result, 0) + count
        self._reaches[n] = found
        return found

    def _product(self, expansion: tuple[Any, tuple[Key, ...]]) -> int:
        total = 1
        for key in expansion[1]:
            total *= self.count(key)
            if not total:
                break
        return total

    def cell(self, key: Key) -> Cell:
        """The running totals of a nonterminal other than "many"."""
        found = self._cells.get(key)
        if found is None:
            if key[0] == "solo":
                solos = self.grammar.solos(*key[1:])
                listed: list[tuple[Any, tuple[Key, ...], int]] = [
                    (one[1], (one,), self.count(one)) for one in solos
                ]
            else:
                listed = [
                    (id_, keys, self._product((id_, keys)))
                    for id_, keys in self.grammar.expand(key)
                ]
            found = self._cells[key] = Cell(listed)
        return found

    def spectrum(self, key: Key) -> dict[str, int]:
        """How many composites of a nonterminal there are of each codomain."""
        found = self._spectra.get(key)
        if found is not None:
            return found
        if key[0] == "run" and key[2:4] == (1, FREE) and not self.grammar.bounded:
            if key[4:] == (0, ANY_DEPTH) and not self.grammar.selection.forbidden:
                shapes = self.grammar.steps.shapes(key[1])
                if shapes is not None:
                    self._spectra[key] = shapes
                    return shapes
        found = {}
        for id_, keys in self.grammar.expand(key):
            if key[0] == "op" and key[1] != "SEQUENTIAL":
                shape = self._shape(key[1], id_)
                found[shape] = found.get(shape, 0) + self._product((id_, keys))
                continue
            if not keys:
                shape = shape_text(self.grammar.steps.types[key[1]])
                found[shape] = found.get(shape, 0) + 1
                continue
            factor = self._product((id_, keys[:-1]))
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

    # ── from an index ─────────────────────────────────────────────────────────

    def unrank(self, key: Key, index: int) -> Any:
        """The composite (or sequence of steps) at an index of a nonterminal."""
        if key[0] == "many":
            _, n, r, end, lo, hi = key
            solo = ("solo", n, end, lo, hi)
            return tuple(self.unrank(solo, i) for i in multisets.unrank(r, index))
        cell = self.cell(key)
        place = bisect_right(cell.totals, index)
        if place:
            index -= cell.totals[place - 1]
        keys = cell.keys[place]
        parts: list[Any] = []
        if len(keys) == 1:
            parts.append(self.unrank(keys[0], index))
        elif keys:
            for one in reversed(keys):
                index, here = divmod(index, self.count(one))
                parts.append(self.unrank(one, here))
            parts.reverse()
        return joined(key, cell.ids[place], parts)

    # ── to an index ───────────────────────────────────────────────────────────

    def rank(self, key: Key, term: Any) -> int:
        """The index of a composite (or sequence of steps) in a nonterminal; raises
        ``NotHere`` where it is not one of its own."""
        if key[0] == "many":
            _, n, _, end, lo, hi = key
            solo = ("solo", n, end, lo, hi)
            return multisets.rank(sorted(self.rank(solo, part) for part in term))
        cell = self.cell(key)
        for id_, parts in self._splits(key, term, cell):
            place = cell.places.get(id_)
            if place is None:
                continue
            index = 0
            try:
                for one, part in zip(cell.keys[place], parts, strict=True):
                    index = index * self.count(one) + self.rank(one, part)
            except NotHere:
                continue
            return index + (cell.totals[place - 1] if place else 0)
        raise NotHere

    def _splits(self, key: Key, term: Any, cell: Cell) -> list[tuple[Any, list[Any]]]:
        """The expansions that a term could come from, with its parts for them."""
        kind = key[0]
        if kind == "solo":
            return [(operator(term), [term])]
        if kind == "op":
            return self._operator_splits(key, term, cell)
        if kind == "tuple":
            return self._tuple_splits(term, cell)
        if not term:
            return [("end", [])]
        head, rest = term[0], term[1:]
        if head[0] in "bu":
            return [((1, "BASE", head[1]), [rest])]
        return [
            (id_, [head[1], rest]) for id_ in cell.starting((size(head), *_form(head)))
        ]

    def _operator_splits(
        self, key: Key, term: Term, cell: Cell
    ) -> list[tuple[Any, list[Any]]]:
        name = key[1]
        if operator(term) != name or size(term) != key[2]:
            return []
        if name == "BASE":
            return [(term[1], [])]
        if name in ("SORT", "SELECT"):
            return [(_form(term)[1:], [term[1]])]
        if name == "PARALLEL":
            return self._groups(term, cell)
        head, rest = term[1][0], term[1][1:]
        if head[0] == "b":
            return [((1, "BASE", head[1]), [rest])]
        if head[0] != "p":
            return [
                (id_, [head[1], rest])
                for id_ in cell.starting((size(head), *_form(head)))
            ]
        _, place = _opened(rest[0]) if rest else ((), None)
        sizes = tuple(map(size, head[1]))
        return [((sum(sizes), "PARALLEL", sizes, place), [term])]

    def _tuple_splits(self, term: Term, cell: Cell) -> list[tuple[Any, list[Any]]]:
        """The blocks that a chain with a PARALLEL at its head may come from."""
        head, *rest = term[1]
        opened, _ = _opened(rest[0])
        return [
            (id_, [*head[1], *opened, tuple(rest[1:])])
            for id_ in cell.ids
            if id_[3] == size(rest[0]) and _same_form(id_[5], rest[0])
        ]

    def _groups(self, term: Term, cell: Cell) -> list[tuple[Any, list[Any]]]:
        """A PARALLEL's parts, grouped as the cell's nonterminals group them."""
        sizes = tuple(sorted(map(size, term[1])))
        found = []
        for id_, keys in zip(cell.ids, cell.keys, strict=True):
            if id_[0] != sizes:
                continue
            left = list(term[1])
            groups: list[Any] = []
            for _, n, r, _, lo, hi in keys:
                chosen = [p for p in left if size(p) == n and lo <= depth(p) <= hi][:r]
                for part in chosen:
                    left.remove(part)
                groups.append(tuple(chosen))
            if not left:
                found.append((id_, groups))
        return found


def joined(key: Key, id_: Any, parts: list[Any]) -> Any:
    """What an expansion makes of its parts: a term, or a sequence of steps."""
    kind = key[0]
    if kind == "solo":
        return parts[0]
    if kind == "tuple":
        return chained(key, id_, parts)
    if kind != "op":
        if id_ == "end":
            return ()
        if id_[1] == "BASE":
            return (("b" if kind == "inner" else "u", id_[2]), *parts[0])
        return (_ordered(id_, parts[0]), *parts[1])
    name = key[1]
    if name == "BASE":
        return ("b", id_)
    if name == "PARALLEL":
        return in_order(("p", tuple(part for group in parts for part in group)))
    if name == "SORT":
        return ("s", parts[0])
    if name == "SELECT":
        return ("t", parts[0], id_[1])
    if id_[1] == "BASE":
        return ("q", (("b", id_[2]), *parts[0]))
    if id_[1] != "PARALLEL":
        return ("q", (_ordered(id_, parts[0]), *parts[1]))
    return parts[0]


def chained(key: Key, id_: Any, parts: list[Any]) -> Term:
    """The chain that a block of tuples makes of its parts."""
    count = len(key[1])
    step: Term = ("u", key[2])
    for level, inside in zip(_levels(id_[5]), parts[count:-1], strict=True):
        step = _ordered((0, *level), (step, *inside))
    return ("q", (("p", tuple(parts[:count])), step, *parts[-1]))


def _ordered(id_: Any, steps: tuple[Term, ...]) -> Term:
    """A SORT or SELECT from the id that names its form, (…, operator, j, d, …)."""
    return ("s", steps) if id_[1] == "SORT" else ("t", steps, id_[3])


def _form(term: Term) -> tuple[str, int, int]:
    """A SORT or SELECT's operator, steps and distractors."""
    if term[0] == "s":
        return "SORT", len(term[1]), 0
    return "SELECT", len(term[1]), term[2]


def _levels(id_: Any) -> list[tuple[str, int, int]]:
    """The forms around a chosen first step, the innermost first."""
    found: list[tuple[str, int, int]] = []
    while id_:
        found.append(id_[:3])
        id_ = id_[5]
    return found[::-1]


def _opened(step: Term) -> tuple[list[Any], int]:
    """The steps beside the first one at every level, the innermost first, and the
    place of the first step of all."""
    found: list[Any] = []
    while step[0] != "u":
        found.append(step[1][1:])
        step = step[1][0]
    return found[::-1], step[1]


def _same_form(id_: Any, step: Term) -> bool:
    """Whether an id of ``Grammar.holed`` describes a step's forms."""
    while id_:
        if step[0] == "u" or _form(step) != id_[:3] or size(step[1][0]) != id_[3]:
            return False
        id_, step = id_[5], step[1][0]
    return bool(step[0] == "u")

"""Between indices and terms: a grammar's nonterminals as cells.

A cell (the running totals of an expansion) is built when an index first passes through
it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from racesc.space import multisets
from racesc.space.counting import Counting
from racesc.space.grammar import Key
from racesc.space.joining import form, joined, opened, spelled
from racesc.space.showing import Showing
from racesc.space.spelling import KINDS
from racesc.space.terms import FURTHER, Term, depth, operator, size


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


class Indices:
    """The way from an index of a nonterminal to a term, and back."""

    def __init__(self, counting: Counting) -> None:
        self.counting = counting
        self.grammar = counting.grammar
        self._showing = Showing(self.grammar.steps)
        self._cells: dict[Key, Cell] = {}

    def cell(self, key: Key) -> Cell:
        """The running totals of a nonterminal other than "many"."""
        found = self._cells.get(key)
        if found is None:
            if key[0] == "solo":
                solos = self.grammar.solos(*key[1:])
                listed: list[tuple[Any, tuple[Key, ...], int]] = [
                    (one[1], (one,), self.counting.count(one)) for one in solos
                ]
            else:
                listed = [
                    (id_, keys, self.counting.product((id_, keys)))
                    for id_, keys in self.grammar.expand(key)
                ]
            found = self._cells[key] = Cell(listed)
        return found

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
                index, here = divmod(index, self.counting.count(one))
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
                    index = index * self.counting.count(one) + self.rank(one, part)
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
        if kind == "tupled":
            return self._tupled_splits(term, cell)
        if not term:
            return [("end", [])]
        head, rest = term[0], term[1:]
        if kind in KINDS:
            return [(head if head[0] == "draw" else head[1], [rest])]
        if head[0] in FURTHER:
            id_, parts = spelled(head)
            return [(id_, [(*parts, *rest)])]
        if head[0] in "bu":
            return [((1, "BASE", head[1]), [rest])]
        return [
            (id_, [head[1], rest]) for id_ in cell.starting((size(head), *form(head)))
        ]

    def _operator_splits(
        self, key: Key, term: Term, cell: Cell
    ) -> list[tuple[Any, list[Any]]]:
        name = key[1]
        if operator(term) != name or size(term) != key[2]:
            return []
        if name == "BASE":
            return [(term[1], [])]
        if term[0] in FURTHER:
            id_, parts = spelled(term)
            return [(id_[2:], [parts])]
        if name in ("SORT", "SELECT"):
            return [(form(term)[1:], [term[1]])]
        if name == "PARALLEL":
            return self._groups(term, cell)
        head, rest = term[1][0], term[1][1:]
        if head[0] == "b":
            return [((1, "BASE", head[1]), [rest])]
        if head[0] in FURTHER:
            id_, parts = spelled(head)
            return [(id_, [(*parts, *rest)])]
        if head[0] != "p":
            return [
                (id_, [head[1], rest])
                for id_ in cell.starting((size(head), *form(head)))
            ]
        _, place = opened(rest[0]) if rest else ((), None)
        sizes = tuple(map(size, head[1]))
        return [((sum(sizes), "PARALLEL", sizes, place), [term])]

    def _tuple_splits(self, term: Term, cell: Cell) -> list[tuple[Any, list[Any]]]:
        """The blocks that a chain with a PARALLEL at its head may come from."""
        head, *rest = term[1]
        beside, _ = opened(rest[0])
        return [
            (id_, [*head[1], *beside, tuple(rest[1:])])
            for id_ in cell.ids
            if id_[3] == size(rest[0]) and _same_form(id_[5], rest[0])
        ]

    def _tupled_splits(self, term: Term, cell: Cell) -> list[tuple[Any, list[Any]]]:
        head, *rest = term[1]
        steps = self.grammar.steps
        numbers = [steps.number(self._showing.state(part)) for part in head[1]]
        ends = tuple(self.grammar.ends.accepting((number,)) for number in numbers)
        return [(id_, [*head[1], tuple(rest)]) for id_ in cell.ids if id_[0] == ends]

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


def _same_form(id_: Any, step: Term) -> bool:
    """Whether an id of ``Grammar.holed`` describes a step's forms."""
    while id_:
        if step[0] == "u" or form(step) != id_[:3] or size(step[1][0]) != id_[3]:
            return False
        id_, step = id_[5], step[1][0]
    return bool(step[0] == "u")


__all__ = ["Cell", "Indices", "NotHere"]

"""Chains whose head is a PARALLEL and whose next step takes the tuple: the nonterminal
"tuple", and what is known of the tuples (``tuples.py``) by the sizes of their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from racesc.space import tupled
from racesc.space.endings import FREE
from racesc.space.feeding import EXACT
from racesc.space.selection import ANY_DEPTH
from racesc.space.sharing import (
    compositions,
    highest,
    parts_of_tuple,
    splits,
)
from racesc.space.tuples import Crowd

if TYPE_CHECKING:
    from racesc.space.grammar import Expansion, Grammar, Key
    from racesc.space.heads import Heads

Sizes = tuple[int, ...]
Block = tuple[tuple[int, ...], int]  # an end for each part, and the state behind


class TupleHeads:
    """Expansions of "tuple" over a grammar's steps."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.steps = grammar.steps
        self._crowds: dict[int, Crowd] = {}
        self._totals: dict[tuple[Sizes, int], dict[int, dict[int, int]]] = {}
        self._blocks: dict[tuple[Sizes, int, int, bool, bool], list[Block]] = {}
        # How many functional composites of a size, not PARALLELs, end in each state;
        # whoever counts sets it.
        self.finals: Callable[[int], Mapping[int, int]] = lambda size: {}
        # How many chains a tuple of such parts begins, by place, where that is counted
        # without looking at the tuples.
        self.headed: Callable[[Sizes, int], Mapping[int, int]] | None = None
        self.seen: Heads | None = None  # blocks by what is seen of parts

    def chains(
        self, m: int, left: int, end: int, lo: int, hi: int
    ) -> Iterator[Expansion]:
        """Chains whose head is a PARALLEL of size m; ``left`` is the steps' size.

        The place that takes the tuple is settled first: only tuples that somebody
        takes are looked at.
        """
        if "PARALLEL" not in self.grammar.using or hi < 1:
            return
        for parts in range(2, m + 1):
            for sizes in compositions(m, parts):
                if hi < 2 and max(sizes) > 1:
                    continue  # a part of two environments is as deep as the tuple may be
                for place in self._takers(sizes, left, end):
                    key: Key = ("tuple", sizes, place, left, end, lo, hi)
                    yield (m, "PARALLEL", sizes, place), (key,)
                if self.grammar.further:
                    key = ("tupled", sizes, left, end, lo, hi)
                    yield (m, "PARALLEL", sizes, tupled.AFTER), (key,)

    def _takers(self, sizes: Sizes, left: int, end: int) -> Iterable[int]:
        """The places that take tuples of parts of these sizes."""
        if self.headed is not None and end == FREE:
            return self.headed(sizes, left)
        return self.totals(sizes, self.grammar.results(left, end))

    def crowd(self, size: int) -> Crowd:
        """What functional composites of a size, not PARALLELs, end in."""
        if size not in self._crowds:
            self._crowds[size] = self.steps.crowd(self.finals(size))
        return self._crowds[size]

    def totals(self, sizes: Sizes, results: int) -> dict[int, dict[int, int]]:
        """How many tuples of functional composites of these sizes each place takes, by
        the state behind."""
        known = self._totals.get((sizes, results))
        if known is None:
            crowds = [self.crowd(size) for size in sizes]
            known = dict(self.steps.tuple_totals(crowds, results))
            self._totals[sizes, results] = known
        return known

    def blocks(
        self, sizes: Sizes, place: int, left: int, end: int, shaped: bool = False
    ) -> list[Block]:
        """The tuples that a place takes where steps of size ``left``, its own among
        them, follow up to an end. Parts that these do not tell apart are one end.
        ``shaped``: one shape of results in each."""
        merged = self.seen is not None and end == FREE
        mattering = left if merged else self.grammar.results(left, end)
        key = (sizes, place, mattering, merged, shaped)
        if key not in self._blocks:
            crowds = [self.crowd(size) for size in sizes]
            if self.seen is not None and merged:
                found = self._behind_them(
                    self.seen.blocks(crowds, place, left, shaped), place
                )
            else:
                found = self.steps.tuple_blocks(crowds, place, mattering, shaped)
            self._blocks[key] = [
                (tuple(map(self.grammar.ends.accepting, numbers)), there)
                for numbers, there in found
            ]
        return self._blocks[key]

    def _behind_them(
        self, blocks: Iterable[tuple[Any, int]], place: int
    ) -> Iterator[tuple[Any, int]]:
        """Blocks with the state behind them."""
        last = self.steps.place_lasts[place]
        for numbers, result in blocks:
            yield numbers, self.steps.numbered(result, last)

    def expand(self, key: Key, shaped: bool = False) -> list[Expansion]:
        """The expansion of "tuple"; ``shaped`` as for ``blocks``."""
        _, sizes, place, left, end, lo, hi = key
        relational = self.steps.place_many[place]
        if relational and not (left == 1 and self.grammar.ends[end].relational):
            return []
        return [
            one
            for ends, state in self.blocks(sizes, place, left, end, shaped)
            for one in self._behind(sizes, ends, state, left, end, lo, hi)
        ]

    def _behind(
        self,
        sizes: Sizes,
        ends: tuple[int, ...],
        state: int,
        left: int,
        end: int,
        lo: int,
        hi: int,
    ) -> Iterator[Expansion]:
        for share, after, parts in parts_of_tuple(sizes, ends, lo, hi):
            for size in range(1, left + 1):
                for here, there, rest in splits(after, hi, size):
                    holed = ("holed", state, size, here, highest(there, size))
                    for id_, key, result in self.holed(holed):
                        run = self.grammar.run(result, left - size, end, rest, hi)
                        name = (ends, share, after, size, rest, id_)
                        yield name, (*parts, *key, run)

    def heads(self, n: int) -> Iterator[tuple[int, tuple[Key, ...], int]]:
        """Heads that are PARALLELs with the step that takes the tuple, of size n
        together, fed onwards: how many tuples, nonterminals of the step, the state."""
        if "PARALLEL" not in self.grammar.using:
            return
        for m in range(2, n):
            for parts in range(2, m + 1):
                for sizes in compositions(m, parts):
                    for place, totals in self.totals(sizes, EXACT).items():
                        if self.steps.place_many[place]:
                            continue
                        for state, many in totals.items():
                            holed = ("holed", state, n - m, 0, ANY_DEPTH)
                            for _, keys, result in self.holed(holed):
                                yield many, keys, result

    def holed(self, key: Key) -> Iterator[tuple[tuple[Any, ...], tuple[Key, ...], int]]:
        """The forms of a step that begins with a fed step already chosen, whose result
        is a state: id, nonterminals, and the state behind the whole step."""
        _, state, n, lo, hi = key
        if n == 1:
            if lo <= 0:
                yield (), (), state
            return
        if hi < 1:
            return
        for operator in ("SORT", "SELECT"):
            if operator not in self.grammar.using:
                continue
            for j, d in self.grammar.orders(operator, n):
                result = self.steps.order_state(j, d)
                if not self.steps.rich(result):
                    continue
                for m in range(1, n - j + 2):
                    for low, high, left in splits(max(lo - 1, 0), hi - 1, m):
                        inner = ("holed", state, m, low, highest(high, m))
                        for id_, keys, there in self.holed(inner):
                            if d and self.steps.pool(there) < j - 1 + d:
                                continue
                            rest = (
                                "steps",
                                there,
                                n - m,
                                j - 1,
                                left,
                                highest(hi - 1, n - m),
                            )
                            name = (operator, j, d, m, left, id_)
                            yield name, (*keys, rest), result


__all__ = ["TupleHeads"]

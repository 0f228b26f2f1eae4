"""Nonterminals of chains whose head is a PARALLEL and whose next step is a FANOUT, an
ITERATE or a BRANCH, or a SORT or SELECT that begins with one.

    ("tupled", sizes, left, end, lo, hi)    a chain whose head is a PARALLEL of parts of
                                            these sizes; its steps are of size left
    ("begun", state, n, end, lo, hi)        a "run" that begins like that
    ("opened", state, n, j, d, lo, hi)      a "fed" that begins like that

What these make of a tuple depends on all of its type, so each type of tuple that some
environment takes is looked at alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from racesc.runtime.types import Tuple, Var
from racesc.space.feeding import DONE
from racesc.space.selection import ANY_DEPTH
from racesc.space.sharing import compositions, highest, parts_of_tuple

if TYPE_CHECKING:
    from racesc.space.grammar import Expansion, Grammar, Key

Sizes = tuple[int, ...]
Numbers = tuple[int, ...]
KINDS = ("tupled", "begun", "opened")
AFTER = "after"  # in ids, where the others have the place that takes the tuple


class Tupled:
    """Expansions of these nonterminals over a grammar's steps."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.steps = grammar.steps
        using = grammar.using
        self._any = 2 if "FANOUT" in using else 3 if "BRANCH" in using else None
        self._repeats = "ITERATE" in using
        self._taken: dict[tuple[Sizes, bool], dict[Numbers, int]] = {}

    def taken(self, sizes: Sizes, left: int) -> dict[Numbers, int]:
        """The types of tuples of such parts that some environment takes which could
        begin a step within steps of size ``left``, by the numbers of the parts' types,
        with how many tuples there are of each."""
        whatever = self._any is not None and left >= self._any
        if not (whatever or self._repeats):
            return {}
        found = self._taken.get((sizes, whatever))
        if found is None:
            found = self._taken[sizes, whatever] = {}
            grammar = self.grammar
            crowds = [grammar.tuples.crowd(size) for size in sizes]
            for place in range(len(self.steps.places)):
                if not whatever and not self._repeated(place, len(sizes)):
                    continue
                for groups, _ in self.steps.tuple_blocks(crowds, place, DONE):
                    found.update(dict.fromkeys(product(*groups), 0))
            for numbers in found:
                pairs = zip(crowds, numbers, strict=True)
                found[numbers] = prod(crowd.weights[number] for crowd, number in pairs)
        return found

    def _repeated(self, place: int, parts: int) -> bool:
        """Whether a place may answer what it can be fed again, a tuple."""
        piece = self.steps.pieces[self.steps.places[place].piece]
        type_ = piece.base.codomain
        return isinstance(type_, Var) or (
            isinstance(type_, Tuple) and len(type_.items) == parts
        )

    def state(self, numbers: Numbers) -> int:
        """The state behind a PARALLEL of parts of such types."""
        return self.steps.tuple_state([self.steps.numbered(one) for one in numbers])

    # ── expansions ────────────────────────────────────────────────────────────

    def expand(self, key: Key) -> list[Expansion]:
        """The expansion of a nonterminal."""
        if key[0] == "tupled":
            return list(self._tupled(*key[1:]))
        if key[0] == "begun":
            return list(self._begun(*key[1:]))
        return list(self._opened(*key[1:]))

    def _tupled(
        self, sizes: Sizes, left: int, end: int, lo: int, hi: int
    ) -> Iterator[Expansion]:
        for numbers in self.taken(sizes, left):
            ends = tuple(self.grammar.ends.accepting((one,)) for one in numbers)
            state = self.state(numbers)
            for share, after, parts in parts_of_tuple(sizes, ends, lo, hi):
                begun = ("begun", state, left, end, after, highest(hi, left))
                yield (ends, share, after), (*parts, begun)

    def _begun(
        self, state: int, n: int, end: int, lo: int, hi: int
    ) -> Iterator[Expansion]:
        grammar = self.grammar
        for m in range(1, n + 1):
            for id_, key, there, left in grammar.ordered(state, m, lo, hi):
                run = grammar.run(there, n - m, end, left, hi)
                yield id_, (("opened", *key[1:]), run)
            yield from grammar.further_runs(state, m, n - m, end, lo, hi)

    def _opened(
        self, state: int, n: int, j: int, d: int, lo: int, hi: int
    ) -> Iterator[Expansion]:
        grammar = self.grammar
        for m in range(1, n - j + 2):
            for id_, key, there, left in grammar.ordered(state, m, lo, hi):
                if not d or self.steps.pool(there) >= j - 1 + d:
                    rest = ("steps", there, n - m, j - 1, left, highest(hi, n - m))
                    yield id_, (("opened", *key[1:]), rest)
            yield from grammar.further_steps(state, m, n - m, j - 1, lo, hi, d)

    # ── by the last state ─────────────────────────────────────────────────────

    def heads(self, n: int) -> Iterator[tuple[int, Key | None, int, int]]:
        """Heads that are PARALLELs with a step behind them that begins like that, of
        size n together: how many tuples, and the nonterminal of a SORT or SELECT with
        the state behind, or None, the tuple's state and the size of a form."""
        if "PARALLEL" not in self.grammar.using:
            return
        for m in range(2, n):
            for parts in range(2, m + 1):
                for sizes in compositions(m, parts):
                    for numbers, many in self.taken(sizes, n - m).items():
                        state = self.state(numbers)
                        yield many, None, state, n - m
                        for _, key, there, _ in self.grammar.ordered(
                            state, n - m, 0, ANY_DEPTH
                        ):
                            yield many, ("opened", *key[1:]), there, 0


__all__ = ["AFTER", "KINDS", "Tupled"]

"""Nonterminals of MAP, FANOUT, ITERATE, BRANCH and FOLD: their parts, one after the other,
and what follows.

    ("parts", form, state, left, chosen, then)     the last parts of a form that is fed
    ("drawn", form, size, then)                    a form that draws its value
    ("drawing", form, type, left, scan, chosen, then)   its last parts, where the type
                                                   that is drawn is settled
    ("final", state)                               nothing, in a state

What a composite of these is, is the parts and the steps that follow, side by side.
``then`` says what follows the state behind the form:

    ("run", n, end, lo, hi)        the nonterminal "run"
    ("steps", n, j, lo, hi, pool)  "steps", where a SELECT can draw so many distractors
    ("final",)                     nothing
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from racesc.space.feeding import DONE, EXACT
from racesc.space.further import Chosen, Form, Scan, alone, forms
from racesc.space.selection import ANY_DEPTH

if TYPE_CHECKING:
    from racesc.space.grammar import Expansion, Grammar, Key

Then = tuple[Any, ...]
FINAL: Then = ("final",)
KINDS = ("parts", "drawn", "drawing", "final")


class Spelling:
    """Expansions of these nonterminals over a grammar's steps."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.steps = grammar.steps
        self.further = grammar.steps.further
        self.using = grammar.selection.operators

    # ── where forms stand ─────────────────────────────────────────────────────

    def behind(
        self, state: int, size: int, lo: int, hi: int, then: Callable[[int], Then]
    ) -> Iterator[Expansion]:
        """Steps of a size that are fed. ``then`` says what follows, from the lo that is
        left."""
        if hi >= 1:
            for form in forms(self.using, size):
                key = ("parts", form, state, size, (), then(_left(lo)))
                yield (size, *form), (key,)

    def ahead(
        self, size: int, lo: int, hi: int, then: Callable[[int], Then]
    ) -> Iterator[Expansion]:
        """The same for heads."""
        if hi >= 1:
            for form in forms(self.using, size):
                yield (size, *form), (("drawn", form, size, then(_left(lo))),)

    def free(self, name: str, size: int, end: int) -> Iterator[Expansion]:
        """Forms that stand alone."""
        then = ("run", 0, end, 0, ANY_DEPTH)
        for form in forms(self.using, size):
            if form[0] == name:
                yield form[1:], (("drawn", form, size, then),)

    def finals(self, size: int) -> Iterator[Key]:
        """The nonterminals of functional forms of a size on their own."""
        for form in forms(self.using, size):
            yield "drawn", form, size, FINAL

    def finals_behind(self, state: int, size: int) -> Iterator[Key]:
        """The same for forms that are fed."""
        for form in forms(self.using, size):
            yield "parts", form, state, size, (), FINAL

    # ── expansions ────────────────────────────────────────────────────────────

    def expand(self, key: Key) -> list[Expansion]:
        """The expansion of a nonterminal."""
        kind = key[0]
        if kind == "parts":
            return list(self._parts(*key[1:]))
        if kind == "drawing":
            return list(self._drawing(*key[1:]))
        if kind == "drawn":
            return list(self._drawn(*key[1:]))
        return [("end", ())]

    def _parts(
        self, form: Form, state: int, left: int, chosen: Chosen, then: Then
    ) -> Iterator[Expansion]:
        further, steps = self.further, self.steps
        if not steps.rich(state):
            return
        number, maker = steps.number(state), steps.maker(state)
        results, relational = self._results(then), self._relational(then)
        for place, result, many in further.parts(form, number, results):
            if many and not relational or further.barred(form, maker, place):
                continue
            known = further.chosen(form, left, chosen, result)
            if known is None:
                continue
            key: Key | None = ("parts", form, state, left - 1, known, then)
            if left == 1:
                key = self._onward(form, number, known, place, then)
            if key is not None:
                yield place, (key,)

    def _drawn(self, form: Form, size: int, then: Then) -> Iterator[Expansion]:
        further = self.further
        if not alone(form):
            for index in range(len(further.drawn)):
                yield ("draw", index), (("drawing", form, index, size, None, (), then),)
            return
        relational = self._relational(then)
        for number, (place, result, many) in further.starts(form):
            if many and not relational or further.barred(form, -1, place):
                continue
            key = self._onward(form, number, (result,), place, then)
            if key is not None:
                yield place, (key,)

    def _drawing(
        self,
        form: Form,
        index: int,
        left: int,
        scanned: Scan | None,
        chosen: Chosen,
        then: Then,
    ) -> Iterator[Expansion]:
        further = self.further
        number = self.steps.feeder.number(further.drawn[index])
        results, relational = self._results(then), self._relational(then)
        for place, result, many in further.parts(form, number, results):
            if many and not relational:
                continue
            scan = further.scan(index, scanned, place)
            known = further.chosen(form, left, chosen, result)
            if scan is None or known is None:
                continue
            key: Key | None = ("drawing", form, index, left - 1, scan, known, then)
            if left == 1:
                if scan[1][:1] != (index,):
                    continue
                key = self._onward(form, number, known, place, then)
            if key is not None:
                yield place, (key,)

    # ── what follows ──────────────────────────────────────────────────────────

    def _onward(
        self, form: Form, number: int, chosen: Chosen, place: int, then: Then
    ) -> Key | None:
        """What follows a form whose parts are chosen; ``place`` is the last one."""
        value = self.further.value(form, number, chosen, self._results(then))
        state = self.steps.numbered(value, self.further.maker(form, place))
        if not self.steps.rich(state):
            return None
        if then == FINAL:
            return "final", state
        kind, *rest = then
        if kind == "run":
            return self.grammar.run(state, *rest)
        *rest, pool = rest
        if pool and self.steps.pool(state) < pool:
            return None
        return ("steps", state, *rest)

    def _results(self, then: Then) -> int:
        """How much what comes out matters."""
        bits = self.grammar.selection.bits
        if then == FINAL or then[1] > 0:
            return EXACT
        if then[0] == "steps":
            return EXACT if bits else DONE
        return DONE if self.grammar.ends.careless(then[2]) and not bits else EXACT

    def _relational(self, then: Then) -> bool:
        """Whether what comes out may be one of many right answers."""
        return then[:2] == ("run", 0) and self.grammar.ends[then[2]].relational


def _left(lo: int) -> int:
    """The lo that is left for others beside a form."""
    return lo if lo > 1 else 0


__all__ = ["FINAL", "KINDS", "Spelling"]

"""What can follow what: states, sources and takers.

A state is a number: the type of a value, and, where neighbours are forbidden, the step
that made it. Everything else in the space works on states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from racesc.runtime.types import Int, List, Tuple, Type
from racesc.space.budget import Budget
from racesc.space.feeding import AIMED, DONE, EXACT, Feeder
from racesc.space.further import Further
from racesc.space.pieces import Piece, Source, places_of, sources_of
from racesc.space.selection import Selection
from racesc.space.tuples import Crowd, Tuples
from racesc.typed import TypedEnvironment

Take = tuple[int, int, bool]  # place, the state behind it, whether it is relational
NOBODY = -1


class StateTypes(Sequence[Type]):
    """The types of states."""

    def __init__(self, numbers: list[int], types: Sequence[Type]) -> None:
        self._numbers = numbers
        self._types = types

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, state: Any) -> Any:
        return self._types[self._numbers[state]]


class Steps:
    """Sources and takers of a scope, under a selection's regular constraints."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        selection: Selection,
        feeder: Feeder | None = None,
        sources: Sequence[Source] | None = None,
    ) -> None:
        if selection.coarse and selection.bits:
            raise ValueError("a wider type carries more bits: no budget for coarse")
        self.pieces = pieces
        self.selection = selection
        self.feeder = feeder or Feeder(pieces, selection.level, coarse=selection.coarse)
        self.budget = Budget(self.feeder, selection.bits) if selection.bits else None
        # What is asked of a last value that stands free.
        self.aim = self.budget
        if selection.goals:
            self.aim = Budget(self.feeder, selection.bits, selection.goals)
        self.places = places_of(pieces)
        self.place_texts = tuple(place.text for place in self.places)
        self.place_many = tuple(pieces[place.piece].relational for place in self.places)
        self._first_place: list[int] = []
        count = 0
        for piece in pieces:
            self._first_place.append(count)
            names = len(piece.base.parameters)
            count += names + 1 if names else 0
        left = sorted({left for left, _ in selection.forbidden})
        self._last = {text: index for index, text in enumerate(left)}
        self._barred = {
            (self._last[left], right) for left, right in selection.forbidden
        }
        self.place_lasts = tuple(
            self._last.get(text, NOBODY) for text in self.place_texts
        )
        self._numbers: list[int] = []
        self._lasts: list[int] = []
        self.types = StateTypes(self._numbers, self.feeder.types)
        self._ids: dict[tuple[int, int], int] = {}
        self._takes: dict[tuple[int, int], tuple[Take, ...]] = {}
        self._pools: dict[int, int] = {}
        self._counts: dict[int, tuple[int, int]] = {}
        self._poor: dict[int, bool] = {}
        self._orders: dict[tuple[int, int], int] = {}
        self._tuples: Tuples | None = None
        self.further = Further(self)
        found = sources_of(pieces, selection.level) if sources is None else sources
        self.sources = tuple(found)
        self.source_texts = tuple(source.text for source in self.sources)
        self.source_states = tuple(
            self.state(source.type, pieces[source.piece].name)
            for source in self.sources
        )

    # ── states ────────────────────────────────────────────────────────────────

    def state(self, type_: Type, maker: str = "") -> int:
        """The state of a value of a type that a step has made."""
        last = self._last.get(maker, NOBODY)
        return self.numbered(self.feeder.number(type_), last)

    def maker(self, state: int) -> int:
        """The step that made a value; ``mapped`` where it was in a MAP."""
        return self._lasts[state]

    def mapped(self, maker: int) -> int:
        """A maker as it is in a MAP, whose neighbours are those in MAPs; the inverse of
        itself, and ``NOBODY`` for what is not such a maker."""
        return NOBODY if maker == NOBODY else -2 - maker

    def barred(self, maker: int, place: int) -> bool:
        """Whether a place may not stand behind a maker."""
        return (maker, self.place_texts[place]) in self._barred

    def place(self, piece: int, way: int) -> int:
        """The number of a place."""
        return self._first_place[piece] + way

    def numbered(self, number: int, last: int = NOBODY) -> int:
        """The state of a value whose type has a number."""
        key = (number, last)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self._numbers)
            self._numbers.append(number)
            self._lasts.append(last)
        return found

    def order_state(self, steps: int, distractors: int) -> int:
        """The state behind a SORT or SELECT."""
        found = self._orders.get((steps, distractors))
        if found is None:
            highest = steps + distractors
            type_ = List(Int(1, highest), (steps, steps), distinct=True)
            found = self._orders[steps, distractors] = self.state(type_)
        return found

    def tuple_state(self, parts: Sequence[int]) -> int:
        """The state behind a PARALLEL of parts with these states."""
        return self.state(Tuple(tuple(self.types[part] for part in parts)))

    def rich(self, state: int) -> bool:
        """Whether a value of this type carries the bits that are asked for."""
        if self.budget is None or self.asked(state):
            return True
        found = self._poor.get(state)
        if found is None:
            found = self._poor[state] = not self.budget.allows(self._numbers[state])
        return not found

    def asked(self, state: int) -> bool:
        """Whether it is that of a last value, of which was asked before what it is."""
        return self.feeder.is_bare(self._numbers[state])

    # ── takers ────────────────────────────────────────────────────────────────

    def takes(self, state: int, results: int = EXACT) -> tuple[Take, ...]:
        """Everything that takes a value in this state, in library order. ``results``
        says how much the states behind matter."""
        key = (state, self._limit(results))
        found = self._takes.get(key)
        if found is None:
            found = self._takes[key] = tuple(self._find_takes(*key))
        return found

    def _find_takes(self, state: int, results: int) -> Iterator[Take]:
        if not self.rich(state):
            return
        made_by = self._lasts[state]
        results, budget = self._asked(results)
        takers = self.feeder.takers(self._numbers[state], results, budget)
        for index, way, result in takers:
            place = self._first_place[index] + way
            if made_by != NOBODY and (made_by, self.place_texts[place]) in self._barred:
                continue
            there = self.numbered(result, self.place_lasts[place])
            if self.rich(there):
                yield place, there, self.place_many[place]

    def count(self, state: int) -> tuple[int, int]:
        """How many functional and relational takers there are."""
        found = self._counts.get(state)
        if found is None:
            if self.selection.bits or self._lasts[state] != NOBODY:
                many = [relational for _, _, relational in self.takes(state, DONE)]
                found = len(many) - sum(many), sum(many)
            else:
                found = self.feeder.count(self._numbers[state])
            self._counts[state] = found
        return found

    def pool(self, state: int) -> int:
        """How many distractors a SELECT may draw from behind a value in this state:
        the functional environments that take it plainly."""
        number = self._numbers[state]
        found = self._pools.get(number)
        if found is None:
            found = self._pools[number] = self.feeder.pool(number)
        return found

    def shapes(self, state: int) -> dict[str, int] | None:
        """What comes out of one more step, refinements dropped, and how often; None
        where that is not known without looking at every result."""
        if self.selection.bits or self._lasts[state] != NOBODY:
            return None
        return self.feeder.shapes(self._numbers[state])

    # ── tuples ────────────────────────────────────────────────────────────────

    def crowd(self, finals: Mapping[int, int]) -> Crowd:
        """States of parts, with how many composites end in each."""
        weights: dict[int, int] = {}
        for state, many in finals.items():
            number = self._numbers[state]
            weights[number] = weights.get(number, 0) + many
        return self.tuples.crowd(weights)

    @property
    def tuples(self) -> Tuples:
        """Who takes tuples."""
        if self._tuples is None:
            self._tuples = Tuples(self.feeder)
        return self._tuples

    def tuple_totals(
        self, crowds: Sequence[Crowd], results: int
    ) -> Iterator[tuple[int, dict[int, int]]]:
        """For every place that takes a tuple of such parts, in library order: how many
        tuples lead to each state."""
        found: dict[int, dict[int, int]] = {}
        asked = self._asked(self._limit(results))
        for index, way, totals in self.tuples.totals(crowds, *asked):
            place = self._first_place[index] + way
            # Some tuples a place may take whole, and others part by part.
            states = found.setdefault(place, {})
            for number, many in totals.items():
                state = self.numbered(number, self.place_lasts[place])
                if self.rich(state):
                    states[state] = states.get(state, 0) + many
        yield from sorted((place, states) for place, states in found.items() if states)

    def tuple_blocks(
        self, crowds: Sequence[Crowd], place: int, results: int, shaped: bool = False
    ) -> Iterator[tuple[tuple[tuple[int, ...], ...], int]]:
        """The tuples that one place takes, as blocks: the types' numbers of each part,
        and the state behind."""
        where = self.places[place]
        base = self.feeder.bases[where.piece]
        for block, result in self.tuples.blocks(
            crowds, base, where.way, *self._asked(self._limit(results)), shaped
        ):
            state = self.numbered(result, self.place_lasts[place])
            if self.rich(state):
                yield tuple(group[1] for group in block), state

    def _limit(self, results: int) -> int:
        # Types of which the same is taken may carry more bits or fewer.
        if results == AIMED or self.budget is None or results == DONE:
            return results
        return EXACT

    def _asked(self, results: int) -> tuple[int, Budget | None]:
        """What is asked of a last value, with how much it matters otherwise."""
        if results == AIMED:
            return DONE, self.aim
        return results, self.budget if results == DONE else None

    def number(self, state: int) -> int:
        """The number of a state's type."""
        return self._numbers[state]


def steps_of(scope: Sequence[TypedEnvironment], selection: Selection) -> Steps:
    """The sources and takers of a checked scope."""
    from racesc.space.pieces import pieces_of

    return Steps(pieces_of(scope), selection)

"""What can follow what: states, sources and takers.

A state is a number: the type of a value, and, where neighbours are forbidden, the step
that made it. Everything else in the space works on states.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from racesc.elaborate import cardinality
from racesc.runtime.types import Int, List, Tuple, Type
from racesc.space.feeding import Feeder
from racesc.space.pieces import Piece, Source, places_of, sources_of
from racesc.space.selection import Selection
from racesc.typed import TypedEnvironment

Take = tuple[int, int, bool]  # place, the state behind it, whether it is relational
NOBODY = -1


class Steps:
    """Sources and takers of a scope, under a selection's regular constraints."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        selection: Selection,
        feeder: Feeder | None = None,
        sources: Sequence[Source] | None = None,
    ) -> None:
        self.pieces = pieces
        self.selection = selection
        self.feeder = feeder or Feeder(pieces, selection.level)
        self.places = places_of(pieces)
        self.place_texts = tuple(place.text for place in self.places)
        self._first_place: list[int] = []
        count = 0
        for piece in pieces:
            self._first_place.append(count)
            names = len(piece.base.parameters)
            count += names + 1 if names else 0
        self._left = {left for left, _ in selection.forbidden}
        self._last = {text: i for i, text in enumerate(sorted(self._left))}
        self._barred = {
            (self._last[left], right) for left, right in selection.forbidden
        }
        self.types: list[Type] = []
        self._lasts: list[int] = []
        self._ids: dict[tuple[Type, int], int] = {}
        self._takes: dict[int, tuple[Take, ...]] = {}
        self._pools: dict[int, int] = {}
        self._counts: dict[int, tuple[int, int]] = {}
        self._poor: dict[int, bool] = {}
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
        key = (type_, self._last.get(maker, NOBODY))
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self.types)
            self.types.append(type_)
            self._lasts.append(key[1])
        return found

    def order_state(self, steps: int, distractors: int) -> int:
        """The state behind a SORT or SELECT."""
        highest = steps + distractors
        return self.state(List(Int(1, highest), (steps, steps), distinct=True))

    def tuple_state(self, parts: Sequence[int]) -> int:
        """The state behind a PARALLEL of parts with these states."""
        return self.state(Tuple(tuple(self.types[part] for part in parts)))

    def rich(self, state: int) -> bool:
        """Whether a value of this type carries the bits that are asked for."""
        if not self.selection.bits:
            return True
        found = self._poor.get(state)
        if found is None:
            values = cardinality(self.types[state], {})
            found = values is not None and (
                values <= 1 or log2(values) < self.selection.bits
            )
            self._poor[state] = found
        return not found

    # ── takers ────────────────────────────────────────────────────────────────

    def takes(self, state: int) -> tuple[Take, ...]:
        """Everything that takes a value in this state, in library order."""
        found = self._takes.get(state)
        if found is None:
            found = self._takes[state] = tuple(self._find_takes(state))
        return found

    def _find_takes(self, state: int) -> list[Take]:
        if not self.rich(state):
            return []
        last = self._lasts[state]
        found = []
        number = self.feeder.number(self.types[state])
        for index, way, result in self.feeder.takers(number):
            place = self._first_place[index] + way
            text = self.place_texts[place]
            if last != NOBODY and (last, text) in self._barred:
                continue
            there = self.state(self.feeder.types[result], text)
            if self.rich(there):
                found.append((place, there, self.pieces[index].relational))
        return found

    def tuple_takes(
        self, parts: Sequence[Sequence[int]], last: bool
    ) -> list[tuple[Take, tuple[tuple[int, ...], ...]]]:
        """Who takes a tuple of values in these states, as blocks: what it is, and the
        states of each component that go with it; in library order. Where the result is
        the ``last`` value and nothing is asked of it, any result of its shape will do.
        """
        feeder = self.feeder
        numbered: list[dict[int, list[int]]] = []
        for states in parts:
            groups: dict[int, list[int]] = {}
            for state in states:
                number = feeder.number(self.types[state])
                groups.setdefault(number, []).append(state)
            numbered.append(groups)
        found = []
        for index, way, block, result in feeder.tuples(
            [list(g) for g in numbered], last
        ):
            place = self._first_place[index] + way
            there = self.state(feeder.types[result], self.place_texts[place])
            if not self.rich(there):
                continue
            components = tuple(
                tuple(s for number in numbers for s in groups[number])
                for numbers, groups in zip(block, numbered, strict=True)
            )
            take = (place, there, self.pieces[index].relational)
            found.append((take, components))
        return sorted(found, key=lambda one: one[0][0])

    def count(self, state: int) -> tuple[int, int]:
        """How many functional and relational takers there are."""
        if self._barred or self.selection.bits or state in self._takes:
            takes = self.takes(state)
            many = sum(relational for _, _, relational in takes)
            return len(takes) - many, many
        found = self._counts.get(state)
        if found is None:
            number = self.feeder.number(self.types[state])
            found = self._counts[state] = self.feeder.count(number)
        return found

    def pool(self, state: int) -> int:
        """How many distractors a SELECT may draw from behind a value in this state:
        the functional environments that take it plainly."""
        found = self._pools.get(state)
        if found is None:
            number = self.feeder.number(self.types[state])
            found = self._pools[state] = self.feeder.pool(number)
        return found


def steps_of(scope: Sequence[TypedEnvironment], selection: Selection) -> Steps:
    """The sources and takers of a checked scope."""
    from racesc.space.pieces import pieces_of

    return Steps(pieces_of(scope), selection)

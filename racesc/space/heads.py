"""How many chains begin with a tuple that somebody takes, by what is seen of its parts.

A tuple's parts come in crowds (``tuples.py``). Of a part, the environment that takes the
tuple and the steps behind it see a little: parts of which the same is seen are one kind,
and tuples are put together from kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product, repeat
from math import prod
from typing import Any

from racesc.drawing import finite
from racesc.feeding import infeasible
from racesc.runtime.base import Base
from racesc.runtime.types import Tuple, Type, Var
from racesc.space.barring import Barrier
from racesc.space.ends import TooFar
from racesc.space.kinds import Alike, Kind
from racesc.space.ports import Port
from racesc.space.tuples import Crowd, Tuples, tuple_port, tuple_ways
from racesc.space.values import Values
from racesc.space.vectors import Vector, flat
from racesc.space.views import NOWHERE, Node, Seen, Views, renamed, told
from racesc.unify import bind, variables

# A type that is fed: its vector, whether it is not regular, and how to make it.
Fed = tuple[Vector, bool, Callable[[], Type]]
Block = tuple[tuple[tuple[int, ...], ...], int]  # types of each part, of the result


class Heads:
    """Counts of chains by the place that takes the tuple at their head."""

    def __init__(self, values: Values, tuples: Tuples) -> None:
        self.values = values
        self.tuples = tuples
        self.feeder = values.feeder
        self.views: Views = values.views
        self._kinds: dict[tuple[int, int], tuple[Crowd, list[Kind]]] = {}
        self._ports: dict[Any, Port | None] = {}
        self._canonical: dict[tuple[int, ...], Type] = {}

    def counts(self, crowds: Sequence[Crowd], left: int) -> dict[int, int]:
        """How many chains there are whose steps are of size ``left`` together, by the
        place of the first one."""
        steps, barriers = self.values.steps, self.values.barriers
        found: dict[int, int] = {}
        known: dict[Any, int] = {}
        for index, base in enumerate(self.feeder.bases):
            if self.feeder.many[index] and left > 1:
                continue  # nothing follows what has many answers
            for way, patterns in tuple_ways(base, len(crowds)):
                barrier = None
                if barriers is not None:
                    barrier = barriers.behind_places(((index, way),))
                key = id(base), way, patterns, id(barrier)
                if key not in known:
                    known[key] = self._count(crowds, base, way, patterns, left, barrier)
                if known[key]:
                    place = steps.place(index, way)
                    found[place] = found.get(place, 0) + known[key]
        return dict(sorted(found.items()))

    def _count(
        self,
        crowds: Sequence[Crowd],
        base: Base,
        way: int,
        patterns: tuple[Type, ...],
        left: int,
        barrier: Barrier | None,
    ) -> int:
        total = 0
        for port, kinds in self._taken(crowds, base, way, patterns, left):
            total += self._sum(port, kinds, patterns, left, barrier)
        return self.values.spreads.spread(left, total)[left,]

    def _taken(
        self,
        crowds: Sequence[Crowd],
        base: Base,
        way: int,
        patterns: tuple[Type, ...],
        left: int,
    ) -> Iterator[tuple[Port, tuple[Kind, ...]]]:
        """The kinds of parts whose tuples an environment may take, with its port."""
        node = self._node(base, way, patterns, left)
        like = Tuple((NOWHERE,) * len(patterns))
        choices: list[list[Kind]] = []
        for place, (crowd, pattern) in enumerate(zip(crowds, patterns, strict=True)):
            below = self.views.child(node, like, place)
            kinds = [k for k in self._seen(crowd, below) if bind(pattern, k.like, {})]
            if not kinds:
                return
            choices.append(kinds)
        for chosen in _fitting(choices, patterns):
            port = self._port(base, way, chosen)
            if port is not None:
                yield port, chosen

    def _node(
        self, base: Base, way: int, patterns: tuple[Type, ...], left: int
    ) -> Node:
        if patterns[0] == Var("?0"):  # the tuple stands for a type variable
            return self.views.met(base.parameters[max(way - 1, 0)].type, base, left)
        return self.views.met(Tuple(patterns), base, left)

    def _sum(
        self,
        port: Port,
        kinds: Sequence[Kind],
        patterns: Sequence[Type],
        left: int,
        barrier: Barrier | None,
    ) -> int:
        """The lanes behind what comes out of a port, all tuples together."""
        anything = self._anything(left)
        groups = self._groups(port, kinds, patterns, anything)
        total, rest = self._sum_regular(port, kinds, groups, left, anything, barrier)
        for block, fed in self._fed(port, kinds, rest):
            many = prod(group.many for group in block)
            if not anything:
                many *= self.values.result(left - 1, port, *fed, barrier)
            total += many
        return total * self.values.anything if anything else total

    def _sum_regular(
        self,
        port: Port,
        kinds: Sequence[Kind],
        groups: Sequence[Sequence[Alike]],
        left: int,
        anything: bool,
        barrier: Barrier | None,
    ) -> tuple[int, Iterable[tuple[Alike, ...]]]:
        """The same of regular tuples alone, as far as there are formulas, and the blocks
        that are left. Nearly all the time goes here."""
        behind = None if anything else self.values.behind(left - 1, port, barrier)
        asked = not port.sure and port.check is None
        regular = [[group for group in each if not group.odd] for each in groups]
        if asked or (behind is None and not anything) or not all(regular):
            return 0, product(*groups)
        rest = list(_odd_ones(groups))
        check = None if port.sure else port.check
        if check is None:
            first = tuple(each[0] for each in regular)
            if not any(self._fed(port, kinds, (first,))):
                return 0, rest
            if behind is None:
                return prod(sum(one.many for one in each) for each in regular), rest
        total = 0
        *firsts, lasts = regular
        for begun in product(*firsts):
            start: Vector = sum((group.vector for group in begun), ())
            inner = 0
            for group in lasts:
                vector = start + group.vector
                if check is not None and not check(vector):
                    continue
                try:
                    inner += group.many * (1 if behind is None else behind(vector))
                except TooFar:
                    rest.append((*begun, group))
            total += inner * prod(group.many for group in begun)
        return total, rest

    def _anything(self, left: int) -> bool:
        """Whether what comes out does not matter: it is the last value, of which
        nothing is asked."""
        return left == 1 and self.values.aim is None

    def _groups(
        self,
        port: Port,
        kinds: Sequence[Kind],
        patterns: Sequence[Type],
        anything: bool,
    ) -> list[list[Alike]]:
        """The parts of each kind that a port does not tell apart; ``anything`` may
        come out."""
        watched = port.needs
        if not anything and watched is not None:
            looks = port.output.looks
            watched = None if looks is None else tuple(sorted({*watched, *looks}))
        groups: list[list[Alike]] = []
        start = 0
        for kind, pattern in zip(kinds, patterns, strict=True):
            stop = start + kind.form.layout.stop
            own = None
            if watched is not None:
                own = tuple(at - start for at in watched if start <= at < stop)
            groups.append(kind.groups(pattern, own))
            start = stop
        return groups

    def _fed(
        self, port: Port, kinds: Sequence[Kind], blocks: Iterable[tuple[Alike, ...]]
    ) -> Iterator[tuple[tuple[Alike, ...], Fed]]:
        """Those blocks of tuples that a port takes, each with a tuple as
        ``Values.result`` asks for it."""
        for block in blocks:
            vector: Vector = sum((group.vector for group in block), ())
            odd = any(group.odd for group in block)

            def typed(block: Sequence[Alike] = block) -> Type:
                return Tuple(
                    tuple(
                        kind.form.type(group.vector)
                        for kind, group in zip(kinds, block, strict=True)
                    )
                )

            if self.feeder.feeds(port, vector, odd, typed):
                yield block, (vector, odd, typed)

    def _goes_on(self, port: Port, fed: Fed, left: int) -> bool:
        """Whether what comes out may be the last value, or be fed onwards."""
        lanes = self.values.result(left - 1, port, *fed)
        return bool(self.values.lanes.get(lanes, 0) if left == 1 else lanes)

    # ── blocks ────────────────────────────────────────────────────────────────

    def blocks(
        self, crowds: Sequence[Crowd], place: int, left: int, shaped: bool
    ) -> Iterator[Block]:
        """The tuples that a place takes where steps of size ``left`` follow, in blocks
        that these steps do not tell apart: the numbers of each part's types, and what
        comes out for the first of them. ``shaped``: parts of one shape in each."""
        where = self.values.steps.places[place]
        base = self.feeder.bases[where.piece]
        anything = self._anything(left)
        forms = self.feeder.forms if shaped else None
        for way, patterns in tuple_ways(base, len(crowds)):
            if way != where.way:
                continue
            for port, kinds in self._taken(crowds, base, way, patterns, left):
                every = product(*self._groups(port, kinds, patterns, anything))
                for block, fed in self._fed(port, kinds, every):
                    if not anything and not self._goes_on(port, fed, left):
                        continue
                    members = map(Kind.members, kinds, block, repeat(forms))
                    for numbers in product(*members):
                        first = [each[0] for each in numbers]
                        last = left == 1
                        yield numbers, self.tuples.answer(base, way, first, last)

    def _port(self, base: Base, way: int, kinds: Sequence[Kind]) -> Port | None:
        likes = tuple(map(id, kinds))
        sample = self._canonical.get(likes)
        if sample is None:
            sample = renamed(Tuple(tuple(kind.like for kind in kinds)))
            self._canonical[likes] = sample
        key = id(base), way, sample
        if key not in self._ports:
            self._ports[key] = tuple_port(base, way, sample, self.feeder.level)
        return self._ports[key]

    # ── kinds ─────────────────────────────────────────────────────────────────

    def _seen(self, crowd: Crowd, node: Node) -> list[Kind]:
        """A crowd by what is seen of it."""
        known = self._kinds.get((id(crowd), id(node)))
        if known is None:
            known = crowd, self._find(crowd, node)
            self._kinds[id(crowd), id(node)] = known
        return known[1]

    def _find(self, crowd: Crowd, node: Node) -> list[Kind]:
        feeder = self.feeder
        found: dict[Type, Kind] = {}
        shapes: dict[int, tuple[Seen, Any, bool]] = {}
        kinds: dict[Any, Kind] = {}
        for number, many in crowd.weights.items():
            form, vector = feeder.forms[number], feeder.vectors[number]
            if id(form) not in shapes:
                seen = self.views.seen(form.like, node)
                hidden = all(type(entry) is not int for entry in seen.entries)
                shapes[id(form)] = seen, seen.projection(), hidden
            seen, project, hidden = shapes[id(form)]
            counts: tuple[int, ...] | None = None
            type_ = feeder.types[number] if form.odd(vector) else None
            if type_ is None or (
                hidden and finite(type_, {}) and not infeasible(type_, {})
            ):
                counts = seen.counts(vector)
            kind = kinds.get((id(form), counts))
            if kind is None:
                like = form.like if counts is None else told(seen.type, counts)
                kind = kinds[id(form), counts] = self._kind(found, like)
            vector = vector if counts is None else project(vector)
            kind.weights[vector] = kind.weights.get(vector, 0) + many
            kind.numbers.setdefault(vector, []).append(number)
        return list(found.values())

    def _kind(self, found: dict[Type, Kind], like: Type) -> Kind:
        shape, _ = flat(like)
        form = self.feeder.form(shape, like)
        kind = found.get(form.like)
        if kind is None:
            kind = found[form.like] = Kind(form.like, form)
        return kind


def _odd_ones(groups: Sequence[Sequence[Alike]]) -> Iterator[tuple[Alike, ...]]:
    """The blocks with a part that is not regular."""
    for place, each in enumerate(groups):
        odd = [group for group in each if group.odd]
        if odd:
            regular = [[g for g in one if not g.odd] for one in groups[:place]]
            yield from product(*regular, odd, *groups[place + 1 :])


def _fitting(
    choices: Sequence[Sequence[Kind]], patterns: Sequence[Type]
) -> Iterator[tuple[Kind, ...]]:
    """The kinds that fit patterns side by side: a type variable in two of them has one
    shape. Each fits on its own."""
    found: list[tuple[tuple[Kind, ...], dict[str, Any]]] = [((), {})]
    for kinds, pattern in zip(choices, patterns, strict=True):
        names = variables(pattern)
        before = [name for name in names if name in found[0][1]]
        alike: dict[Any, list[tuple[Kind, dict[str, Any]]]] = {}
        for kind in kinds:
            where: dict[str, Type] = {}
            bind(pattern, kind.like, where)
            shapes = {name: flat(where[name])[0] for name in names}
            key = tuple(shapes[name] for name in before)
            alike.setdefault(key, []).append((kind, shapes))
        found = [
            ((*chosen, kind), {**known, **shapes})
            for chosen, known in found
            for kind, shapes in alike.get(tuple(known[n] for n in before), ())
        ]
        if not found:
            return
    for chosen, _ in found:
        yield chosen


__all__ = ["Heads"]

"""How many chains begin with a tuple that somebody takes, by what is seen of its parts.

A tuple's parts come in crowds (``tuples.py``). Of a part, the environment that takes the
tuple and the steps behind it see a little: parts of which the same is seen are one kind,
and tuples are put together from kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Any

from racesc.drawing import finite
from racesc.feeding import infeasible
from racesc.runtime.base import Base
from racesc.runtime.types import Tuple, Type, Var
from racesc.space.containment import inside, limits, mask_of
from racesc.space.forms import Form
from racesc.space.pieces import routes
from racesc.space.ports import Port, getter, port_of
from racesc.space.tuples import Crowd, tuple_ways
from racesc.space.values import Values
from racesc.space.vectors import Vector, flat
from racesc.space.vectors import parts as parts_of
from racesc.space.views import NOWHERE, Node, Views, renamed
from racesc.unify import bind, variables

# Some type's vector, how many composites, whether it is not regular.
Group = tuple[Vector, int, bool]


class Kind:
    """Parts of which the same constructors are seen: vectors, and how many composites
    have each."""

    __slots__ = ("_groups", "form", "like", "weights")

    def __init__(self, like: Type, form: Form) -> None:
        self.like = like
        self.form = form
        self.weights: dict[Vector, int] = {}
        self._groups: dict[Any, list[Group]] = {}

    def groups(self, pattern: Type, looks: tuple[int, ...] | None) -> list[Group]:
        """The parts that a pattern contains, those that agree at some positions (None:
        at all) together."""
        key = pattern, looks
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = self._grouped(pattern, looks)
        return found

    def _grouped(self, pattern: Type, looks: tuple[int, ...] | None) -> list[Group]:
        held = mask_of([list(limits(pattern, self.form.layout))])
        look = getter(looks)
        alike: dict[Any, Group] = {}
        odd: list[Group] = []
        for vector, many in self.weights.items():
            if self.form.odd(vector):
                if inside(self.form.type(vector), pattern):
                    odd.append((vector, many, True))
            elif held(vector):
                key = look(vector)
                known = alike.get(key)
                if known is None:
                    alike[key] = vector, many, False
                else:
                    alike[key] = known[0], known[1] + many, False
        return [*alike.values(), *odd]


class Heads:
    """Counts of chains by the place that takes the tuple at their head."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.feeder = values.feeder
        self.views: Views = values.views
        self._kinds: dict[tuple[int, int], tuple[Crowd, list[Kind]]] = {}
        self._ports: dict[Any, Port | None] = {}
        self._canonical: dict[tuple[int, ...], Type] = {}

    def counts(self, crowds: Sequence[Crowd], left: int) -> dict[int, int]:
        """How many chains there are whose steps are of size ``left`` together, by the
        place of the first one."""
        steps = self.values.steps
        found: dict[int, int] = {}
        known: dict[Any, int] = {}
        for index, base in enumerate(self.feeder.bases):
            for way, patterns in tuple_ways(base, len(crowds)):
                key = id(base), way, patterns
                if key not in known:
                    known[key] = self._count(crowds, base, way, patterns, left)
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
    ) -> int:
        node = self._node(base, way, patterns, left)
        like = Tuple((NOWHERE,) * len(patterns))
        choices: list[list[Kind]] = []
        for place, (crowd, pattern) in enumerate(zip(crowds, patterns, strict=True)):
            below = self.views.child(node, like, place)
            kinds = [k for k in self._seen(crowd, below) if bind(pattern, k.like, {})]
            if not kinds:
                return 0
            choices.append(kinds)
        total = 0
        for chosen in _fitting(choices, patterns):
            port = self._port(base, way, chosen)
            if port is not None:
                total += self._sum(port, chosen, patterns, left)
        if left == 1:
            return total
        return self.values.spread(left, total)[left,]

    def _node(
        self, base: Base, way: int, patterns: tuple[Type, ...], left: int
    ) -> Node:
        if patterns[0] == Var("?0"):  # the tuple stands for a type variable
            return self.views.met(base.parameters[max(way - 1, 0)].type, base, left)
        return self.views.met(Tuple(patterns), base, left)

    def _sum(
        self, port: Port, kinds: Sequence[Kind], patterns: Sequence[Type], left: int
    ) -> int:
        watched = port.needs
        if left > 1 and watched is not None:
            looks = port.output.looks
            watched = None if looks is None else tuple(sorted({*watched, *looks}))
        groups: list[list[Group]] = []
        start = 0
        for kind, pattern in zip(kinds, patterns, strict=True):
            stop = start + kind.form.layout.stop
            own = None
            if watched is not None:
                own = tuple(at - start for at in watched if start <= at < stop)
            groups.append(kind.groups(pattern, own))
            start = stop
        total = 0
        for block in product(*groups):
            vector: Vector = sum((group[0] for group in block), ())
            odd = any(group[2] for group in block)

            def typed(block: Sequence[Group] = block) -> Type:
                return Tuple(
                    tuple(
                        kind.form.type(group[0])
                        for kind, group in zip(kinds, block, strict=True)
                    )
                )

            if self.feeder.feeds(port, vector, odd, typed):
                many = prod(group[1] for group in block)
                if left > 1:
                    many *= self.values.result(left - 1, port, vector, odd, typed)
                total += many
        return total

    def _port(self, base: Base, way: int, kinds: Sequence[Kind]) -> Port | None:
        likes = tuple(map(id, kinds))
        sample = self._canonical.get(likes)
        if sample is None:
            sample = renamed(Tuple(tuple(kind.like for kind in kinds)))
            self._canonical[likes] = sample
        key = id(base), way, sample
        if key not in self._ports:
            given = dict(routes(base, sample)).get(way)
            port = None
            if given is not None:
                several = next(iter(given.values())) != sample
                layout = parts_of(sample)
                port = port_of(base, given, several, layout, self.feeder.level, {}, {})
                types = {p.name: p.type for p in base.parameters}
                if port is not None and any(
                    types[name] != declared for name, declared in port.declared.items()
                ):
                    # Parts are compared with what is written, not with such ends.
                    port.ask()
            self._ports[key] = port
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
        shapes: dict[int, tuple[Kind, Any, bool]] = {}
        for number, many in crowd.weights.items():
            form, vector = feeder.forms[number], feeder.vectors[number]
            if id(form) not in shapes:
                seen = self.views.seen(form.like, node)
                hidden = all(type(entry) is not int for entry in seen.entries)
                kind = self._kind(found, seen.type)
                shapes[id(form)] = kind, seen.projection(), hidden
            kind, project, hidden = shapes[id(form)]
            if form.odd(vector):
                type_ = feeder.types[number]
                if not hidden or not finite(type_, {}) or infeasible(type_, {}):
                    kind, project = self._kind(found, form.like), tuple
            vector = project(vector)
            kind.weights[vector] = kind.weights.get(vector, 0) + many
        return list(found.values())

    def _kind(self, found: dict[Type, Kind], like: Type) -> Kind:
        shape, _ = flat(like)
        form = self.feeder.form(shape, like)
        kind = found.get(form.like)
        if kind is None:
            kind = found[form.like] = Kind(form.like, form)
        return kind


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

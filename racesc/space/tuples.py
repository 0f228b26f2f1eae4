"""Tuples of values at the head of a chain: who takes them, and what comes out.

A tuple is never made a type of its own unless somebody takes it. The parts' types come
in *crowds*: all that composites of one size end in, each with how many do. A pattern of
a parameter is compared once with each class of a crowd, and of the types that it
contains those that agree in what the port looks at are one group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from racesc.drawing import finite
from racesc.feeding import infeasible
from racesc.runtime.base import Base
from racesc.runtime.types import Tuple, Type, Var
from racesc.space.budget import Budget
from racesc.space.containment import Constants, bound_names, inside
from racesc.space.feeding import DONE, EXACT, ODD, Feeder
from racesc.space.forms import Form
from racesc.space.pieces import routes
from racesc.space.ports import Port, asks_different, codomain_shape, getter, port_of
from racesc.space.regular import drawable_inside
from racesc.space.vectors import Vector
from racesc.space.vectors import parts as parts_of
from racesc.unify import bind, has_class, variables

# One type's vector, all types, how many composites; whether it is not regular.
Group = tuple[Vector, tuple[int, ...], int, bool]


class Crowd:
    """Types by number, each with how many composites end in it."""

    def __init__(self, weights: Mapping[int, int], feeder: Feeder) -> None:
        # What is too deep to be fed onwards is no part either.
        self.weights = {n: m for n, m in weights.items() if not feeder.is_bare(n)}
        self.feeder = feeder
        self.forms: dict[int, Form] = {}
        self._cells: dict[int, dict[Any, list[int]]] = {}
        self._groups: dict[Any, list[Group]] = {}
        self._kinds: list[list[tuple[Form, Group]]] | None = None
        for number in self.weights:
            form = feeder.forms[number]
            if id(form) not in self.forms:
                self.forms[id(form)] = form
                self._cells[id(form)] = {}
            cells = self._cells[id(form)]
            cells.setdefault(form.part_cell(feeder.vectors[number]), []).append(number)

    def groups(
        self, form: Form, pattern: Type, looks: tuple[int, ...] | None
    ) -> list[Group]:
        """The types of one shape that a pattern contains, those that agree at some
        positions (None: at all) together."""
        key = (id(form), pattern, looks)
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = self._grouped(form, pattern, looks)
        return found

    def _grouped(
        self, form: Form, pattern: Type, looks: tuple[int, ...] | None
    ) -> list[Group]:
        vectors, types = self.feeder.vectors, self.feeder.types
        chosen: list[int] = []
        for key, numbers in self._cells[id(form)].items():
            known = form.contained.get((key, pattern))
            if known is None:
                known = inside(types[numbers[0]], pattern)
                form.contained[key, pattern] = known
            if known:
                chosen += numbers
        alike: dict[Any, list[int]] = {}
        look = None if looks is None else getter(looks)
        for number in chosen:
            vector = vectors[number]
            if look is None:
                alike[vector] = [number]
            elif form.odd(vector):
                alike[ODD, vector] = [number]
            else:
                alike.setdefault(look(vector), []).append(number)
        return [self._group(form, each) for each in alike.values()]

    def kinds(self) -> list[list[tuple[Form, Group]]]:
        """The types in groups by what a bare type variable can tell: classes, and
        whether there are surely values to draw. Each group by its shapes."""
        if self._kinds is None:
            vectors, types = self.feeder.vectors, self.feeder.types
            found: dict[Any, dict[int, list[int]]] = {}
            for number in self.weights:
                form = self.feeder.forms[number]
                odd = form.odd(vectors[number])
                kind = _kind(types[number] if odd else form.like, odd)
                found.setdefault(kind, {}).setdefault(id(form), []).append(number)
            self._kinds = [
                [
                    (self.forms[key], self._group(self.forms[key], numbers))
                    for key, numbers in shapes.items()
                ]
                for shapes in found.values()
            ]
        return self._kinds

    def _group(self, form: Form, numbers: list[int]) -> Group:
        vector = self.feeder.vectors[numbers[0]]
        many = sum(map(self.weights.__getitem__, numbers))
        return vector, tuple(numbers), many, form.odd(vector)


def _kind(type_: Type, odd: bool) -> tuple[bool, ...]:
    if odd:
        drawable = finite(type_, {}) and not infeasible(type_, {})
    else:
        drawable = drawable_inside(type_)
    return drawable, has_class(type_, "Ord"), has_class(type_, "Num")


class Tuples:
    """Who takes tuples; ``feeder`` says what comes out. With a ``budget``, which goes with
    ``DONE`` alone, results that are not within it are left out."""

    def __init__(self, feeder: Feeder) -> None:
        self.feeder = feeder
        self._ports: dict[Any, Port | None] = {}
        self._shapes: dict[Any, int] = {}
        self._ready: set[int] = set()
        patterns: dict[Type, None] = {}
        for base in feeder.bases:
            for parameter in base.parameters:
                patterns[parameter.type] = None
                if isinstance(parameter.type, Tuple):
                    patterns.update(dict.fromkeys(parameter.type.items))
        self._patterns = tuple(patterns)

    def crowd(self, weights: Mapping[int, int]) -> Crowd:
        """Types, made ready for being parts of tuples."""
        for number in weights:
            form = self.feeder.forms[number]
            if id(form) not in self._ready:
                self._ready.add(id(form))
                self._prepare(form)
        return Crowd(weights, self.feeder)

    def _prepare(self, form: Form) -> None:
        """Find the constants that a shape's ends are compared with in tuples."""
        lows: dict[int, set[Any]] = {}
        highs: dict[int, set[Any]] = {}
        for pattern in self._patterns:
            if bind(pattern, form.like, {}):
                Constants(lows, highs).add(pattern, form.layout)
        form.part_lows = [(at, sorted(known)) for at, known in sorted(lows.items())]
        form.part_highs = [(at, sorted(known)) for at, known in sorted(highs.items())]

    # ── totals ────────────────────────────────────────────────────────────────

    def totals(
        self, crowds: Sequence[Crowd], results: int, budget: Budget | None = None
    ) -> Iterator[tuple[int, int, dict[int, int]]]:
        """For everything that takes such tuples: piece, way, and how many tuples give
        each result."""
        known: dict[Any, dict[int, int]] = {}
        for index, base in enumerate(self.feeder.bases):
            for way, patterns in tuple_ways(base, len(crowds)):
                key = (id(base), way, patterns)
                found = known.get(key)
                if found is None:
                    found = known[key] = {}
                    blocks = self._patterned(
                        crowds, base, way, patterns, results, budget
                    )
                    for block, result in blocks:
                        many = prod([group[2] for group in block])
                        found[result] = found.get(result, 0) + many
                if found:
                    yield index, way, found

    def blocks(
        self,
        crowds: Sequence[Crowd],
        base: Base,
        way: int,
        results: int,
        budget: Budget | None = None,
        shaped: bool = False,
    ) -> Iterator[tuple[tuple[Group, ...], int]]:
        """The tuples that one environment takes in one way, as blocks with one
        result. Where nothing follows, blocks may hold results of several shapes, or
        of one each if they are to be ``shaped``."""
        for known, patterns in tuple_ways(base, len(crowds)):
            if known == way:
                yield from self._patterned(
                    crowds, base, way, patterns, results, budget, shaped
                )

    def _patterned(
        self,
        crowds: Sequence[Crowd],
        base: Base,
        way: int,
        patterns: Sequence[Type],
        results: int,
        budget: Budget | None,
        shaped: bool = False,
    ) -> Iterator[tuple[tuple[Group, ...], int]]:
        if results == DONE and budget is None and _by_kind(base, way, patterns):
            yield from self._of_kinds(crowds, base, way, results, shaped)
            return
        if results != DONE and self.feeder.widening and base.classes:
            return  # a coarse count does without
        for forms in _fitting(crowds, patterns, {}):
            yield from self._shaped(crowds, base, way, patterns, forms, results, budget)

    def _shaped(
        self,
        crowds: Sequence[Crowd],
        base: Base,
        way: int,
        patterns: Sequence[Type],
        forms: Sequence[Form],
        results: int,
        budget: Budget | None,
    ) -> Iterator[tuple[tuple[Group, ...], int]]:
        port = self._port(base, way, forms)
        if port is None:
            return
        watched = port.needs
        if (results != DONE or budget) and watched is not None:
            looks = port.output.looks
            watched = None if looks is None else tuple(sorted({*watched, *looks}))
        groups: list[list[Group]] = []
        start = 0
        for crowd, form, pattern in zip(crowds, forms, patterns, strict=True):
            span = range(start, start + form.layout.stop)
            own = (
                None
                if watched is None
                else tuple(at - start for at in watched if at in span)
            )
            found = crowd.groups(form, pattern, own)
            if not found:
                return
            groups.append(found)
            start = span.stop
        feeder = self.feeder
        for block in product(*groups):
            vector: Vector = sum((group[0] for group in block), ())
            odd = any(group[3] for group in block)

            def typed(block: Sequence[Group] = block) -> Type:
                return self._type(block)

            if feeder.feeds(port, vector, odd, typed):
                if budget is None or budget.result(port, vector, odd, typed):
                    yield block, feeder.result(port, vector, odd, typed, results)

    def _of_kinds(
        self,
        crowds: Sequence[Crowd],
        base: Base,
        way: int,
        results: int,
        shaped: bool,
    ) -> Iterator[tuple[tuple[Group, ...], int]]:
        """Blocks for an environment that takes anything of some classes: the first
        shapes of each kind stand for the others."""
        feeder = self.feeder
        for kinds in product(*(crowd.kinds() for crowd in crowds)):
            block = tuple(kind[0][1] for kind in kinds)
            port = self._port(base, way, [kind[0][0] for kind in kinds])
            if port is None:
                continue
            vector: Vector = sum((group[0] for group in block), ())
            odd = any(group[3] for group in block)

            def typed(block: Sequence[Group] = block) -> Type:
                return self._type(block)

            if not feeder.feeds(port, vector, odd, typed):
                continue
            if shaped:
                for choice in product(*kinds):
                    block = tuple(group for _, group in choice)
                    yield block, self._shape(base, way, [form for form, _ in choice])
            else:
                merged = tuple(_merged([group for _, group in kind]) for kind in kinds)
                yield merged, feeder.result(port, vector, odd, typed, results)

    def answer(self, base: Base, way: int, numbers: Sequence[int], last: bool) -> int:
        """What an environment makes of a tuple of numbered types that it takes; if it
        is the last step, its shape alone."""
        feeder = self.feeder
        forms = [feeder.forms[number] for number in numbers]
        if last:
            return self._shape(base, way, forms)
        port = self._port(base, way, forms)
        assert port is not None
        vectors = [feeder.vectors[number] for number in numbers]
        odd = any(form.odd(v) for form, v in zip(forms, vectors, strict=True))

        def typed() -> Type:
            return Tuple(tuple(feeder.types[number] for number in numbers))

        vector: Vector = sum(vectors, ())
        return feeder.result(port, vector, odd, typed, EXACT)

    def _shape(self, base: Base, way: int, forms: Sequence[Form]) -> int:
        """What comes out for parts of some shapes, without refinements."""
        key = (id(base), way, *map(id, forms))
        found = self._shapes.get(key)
        if found is None:
            sample = Tuple(tuple(form.like for form in forms))
            given = dict(routes(base, sample))[way]
            found = self._shapes[key] = self.feeder.bare(codomain_shape(base, given))
        return found

    def _type(self, block: Sequence[Group]) -> Type:
        types = self.feeder.types
        return Tuple(tuple(types[group[1][0]] for group in block))

    def _port(self, base: Base, way: int, forms: Sequence[Form]) -> Port | None:
        key = (id(base), way, *map(id, forms))
        if key not in self._ports:
            sample = Tuple(tuple(form.like for form in forms))
            self._ports[key] = tuple_port(base, way, sample, self.feeder.level)
        return self._ports[key]


def tuple_port(base: Base, way: int, sample: Type, level: int) -> Port | None:
    """The port for tuples of a shape, None where there is none of this way."""
    given = dict(routes(base, sample)).get(way)
    if given is None:
        return None
    several = next(iter(given.values())) != sample
    port = port_of(base, given, several, parts_of(sample), level, {}, {})
    types = {p.name: p.type for p in base.parameters}
    if port is not None and any(
        types[name] != declared for name, declared in port.declared.items()
    ):
        # Parts are compared with what is written, not with such ends.
        port.ask()
    return port


def _fitting(
    crowds: Sequence[Crowd], patterns: Sequence[Type], where: Mapping[str, Type]
) -> Iterator[tuple[Form, ...]]:
    """The shapes that patterns fit side by side: a type variable in two of them has
    one shape."""
    if not crowds:
        yield ()
        return
    for form in crowds[0].forms.values():
        bound = dict(where)
        if bind(patterns[0], form.like, bound):
            for rest in _fitting(crowds[1:], patterns[1:], bound):
                yield form, *rest


def _merged(groups: Sequence[Group]) -> Group:
    """Groups of several shapes as one."""
    numbers = tuple(number for group in groups for number in group[1])
    vector, _, _, odd = groups[0]
    return vector, numbers, sum(group[2] for group in groups), odd


def _by_kind(base: Base, way: int, patterns: Sequence[Type]) -> bool:
    """Whether kinds of types settle whether they are taken: every component, or the
    whole tuple, stands for a type variable of its own, and of nothing that is drawn
    different items are asked for."""
    if not all(isinstance(pattern, Var) for pattern in patterns):
        return False
    whole = patterns[0] == Var("?0")
    if not whole and len(set(patterns)) < len(patterns):
        return False
    parameters = base.parameters[way - 1 : way] if whole and way else base.parameters
    fed = parameters[: 1 if whole else len(patterns)]
    names = {parameter.name for parameter in fed}
    filled = {name for parameter in fed for name in variables(parameter.type)}
    for parameter in base.parameters:
        if parameter.name in names:
            continue
        if any(name in names for _, name in bound_names(parameter.type)):
            return False
        if asks_different(parameter.type) and filled & set(variables(parameter.type)):
            return False
    return True


def tuple_ways(base: Base, count: int) -> Iterator[tuple[int, tuple[Type, ...]]]:
    """The ways in which an environment may take a tuple of so many components, and the
    patterns that they meet."""
    ports = [p.type for p in base.parameters]
    anything = tuple(Var(f"?{index}") for index in range(count))
    wholes = [
        port.items
        if isinstance(port, Tuple) and len(port.items) == count
        else anything
        if isinstance(port, Var)
        else None
        for port in ports
    ]
    if len(ports) == 1:
        if wholes[0] is not None:
            yield 0, wholes[0]
        return
    if len(ports) >= count:
        yield 0, tuple(ports[:count])
    if wholes and wholes[0] is not None and isinstance(ports[0], Tuple):
        yield 0, wholes[0]
    for index, whole in enumerate(wholes):
        if whole is not None:
            yield index + 1, whole

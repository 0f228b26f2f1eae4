"""The rule FEED for the space: who takes a value, and what comes out.

Agrees with ``racesc.feeding.feed``, which it asks once for each case that differs in
something the rule looks at:

- which ports contain a type is decided by where its ends lie among the constants that
  ports of its shape mention, so types in the same gaps are one case;
- what comes out depends on those refinements alone that the signature's bounds speak
  of, and on what its variables stand for.

Environments with one signature are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from racesc.drawing import HIGHEST, drawn_type, finite
from racesc.feeding import DEFAULTS, Fed, Given, feed, infeasible
from racesc.intervals import atoms, ground
from racesc.runtime.base import Base
from racesc.runtime.bounds import Expression
from racesc.runtime.types import (
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
    Var,
)
from racesc.space.shapes import shape_text
from racesc.space.vectors import HIGH, LOW, Part, Shape, Vector, ends, flat, measured
from racesc.space.vectors import parts as parts_of
from racesc.unify import bind, children, has_class, instantiate, variables, within

if TYPE_CHECKING:
    from racesc.space.pieces import Piece

REFUSED = -1
Taker = tuple[int, int, int]  # piece, way, number of the result's type


@dataclass(frozen=True)
class _Declared:
    """What ``feed`` looks at of a declaration."""

    base: Base


def fed_base(
    base: Base,
    given: Mapping[str, Type],
    defaults: tuple[Type, ...] = DEFAULTS,
    level: int = HIGHEST,
) -> Fed | None:
    """What the checker says of a base environment that is fed types; None where it
    refuses."""
    fed = feed(
        _Declared(base),  # type: ignore[arg-type]
        {name: Given(type_) for name, type_ in given.items()},
        defaults=defaults,
        level=level,
    )
    return None if fed.misfits else fed


@dataclass
class _Port:
    """One signature fed in one way by types of one shape.

    ``spread`` are the parameters that are filled, by the components of a tuple where
    they are several. ``contained`` says that containment is a matter of constants
    alone. ``looks`` are the positions on which everything else depends (all, where it
    is None), ``needs`` those on which it depends whether the port can be fed at all:
    ``free`` says that there are none.
    """

    base: Base
    spread: tuple[str, ...]
    several: bool
    looks: tuple[int, ...] | None
    needs: tuple[int, ...] | None
    contained: bool
    free: bool
    results: dict[Any, int] = field(default_factory=dict)
    possible: dict[Any, bool] = field(default_factory=dict)
    sample: Fed | None = None
    asked: bool = False
    shape: str = ""  # of the result, as text
    key: Any = None
    need: Any = None  # as ``key``, for whether the port can be fed at all

    def given(self, type_: Type) -> dict[str, Type]:
        """What each parameter gets of a value's type."""
        if self.several:
            assert isinstance(type_, Tuple)
            return dict(zip(self.spread, type_.items, strict=True))
        return {self.spread[0]: type_}


@dataclass
class _Form:
    """All about one shape: its ports, in library order, and the constants that they
    compare a type's ends with."""

    ports: list[tuple[int, int, _Port]]
    lows: list[tuple[int, list[Any]]]
    highs: list[tuple[int, list[Any]]]
    others: tuple[int, ...]
    classes: dict[Any, list[tuple[int, int, _Port]]] = field(default_factory=dict)
    counts: dict[int, tuple[int, int, list[tuple[int, _Port]]]] = field(
        default_factory=dict
    )
    shapes: dict[int, tuple[dict[str, int], list[_Port]]] = field(default_factory=dict)


class Feeder:
    """Who takes a value of a type, and what comes out; every answer is kept.

    Types are numbered: ``types[number(t)] == t``.
    """

    def __init__(self, pieces: Sequence[Piece], level: int = HIGHEST) -> None:
        self.pieces = pieces
        self.level = level
        self.types: list[Type] = []
        self._numbers: dict[Type, int] = {}
        self._flat: list[tuple[_Form, Vector]] = []
        self._forms: dict[Shape, _Form] = {}
        self._signatures: dict[Any, Base] = {}
        self._tuple_ports: dict[Any, _Port | None] = {}
        self._bases = [self._merged(piece.base) for piece in pieces]

    def _merged(self, base: Base) -> Base:
        """The first base environment with the same signature."""
        key = (
            base.parameters,
            base.codomain,
            base.classes,
            base.levels,
            base.sample is None,
        )
        return self._signatures.setdefault(key, base)

    def number(self, type_: Type) -> int:
        """A type's number."""
        found = self._numbers.get(type_)
        if found is None:
            shape, vector = flat(type_)
            form = self._forms.get(shape)
            if form is None:
                form = self._forms[shape] = self._form(type_)
            found = self._numbers[type_] = len(self.types)
            self.types.append(type_)
            self._flat.append((form, vector))
        return found

    def takers(self, number: int) -> Iterator[Taker]:
        """Who takes a value of a type, in library order."""
        form, vector = self._flat[number]
        for piece, way, port in self._contained(form, vector, number):
            result = self._result(port, vector, number)
            if result != REFUSED:
                yield piece, way, result

    def count(self, number: int) -> tuple[int, int]:
        """How many functional and relational takers there are, without their
        results."""
        form, vector = self._flat[number]
        ports = self._contained(form, vector, number)
        known = form.counts.get(id(ports))
        if known is None:
            sure, rest = [0, 0], []
            for piece, _, port in ports:
                many = self.pieces[piece].relational
                if port.free:
                    sure[many] += 1
                else:
                    rest.append((int(many), port))
            known = form.counts[id(ports)] = sure[0], sure[1], rest
        found = [known[0], known[1]]
        for kind, port in known[2]:
            if self._possible(port, vector, number):
                found[kind] += 1
        return found[0], found[1]

    def pool(self, number: int) -> int:
        """How many functional environments take a value of a type plainly."""
        form, vector = self._flat[number]
        return sum(
            way == 0
            and not self.pieces[piece].relational
            and (port.free or self._possible(port, vector, number))
            for piece, way, port in self._contained(form, vector, number)
        )

    def _possible(self, port: _Port, vector: Vector, number: int) -> bool:
        key: Any = vector if port.need is None else port.need(vector)
        found = port.possible.get(key)
        if found is None:
            codomain = self._settled(port, port.given(self.types[number]))
            found = port.possible[key] = codomain is not None
            if codomain is not None and not port.shape:
                port.shape = shape_text(codomain)
        return found

    def shapes(self, number: int) -> dict[str, int]:
        """What the takers of a type answer, refinements dropped, and how often."""
        form, vector = self._flat[number]
        ports = self._contained(form, vector, number)
        known = form.shapes.get(id(ports))
        if known is None:
            sure: dict[str, int] = {}
            for _, _, port in ports:
                if port.free:
                    if not port.shape:
                        assert port.sample is not None
                        port.shape = shape_text(port.sample.codomain)
                    sure[port.shape] = sure.get(port.shape, 0) + 1
            rest = [port for _, _, port in ports if not port.free]
            known = form.shapes[id(ports)] = sure, rest
        found = dict(known[0])
        for port in known[1]:
            if self._possible(port, vector, number):
                found[port.shape] = found.get(port.shape, 0) + 1
        return found

    # ── tuples ────────────────────────────────────────────────────────────────

    def tuples(
        self, parts: Sequence[Sequence[int]], last: bool
    ) -> Iterator[tuple[int, int, list[tuple[int, ...]], int]]:
        """Who takes a tuple whose components have one of these types each: piece, way,
        the types of each component that lead to one result, and that result.

        The components' types are first sorted out one by one: only tuples that may be
        taken are put together. Where the result is the ``last`` value, only its shape
        matters: results of one shape are one then.
        """
        shaped: list[dict[Shape, list[int]]] = []
        for numbers in parts:
            groups: dict[Shape, list[int]] = {}
            for number in numbers:
                groups.setdefault(flat(self.types[number])[0], []).append(number)
            shaped.append(groups)
        for index, base in enumerate(self._bases):
            for way, patterns in _tuple_ways(base, len(parts)):
                choices = [
                    [
                        group
                        for group in groups.values()
                        if bind(pattern, self.types[group[0]], {})
                    ]
                    for pattern, groups in zip(patterns, shaped, strict=True)
                ]
                for chosen in product(*choices):
                    for names, result in self._blocks(
                        base, way, patterns, chosen, last
                    ):
                        yield index, way, names, result

    def _blocks(
        self,
        base: Base,
        way: int,
        patterns: Sequence[Type],
        chosen: Sequence[Sequence[int]],
        last: bool,
    ) -> Iterator[tuple[list[tuple[int, ...]], int]]:
        """One way of taking tuples of one shape, cut into blocks with one result."""
        from racesc.space.pieces import routes

        sample = Tuple(tuple(self.types[group[0]] for group in chosen))
        given = dict(routes(base, sample)).get(way)
        if given is None:
            return
        several = next(iter(given.values())) != sample
        layout = parts_of(sample)
        port = self._tuple_port(base, way, given, several, layout, sample)
        if port is None:
            return
        watched = port.needs if last else port.looks
        groups: list[dict[Any, list[int]]] = []
        for part, pattern, numbers in zip(
            layout.children, patterns, chosen, strict=True
        ):
            span = range(part.start, part.stop)
            looks = [
                at - part.start
                for at in (span if watched is None else watched)
                if at in span
            ]
            alike: dict[Any, list[int]] = {}
            for number in numbers:
                if inside(self.types[number], pattern):
                    vector = self._flat[number][1]
                    key = tuple(vector[at] for at in looks)
                    alike.setdefault(key, []).append(number)
            groups.append(alike)
        for block in product(*(alike.values() for alike in groups)):
            type_ = Tuple(tuple(self.types[numbers[0]] for numbers in block))
            vector = tuple(
                entry for numbers in block for entry in self._flat[numbers[0]][1]
            )
            if not self._inside(port, type_):
                continue
            result = self._looked_up(port, vector, type_)
            if result != REFUSED:
                yield [tuple(numbers) for numbers in block], result

    def _tuple_port(
        self,
        base: Base,
        way: int,
        given: Mapping[str, Type],
        several: bool,
        layout: Part,
        sample: Tuple,
    ) -> _Port | None:
        key = (id(base), way, flat(sample)[0])
        if key not in self._tuple_ports:
            self._tuple_ports[key] = self._port(base, given, several, layout, {}, {})
        return self._tuple_ports[key]

    # ── one case ──────────────────────────────────────────────────────────────

    def _contained(
        self, form: _Form, vector: Vector, number: int
    ) -> list[tuple[int, int, _Port]]:
        """The ports that contain a type, or may."""
        key = (
            *[
                bisect_right(known, vector[at]) if vector[at] is not None else -1
                for at, known in form.lows
            ],
            *[
                bisect_left(known, vector[at]) if vector[at] is not None else -1
                for at, known in form.highs
            ],
            *[vector[at] for at in form.others],
        )
        found = form.classes.get(key)
        if found is None:
            type_ = self.types[number]
            known: dict[int, bool] = {}
            found = []
            for piece, way, port in form.ports:
                if id(port) not in known:
                    known[id(port)] = self._inside(port, type_)
                if known[id(port)]:
                    found.append((piece, way, port))
            form.classes[key] = found
        return found

    def _inside(self, port: _Port, type_: Type) -> bool:
        """Whether a value lies in a port whose bounds are constants."""
        given = port.given(type_)
        declared = {p.name: p.type for p in port.base.parameters}
        if not all(inside(t, declared[name]) for name, t in given.items()):
            return False
        # Where what else is drawn depends on nothing fed, one case stands for all.
        return not port.free or self._sampled(port, given) is not None

    def _sampled(self, port: _Port, given: Mapping[str, Type]) -> Fed | None:
        """What the checker says of the first value that lies in the port."""
        if not port.asked:
            port.asked = True
            port.sample = fed_base(port.base, given, level=self.level)
        return port.sample

    def _result(self, port: _Port, vector: Vector, number: int) -> int:
        return self._looked_up(port, vector, self.types[number])

    def _looked_up(self, port: _Port, vector: Vector, type_: Type) -> int:
        key: Any = vector if port.looks is None else port.key(vector)
        found = port.results.get(key)
        if found is None:
            codomain = self._codomain(port, type_)
            found = REFUSED if codomain is None else self.number(codomain)
            port.results[key] = found
        return found

    def _codomain(self, port: _Port, type_: Type) -> Type | None:
        given = port.given(type_)
        if port.free:
            assert port.sample is not None
            where = dict(port.sample.where)
            bound: dict[str, Type] = {}
            for parameter in port.base.parameters:
                if parameter.name in given:
                    bind(parameter.type, given[parameter.name], bound)
            where.update(bound)
            local = {
                p.name: given[p.name] if p.name in given else port.sample.types[p.name]
                for p in port.base.parameters
            }
            return ground(instantiate(port.base.codomain, where), local)
        return self._settled(port, given)

    def _settled(self, port: _Port, given: Mapping[str, Type]) -> Type | None:
        """The rule itself (``racesc.feeding._settle``), without reasons for refusals."""
        base = port.base
        where: dict[str, Type] = {}
        for parameter in base.parameters:
            if parameter.name in given:
                type_ = given[parameter.name]
                if not bind(parameter.type, type_, where):
                    return None
                # Constant bounds first: they refuse most, and cost little.
                if not inside(type_, parameter.type):
                    return None
        for name, classes in base.classes:
            if name not in where:
                where[name] = default_type(classes)
        local = {
            p.name: given.get(p.name) or instantiate(p.type, where)
            for p in base.parameters
        }
        for parameter in base.parameters:
            name = parameter.name
            if name in given:
                if not port.contained:
                    type_ = instantiate(parameter.type, where)
                    if not within(given[name], type_, local):
                        return None
                continue
            type_ = local[name]
            if infeasible(type_, local):
                return None
            local[name] = drawn_type(base, name, type_, local, self.level)
        if base.sample is None:
            for name, type_ in local.items():
                if name not in given and not finite(type_, local):
                    return None
        return ground(instantiate(base.codomain, where), local)

    # ── one shape ─────────────────────────────────────────────────────────────

    def _form(self, type_: Type) -> _Form:
        """Everything about a type's shape."""
        from racesc.space.pieces import routes

        layout = parts_of(type_)
        ports: list[tuple[int, int, _Port]] = []
        made: dict[tuple[int, tuple[str, ...], bool], _Port | None] = {}
        lows: dict[int, set[Any]] = {}
        highs: dict[int, set[Any]] = {}
        for index, base in enumerate(self._bases):
            for way, given in routes(base, type_):
                several = len(given) > 1 or (
                    isinstance(type_, Tuple) and next(iter(given.values())) != type_
                )
                key = (id(base), tuple(given), several)
                if key not in made:
                    made[key] = self._port(base, given, several, layout, lows, highs)
                port = made[key]
                if port is not None:
                    ports.append((index, way, port))
        numeric = {at for at, _ in _numeric(layout)}
        return _Form(
            ports,
            [(at, sorted(known)) for at, known in sorted(lows.items())],
            [(at, sorted(known)) for at, known in sorted(highs.items())],
            tuple(at for at in range(layout.stop) if at not in numeric),
        )

    def _port(
        self,
        base: Base,
        given: Mapping[str, Type],
        several: bool,
        layout: Part,
        lows: dict[int, set[Any]],
        highs: dict[int, set[Any]],
    ) -> _Port | None:
        """A port for a shape; None where constructors or classes do not fit."""
        where: dict[str, Type] = {}
        declared = {p.name: p.type for p in base.parameters}
        for name, type_ in given.items():
            if not bind(declared[name], type_, where):
                return None
        for variable, classes in base.classes:
            known = where.get(variable)
            if known is not None and not all(has_class(known, c) for c in classes):
                return None
        places = dict(
            zip(given, layout.children if several else (layout,), strict=True)
        )
        constants = _Constants(lows, highs)
        for name, part in places.items():
            constants.add(declared[name], part)
        counts: dict[str, int] = {}
        for name in given:
            for variable in _all_variables(declared[name]):
                counts[variable] = counts.get(variable, 0) + 1
        contained = constants.simple and all(n == 1 for n in counts.values())
        looks, needs = _looks(base, places, constants.variables)
        if not contained and looks is not None and needs is not None:
            looks = constants.watched(places, declared, counts, looks)
            needs = constants.watched(places, declared, counts, needs)
        free = needs == ()
        port = _Port(base, tuple(given), several, looks, needs, contained, free)
        if looks is not None:
            port.key = itemgetter(*looks) if looks else _nothing
        if looks is not None and needs is not None:
            port.need = itemgetter(*needs) if needs else _nothing
        return port


def inside(type_: Type, port: Type) -> bool:
    """Whether a ground type of a port's shape lies in the port, as far as the port's
    bounds are constants: ``unify.within`` for that case. Variables hold everything."""
    if isinstance(port, (Int, Rat)):
        assert isinstance(type_, (Int, Rat))
        low, high = type_.low, type_.high
        if port.nonzero and not (
            type_.nonzero
            or (low is not None and low > 0)  # type: ignore[operator]
            or (high is not None and high < 0)  # type: ignore[operator]
        ):
            return False
        return _between((low, high), (port.low, port.high))
    if isinstance(port, Str):
        assert isinstance(type_, Str)
        if port.alphabet is not None and type_.length[1] != 0:
            letters = type_.alphabet
            if letters is None or not set(letters) <= set(port.alphabet):
                return False
        return _between(type_.length, port.length)
    if isinstance(port, (List, Set)):
        assert isinstance(type_, (List, Set))
        longest = type_.length[1]
        if isinstance(port, List) and isinstance(type_, List):
            few = longest is not None and longest <= 1  # type: ignore[operator]
            if (port.distinct and not (type_.distinct or few)) or (
                port.sorted and not (type_.sorted or few)
            ):
                return False
        return _between(type_.length, port.length) and (
            longest == 0 or inside(type_.item, port.item)
        )
    if isinstance(port, Matrix):
        assert isinstance(type_, Matrix)
        return (
            _between(type_.rows, port.rows)
            and _between(type_.cols, port.cols)
            and inside(type_.item, port.item)
        )
    if isinstance(port, Graph):
        assert isinstance(type_, Graph)
        return _between(type_.nodes, port.nodes) and (
            port.weight is None
            or type_.weight is None
            or inside(type_.weight, port.weight)
        )
    if isinstance(port, Tuple):
        assert isinstance(type_, Tuple)
        return all(map(inside, type_.items, port.items))
    if isinstance(port, Labels):
        assert isinstance(type_, Labels)
        return set(type_.labels) <= set(port.labels)
    if isinstance(port, Newtype):
        assert isinstance(type_, Newtype)
        return all(map(inside, type_.arguments, port.arguments))
    return True


def _between(inner: tuple[Any, Any], outer: tuple[Any, Any]) -> bool:
    low, high = outer
    if isinstance(low, Expression):
        low = None
    if isinstance(high, Expression):
        high = None
    return (low is None or (inner[0] is not None and low <= inner[0])) and (
        high is None or (inner[1] is not None and inner[1] <= high)
    )


def default_type(classes: tuple[str, ...]) -> Type:
    """What a variable stands for that nothing binds."""
    for type_ in DEFAULTS:
        if all(has_class(type_, name) for name in classes):
            return type_
    return DEFAULTS[0]


def _tuple_ways(base: Base, count: int) -> Iterator[tuple[int, tuple[Type, ...]]]:
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


def _nothing(vector: Vector) -> None:
    return None


def _all_variables(type_: Type) -> Iterator[str]:
    """Variables, as often as they occur."""
    if isinstance(type_, Var):
        yield type_.name
    for child in children(type_):
        yield from _all_variables(child)


class _Constants:
    """Collects the constants of a port's bounds by the position that they meet.

    ``simple`` is False where a bound is no constant; ``variables`` maps type variables
    to the positions of what stands in their place.
    """

    def __init__(self, lows: dict[int, set[Any]], highs: dict[int, set[Any]]) -> None:
        self.lows = lows
        self.highs = highs
        self.simple = True
        self.variables: dict[str, list[tuple[int, int]]] = {}
        self.compared: set[int] = set()

    def watched(
        self,
        places: Mapping[str, Part],
        declared: Mapping[str, Type],
        counts: Mapping[str, int],
        looks: tuple[int, ...],
    ) -> tuple[int, ...] | None:
        """``looks`` and what containment depends on beside constants: the values that
        meet bounds which are no constants, what those bounds speak of, and what stands
        for a variable in several places."""
        found = {*looks, *self.compared}
        for name, count in counts.items():
            if count > 1:
                for start, stop in self.variables[name]:
                    found.update(range(start, stop))
        for name in places:
            for kind, other in _atoms(declared[name]):
                if other in places:
                    positions = measured(places[other], kind)
                    if positions is None:
                        return None
                    found.update(positions)
        return tuple(sorted(found))

    def add(self, port: Type, part: Part) -> None:
        """A port's pattern over a part of the shape."""
        if isinstance(port, Var):
            self.variables.setdefault(port.name, []).append((part.start, part.stop))
            return
        # 0 and 1 decide what `nonzero`, `distinct` and empty collections mean.
        for at, side, bound in ends(port, part.start):
            if isinstance(bound, Expression):
                self.simple = False
                own = 3 if isinstance(port, (Int, Rat)) else 2
                first = at - (side == HIGH)
                self.compared.update(range(first, first + own))
                continue
            known = (self.lows if side == LOW else self.highs).setdefault(at, set())
            known.update((-1, 0, 1))
            known.add(Fraction(-1, 10**9) if side == HIGH else Fraction(1, 10**9))
            if bound is not None:
                known.add(bound)
        inside: tuple[Type, ...]
        if isinstance(port, Newtype):
            inside = port.arguments
        elif isinstance(port, Graph):
            inside = () if port.weight is None else (port.weight,)
        else:
            inside = children(port)
        for item, child in zip(inside, part.children, strict=True):
            self.add(item, child)


def _numeric(part: Part) -> Iterator[tuple[int, str]]:
    """The positions of numeric ends in a layout."""
    for at, side, _ in ends(part.type, part.start):
        yield at, side
    for child in part.children:
        yield from _numeric(child)


def _looks(
    base: Base,
    places: Mapping[str, Part],
    bound: Mapping[str, Sequence[tuple[int, int]]],
) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """The positions on which feasibility or result depends, and those on which
    feasibility does (None: perhaps all)."""
    looks: set[int] = set()
    needs: set[int] = set()
    outside: list[tuple[Type, bool]] = [(base.codomain, True)]
    outside += [(p.type, False) for p in base.parameters if p.name not in places]
    for type_, result in outside:
        found = looks if result else needs
        for name in variables(type_):
            for start, stop in bound.get(name, ()):
                found.update(range(start, stop))
        for kind, name in _atoms(type_):
            if name in places:
                positions = measured(places[name], kind)
                if positions is None:
                    return None, None
                found.update(positions)
    for level in base.levels:
        for atom in atoms(level.bound):
            if atom.name in places and level.parameter not in places:
                positions = measured(places[atom.name], atom.kind)
                if positions is None:
                    return None, None
                needs.update(positions)
    return tuple(sorted(looks | needs)), tuple(sorted(needs))


def _atoms(type_: Type) -> Iterator[tuple[str, str]]:
    for _, _, end in ends(type_, 0):
        for atom in atoms(end):
            yield atom.kind, atom.name
    inside = type_.arguments if isinstance(type_, Newtype) else children(type_)
    for child in inside:
        yield from _atoms(child)

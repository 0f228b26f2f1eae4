"""One signature fed in one way by the types of one shape, and what decides there.

- Whether a port contains a type depends on where the type's ends lie among the port's
  constants, and on more only where the port's bounds speak of other fed values.
- Whether what is left can be drawn depends on ``needs``; mostly on nothing.
- What comes out depends on ``looks``: for most signatures a compiled function of a few
  refinements (``results.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from racesc.drawing import HIGHEST, drawn_type, finite
from racesc.feeding import DEFAULTS, Fed, Given, feed, infeasible
from racesc.intervals import atoms, ground, interval
from racesc.runtime.base import Base
from racesc.runtime.types import Bool, List, Set, Tuple, Type, Var
from racesc.space.conditions import (
    Condition,
    containment,
    drawable,
    settled_port,
    surely_finite,
)
from racesc.space.containment import (
    Constants,
    Limit,
    bound_names,
    inside,
    limits,
    numeric,
)
from racesc.space.ends import NotPlain
from racesc.space.regular import drawable_inside
from racesc.space.results import Function, Measures, Result, result
from racesc.space.shapes import bare
from racesc.space.vectors import HIGH, LOW, Part, Vector, ends, inner, measured, source
from racesc.subsume import within
from racesc.unify import bind, children, has_class, instantiate, variables

Breaks = tuple[list[Any], list[Any]]  # see near.py

MOST_DENSE = 128  # numbers that are constants of their own for one port's sake

# What stands for the types of drawn parameters that bounds may not speak of.
FED, NARROWED = Var("fed"), Var("narrowed")


@dataclass(frozen=True)
class _Declared:
    """What ``feed`` looks at of a declaration."""

    base: Base


def fed_base(
    base: Base,
    given: Mapping[str, Type],
    defaults: tuple[Type, ...] = DEFAULTS,
    level: int = HIGHEST,
    whole: bool = False,
) -> Fed | None:
    """What the checker says of a base environment that is fed types; None where it
    refuses. ``whole``: what is drawn must suit every value that may be fed."""
    fed = feed(
        _Declared(base),  # type: ignore[arg-type]
        {name: Given(type_) for name, type_ in given.items()},
        defaults=defaults,
        whole=whole,
        level=level,
    )
    return None if fed.misfits else fed


@dataclass(frozen=True, slots=True)
class Output:
    """What comes out of a port: its ``shape``, without refinements; ``looks`` are the
    positions on which it depends (None: perhaps all), which ``key`` gets; ``result`` is
    how it is computed, where there is a formula."""

    shape: Type
    looks: tuple[int, ...] | None
    key: Callable[[Vector], Any]
    result: Result | None

    @property
    def function(self) -> Function | None:
        """What comes out as a function of what is fed, if there is one."""
        return None if self.result is None else self.result.function


def _no_results() -> tuple[dict[Any, int], ...]:
    return {}, {}, {}, {}


@dataclass(slots=True)
class Port:
    """One signature fed in one way by types of one shape.

    ``spread`` are the parameters that are filled, by the components of a tuple where
    they are ``several``. ``limits`` are what regular types have to keep to be held, as far
    as bounds are constants, and ``contained`` says that nothing else is asked of them. ``looks`` are the positions on which the result depends, ``needs`` those on
    which it depends whether the port can be fed at all (None: perhaps all). ``sure``:
    what it contains can be fed, if it is regular; ``firm``: also
    if it is not, where what stands at the places ``filled`` can be drawn. ``by_class``: that is the same for all types of a class
    (``forms.py``). ``check`` decides
    whether the port can be fed, where there is a formula. ``declared`` are the fed
    parameters' types with ends made numbers where nothing fed decides them. ``known``
    is what has come out before, by what the port looks at, for each way in which
    results may matter (``feeding.py``).
    """

    base: Base
    spread: tuple[str, ...]
    several: bool
    level: int
    declared: Mapping[str, Type]
    contained: bool = False
    limits: tuple[Limit | str, ...] = ()
    needs: tuple[int, ...] | None = None
    sure: bool = False
    firm: bool = False
    filled: tuple[tuple[Type, int, int], ...] = ()
    by_class: bool = False
    check: Callable[[Vector], bool] | None = None
    need: Callable[[Vector], Any] | None = None
    possible: dict[Any, bool] = field(default_factory=dict)
    known: tuple[dict[Any, int], ...] = field(default_factory=_no_results)
    breaks: dict[int, Breaks] | None = None
    form: Any = None  # of the result
    some: int = -1  # the number of that
    text: str = ""  # the same as people read it
    fits: bool | None = None  # whether a sure port can be fed at all
    write: Callable[[], Output] | None = None
    _output: Output | None = None

    @property
    def output(self) -> Output:
        """What comes out; found when somebody asks."""
        if self._output is None:
            assert self.write is not None
            self._output = self.write()
        return self._output

    def fitting(self, typed: Callable[[], Type]) -> bool:
        """Whether a port that is sure can be fed at all; ``typed`` makes a type that it
        holds."""
        if self.fits is None:
            self.fits = self.settled(typed()) is not None
        return self.fits

    def ask(self) -> None:
        """Ask the rule itself about every type."""
        self.contained = self.sure = self.by_class = False
        self.check, self.needs, self.need = None, None, getter(None)

    def given(self, type_: Type) -> dict[str, Type]:
        """What each parameter gets of a value's type."""
        if self.several:
            assert isinstance(type_, Tuple)
            return dict(zip(self.spread, type_.items, strict=True))
        return {self.spread[0]: type_}

    def holds(self, type_: Type) -> bool:
        """Whether a type lies in the port, as far as bounds are constants."""
        return all(inside(t, self.declared[n]) for n, t in self.given(type_).items())

    def settled(self, type_: Type) -> Type | None:
        """The codomain for a type; None where the port refuses it."""
        return settled(self.base, self.given(type_), self.contained, self.level)


def settled(
    base: Base, given: Mapping[str, Type], contained: bool, level: int
) -> Type | None:
    """The rule itself (``racesc.feeding._settle``), without reasons for refusals."""
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
        p.name: given.get(p.name) or instantiate(p.type, where) for p in base.parameters
    }
    for parameter in base.parameters:
        name = parameter.name
        if name in given:
            if not contained:
                type_ = instantiate(parameter.type, where)
                if not within(given[name], type_, local):
                    return None
            continue
        type_ = local[name]
        if infeasible(type_, local):
            return None
        local[name] = drawn_type(base, name, type_, local, level)
    if base.sample is None:
        for name, type_ in local.items():
            if name not in given and not finite(type_, local):
                return None
    return ground(instantiate(base.codomain, where), local)


def port_of(
    base: Base,
    given: Mapping[str, Type],
    several: bool,
    layout: Part,
    level: int,
    lows: dict[int, set[Any]],
    highs: dict[int, set[Any]],
) -> Port | None:
    """A port for a shape; None where constructors or classes do not fit. The constants
    that it compares ends with are added to ``lows`` and ``highs``, by position."""
    where: dict[str, Type] = {}
    declared = {p.name: p.type for p in base.parameters if p.name in given}
    for name, type_ in given.items():
        if not bind(declared[name], type_, where):
            return None
    for variable, classes in base.classes:
        known = where.get(variable)
        if known is not None and not all(has_class(known, c) for c in classes):
            return None
    places = dict(zip(given, layout.children if several else (layout,), strict=True))
    measures = _measures(base, places, where, level)
    if measures is not None:
        for name in declared:
            declared[name] = settled_port(declared[name], measures.context, places)
    constants = Constants(lows, highs)
    for name, part in places.items():
        constants.add(declared[name], part)
    port = Port(base, tuple(given), several, level, declared)
    defaults = {name: default_type(classes) for name, classes in base.classes}
    # What stands for a variable in several places lies in its hull: no question.
    port.contained = constants.simple
    port.limits = tuple(
        one for name, part in places.items() for one in limits(declared[name], part)
    )
    looks, needs = _looks(base, places, constants.variables)

    def write(looks: Any = looks, drawn: Any = needs) -> Output:
        made = None
        if measures is not None:
            made = result(
                base.codomain,
                Measures(places, measures.context),
                constants.variables,
                constants.parts,
                defaults,
            )
        if made is not None:
            looks = made.looks
        elif looks is not None and drawn is not None:
            looks = tuple(sorted({*looks, *drawn}))  # what is drawn may be spoken of
        return Output(codomain_shape(base, given), looks, getter(looks), made)

    port.write = write
    found = None if measures is None else _conditions(port, measures)
    if found is not None:
        needs = tuple(sorted(frozenset().union(*(one.positions for one in found))))
        port.check = _function(found)
    elif not port.contained and needs is not None:
        needs = constants.watched(places, declared, needs)
    port.sure = needs == () and (port.contained or found is not None)
    if port.sure and found is not None:
        port.fits = True  # what is drawn has been looked at
    if port.fits and measures is not None and not measures.assumed:
        drawn = [p.type for p in base.parameters if p.name not in given]
        filled = {name for type_ in drawn for name in variables(type_)} & where.keys()
        spans = [span for name in filled for span in constants.variables[name]]
        port.firm = len(spans) == len(filled)
        port.filled = tuple(
            (constants.parts[name], *constants.variables[name][0])
            for name in sorted(filled)
        )
    if not port.sure and measures is not None and needs is not None:
        port.by_class = _dense(port, measures, needs, lows, highs)
    port.needs = needs
    port.need = getter(needs)
    return port


def codomain_shape(base: Base, given: Mapping[str, Type]) -> Type:
    """What comes out for types of some shapes, without refinements."""
    where: dict[str, Type] = {}
    for parameter in base.parameters:
        if parameter.name in given:
            bind(parameter.type, given[parameter.name], where)
    for name, classes in base.classes:
        where.setdefault(name, default_type(classes))
    return bare(instantiate(base.codomain, where))


def _conditions(port: Port, measures: Measures) -> list[Condition] | None:
    """What decides whether a port can be fed; None where the rule has to be asked."""
    context = measures.context
    found: list[Condition | None] = []
    try:
        for parameter in port.base.parameters:
            name = parameter.name
            part = measures.places.get(name)
            if part is not None:
                found += containment(port.declared[name], part, measures)
            elif context[name] == FED:
                return None
            else:
                found += drawable(parameter.type, measures, port.declared)
        if port.base.sample is None and not surely_finite(context, measures):
            return None
    except NotPlain:
        return None
    return [one for one in found if one is not None]


def _dense(
    port: Port,
    measures: Measures,
    needs: Sequence[int],
    lows: dict[int, set[Any]],
    highs: dict[int, set[Any]],
) -> bool:
    """Make every number that decides whether a port can be fed a constant of its own,
    where there are few; whether that settles the matter for every class."""
    ranges: dict[int, tuple[str, int, int]] = {}
    numbers: set[int] = set()
    for name, part in measures.places.items():
        numbers.update(at for at, _ in numeric(part))
        for at, side, low, high in _ranges(port.declared[name], part, measures.context):
            ranges[at] = side, low, high
    wanted = [at for at in needs if at in numbers]
    if any(
        at not in ranges or ranges[at][2] - ranges[at][1] > MOST_DENSE for at in wanted
    ):
        return False
    for at in wanted:
        side, low, high = ranges[at]
        known = lows if side == LOW else highs
        known.setdefault(at, set()).update(range(low, high + 1))
    return True


def _ranges(
    type_: Type, part: Part, context: Mapping[str, Type]
) -> Iterator[tuple[int, str, int, int]]:
    """Between which numbers the ends of a fed type lie: position, side, numbers."""
    if isinstance(type_, Var):
        return
    found = list(ends(type_, part.start))
    for (at, _, low), (_, _, high) in zip(found[::2], found[1::2], strict=True):
        first, last = interval(low, context).low, interval(high, context).high
        if isinstance(first, int) and isinstance(last, int):
            yield at, LOW, first, last
            yield at + 1, HIGH, first, last
    for child, below in zip(inner(type_), part.children, strict=True):
        yield from _ranges(child, below, context)


def _function(conditions: Sequence[Condition]) -> Callable[[Vector], bool] | None:
    if not conditions:
        return None
    code = " and ".join(f"({one.code})" for one in conditions)
    check: Callable[[Vector], bool] = eval(source(f"lambda v: {code}"))
    return check


def getter(positions: tuple[int, ...] | None) -> Callable[[Vector], Any]:
    if positions is None:
        return _whole
    return itemgetter(*positions) if positions else _nothing


def _whole(vector: Vector) -> Vector:
    return vector


def _nothing(vector: Vector) -> None:
    return None


def _measures(
    base: Base, places: Mapping[str, Part], bound: Mapping[str, Type], level: int
) -> Measures | None:
    """What the bounds of a signature speak of; None where what is drawn is drawn from
    other types for other values, in a way that bounds do not say."""
    where = {name: default_type(classes) for name, classes in base.classes}
    context: dict[str, Type] = {p.name: p.type for p in base.parameters}
    for parameter in base.parameters:
        name, type_ = parameter.name, parameter.type
        if name in places:
            continue
        filled = [bound[variable] for variable in variables(type_) if variable in bound]
        if filled:
            if not all(map(drawable_inside, filled)) or asks_different(type_):
                context[name] = FED  # as what is fed: no bound may speak of it
                continue
            # What its items are is no matter: of regular ones it can be drawn.
            type_ = instantiate(type_, dict.fromkeys(bound, Bool()))
        type_ = instantiate(type_, where)
        lined = any(line.parameter == name for line in base.levels)
        dependent = any(True for _ in bound_names(type_))
        if lined and (dependent or any(a.name != "level" for a in _lines(base, name))):
            # Levels narrow it in ways that bounds do not say: none may speak of it.
            if not finite(type_, context):
                return None
            context[name] = NARROWED
            continue
        context[name] = drawn_type(base, name, type_, context, level)
    return Measures(places, context)


def asks_different(type_: Type) -> bool:
    """Whether a type asks for different items."""
    return (
        isinstance(type_, Set)
        or (isinstance(type_, List) and type_.distinct)
        or any(map(asks_different, children(type_)))
    )


def _lines(base: Base, name: str) -> Iterator[Any]:
    for line in base.levels:
        if line.parameter == name:
            yield from atoms(line.bound)


def default_type(classes: tuple[str, ...]) -> Type:
    """What a variable stands for that nothing binds."""
    for type_ in DEFAULTS:
        if all(has_class(type_, name) for name in classes):
            return type_
    return DEFAULTS[0]


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
    for type_, comes_out in outside:
        found = looks if comes_out else needs
        for name in variables(type_):
            for start, stop in bound.get(name, ()):
                found.update(range(start, stop))
        for kind, name in bound_names(type_):
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
    return tuple(sorted(looks)), tuple(sorted(needs))

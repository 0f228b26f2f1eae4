"""The rule FEED: one base environment, some parameters given, the rest to be drawn.

`semantics.md` section 1. Nothing here knows syntax; mistakes come back as data, and
``compose.py`` says them at the right place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from racesc.compare import provably_at_most
from racesc.declare import DeclaredBase
from racesc.drawing import HIGHEST, drawn_type, finite
from racesc.emptiness import cardinality
from racesc.intervals import Context, atoms, ground, interval, rename_type
from racesc.runtime.base import Base
from racesc.runtime.bounds import Bound, Operation
from racesc.runtime.types import (
    Bool,
    Graph,
    Int,
    List,
    Matrix,
    Newtype,
    Range,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
)
from racesc.subsume import within
from racesc.unify import UNKNOWN, bind, has_class, instantiate, variables
from racesc.witness import counterexample

# What a variable that nothing binds is drawn as, tried in this order.
DEFAULTS: tuple[Type, ...] = (
    Int(-99, 99),
    Str((1, 8), "abcdefghijklmnopqrstuvwxyz"),
    Bool(),
    Rat(-9, 9),
    List(Int(-9, 9), (1, 6)),
)


NO_CONTEXT: Context = MappingProxyType({})


@dataclass(frozen=True)
class Given:
    """A parameter that is not drawn: fed a type, or fixed to a literal's value.

    ``name`` is the context's name of the fed value, where it has one.
    """

    type: Type = UNKNOWN
    name: str | None = None
    literal: bool = False
    value: Any = None


@dataclass(frozen=True)
class Misfit:
    """Why a base environment cannot stand here.

    ``kind`` is one of constructor, refinement, class, infeasible, unbounded; ``port``
    the port's type as it was compared; ``witness`` a value outside it, in a 1-tuple.
    """

    kind: str
    parameter: str
    incoming: Type = UNKNOWN
    port: Type = UNKNOWN
    witness: tuple[Any] | None = None
    variable: str = ""
    wanted: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Fed:
    """A base environment with its parameters settled.

    ``types`` are the parameters' types (fed ones as they come, drawn ones as they are
    drawn), ``codomain`` the result's type over the outer context's names alone.
    ``narrow`` are the drawn parameters' types where they must suit every fed value, and
    then also the types of the fed ones.
    """

    where: dict[str, Type]
    types: dict[str, Type]
    codomain: Type
    misfits: tuple[Misfit, ...] = ()
    fixed: dict[str, Any] = field(default_factory=dict)
    narrow: dict[str, Type] = field(default_factory=dict)


def feed(
    declared: DeclaredBase,
    given: Mapping[str, Given],
    explicit: tuple[Type, ...] = (),
    context: Context = NO_CONTEXT,
    defaults: tuple[Type, ...] = DEFAULTS,
    whole: bool = False,
    level: int = HIGHEST,
) -> Fed:
    """Settle the parameters of a base environment in an outer context.

    ``explicit`` binds its type variables in order; ``defaults`` are tried for those
    that stay unbound. With ``whole`` what is drawn must suit every value that may be
    fed, not only the one at hand: inside MAP, ITERATE and FOLD, where it is drawn once
    for all, and behind a step `as model`, where the model chooses the value. Drawn
    parameters have the types from which levels 1..``level`` draw.
    """
    where, misfits = bound(declared.base, given, explicit, context, defaults)
    if misfits:
        return Fed(where, {}, UNKNOWN, tuple(misfits))
    return _settle(declared, given, where, context, whole, level)


def bound(
    base: Base,
    given: Mapping[str, Given],
    explicit: tuple[Type, ...] = (),
    context: Context = NO_CONTEXT,
    defaults: tuple[Type, ...] = DEFAULTS,
) -> tuple[dict[str, Type], list[Misfit]]:
    """What the type variables of a base environment stand for, given as to ``feed``,
    and what does not match."""
    where: dict[str, Type] = dict(
        zip((name for name, _ in base.classes), explicit, strict=False)
    )
    fixed_where = dict(where)
    misfits: list[Misfit] = []
    for parameter in base.parameters:
        here = given.get(parameter.name)
        if here is None or not variables(parameter.type) and not here.literal:
            if here is not None and not bind(parameter.type, here.type, where):
                misfits.append(
                    Misfit("constructor", parameter.name, here.type, parameter.type)
                )
            continue
        incoming = ground(here.type, context)
        if not bind(parameter.type, incoming, where):
            port = instantiate(parameter.type, where)
            misfits.append(Misfit("constructor", parameter.name, incoming, port))
    where.update(fixed_where)
    if misfits:
        return where, misfits
    for name, classes in base.classes:
        known = where.get(name)
        if known is None:
            where[name] = _default(classes, defaults)
            continue
        for wanted in classes:
            if not has_class(known, wanted):
                misfits.append(Misfit("class", "", known, variable=name, wanted=wanted))
    return where, misfits


def _default(classes: tuple[str, ...], defaults: tuple[Type, ...]) -> Type:
    for type_ in defaults:
        if all(has_class(type_, name) for name in classes):
            return type_
    return DEFAULTS[0]


def _settle(
    declared: DeclaredBase,
    given: Mapping[str, Given],
    where: dict[str, Type],
    context: Context,
    whole: bool,
    level: int,
) -> Fed:
    base = declared.base
    local: dict[str, Type] = dict(context)
    names: dict[str, str | Bound] = {}
    types: dict[str, Type] = {}
    misfits: list[Misfit] = []
    narrow: dict[str, Type] = {}
    varying = set(context)
    for parameter in base.parameters:
        here = given.get(parameter.name)
        if here is not None and here.name is not None:
            names[parameter.name] = here.name
            continue
        own = _fresh(parameter.name, local)
        names[parameter.name] = own
        if here is not None:
            local[own] = here.type
            if not here.literal:
                varying.add(own)
        else:
            # Types of drawn parameters speak of those before them, by their new names.
            local[own] = rename_type(instantiate(parameter.type, where), names)
    for parameter in base.parameters:
        port = rename_type(instantiate(parameter.type, where), names)
        here = given.get(parameter.name)
        if here is not None:
            types[parameter.name] = here.type
            if not within(here.type, port, local):
                misfits.append(_outside(parameter.name, here.type, port, local))
                # What follows is judged as if it fitted: one message per mistake.
                if here.name is None:
                    local[str(names[parameter.name])] = port
            continue
        own = str(names[parameter.name])
        reason = infeasible(port, local)
        if not reason and whole and _mentions(port, varying):
            port = narrow[parameter.name] = _least(port, local)
            reason = infeasible(port, local)
        if reason:
            misfits.append(
                Misfit("infeasible", parameter.name, port=port, reason=reason)
            )
            continue
        drawn = drawn_type(base, parameter.name, port, local, level)
        local[own] = drawn
        types[parameter.name] = drawn
    if narrow:
        # An empty list has no item to feed: what stands for one must suit them too.
        for name, here in given.items():
            if not here.literal and here.type != UNKNOWN and finite(here.type, local):
                narrow[name] = ground(here.type, local)
    # A sampler knows nothing of narrower types: then the types alone are drawn from.
    if base.sample is None or narrow:
        for parameter in base.parameters:
            name = parameter.name
            if name in types and name not in given and not finite(types[name], local):
                misfits.append(Misfit("unbounded", name, port=types[name]))
    codomain = rename_type(instantiate(base.codomain, where), names)
    codomain = ground(codomain, local, frozenset(context))
    fixed = {name: g.value for name, g in given.items() if g.literal}
    return Fed(where, types, codomain, tuple(misfits), fixed, narrow)


def _fresh(name: str, taken: Mapping[str, Type]) -> str:
    while name in taken:
        name += "'"
    return name


def _outside(parameter: str, incoming: Type, port: Type, context: Context) -> Misfit:
    inner, outer = ground(incoming, context), _least(port, context)
    return Misfit(
        "refinement", parameter, inner, port, witness=counterexample(inner, outer)
    )


def _least(port: Type, context: Context) -> Type:
    """A ground type that lies inside the port whatever the context holds: what is
    outside it may be refused."""
    return _ends(port, lambda low, high: (_top(low, context), _bottom(high, context)))


def _top(bound: Bound, context: Context) -> Bound:
    return None if bound is None else interval(bound, context).high


def _bottom(bound: Bound, context: Context) -> Bound:
    return None if bound is None else interval(bound, context).low


def _ends(type_: Type, change: Any) -> Type:
    """A type with every range replaced by ``change(low, high)``."""
    if isinstance(type_, (Int, Rat)):
        low, high = change(type_.low, type_.high)
        return replace(type_, low=low, high=high)
    if isinstance(type_, Str):
        return replace(type_, length=change(*type_.length))
    if isinstance(type_, (List, Set)):
        return replace(
            type_, item=_ends(type_.item, change), length=change(*type_.length)
        )
    if isinstance(type_, Matrix):
        return Matrix(
            _ends(type_.item, change), change(*type_.rows), change(*type_.cols)
        )
    if isinstance(type_, Graph):
        return replace(type_, nodes=change(*type_.nodes))
    if isinstance(type_, Tuple):
        return Tuple(tuple(_ends(item, change) for item in type_.items))
    return type_


def _mentions(type_: Type, names: set[str]) -> bool:
    found: list[str] = []

    def look(low: Bound, high: Bound) -> Range:
        found.extend(atom.name for bound in (low, high) for atom in atoms(bound))
        return low, high

    _ends(type_, look)
    return any(name in names for name in found)


# ── feasibility ───────────────────────────────────────────────────────────────


def infeasible(type_: Type, context: Context) -> str:
    """Why a type may have no value for some values of the context, or "".

    `feasible(e, i, t)`: every lower end is provably at most its upper end.
    """
    if isinstance(type_, (Int, Rat)):
        if not _nonempty(type_.low, type_.high, context):
            return "its range may be empty"
        if type_.nonzero and isinstance(type_, Int):
            if not (
                provably_at_most(1, type_.high, context)
                or provably_at_most(type_.low, -1, context)
            ):
                return "0 may be the only value of its range"
        return ""
    if isinstance(type_, Str):
        if type_.alphabet == "" and interval(type_.length[1], context).high != 0:
            return "no character may be used"
        return "" if _nonempty(*type_.length, context) else "its length may be empty"
    if isinstance(type_, (List, Set)):
        if not _nonempty(*type_.length, context):
            return "its length may have no value"
        if interval(type_.length[1], context).high == 0:
            return ""
        if isinstance(type_, Set) or type_.distinct:
            count = _fewest(type_.item, context)
            if count is not None and not provably_at_most(
                type_.length[0], count, context
            ):
                return "there may be too few different items"
        return infeasible(type_.item, context)
    if isinstance(type_, Matrix):
        if not (_nonempty(*type_.rows, context) and _nonempty(*type_.cols, context)):
            return "its size may have no value"
        return infeasible(type_.item, context)
    if isinstance(type_, Graph):
        if not _nonempty(*type_.nodes, context):
            return "its number of nodes may have no value"
        return "" if type_.weight is None else infeasible(type_.weight, context)
    if isinstance(type_, Tuple):
        for item in type_.items:
            reason = infeasible(item, context)
            if reason:
                return reason
        return ""
    if isinstance(type_, Newtype):
        return infeasible(type_.body, context)
    return ""


def _fewest(item: Type, context: Context) -> Bound:
    """How many values an item type has at least, as a bound; None for many."""
    if isinstance(item, Int) and item.low is not None and item.high is not None:
        count: Bound = Operation("+", Operation("-", item.high, item.low), 1)
        return Operation("-", count, 1) if item.nonzero else count
    return cardinality(item, context)


def _nonempty(low: Bound, high: Bound, context: Context) -> bool:
    return low is None or high is None or provably_at_most(low, high, context)

"""The pieces of the space: base environments in scope, as sources and as steps.

A *source* is an environment with everything drawn, once per default type that a
polymorphic one allows. A *place* is an environment and the way in which it is fed: its
first parameter (or, for a tuple, its first parameters), or another one by `p: _`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from racesc.drawing import HIGHEST
from racesc.feeding import DEFAULTS
from racesc.runtime.base import Base, Parameter
from racesc.runtime.types import Tuple, Type
from racesc.show_types import type_text
from racesc.space.feeding import fed_base
from racesc.space.routing import PLAIN
from racesc.typed import TypedEnvironment
from racesc.unify import bind


@dataclass(frozen=True)
class Piece:
    """A base environment in scope; ``name`` is how an expression writes it."""

    name: str
    base: Base
    relational: bool


@dataclass(frozen=True)
class Source:
    """A piece at the head of a composite, its type variables settled."""

    piece: int
    text: str
    type: Type
    parameters: tuple[Parameter, ...]
    relational: bool


@dataclass(frozen=True)
class Place:
    """A piece as a step. ``way`` is PLAIN, or 1 + the index of the parameter named."""

    piece: int
    way: int
    text: str
    relational: bool


def pieces_of(scope: Sequence[TypedEnvironment]) -> tuple[Piece, ...]:
    """The base environments of a scope in order (its module's own come first). A name
    that two modules have is written with its module."""
    bases = [one for one in scope if one.base is not None]
    counts = Counter(one.name for one in scope)
    found = []
    for one in bases:
        assert one.base is not None
        name = one.name if counts[one.name] == 1 else one.qualified
        found.append(Piece(name, one.base, one.relational))
    return tuple(found)


def sources_of(pieces: Sequence[Piece], level: int = HIGHEST) -> tuple[Source, ...]:
    """Every source as it is drawn up to a level, in library order, then in the order
    of the default types."""
    found = []
    for index, piece in enumerate(pieces):
        seen = set()
        for default in DEFAULTS:
            order = (default, *(other for other in DEFAULTS if other != default))
            fed = fed_base(piece.base, {}, order, level)
            if fed is None:
                continue
            kinds = tuple(fed.where[name] for name, _ in piece.base.classes)
            if kinds in seen:
                continue
            seen.add(kinds)
            text = piece.name
            if kinds:
                text += f"[{', '.join(map(type_text, kinds))}]"
            parameters = tuple(
                Parameter(p.name, fed.types[p.name]) for p in piece.base.parameters
            )
            found.append(
                Source(index, text, fed.codomain, parameters, piece.relational)
            )
            if not piece.base.classes:
                break
    return tuple(found)


def places_of(pieces: Sequence[Piece]) -> tuple[Place, ...]:
    """Every place, in library order, then PLAIN, then by parameter."""
    found = []
    for index, piece in enumerate(pieces):
        names = [p.name for p in piece.base.parameters]
        for way in range(len(names) + 1) if names else ():
            text = piece.name
            if way != PLAIN:
                text += f"({names[way - 1]}: _)"
            found.append(Place(index, way, text, piece.relational))
    return tuple(found)


def routes(base: Base, type_: Type) -> Iterator[tuple[int, Mapping[str, Type]]]:
    """The ways in which a value can come in, and what each parameter then gets: the
    checker's rule for what comes in (``Judge._receive``).

    Ways that mean the same as an earlier one are left out.
    """
    names = [p.name for p in base.parameters]
    if not names:
        return
    if not isinstance(type_, Tuple) or len(names) == 1:
        yield PLAIN, {names[0]: type_}
        first = 1
    else:
        port = base.parameters[0].type
        parts = type_.items
        whole = isinstance(port, Tuple) and bind(port, type_, {})
        spread = len(parts) <= len(names) and all(
            bind(p.type, t, {}) for p, t in zip(base.parameters, parts, strict=False)
        )
        # Where both fit, the plain form is ambiguous and illegal.
        if whole and not spread:
            yield PLAIN, {names[0]: type_}
        elif spread and not whole:
            yield PLAIN, dict(zip(names, parts, strict=False))
        first = 1 if whole and not spread else 0
    for index in range(first, len(names)):
        yield index + 1, {names[index]: type_}

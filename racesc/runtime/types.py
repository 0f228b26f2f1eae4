"""Types as data: constructors with refinements, shared by compiler and packages.

A type whose bounds are all numbers or None is *ground*; a declared type's bounds may
be expressions over earlier parameters (``bounds.py``), and it may hold variables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from .bounds import Bound

Range = tuple[Bound, Bound]


@dataclass(frozen=True)
class Int:
    """`Int in low..high nonzero`; a missing end is None."""

    low: Bound = None
    high: Bound = None
    nonzero: bool = False


@dataclass(frozen=True)
class Rat:
    """`Rat in low..high nonzero`: exact fractions."""

    low: Bound = None
    high: Bound = None
    nonzero: bool = False


@dataclass(frozen=True)
class Bool:
    """`Bool`."""


@dataclass(frozen=True)
class Str:
    """`Str over "01" len 1..8`; ``alphabet`` is None (any character) or sorted
    distinct characters."""

    length: Range = (0, None)
    alphabet: str | None = None


@dataclass(frozen=True)
class List:
    """`List[T] len 1..8 distinct sorted`."""

    item: Type
    length: Range = (0, None)
    distinct: bool = False
    sorted: bool = False


@dataclass(frozen=True)
class Set:
    """`Set[T] len 1..8`."""

    item: Type
    length: Range = (0, None)


@dataclass(frozen=True)
class Matrix:
    """`Matrix[T] rows 1..5 cols 1..5`."""

    item: Type
    rows: Range = (1, None)
    cols: Range = (1, None)


@dataclass(frozen=True)
class Graph:
    """`Graph nodes 2..8`, `Digraph[Int in 1..9]`; ``weight`` types edge weights."""

    nodes: Range = (0, None)
    directed: bool = False
    weight: Type | None = None


@dataclass(frozen=True)
class Tuple:
    """`(T, U)`."""

    items: tuple[Type, ...]


@dataclass(frozen=True)
class Labels:
    """`"north" | "south"`: sorted distinct labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Newtype:
    """A nominal type: equal only to itself. ``name`` is qualified by its module."""

    name: str
    body: Type
    arguments: tuple[Type, ...] = ()


@dataclass(frozen=True)
class Var:
    """A type variable of a declared signature."""

    name: str


Type = Union[Int, Rat, Bool, Str, List, Set, Matrix, Graph, Tuple, Labels, Newtype, Var]

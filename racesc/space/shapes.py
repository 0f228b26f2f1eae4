"""Types without their refinements, as text."""

from __future__ import annotations

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
)
from racesc.show_types import type_text


def bare(type_: Type) -> Type:
    """A type with all its refinements dropped; labels stay, they are the type."""
    if isinstance(type_, (Int, Rat, Str)):
        return type(type_)()
    if isinstance(type_, (List, Set, Matrix)):
        return type(type_)(bare(type_.item))
    if isinstance(type_, Graph):
        weight = None if type_.weight is None else bare(type_.weight)
        return Graph(directed=type_.directed, weight=weight)
    if isinstance(type_, Tuple):
        return Tuple(tuple(map(bare, type_.items)))
    if isinstance(type_, Newtype):
        return Newtype(type_.name, type_.body, tuple(map(bare, type_.arguments)))
    return type_


def shape_text(type_: Type) -> str:
    """`List[Int]`: a type's constructors; any set of labels is `Labels`."""
    if isinstance(type_, Labels):
        return "Labels"
    return type_text(_unlabelled(bare(type_)))


def _unlabelled(type_: Type) -> Type:
    if isinstance(type_, Labels):
        return Newtype("Labels", type_)
    if isinstance(type_, (List, Set, Matrix)):
        return type(type_)(_unlabelled(type_.item))
    if isinstance(type_, Tuple):
        return Tuple(tuple(map(_unlabelled, type_.items)))
    return type_

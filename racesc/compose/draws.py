"""What a part draws, so that loops can tell whether it depends on what they feed, and
what there is to say where it grows with that."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from typing import Any

from racesc.compose.terms import Typed
from racesc.errors.composition import ParameterMayNotFit
from racesc.operators.sequential import Sequential
from racesc.operators.step import Step
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.types import Type

Draws = tuple[tuple[str, Type], ...]


def draws(node: Node, fed: Collection[str]) -> Draws:
    """The parameters that a node draws, anywhere in it, each with its type; ``fed``
    names those that are fed."""
    return tuple(_draws(node, fed))


def growing(operator: str, part: Typed, label: str) -> ParameterMayNotFit:
    """The mistake of a loop over a part that draws in a type which grows with what it is
    fed, so that its results need not fit what it takes."""
    return ParameterMayNotFit(
        f"{operator} feeds `{part.name}` its own result, which may outgrow what it takes",
        part.span,
        label,
        notes=(
            f"what `{part.name}` draws is drawn once for all rounds, from a type that "
            "grows with what it is fed",
        ),
        help="write an argument for each parameter that is drawn in a type variable",
    )


def _draws(node: Node, fed: Collection[str]) -> Iterator[tuple[str, Type]]:
    if isinstance(node, Brick):
        for name, type_ in node.types.items():
            if name not in fed and name not in node.fixed:
                yield name, type_
    elif isinstance(node, Sequential):
        for place, step in enumerate(node.steps):
            yield from _draws(step.node, {*step.feeds, *(() if place else fed)})
    else:
        for one in fields(node):  # type: ignore[arg-type]
            yield from _inside(getattr(node, one.name))


def _inside(thing: Any) -> Iterator[tuple[str, Type]]:
    if isinstance(thing, Step):
        yield from _draws(thing.node, thing.feeds)
    elif isinstance(thing, Node):
        yield from _draws(thing, ())
    elif isinstance(thing, tuple):
        for one in thing:
            yield from _inside(one)


__all__ = ["Draws", "draws", "growing"]

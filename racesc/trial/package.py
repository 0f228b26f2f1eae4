"""What is emitted for a trial: environments, type instances, and the sides of laws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from racesc.drawing import drawn_type
from racesc.feeding import DEFAULTS
from racesc.intervals import ground
from racesc.operators.sequential import Sequential
from racesc.operators.step import Source as Feed
from racesc.operators.step import Step
from racesc.runtime.base import Base, Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.types import Type
from racesc.typed import Law, TypedEnvironment
from racesc.unify import has_class

Where = dict[str, Type]


def trial_package(
    environments: Sequence[TypedEnvironment],
) -> tuple[list[TypedEnvironment], dict[int, tuple[str, str]]]:
    """What the package under test holds: every environment, those too that cannot be
    drawn, and both sides of every law under names of their own (by the law's id)."""
    held: list[TypedEnvironment] = []
    names: dict[int, tuple[str, str]] = {}
    for environment in environments:
        node = environment.node
        if node is None and environment.base is not None:
            node = Brick(environment.base, instances(environment.base)[0])
        if node is not None:
            held.append(replace(environment, node=node))
        for law in environment.laws:
            sides = law_sides(environment, law)
            if sides is None:
                continue
            named = ["", ""]
            for index, side in enumerate(sides):
                if side is not None:
                    named[index] = f"law_{len(names)}_{('left', 'right')[index]}"
                    held.append(
                        replace(environment, name=named[index], node=side, base=None)
                    )
            names[id(law)] = (named[0], named[1])
    return held, names


def law_sides(
    environment: TypedEnvironment, law: Law
) -> tuple[Node | None, Node | None] | None:
    """Both sides of a law as nodes with one port; None where a side draws parameters
    of its own, because two draws need not agree."""
    base = environment.base
    if base is None or not isinstance(environment.node, Brick):
        return None
    # As the law was typed: what the head is fed, not all that it could be.
    head = base.parameters[0].name
    declared = environment.node.types[head]
    port = Parameter("x", ground(drawn_type(base, head, declared, {}), {}))
    sides = [side and fed_through(side, port) for side in (law.left, law.right)]
    if any(
        side is None and given is not None
        for side, given in zip(sides, (law.left, law.right), strict=True)
    ):
        return None
    return sides[0], sides[1]


def fed_through(node: Node, port: Parameter) -> Node | None:
    """A chain whose head takes the port's value and that draws nothing itself."""
    steps = node.steps if isinstance(node, Sequential) else (Step(node),)
    built = []
    for index, step in enumerate(steps):
        inner = step.node
        if not isinstance(inner, Brick):
            return None
        feeds = step.feeds
        if index == 0:
            fed = next(iter(feeds), inner.ports[0].name)
            feeds = {fed: Feed(None, port.name)}
        if any(parameter.name not in feeds for parameter in inner.ports):
            return None
        built.append(Step(inner, feeds))
    return Sequential(tuple(built), parameters=(port,))


def instances(base: Base, most: int = 5) -> list[Where]:
    """Bindings of the type variables to try, the default first; one empty binding
    for an environment without variables."""
    names = [name for name, _ in base.classes]
    if not names:
        return [{}]
    choices = [
        [kind for kind in DEFAULTS if all(has_class(kind, each) for each in classes)]
        for _, classes in base.classes
    ]
    found = [
        dict(
            zip(
                names,
                [options[index % len(options)] for options in choices],
                strict=True,
            )
        )
        for index in range(max(map(len, choices)))
    ]
    found += [
        dict(zip(names, kinds, strict=True))
        for kinds in product(*(options[:2] for options in choices))
    ]
    unique = {repr(where): where for where in found}
    return list(unique.values())[:most]

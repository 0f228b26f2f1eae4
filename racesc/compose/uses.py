"""A base environment used as a step: the rules HEAD and FEED, said at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from racesc.compose.arguments import given_arguments
from racesc.compose.misfits import Standing
from racesc.compose.named import named_composite
from racesc.compose.terms import Flat, GivenArgument, Incoming, Locals, Typed
from racesc.declare import DeclaredBase
from racesc.errors.composition import InvalidOption, WrongArity
from racesc.errors.words import counted
from racesc.feeding import Fed, feed
from racesc.intervals import ground
from racesc.resolve import Scope, find_environment
from racesc.runtime.base import Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.text import show
from racesc.runtime.types import Type
from racesc.show_types import type_text
from racesc.syntax import CompositeDeclaration, Use
from racesc.unify import UNKNOWN

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


def use_environment(
    judge: Judge, flat: Flat, use: Use, incoming: Incoming | None, locals_: Locals
) -> Typed | None:
    found = find_environment(flat.scope, use.name, flat.span, judge.report)
    if found is None:
        return None
    owner, declared = found
    name = declared.name.text
    if isinstance(declared, CompositeDeclaration):
        return named_composite(judge, flat, use, owner, declared, incoming, locals_)
    base = judge.base(owner, name)
    if base is None or not base.sound:
        return None
    arguments = (*flat.extra, *(use.arguments or ()))
    given = given_arguments(
        judge, base.signature.parameters, use.name, arguments, flat, incoming, locals_
    )
    if given is None:
        return None
    policy = flat.policy or use.policy
    if policy is not None and not base.relational:
        judge.add(
            InvalidOption(
                f"`{name}` has one right answer, so it needs no policy",
                flat.site or use.span,
                f"leave out `as {policy}`",
                "one right answer",
            )
        )
        policy = None
    explicit = type_arguments(judge, flat.scope, use, base)
    if explicit is None:
        return None
    fed = feed(
        base,
        {key: each.given for key, each in given.items()},
        explicit,
        locals_.context,
        judge.defaults,
        judge.whole,
        judge.level,
    )
    if fed.misfits:
        standing = Standing(judge, flat, base, given, incoming, locals_)
        for misfit in fed.misfits:
            standing.report(misfit)
        return None
    return brick(judge, flat, use, base, fed, given, policy, incoming)


def brick(
    judge: Judge,
    flat: Flat,
    use: Use,
    base: DeclaredBase,
    fed: Fed,
    given: Mapping[str, GivenArgument],
    policy: str | None,
    incoming: Incoming | None,
) -> Typed:
    feeds = {
        name: argument.source
        for name, argument in given.items()
        if argument.source is not None
    }
    first = next(iter(feeds), "")
    free = [p.name for p in base.signature.parameters if p.name not in fed.fixed]
    node = Brick(
        base.base,
        {name: ground(t, {}) for name, t in fed.where.items()},
        fed.fixed,
        policy,
        first if free and first != free[0] else "",
        fed.narrow,
    )
    parameters = tuple(
        Parameter(p.name, fed.types[p.name])
        for p in base.signature.parameters
        if p.name not in given
    )
    return Typed(
        node,
        fed.codomain,
        parameters,
        use_text(judge, use, base, fed, given, policy, incoming),
        flat.span,
        use.name,
        relational=base.relational and policy != "canonical",
        feeds=feeds,
        policy=policy,
    )


def use_text(
    judge: Judge,
    use: Use,
    base: DeclaredBase,
    fed: Fed,
    given: Mapping[str, GivenArgument],
    policy: str | None,
    incoming: Incoming | None,
) -> str:
    """The canonical text of a base environment's use."""
    arguments = []
    names = [p.name for p in base.signature.parameters]
    holes = [n for n, a in given.items() if a.hole]
    free = [n for n in names if n not in fed.fixed]
    plain = bool(holes) and holes == free[: len(holes)]
    for name in names:
        argument = given.get(name)
        if argument is None:
            continue
        if argument.given.literal:
            shown = show(argument.given.value, argument.given.type)
            arguments.append(f"{name}: {shown}")
        elif argument.hole and not plain:
            arguments.append(f"{name}: _")
        elif argument.local:
            arguments.append(f"{name}: {argument.local}")
    text = base.declaration.name.text
    if use.type_arguments:
        text += f"[{', '.join(type_text(fed.where[n]) for n, _ in base.base.classes)}]"
    elif incoming is None and not given and base.base.classes:
        kinds = ", ".join(type_text(fed.where[n]) for n, _ in base.base.classes)
        text += f"[{kinds}]"
    if arguments:
        text += f"({', '.join(arguments)})"
    return f"{text} as {policy}" if policy else text


def type_arguments(
    judge: Judge, scope: Scope, use: Use, base: DeclaredBase
) -> tuple[Type, ...] | None:
    count = len(base.base.classes)
    if len(use.type_arguments) > count:
        judge.add(
            WrongArity(
                f"`{use.name}` takes {counted(count, 'type argument')}",
                use.span,
                f"{counted(len(use.type_arguments), 'type argument')} here",
            )
        )
        return None
    found = tuple(
        judge.elaborator.type(scope, written, {}, {}) for written in use.type_arguments
    )
    return None if UNKNOWN in found else found

"""Composites used by name that are one step: blocks, and those with a declared
signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from racesc.compose.arguments import given_arguments
from racesc.compose.blocks import block_of
from racesc.compose.flatten import flatten, free_parameters
from racesc.compose.misfits import outside_declared
from racesc.compose.terms import (
    NO_LOCALS,
    Ascription,
    Flat,
    GivenArgument,
    Incoming,
    Locals,
    Typed,
)
from racesc.errors.composition import InvalidOption, SignatureMismatch
from racesc.errors.words import counted, listed
from racesc.intervals import Context, ground
from racesc.resolve import Scope
from racesc.runtime.base import Parameter
from racesc.runtime.node import Node
from racesc.runtime.text import show
from racesc.runtime.types import Type
from racesc.subsume import within
from racesc.syntax import Argument, Block, CompositeDeclaration, Name, Operation, Use
from racesc.unify import mentions_unknown

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


def named_composite(
    judge: Judge,
    flat: Flat,
    use: Use,
    owner: Scope,
    declared: CompositeDeclaration,
    incoming: Incoming | None,
    locals_: Locals,
) -> Typed | None:
    """A named block or an ascribed composite as one step."""
    name = declared.name.text
    if judge.broken(owner, name):
        return None
    ascribed = judge.ascription(owner, name)
    assert ascribed is not None or isinstance(declared.value, Block)
    if use.policy or flat.policy:
        judge.add(
            InvalidOption(
                f"`{name}` is a composite; a policy belongs to a base environment",
                flat.site or use.span,
                "write the policy where the composite is declared",
            )
        )
        return None
    arguments = (*flat.extra, *(use.arguments or ()))
    parameters: tuple[Parameter, ...] = ()
    if ascribed is not None and ascribed.parameters is not None:
        parameters = ascribed.parameters
    given: dict[str, GivenArgument] = {}
    if arguments or incoming is not None:
        found = given_arguments(
            judge, parameters, use.name, arguments, flat, incoming, locals_
        )
        if found is None:
            return None
        given = found
    inner = replace(flat, scope=owner, site=flat.span, extra=())  # they are given
    return declared_composite(judge, inner, declared, ascribed, given, locals_)


def declared_composite(
    judge: Judge,
    flat: Flat,
    declared: CompositeDeclaration,
    ascribed: Ascription | None,
    given: Mapping[str, GivenArgument] = {},
    locals_: Locals = NO_LOCALS,
) -> Typed | None:
    """A composite with a declared signature, some of its parameters given."""
    from racesc.operators.step import Source

    name = declared.name.text
    parameters = (ascribed.parameters if ascribed else None) or ()
    context = _context(judge, flat, name, parameters, given, locals_)
    if context is None:
        return None
    inner = Locals(
        context,
        {name: Source(None, name) for name in context},
        {name: flat.span for name in context}
        if flat.site
        else {p.name.text: p.name.span for p in declared.parameters or ()},
        ascribed=None if isinstance(declared.value, Block) else declared,
    )
    nested = replace(flat, expression=declared.value)
    if isinstance(declared.value, Block):
        typed = block_of(judge, nested, declared.value, None, inner)
    else:
        typed = ascribed_chain(judge, nested, declared, parameters, inner)
    if typed is None:
        return None
    codomain = None if ascribed is None else ascribed.codomain
    fixed = {
        p.name: given[p.name].given.value
        for p in parameters
        if p.name in given and given[p.name].given.literal
    }
    sources = {key: argument.source for key, argument in given.items()}
    return replace(
        typed,
        node=_node(typed, context, fixed),
        value=typed.value if codomain is None else ground(codomain, context),
        inferred=typed.value,
        parameters=tuple(p for p in parameters if p.name not in given),
        text=typed.text if flat.site is None else _named_text(name, fixed, context),
        span=flat.span,
        name=name,
        feeds={key: source for key, source in sources.items() if source is not None},
        steps=typed.steps if flat.site is None else (),
        ascribed=codomain is not None,
    )


def _context(
    judge: Judge,
    flat: Flat,
    name: str,
    parameters: tuple[Parameter, ...],
    given: Mapping[str, GivenArgument],
    locals_: Locals,
) -> dict[str, Type] | None:
    """The parameters' types, narrower where they are given; reports what is given and
    lies outside the type that is declared."""
    context: dict[str, Type] = {}
    misfit = False
    for parameter in parameters:
        argument = given.get(parameter.name)
        if argument is None:
            context[parameter.name] = parameter.type
            continue
        incoming = ground(argument.given.type, locals_.context)
        if not within(incoming, parameter.type, context):
            misfit = True
            judge.add(
                outside_declared(name, parameter, incoming, argument, flat, context)
            )
        unknown = mentions_unknown(incoming)  # then what is declared is all there is
        context[parameter.name] = parameter.type if unknown else incoming
    return None if misfit else context


def _node(typed: Typed, context: Context, fixed: Mapping[str, Any]) -> Node:
    """A composite's node with the parameters that its signature gives it."""
    from racesc.operators.sequential import Sequential
    from racesc.operators.step import Step

    node = typed.node
    parameters = tuple(Parameter(name, type_) for name, type_ in context.items())
    if isinstance(node, Sequential):
        return replace(node, parameters=parameters, fixed=fixed or node.fixed)
    if not parameters:
        return node
    step = Step(node, dict(typed.feeds))
    return Sequential((step,), parameters=parameters, opaque=True, fixed=fixed)


def _named_text(name: str, fixed: Mapping[str, Any], types: Context) -> str:
    """A composite's use, with the arguments written for it."""
    shown = [f"{key}: {show(value, types[key])}" for key, value in fixed.items()]
    return f"{name}({', '.join(shown)})" if shown else name


def ascribed_chain(
    judge: Judge,
    flat: Flat,
    declared: CompositeDeclaration,
    parameters: tuple[Parameter, ...],
    inner: Locals,
) -> Typed | None:
    """A chain whose head takes the ascribed parameters, by position."""
    steps = flatten(judge, [flat])
    if steps is None:
        return None
    if parameters:
        head = steps[0]
        arguments = tuple(
            Argument(None, Name(p.name, span=flat.span), span=flat.span)
            for p in parameters
        )
        free = free_parameters(judge, head)
        takes = "" if free is None else listed(tuple(free), "and") or "nothing"
        operation = head.expression if isinstance(head.expression, Operation) else None
        if operation is not None and operation.fed is None:
            # An operator takes one value, whatever it calls it; PARALLEL takes none.
            none = operation.operator == "PARALLEL"
            free, takes = ([], "nothing") if none else ([""], "one value")
        if free is not None and len(free) != len(parameters):
            judge.add(
                SignatureMismatch(
                    declared.name.text,
                    f"its head has {counted(len(free), 'free parameter')}, not "
                    f"{len(parameters)}",
                    declared.name.span,
                    f"declared with {counted(len(parameters), 'parameter')}",
                    declared.value.span,
                    f"takes {takes}",
                )
            )
            return None
        if operation is not None and operation.fed is None:
            steps[0] = replace(head, expression=replace(operation, fed=arguments))
        elif operation is None:
            named = tuple(
                replace(argument, name=target)
                for argument, target in zip(arguments, free or (), strict=False)
            )
            steps[0] = replace(head, extra=(*head.extra, *named))
    typed = judge.steps(steps, None, inner)
    if typed is None:
        return None
    if len(typed) == 1:
        return typed[0]
    return judge.sequence(
        typed, judge.reward_of(declared.value, flat.scope) or "prefix"
    )

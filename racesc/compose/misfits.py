"""Why an environment cannot stand where it stands, and what could stand between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from racesc.compose.terms import (
    Flat,
    GivenArgument,
    Incoming,
)
from racesc.declare import DeclaredBase
from racesc.errors.composition import (
    DomainMismatch,
    ParameterMayNotFit,
    RefinementViolation,
    UnsatisfiedConstraint,
)
from racesc.errors.declarations import UnboundedSample
from racesc.feeding import Given, Misfit, feed
from racesc.runtime.text import show
from racesc.runtime.types import Type
from racesc.show_types import signature_text, type_text
from racesc.syntax import (
    BaseDeclaration,
)
from racesc.unify import UNKNOWN

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


def report_misfit(
    judge: Judge,
    misfit: Misfit,
    flat: Flat,
    base: DeclaredBase,
    given: Mapping[str, GivenArgument],
    incoming: Incoming | None,
) -> None:
    """Say why an environment cannot stand here."""
    name = base.declaration.name.text
    argument = given.get(misfit.parameter)
    port = type_text(misfit.port) if misfit.port != UNKNOWN else ""
    if misfit.kind == "class":
        cause = next((a.span for a in given.values() if a.source is not None), None)
        judge.add(
            UnsatisfiedConstraint(
                name,
                misfit.variable,
                misfit.wanted,
                type_text(misfit.incoming),
                flat.span,
                cause,
            )
        )
    elif misfit.kind == "unbounded":
        judge.add(UnboundedSample(name, misfit.parameter, port, flat.span))
    elif misfit.kind == "infeasible":
        judge.add(
            ParameterMayNotFit(
                f"`{misfit.parameter}` of `{name}` may have no value to draw: "
                f"{misfit.reason}",
                flat.span,
                f"draws `{misfit.parameter}: {port}`",
                None if incoming is None else incoming.span,
                "" if incoming is None else f"returns `{type_text(incoming.type)}`",
            )
        )
    elif argument is not None and argument.given.literal:
        shown = show(argument.given.value, argument.given.type)
        judge.add(
            ParameterMayNotFit(
                f"`{misfit.parameter}` of `{name}` cannot always be `{shown}`",
                argument.span or flat.span,
                f"takes `{port}`",
                None if incoming is None else incoming.span,
                "" if incoming is None else f"returns `{type_text(incoming.type)}`",
            )
        )
    elif argument is not None:
        report_mismatch(judge, misfit, flat, base, argument, port)


def report_mismatch(
    judge: Judge,
    misfit: Misfit,
    flat: Flat,
    base: DeclaredBase,
    argument: GivenArgument,
    port: str,
) -> None:
    name = base.declaration.name.text
    given = type_text(misfit.incoming)
    if misfit.kind == "constructor":
        judge.add(
            DomainMismatch(
                argument.giver,
                given,
                name,
                port,
                flat.span,
                argument.span,
                f"`{name}{signature_text(base.signature)}`",
                between(judge, misfit, flat, base),
            )
        )
        return
    witness = ""
    if misfit.witness is not None:
        witness = show(misfit.witness[0], misfit.incoming)
    judge.add(
        RefinementViolation(
            argument.giver,
            given,
            name,
            port,
            flat.span,
            argument.span,
            witness,
            into_range(judge, misfit, flat, base, argument),
        )
    )


def bridges(
    judge: Judge, misfit: Misfit, flat: Flat, base: DeclaredBase
) -> Iterator[tuple[str, Type]]:
    """Environments in scope that take what comes and give what is wanted."""
    from racesc.intervals import ground as grounded

    if judge.speculating or misfit.incoming == UNKNOWN:
        return
    for owner, declared in flat.scope.listed():
        if not isinstance(declared, BaseDeclaration):
            continue
        candidate = judge.base(owner, declared.name.text)
        if candidate is None or not candidate.sound or candidate.relational:
            continue
        if not candidate.signature.parameters:
            continue
        first = candidate.signature.parameters[0].name
        fed = feed(candidate, {first: Given(misfit.incoming)})
        if fed.misfits:
            continue
        result = grounded(fed.codomain, {})
        onwards = feed(base, {misfit.parameter: Given(result)})
        if not onwards.misfits:
            text = declared.name.text
            yield text, result


def between(
    judge: Judge, misfit: Misfit, flat: Flat, base: DeclaredBase
) -> tuple[str, ...]:
    found = []
    for name, result in bridges(judge, misfit, flat, base):
        given = type_text(misfit.incoming)
        found.append(f"`{name} : {given} -> {type_text(result)}`")
        if len(found) == 4:
            break
    return tuple(found)


def into_range(
    judge: Judge,
    misfit: Misfit,
    flat: Flat,
    base: DeclaredBase,
    argument: GivenArgument,
) -> tuple[str, ...]:
    found = []
    taker = base.declaration.name.text
    for name, _ in bridges(judge, misfit, flat, base):
        found.append(f"`{argument.giver.strip('`')} >> {name} >> {taker}`")
        if len(found) == 4:
            break
    return tuple(found)

"""Which parameters of a step are given, and how: written, by name, or by what comes in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from racesc.compose.terms import (
    Flat,
    GivenArgument,
    Incoming,
    Locals,
    incoming_argument,
)
from racesc.errors.composition import (
    AmbiguousPort,
    DomainMismatch,
    ParameterMayNotFit,
    UnknownParameter,
    WrongArity,
)
from racesc.errors.mistake import Mistake
from racesc.errors.names import UnknownName
from racesc.errors.words import counted, listed
from racesc.feeding import Given
from racesc.literals import read
from racesc.resolve import near
from racesc.runtime.base import Parameter
from racesc.runtime.types import Tuple as TupleOf
from racesc.runtime.types import Type
from racesc.show_types import type_text
from racesc.source import Span
from racesc.syntax import Argument, Hole, Name
from racesc.unify import bind

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


def given_arguments(
    judge: Judge,
    parameters: tuple[Parameter, ...],
    name: str,
    arguments: tuple[Argument, ...],
    flat: Flat,
    incoming: Incoming | None,
    locals_: Locals,
) -> dict[str, GivenArgument] | None:
    """Which parameters are given, and how: by literals, earlier names, the hole,
    and then what comes in."""
    slots = _Slots(judge, parameters, name, flat, locals_)
    for argument in arguments:
        slots.take(argument)
        if slots.full:
            return None  # those behind it are too many as well
    if slots.failed:
        return None
    given, hole = slots.given, slots.hole
    if incoming is None:
        if hole is not None:
            judge.add(
                WrongArity(
                    "nothing comes in here, so `_` receives nothing",
                    flat.span,
                    "the first step has no previous result",
                    f"leave `{hole}` out to have it drawn",
                )
            )
            return None
        return given
    received = receive(
        judge,
        [p for p in parameters if p.name not in given],
        hole,
        name,
        flat,
        incoming,
    )
    if received is None:
        return None
    ordered = {**received, **given}
    return {p.name: ordered[p.name] for p in parameters if p.name in ordered}


@dataclass
class _Slots:
    """The parameters of one use, filled argument by argument. What is wrong with an
    argument is reported, and the use has ``failed``; it is ``full`` where an argument
    finds no parameter."""

    judge: Judge
    parameters: tuple[Parameter, ...]
    name: str
    flat: Flat
    locals: Locals
    given: dict[str, GivenArgument] = field(default_factory=dict)
    hole: str | None = None
    failed: bool = False
    full: bool = False
    _position: int = 0
    _places: dict[str, Span] = field(default_factory=dict)

    def take(self, argument: Argument) -> None:
        """Fill the parameter that an argument is for."""
        place = self.flat.site or argument.span
        target = self._target(argument, place)
        if target is None:
            return
        if target in self.given or target == self.hole:
            self._refuse(
                WrongArity(
                    f"`{target}` is given twice",
                    place,
                    "given again",
                    "give it once",
                    None if self.flat.site else self._places[target],
                    "first given here",
                )
            )
            return
        self._places[target] = place
        if isinstance(argument.value, Hole):
            if self.hole is not None:
                self._refuse(
                    WrongArity(
                        "only one parameter receives the previous result",
                        place,
                        "a second `_`",
                        "use a block to feed one result twice",
                    )
                )
            self.hole = target
            return
        kind = next(p.type for p in self.parameters if p.name == target)
        found = argument_of(
            self.judge, argument, target, kind, self.name, place, self.locals
        )
        if found is None:
            self.failed = True
        else:
            self.given[target] = found

    def _target(self, argument: Argument, place: Span) -> str | None:
        """The parameter that an argument is for: by its name, else the next one."""
        names = [p.name for p in self.parameters]
        if argument.name is None:
            if self._position >= len(names):
                self.full = True
                problem = f"`{self.name}` has only {counted(len(names), 'parameter')}"
                self._refuse(WrongArity(problem, place, "one argument too many"))
                return None
            self._position += 1
            return names[self._position - 1]
        if argument.name not in names:
            where = self.flat.site or argument.name_span or place
            known = tuple(names)
            self._refuse(UnknownParameter(self.name, argument.name, where, known))
            return None
        self._position = max(self._position, names.index(argument.name) + 1)
        return argument.name

    def _refuse(self, mistake: Mistake) -> None:
        self.judge.add(mistake)
        self.failed = True


def argument_of(
    judge: Judge,
    argument: Argument,
    target: str,
    type_: Type,
    name: str,
    place: Span,
    locals_: Locals,
) -> GivenArgument | None:
    """A literal or an earlier result as it is given to the parameter ``target``; None
    where a mistake was reported."""
    value = argument.value
    assert not isinstance(value, Hole)
    if isinstance(value, Name):
        if value.text not in locals_.context:
            judge.add(
                UnknownName(
                    "earlier result",
                    value.text,
                    place,
                    near(value.text, locals_.context, judge.report),
                    f"the names in reach are {listed(tuple(locals_.context), 'and')}"
                    if locals_.context
                    else "steps have names in a block: `SEQUENTIAL { … }`",
                )
            )
            return None
        locals_.used.add(value.text)
        known = locals_.context[value.text]
        return GivenArgument(
            Given(known, value.text),
            locals_.sources[value.text],
            f"`{value.text}`",
            locals_.spans.get(value.text),
            local=value.text,
        )
    literal, found, flaw = read(value, type_)
    if found is None:
        judge.add(
            ParameterMayNotFit(
                f"`{target}` of `{name}` cannot be this value",
                place,
                f"takes `{type_text(type_)}`",
                notes=(flaw,) if flaw else (),
            )
        )
        return None
    return GivenArgument(
        Given(found, literal=True, value=literal), None, "this value", place
    )


def receive(
    judge: Judge,
    free: list[Parameter],
    hole: str | None,
    name: str,
    flat: Flat,
    incoming: Incoming,
) -> dict[str, GivenArgument] | None:
    """The parameters that what comes in fills: the hole, the first free one, or
    the first m for a tuple of m."""
    if hole is None and not free:
        judge.add(
            WrongArity(
                f"`{name}` has no parameter left to receive the previous result",
                flat.span,
                "every parameter is given",
                "mark one with `_`, or start a composite of its own",
            )
        )
        return None
    if hole is not None:
        return {hole: incoming_argument(incoming)}
    known = incoming.type
    if not isinstance(known, TupleOf) or len(free) == 1:
        return {free[0].name: incoming_argument(incoming)}
    whole = bind(free[0].type, known, {}) and isinstance(free[0].type, TupleOf)
    parts = known.items
    spread = len(parts) <= len(free) and all(
        bind(p.type, t, {}) for p, t in zip(free, parts, strict=False)
    )
    if whole and spread:
        judge.add(
            AmbiguousPort(
                f"{incoming.giver} returns a tuple that fits `{name}` in two ways",
                flat.span,
                "whole, or one component for each parameter",
                f"write `{name}({free[0].name}: _)` to feed it whole",
                incoming.span,
                f"returns `{type_text(known)}`",
            )
        )
        return None
    if whole:
        return {free[0].name: incoming_argument(incoming)}
    if len(parts) > len(free):
        taken = ", ".join(type_text(p.type) for p in free)
        judge.add(
            DomainMismatch(
                incoming.giver,
                type_text(known),
                name,
                f"({taken})",
                flat.span,
                incoming.span,
            )
        )
        return None
    from racesc.operators.step import Source

    received: dict[str, GivenArgument] = {}
    for index, (parameter, part) in enumerate(zip(free, parts, strict=False)):
        source = incoming.source
        if isinstance(source, Source):
            source = replace(source, part=index)
        received[parameter.name] = GivenArgument(
            Given(part),
            source,
            incoming.giver,
            incoming.span,
            hole=True,
            maker=incoming.maker,
            part=index + 1,
        )
    return received

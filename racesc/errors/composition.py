"""Mistakes in compositions: steps that do not fit each other, and operators' rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from racesc.diagnostics import Diagnostic
from racesc.errors.mistake import Mistake
from racesc.errors.shape import error
from racesc.errors.types import HELD
from racesc.errors.words import listed
from racesc.source import Span
from racesc.unify import IN_SETS


@dataclass(frozen=True)
class DomainMismatch(Mistake):
    """A result of one constructor where another is taken."""

    code: ClassVar[str] = "domain-mismatch"
    giver: str
    given: str
    taker: str
    taken: str
    span: Span
    giver_span: Span | None
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    part: int = 0  # the component of the tuple that does not fit, from 1
    named: bool = False  # whether the giver is a value's name, not a step

    def diagnostic(self) -> Diagnostic:
        others: tuple[tuple[Span, str], ...] = ()
        if self.giver_span is not None:
            label = f"{_gives(self.named, self.part)} `{self.given}`"
            others = ((self.giver_span, label),)
        what = self.giver
        if _is_step(self.giver, self.named):
            what = f"what {self.giver} returns"
        if self.part:
            what = f"component {self.part} of {what}"
        return error(
            self.code,
            f"`{self.taker}` cannot take {what}",
            (self.span, f"takes `{self.taken}`"),
            others=others,
            notes=self.notes,
            helps=self.helps,
        )


def _is_step(giver: str, named: bool) -> bool:
    """Whether a giver returns a value, rather than is one."""
    return not named and (giver.startswith("`") or giver == "the round before")


def _gives(named: bool, part: int) -> str:
    if part:
        return f"component {part} is"
    return "is" if named else "returns"


@dataclass(frozen=True)
class PartMismatch(Mistake):
    """A part of an operator that returns the wrong kind of value for its place."""

    code: ClassVar[str] = "domain-mismatch"
    problem: str
    span: Span
    label: str
    cause: Span | None = None
    cause_text: str = ""
    help: str = ""

    def diagnostic(self) -> Diagnostic:
        others = () if self.cause is None else ((self.cause, self.cause_text),)
        return error(
            self.code,
            self.problem,
            (self.span, self.label),
            others=others,
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class RefinementViolation(Mistake):
    """A result that may lie outside what the next step accepts."""

    code: ClassVar[str] = "refinement-violation"
    giver: str
    given: str
    taker: str
    taken: str
    span: Span
    giver_span: Span | None
    witness: str = ""
    helps: tuple[str, ...] = ()
    part: int = 0  # the component of the tuple that may not fit, from 1
    named: bool = False  # whether the giver is a value's name, not a step

    def diagnostic(self) -> Diagnostic:
        others: tuple[tuple[Span, str], ...] = ()
        if self.giver_span is not None:
            label = f"{_gives(self.named, self.part)} `{self.given}`"
            others = ((self.giver_span, label),)
        if self.part:
            place = f"component {self.part}"
            what, shows = f"value {self.giver} can return as {place}", f"{place} can be"
        elif _is_step(self.giver, self.named):
            what = f"value {self.giver} can return"
            shows = f"{self.giver} can return"
        else:
            what, shows = f"value of {self.giver}", f"{self.giver} can be"
        return error(
            self.code,
            f"`{self.taker}` does not accept every {what}",
            (self.span, f"takes `{self.taken}`"),
            others=others,
            notes=(f"for example, {shows} `{self.witness}`",) if self.witness else (),
            helps=self.helps,
        )


@dataclass(frozen=True)
class ParameterMayNotFit(Mistake):
    """A literal, or a parameter still to draw, that need not have a legal value."""

    code: ClassVar[str] = "refinement-violation"
    problem: str
    span: Span
    label: str
    cause: Span | None = None
    cause_text: str = ""
    notes: tuple[str, ...] = ()
    help: str = ""

    def diagnostic(self) -> Diagnostic:
        others = () if self.cause is None else ((self.cause, self.cause_text),)
        return error(
            self.code,
            self.problem,
            (self.span, self.label),
            others=others,
            notes=self.notes,
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class UnsatisfiedConstraint(Mistake):
    """A type without the class that a type variable asks for."""

    code: ClassVar[str] = "unsatisfied-constraint"
    taker: str
    variable: str
    wanted: str
    type: str
    span: Span
    cause: Span | None = None
    returned: str = ""  # what the cause returns

    def diagnostic(self) -> Diagnostic:
        meaning = {
            "Ord": "values that can be put in order",
            "Num": "numbers, `Int` or `Rat`",
            "Eq": "values that can be compared",
        }
        others: tuple[tuple[Span, str], ...] = ()
        if self.cause is not None:
            others = ((self.cause, f"returns `{self.returned}`"),)
        if self.wanted == IN_SETS:
            return error(
                self.code,
                f"`{self.taker}` puts values of `{self.variable}` into a Set, which "
                f"cannot hold `{self.type}`",
                (self.span, "needs what a Set can hold"),
                others=others,
                notes=(HELD,),
            )
        return error(
            self.code,
            f"`{self.taker}` needs `{self.variable}: {self.wanted}`, "
            f"which `{self.type}` is not",
            (self.span, f"needs {meaning[self.wanted]}"),
            others=others,
            notes=(_ORDERED,) if self.wanted == "Ord" else (),
        )


@dataclass(frozen=True)
class UnorderedItems(Mistake):
    """A `sorted` list of items that have no order."""

    code: ClassVar[str] = "unsatisfied-constraint"
    item: str
    is_variable: bool
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`sorted` needs items that can be put in order, and `{self.item}` cannot",
            (self.span, "asks for an order"),
            notes=(_ORDERED,),
            helps=(f"declare it as `{self.item}: Ord`",) if self.is_variable else (),
        )


_ORDERED = "Int, Rat, Bool, Str, and tuples and Lists of these have an order"


@dataclass(frozen=True)
class WrongArity(Mistake):
    """Too many or too few written arguments, or parts of an operator."""

    code: ClassVar[str] = "wrong-arity"
    problem: str
    span: Span
    label: str = "here"
    help: str = ""
    cause: Span | None = None
    cause_text: str = ""

    def diagnostic(self) -> Diagnostic:
        others = () if self.cause is None else ((self.cause, self.cause_text),)
        return error(
            self.code,
            self.problem,
            (self.span, self.label),
            others=others,
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class UnknownParameter(Mistake):
    """A named argument that the environment does not have."""

    code: ClassVar[str] = "unknown-parameter"
    environment: str
    name: str
    span: Span
    parameters: tuple[str, ...]

    def diagnostic(self) -> Diagnostic:
        if len(self.parameters) == 1:
            help_line = f"its parameter is `{self.parameters[0]}`"
        elif self.parameters:
            help_line = f"its parameters are {listed(self.parameters, 'and')}"
        else:
            help_line = "it has no parameters that could be given"
        return error(
            self.code,
            f"`{self.environment}` has no parameter `{self.name}`",
            (self.span, "not a parameter"),
            helps=(help_line,),
        )


@dataclass(frozen=True)
class AmbiguousPort(Mistake):
    """A result that could go to more than one place, or to none in particular."""

    code: ClassVar[str] = "ambiguous-port"
    problem: str
    span: Span
    label: str
    help: str
    cause: Span | None = None
    cause_text: str = ""

    def diagnostic(self) -> Diagnostic:
        others = () if self.cause is None else ((self.cause, self.cause_text),)
        return error(
            self.code,
            self.problem,
            (self.span, self.label),
            others=others,
            helps=(self.help,),
        )


@dataclass(frozen=True)
class SignatureMismatch(Mistake):
    """An ascribed signature that the composite does not keep."""

    code: ClassVar[str] = "signature-mismatch"
    name: str
    problem: str
    span: Span
    label: str
    cause: Span
    cause_text: str
    inferred: str = ""
    witness: str = ""
    parameter: str = ""  # that does not fit; empty where it is the result

    def diagnostic(self) -> Diagnostic:
        notes = []
        if self.inferred:
            notes.append(f"its inferred signature is `{self.inferred}`")
        if self.witness and self.parameter:
            notes.append(f"for example, `{self.parameter}` can be `{self.witness}`")
        elif self.witness:
            notes.append(f"for example, it can return `{self.witness}`")
        return error(
            self.code,
            f"`{self.name}` does not have the signature it is given: {self.problem}",
            (self.span, self.label),
            others=((self.cause, self.cause_text),),
            notes=tuple(notes),
        )


@dataclass(frozen=True)
class RelationalStep(Mistake):
    """An environment with many right answers fed onwards without a policy."""

    code: ClassVar[str] = "relational-step"
    name: str
    span: Span
    next_span: Span | None
    policies: tuple[str, ...] = ()  # those that were found to be legal here

    def diagnostic(self) -> Diagnostic:
        meaning = {
            "model": "goes on from the model's own answer",
            "canonical": "accepts only the solver's answer",
        }
        others: tuple[tuple[Span, str], ...] = ()
        if self.next_span is not None:
            others = ((self.next_span, "which of them should be used here?"),)
        return error(
            self.code,
            f"`{self.name}` has many right answers, so what it feeds is not determined",
            (self.span, "many right answers"),
            others=others,
            helps=tuple(
                f"`{self.name} as {policy}` {meaning[policy]}"
                for policy in self.policies
            )
            or ("write a policy behind the environment that has many answers",),
        )


@dataclass(frozen=True)
class NotSortable(Mistake):
    """A composition that SORT or SELECT cannot shuffle."""

    code: ClassVar[str] = "not-sortable"
    operator: str
    problem: str
    span: Span
    label: str
    help: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"{self.operator} cannot shuffle this: {self.problem}",
            (self.span, self.label),
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class NoDistractors(Mistake):
    """SELECT with too few environments in scope that could stand as distractors."""

    code: ClassVar[str] = "no-distractors"
    needed: int
    found: int
    type: str
    span: Span
    modules: tuple[str, ...] = ()  # any of which would bring in enough

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"SELECT needs {self.needed} environments in scope that take `{self.type}`, "
            f"and there {'is' if self.found == 1 else 'are'} {self.found}",
            (self.span, "too few distractors in scope"),
            helps=tuple(f"`use {module}` brings in enough" for module in self.modules),
        )


@dataclass(frozen=True)
class InvalidOption(Mistake):
    """An operator's option that it does not have, or with a value it does not take."""

    code: ClassVar[str] = "invalid-option"
    problem: str
    span: Span
    help: str
    label: str = "here"

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            self.problem,
            (self.span, self.label),
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class TooLarge(Mistake):
    """A composite with more steps, or deeper nesting, than anyone could answer; or a
    type with more parts than a value of it could show."""

    code: ClassVar[str] = "too-large"
    problem: str
    span: Span
    limit: str
    help: str = "split it into several composites"

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            self.problem,
            (self.span, "too large"),
            notes=(self.limit,),
            helps=(self.help,) if self.help else (),
        )

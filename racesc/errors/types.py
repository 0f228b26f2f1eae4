"""Mistakes inside types, bounds and the clauses that speak of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from racesc.diagnostics import Diagnostic
from racesc.errors.mistake import Mistake
from racesc.errors.shape import error
from racesc.source import Span

HELD = "a Set holds Int, Rat, Bool, Str, labels and tuples of those"


@dataclass(frozen=True)
class TypeArity(Mistake):
    """A constructor or alias with too many or too few type arguments."""

    code: ClassVar[str] = "wrong-arity"
    name: str
    expected: int
    found: int
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.name}` takes {_count(self.expected, 'type argument')}",
            (self.span, f"{_count(self.found, 'type argument')} here"),
        )


@dataclass(frozen=True)
class InvalidRefinement(Mistake):
    """A refinement on a type that has none of its kind."""

    code: ClassVar[str] = "invalid-refinement"
    refinement: str
    type: str
    span: Span
    help: str

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.refinement}` cannot refine `{self.type}`",
            (self.span, "does not apply here"),
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class NotInSets(Mistake):
    """A Set of what no Set can hold."""

    code: ClassVar[str] = "invalid-refinement"
    type: str
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"a Set cannot hold `{self.type}`",
            (self.span, "not an item of a Set"),
            notes=(HELD,),
        )


@dataclass(frozen=True)
class InvalidBound(Mistake):
    """A bound that speaks of what it may not, or that may be undefined."""

    code: ClassVar[str] = "invalid-bound"
    problem: str
    span: Span
    help: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            self.problem,
            (self.span, "in this bound"),
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class LevelType(Mistake):
    """A `level p: T` line whose type has no value at some level, or one that the
    parameter does not have; the label says what it is there."""

    code: ClassVar[str] = "invalid-bound"
    problem: str
    span: Span
    label: str
    declared: Span | None = None
    declared_label: str = ""
    note: str = ""
    helps: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        others = ((self.declared, self.declared_label),) if self.declared else ()
        return error(
            self.code,
            self.problem,
            (self.span, self.label),
            others=others,
            notes=(self.note,) if self.note else (),
            helps=self.helps,
        )


@dataclass(frozen=True)
class EmptyType(Mistake):
    """A type without any value."""

    code: ClassVar[str] = "empty-type"
    type: str
    span: Span
    reason: str
    turned: str = ""  # the type with the ends of its one range the other way round

    def diagnostic(self) -> Diagnostic:
        order = (f"the lower end of a range comes first: `{self.turned}`",)
        return error(
            self.code,
            f"`{self.type}` has no value",
            (self.span, self.reason),
            helps=order if self.turned else (),
        )


def _count(number: int, noun: str) -> str:
    words = {0: "no", 1: "one", 2: "two", 3: "three", 4: "four"}
    return f"{words.get(number, number)} {noun}{'' if number == 1 else 's'}"

"""Mistakes in the body of a base environment, and in suites and packages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from racesc.diagnostics import Diagnostic
from racesc.errors.mistake import Mistake
from racesc.errors.shape import error
from racesc.source import Span


@dataclass(frozen=True)
class TemplateError(Mistake):
    """A description that does more than name its parameters."""

    code: ClassVar[str] = "template-error"
    problem: str
    span: Span
    help: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            self.problem,
            (self.span, "in this description"),
            notes=(
                "a description interpolates parameters, `{{ n }}` or "
                "`{{ k | ordinal }}`, and nothing else",
            ),
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class UnusedParameter(Mistake):
    """A parameter that the reader of the prompt would never learn."""

    code: ClassVar[str] = "unused-parameter"
    parameter: str
    span: Span
    text_span: Span | None = None
    in_block: bool = False

    def diagnostic(self) -> Diagnostic:
        if self.in_block:
            return error(
                self.code,
                f"no step uses `{self.parameter}`",
                (self.span, "never used"),
                helps=(f"pass it to a step: `s = step({self.parameter})`",),
            )
        others = () if self.text_span is None else ((self.text_span, "not named here"),)
        return error(
            self.code,
            f"the description never shows `{self.parameter}`",
            (self.span, "the reader could not know it"),
            others=others,
            helps=(f"write `{{{{ {self.parameter} }}}}` where the reader needs it",),
        )


@dataclass(frozen=True)
class MissingDescription(Mistake):
    """A base environment without `describe`."""

    code: ClassVar[str] = "missing-description"
    name: str
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.name}` does not say what to do",
            (self.span, "has no `describe`"),
            helps=('add a line such as `describe "Add up {{ items }}."`',),
        )


@dataclass(frozen=True)
class MissingSolver(Mistake):
    """A function that the solver file does not define."""

    code: ClassVar[str] = "missing-solver"
    function: str
    file: str
    span: Span
    file_exists: bool
    suggestions: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        if not self.file_exists:
            helps: tuple[str, ...] = (
                f"create `{self.file}` beside the module, with `def {self.function}(…)`",
            )
            message = (
                f"`{self.file}` does not exist, so `{self.function}` has no function"
            )
            if self.file == "<stdin>.py":
                message = (
                    "standard input has no solver file beside it, so "
                    f"`{self.function}` has no function"
                )
                helps = (
                    "save the module as a file, with a solver file of its name beside it",
                )
        else:
            message = f"`{self.file}` has no function `{self.function}`"
            helps = (f"add `def {self.function}(…)` at the top level of `{self.file}`",)
            if self.suggestions:
                near = " or ".join(f"`{name}`" for name in self.suggestions)
                helps = (*helps, f"a similar function is there: {near}")
        return error(self.code, message, (self.span, "needs a function"), helps=helps)


@dataclass(frozen=True)
class SolverArity(Mistake):
    """A function that cannot be called as it will be."""

    code: ClassVar[str] = "solver-arity"
    function: str
    file: str
    expected: str
    wanted: str
    found: str
    span: Span
    place: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.function}` in `{self.file}` cannot be called as `{self.expected}`",
            (self.place, f"takes `{self.found}`"),
            others=((self.span, "declared here"),),
            helps=(f"define it as `{self.wanted}`",),
        )


@dataclass(frozen=True)
class SolverImport(Mistake):
    """A solver file that imports more than the standard library, or cannot be read."""

    code: ClassVar[str] = "solver-import"
    problem: str
    file: str
    place: Span
    span: Span

    def diagnostic(self) -> Diagnostic:
        helps: tuple[str, ...] = ()
        if "import" in self.problem:
            helps = (
                "use the standard library only, so that compiled packages need "
                "nothing else",
            )
        return error(
            self.code,
            f"`{self.file}` {self.problem}",
            (self.place, "here"),
            others=((self.span, "needs this file"),),
            helps=helps,
        )


@dataclass(frozen=True)
class UnboundedSample(Mistake):
    """A parameter that must be drawn but has no finite range."""

    code: ClassVar[str] = "unbounded-sample"
    environment: str
    parameter: str
    type: str
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.parameter}` of `{self.environment}` cannot be drawn: "
            f"`{self.type}` has no finite range",
            (self.span, "must be sampled here"),
            helps=(
                "give it a range (`Int in 0..99`, `len 1..20`), a `level` line, or a "
                "`sample` function",
            ),
        )


@dataclass(frozen=True)
class UnboundedAnswer(Mistake):
    """A relational environment whose codomain is not finite."""

    code: ClassVar[str] = "unbounded-answer"
    environment: str
    type: str
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.environment}` has a `verify` function, but its answers "
            f"`{self.type}` have no finite range",
            (self.span, "must be finite"),
            helps=(
                "bound the codomain, so that `verify` sees only answers of a known size",
            ),
        )


@dataclass(frozen=True)
class ExampleFailed(Mistake):
    """An example whose values cannot be what the signature says."""

    code: ClassVar[str] = "example-failed"
    problem: str
    span: Span
    notes: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code, self.problem, (self.span, "in this example"), notes=self.notes
        )


@dataclass(frozen=True)
class InvalidClause(Mistake):
    """A clause that is repeated or does not fit."""

    code: ClassVar[str] = "invalid-option"
    problem: str
    span: Span
    help: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            self.problem,
            (self.span, "here"),
            helps=(self.help,) if self.help else (),
        )


@dataclass(frozen=True)
class MissingTarget(Mistake):
    """A framework for which this version writes nothing; a warning."""

    code: ClassVar[str] = "missing-target"
    name: str
    span: Span
    known: tuple[str, ...]

    def diagnostic(self) -> Diagnostic:
        known = ", ".join(f"`{name}`" for name in self.known)
        found = error(
            self.code,
            f"this version writes nothing for the target `{self.name}`",
            (self.span, "left out"),
            notes=("the package itself is complete, and needs no framework",),
            helps=(f"the targets are {known}",) if known else (),
        )
        return replace(found, severity="warning")

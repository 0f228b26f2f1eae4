"""Mistakes that show when solvers run: in `racesc test`, `sample`, `grade` and `play`.

``inputs`` is how the call reads, `n = 0, k = 1`; empty where it is not known. ``file``
is the solver file as shown to the user, ``line`` a place in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from racesc.diagnostics import Diagnostic
from racesc.errors.mistake import Mistake
from racesc.errors.shape import error
from racesc.source import Span


def with_inputs(inputs: str) -> tuple[str, ...]:
    """The note that shows the inputs."""
    return (f"with `{inputs}`",) if inputs else ()


def at_line(
    code: str,
    message: str,
    line: Span | None,
    span: Span,
    notes: tuple[str, ...],
    helps: tuple[str, ...],
) -> Diagnostic:
    """An error whose first place is the solver file's line, where it is known, and
    whose other place is the environment's declaration."""
    running = (span, "while running this")
    if line is None:
        return error(code, message, running, notes=notes, helps=helps)
    others = (running,)
    return error(code, message, (line, "here"), others=others, notes=notes, helps=helps)


@dataclass(frozen=True)
class SolverFailed(Mistake):
    """A function of a solver file that does not come back with a value.

    ``event`` is what it did: "raised `ValueError: …`", "called `sys.exit`".
    """

    code: ClassVar[str] = "solver-failed"
    environment: str
    file: str
    event: str
    span: Span
    line: Span | None = None
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        message = f"the solver file `{self.file}` of `{self.environment}` {self.event}"
        helps = ("a solver returns a value for every input of its declared domain",)
        notes = with_inputs(self.inputs)
        return at_line(self.code, message, self.line, self.span, notes, helps)


@dataclass(frozen=True)
class SolverTimeout(Mistake):
    """A function that did not come back in time; ``line`` is where it was."""

    code: ClassVar[str] = "solver-timeout"
    environment: str
    file: str
    seconds: float
    span: Span
    line: Span | None = None
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        message = (
            f"the solver file `{self.file}` of `{self.environment}` did not come back"
            f" within {self.seconds:g} seconds"
        )
        helps = (
            "make it faster, or narrow the declared domain or its `level` line to what"
            " it can do",
        )
        notes = with_inputs(self.inputs)
        return at_line(self.code, message, self.line, self.span, notes, helps)


@dataclass(frozen=True)
class SolverPrints(Mistake):
    """A function that writes to standard output or standard error."""

    code: ClassVar[str] = "solver-prints"
    environment: str
    file: str
    text: str
    span: Span
    line: Span | None = None
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        return at_line(
            self.code,
            f"the solver file `{self.file}` of `{self.environment}` prints",
            self.line,
            self.span,
            notes=(f"it wrote {self.text!r}", *with_inputs(self.inputs)),
            helps=("remove the `print`: a solver only returns its answer",),
        )


@dataclass(frozen=True)
class BrokenContract(Mistake):
    """A solver's result outside the declared codomain. ``expected`` is the codomain,
    ``result`` the value as text."""

    code: ClassVar[str] = "broken-contract"
    environment: str
    file: str
    result: str
    expected: str
    span: Span
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.environment}` in `{self.file}` returns {self.result}, which is"
            f" outside its declared codomain",
            (self.span, f"declared to return `{self.expected}`"),
            notes=with_inputs(self.inputs),
            helps=("widen the codomain, or mend the solver",),
        )


@dataclass(frozen=True)
class BrokenSampler(Mistake):
    """A `sample` function that draws what the parameters do not allow."""

    code: ClassVar[str] = "broken-sampler"
    environment: str
    file: str
    problem: str
    span: Span
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"the sampler of `{self.environment}` in `{self.file}`: {self.problem}",
            (self.span, "drawn for this"),
            notes=with_inputs(self.inputs),
            helps=(
                "a sampler returns the parameters left to draw, in order, each inside "
                "its declared type given the others",
            ),
        )


@dataclass(frozen=True)
class BrokenVerifier(Mistake):
    """A `verify` function that refuses the solver's own answer, or is no predicate."""

    code: ClassVar[str] = "broken-verifier"
    environment: str
    file: str
    problem: str
    span: Span
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"the verifier of `{self.environment}` in `{self.file}` {self.problem}",
            (self.span, "verified here"),
            notes=with_inputs(self.inputs),
            helps=(
                "`verify` returns True for every right answer, the solver's included, "
                "and False for every other value of the codomain",
            ),
        )


@dataclass(frozen=True)
class UnreadableAnswer(Mistake):
    """A right answer that is not read back as it was shown."""

    code: ClassVar[str] = "unreadable-answer"
    environment: str
    shown: str
    problem: str
    span: Span
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"the answer `{self.shown}` of `{self.environment}` {self.problem}",
            (self.span, "answered here"),
            notes=with_inputs(self.inputs),
        )


@dataclass(frozen=True)
class NotDeterministic(Mistake):
    """A function with two results for the same inputs."""

    code: ClassVar[str] = "not-deterministic"
    environment: str
    file: str
    first: str
    second: str
    span: Span
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.environment}` in `{self.file}` gives different results for the"
            " same inputs",
            (self.span, "run twice"),
            notes=(
                f"once {self.first} and once {self.second}, under two hash seeds",
                *with_inputs(self.inputs),
            ),
            helps=(
                "the order of a set of strings differs from run to run: go through "
                "`sorted(…)`; draw nothing at random and keep nothing between calls",
            ),
        )


@dataclass(frozen=True)
class ArgumentChanged(Mistake):
    """A function that changes the list it was given."""

    code: ClassVar[str] = "argument-changed"
    environment: str
    file: str
    function: str
    parameter: str
    span: Span
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.function}` in `{self.file}` changes its argument"
            f" `{self.parameter}`",
            (self.span, f"solved by `{self.function}`"),
            notes=with_inputs(self.inputs),
            helps=(f"work on a copy: `{self.parameter} = list({self.parameter})`",),
        )


@dataclass(frozen=True)
class LawFailed(Mistake):
    """A law whose two sides differ."""

    code: ClassVar[str] = "law-failed"
    environment: str
    law: str
    left: str
    right: str
    span: Span
    inputs: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"the law `{self.law}` of `{self.environment}` does not hold",
            (self.span, "not true"),
            notes=(
                f"the left side gives {self.left}, the right side {self.right}",
                *with_inputs(self.inputs),
            ),
        )


@dataclass(frozen=True)
class GoldRefused(Mistake):
    """A composite whose own solution does not earn 1."""

    code: ClassVar[str] = "gold-refused"
    environment: str
    seed: int
    level: int
    reason: str
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"the right answer to a problem of `{self.environment}` does not earn 1",
            (self.span, f"seed {self.seed}, level {self.level}"),
            notes=(self.reason,) if self.reason else (),
        )


@dataclass(frozen=True)
class JunkRewarded(Mistake):
    """A composite that pays for a reply that answers nothing."""

    code: ClassVar[str] = "junk-rewarded"
    environment: str
    seed: int
    level: int
    reply: str
    reward: float
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"`{self.environment}` pays {self.reward:g} for the reply {self.reply!r}",
            (self.span, f"seed {self.seed}, level {self.level}"),
        )

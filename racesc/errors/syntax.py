"""Mistakes that the parser finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from racesc.diagnostics import Diagnostic, Label
from racesc.errors.mistake import Mistake
from racesc.source import Span


@dataclass(frozen=True)
class SyntaxMistake(Mistake):
    """The text is not a sentence of the language at ``span``.

    ``cause`` is a place that explains it, such as the bracket that is still open.
    """

    code: ClassVar[str] = "syntax-error"
    span: Span
    message: str
    label: str = ""
    cause: Span | None = None
    cause_label: str = ""
    helps: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        labels = [Label(self.span, self.label, primary=True)]
        if self.cause is not None:
            labels.append(Label(self.cause, self.cause_label))
        return Diagnostic(self.code, self.message, tuple(labels), helps=self.helps)


@dataclass(frozen=True)
class TooDeep(Mistake):
    """More than ``limit`` brackets, or operators of one bound, are open at ``span``."""

    code: ClassVar[str] = "too-deep"
    span: Span
    limit: int
    what: str = "brackets"  # brackets operators

    def diagnostic(self) -> Diagnostic:
        if self.what == "brackets":
            return Diagnostic(
                self.code,
                f"brackets are nested more than {self.limit} deep",
                (Label(self.span, f"bracket number {self.limit + 1}", primary=True),),
                helps=("give the inner part a name of its own and use the name here",),
            )
        return Diagnostic(
            self.code,
            f"the bound has more than {self.limit} operators and brackets",
            (Label(self.span, f"number {self.limit + 1}", primary=True),),
            helps=("write the bound with fewer operators",),
        )


@dataclass(frozen=True)
class EmptyModule(Mistake):
    """The file declares nothing."""

    code: ClassVar[str] = "empty-module"
    span: Span

    def diagnostic(self) -> Diagnostic:
        return Diagnostic(
            self.code,
            "the module declares nothing",
            (Label(self.span, "no declaration", primary=True),),
            helps=("declare an environment, for example `env second = first >> next`",),
        )

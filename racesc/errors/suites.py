"""Mistakes in what a suite asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from racesc.diagnostics import Diagnostic
from racesc.errors.mistake import Mistake
from racesc.errors.shape import error
from racesc.source import Span


@dataclass(frozen=True)
class EmptyEnumeration(Mistake):
    """A suite that no composite is in; ``nearest`` are clauses with which some are."""

    code: ClassVar[str] = "empty-enumeration"
    suite: str
    reason: str
    span: Span
    notes: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"no composite is in suite `{self.suite}`: {self.reason}",
            (self.span, "asks for the impossible"),
            notes=self.notes,
            helps=self.nearest,
        )

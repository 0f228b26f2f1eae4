"""The shape that all errors share: one primary label, others on the cause."""

from __future__ import annotations

from racesc.diagnostics import Diagnostic, Label
from racesc.source import Span


def error(
    code: str,
    message: str,
    primary: tuple[Span, str],
    *,
    others: tuple[tuple[Span, str], ...] = (),
    notes: tuple[str, ...] = (),
    helps: tuple[str, ...] = (),
) -> Diagnostic:
    """An error diagnostic: labels are (place, text) pairs, the primary one first."""
    labels = [Label(primary[0], primary[1], True)]
    labels += [Label(span, text, False) for span, text in others]
    return Diagnostic(code, message, tuple(labels), notes, helps)

"""The shape that all errors share: one primary label, others on the cause."""

from __future__ import annotations

import re

from racesc.diagnostics import Diagnostic, Label
from racesc.source import Span

# A long alphabet would push everything else off the screen.
_LONG_ALPHABET = re.compile(r'over "((?:[^"\\]|\\.){8})(?:[^"\\]|\\.){24,}"')


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
    labels = [Label(primary[0], _brief(primary[1]), True)]
    labels += [Label(span, _brief(text), False) for span, text in others]
    return Diagnostic(
        code,
        _brief(message),
        tuple(labels),
        tuple(map(_brief, notes)),
        tuple(map(_brief, helps)),
    )


def _brief(text: str) -> str:
    """The text with alphabets of more than 32 characters cut."""
    return _LONG_ALPHABET.sub(r'over "\1…"', text)

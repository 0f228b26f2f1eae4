"""A composition expression from the command line, over what a file declares and uses:
judged as one more declaration at the file's end, and spoken of as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from racesc.diagnostics import Diagnostic, Label, Report
from racesc.parse import parse_expression
from racesc.source import Source, Span

PATH = "<expression>"


@dataclass(frozen=True)
class Extended:
    """A file with an expression declared at its end: ``source`` is the whole, ``name``
    what the expression is called there, ``written`` the expression alone.

    ``mistakes`` are those that keep it from being an expression at all.
    """

    source: Source
    name: str
    written: Source
    mistakes: tuple[Diagnostic, ...]

    def moved(self, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Diagnostics with what points into the declaration pointing at the expression
        as it was written."""
        return tuple(
            replace(d, labels=tuple(map(self._moved, d.labels))) for d in found
        )

    def _moved(self, label: Label) -> Label:
        size = len(self.written.text)
        begin = len(self.source.text) - 1 - size  # a new line ends it
        span = label.span
        if span.path != self.source.path or span.end < begin:
            return label
        start, end = (
            min(max(0, place - begin), size) for place in (span.start, span.end)
        )
        return replace(label, span=Span(PATH, start, end))


def with_expression(source: Source, text: str) -> Extended:
    """A source with one more declaration at its end, `env expression = …` (under
    another name where the file has that one)."""
    report = Report()
    parse_expression(text, report, PATH)
    name = "expression"
    while name in source.text:
        name += "_"
    ending = "" if source.text.endswith("\n") or not source.text else "\n"
    extended = f"{source.text}{ending}env {name} = {text}\n"
    whole = replace(source, text=extended)
    return Extended(whole, name, Source(PATH, text), report.diagnostics)

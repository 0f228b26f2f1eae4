"""What the compiler says about a program: diagnostics, collected in a report."""

from __future__ import annotations

from dataclasses import dataclass, field

from racesc.source import Span


@dataclass(frozen=True)
class Label:
    """A remark on a stretch of source. The primary one is where the user will edit."""

    span: Span
    text: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Diagnostic:
    """One mistake: a code, a message, labelled places, facts (notes), edits (helps)."""

    code: str
    message: str
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    severity: str = "error"  # error warning

    @property
    def place(self) -> Span:
        """The primary label's span, the first label's where none is primary."""
        for label in self.labels:
            if label.primary:
                return label.span
        return self.labels[0].span if self.labels else Span("", 0, 0)


@dataclass
class Report:
    """The diagnostics of one run; the phases add, the command line renders."""

    _added: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        """Take one diagnostic in."""
        self._added.append(diagnostic)

    @property
    def has_errors(self) -> bool:
        """Whether anything of severity error was added."""
        return any(each.severity == "error" for each in self._added)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Sorted by path, place and code, exact repeats dropped."""
        unique = dict.fromkeys(self._added)
        return tuple(sorted(unique, key=_order))


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    place = diagnostic.place
    return place.path, place.start, place.end, diagnostic.code

"""The compiler as one function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from racesc.check import check
from racesc.diagnostics import Diagnostic, Report
from racesc.library import Library
from racesc.source import Source
from racesc.typed import Program


@dataclass(frozen=True)
class Result:
    """What a run gave: packages as {path: text}, none where there was an error."""

    program: Program
    packages: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether anything of severity error was found."""
        return any(each.severity == "error" for each in self.diagnostics)


def analyse(sources: Sequence[Source], library: Library) -> Result:
    """Parse and check modules, without emitting anything."""
    from racesc.parse import parse

    report = Report()
    program = check(sources, library, report, parse)
    return Result(program, {}, report.diagnostics)


def build(
    sources: Sequence[Source], library: Library, targets: tuple[str, ...] = ()
) -> Result:
    """Compile modules into Python packages.

    text -> tree -> scopes -> typed environments -> {path: text}. ``targets`` are added
    to those that the packages ask for themselves.
    """
    from racesc.emit.package import emit_package

    result = analyse(sources, library)
    if result.has_errors:
        return result
    packages: dict[str, str] = {}
    for module in result.program.modules:
        for package in module.packages:
            wanted = tuple(dict.fromkeys((*package.targets, *targets)))
            packages.update(emit_package(package, result.program, wanted))
    return Result(result.program, packages, result.diagnostics)

"""From what a command is given to what the compiler takes: sources and the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from racesc.diagnostics import Diagnostic, Report
from racesc.errors.syntax import SyntaxMistake
from racesc.files import (
    STANDARD_LIBRARY,
    CannotRead,
    library_modules,
    read_source,
    source_path,
    sources_below,
    stdin_source,
)
from racesc.library import Library
from racesc.source import Source, Span
from racesc.terminal import Usage


@dataclass
class Workspace:
    """The files of one run: every source that was read, by path, and the diagnostics
    about files that are no text."""

    read: dict[str, Source] = field(default_factory=dict)
    solvers: dict[str, Source] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    # Modules that are there and cannot be read, and why; None where it is reported.
    refused: dict[str, str | None] = field(default_factory=dict)

    def open(self, argument: str) -> Source | None:
        """The source an argument names (a path, `-`, a module of the library). None
        where its content is no text: that is reported. Raises ``Usage`` where there
        is no such file."""
        path = source_path(argument)
        try:
            if path == "-":
                source = stdin_source(sys.stdin.buffer.read())
            else:
                source = read_source(path)
        except CannotRead as problem:
            return self._unreadable(problem)
        return self._keep(source)

    def open_all(self, arguments: Sequence[str]) -> list[Source]:
        """The sources of several arguments; a folder stands for the files below it,
        no arguments at all for those below the current folder."""
        paths: list[str] = []
        for argument in arguments or ["."]:
            named = source_path(argument)
            if Path(named).is_dir():
                below = sources_below(named)
                if not below:
                    where = "here" if argument == "." else f"`{argument}`"
                    raise Usage(f"there is no .races file below {where}")
                paths += [str(Path(path)) for path in below]
            else:
                paths.append(argument)
        different = {os.path.abspath(path): path for path in reversed(paths)}
        opened = [self.open(path) for path in reversed(different.values())]
        return [source for source in opened if source is not None]

    def library(self) -> Library:
        """The modules that `use` finds: beside the file, then the standard library."""
        return Library(
            read=self._read_module,
            standard=str(STANDARD_LIBRARY),
            names=tuple(library_modules()),
            why=lambda path: self.refused.get(path, ""),
        )

    def known(self) -> list[Source]:
        """All sources and solver files, for showing lines of them."""
        return [*self.read.values(), *self.solvers.values()]

    def _read_module(self, path: str) -> Source | None:
        for known in (path, str(Path(path))):
            if known in self.read:
                return self.read[known]
        try:
            source = read_source(path)
        except CannotRead as problem:
            if not problem.missing:
                self.refused[path] = None
                return self._unreadable(problem)
            if os.path.lexists(problem.path):
                self.refused[path] = str(problem)
            return None
        return self._keep(source)

    def _keep(self, source: Source) -> Source:
        self.read[source.path] = source
        if source.solver_path is not None and source.solver_text is not None:
            self.solvers[source.solver_path] = Source(
                source.solver_path, source.solver_text, source.directory
            )
        return source

    def _unreadable(self, problem: CannotRead) -> Source | None:
        """Report a file that is there but no text; what there is not is bad usage."""
        if problem.missing:
            raise Usage(str(problem)) from None
        source = self.read[problem.path] = Source(problem.path, problem.text)
        place = source.lines[problem.line - 1] + problem.column - 1
        self.report.add(
            SyntaxMistake(
                Span(problem.path, place, min(place + 1, len(problem.text))),
                problem.reason.replace("it is", "the file is", 1),
                "here",
                helps=("save the file as UTF-8 text",) if problem.text else (),
            ).diagnostic()
        )
        return None


def together(*reports: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics of several phases, sorted and without repetitions."""
    whole = Report()
    for diagnostics in reports:
        for diagnostic in diagnostics:
            whole.add(diagnostic)
    return whole.diagnostics

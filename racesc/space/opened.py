"""From a PATH to a scope: a file, a module of the library, or a folder of modules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from racesc.diagnostics import Report
from racesc.elaborate import Elaborator
from racesc.expression import Extended, with_expression
from racesc.files import source_path, sources_below
from racesc.parse import parse, parse_goals
from racesc.pipeline import analyse
from racesc.resolve import resolve
from racesc.runtime.types import Type
from racesc.session import find, report_all
from racesc.source import Source
from racesc.terminal import Failed, Terminal, Usage
from racesc.typed import TypedEnvironment, TypedModule
from racesc.unify import mentions_unknown
from racesc.workspace import Workspace, together

GOAL = "<goal>"


@dataclass
class Opened:
    """A checked scope, and what it takes to check an expression in it."""

    source: Source
    module: TypedModule
    workspace: Workspace
    terminal: Terminal

    @property
    def scope(self) -> tuple[TypedEnvironment, ...]:
        """Its environments: declared, then used, in order."""
        return self.module.scope

    def canonical(self, text: str) -> str:
        """An expression's canonical text; mistakes in it are reported and end the
        command."""
        extended = with_expression(self.source, text)
        report_all(extended.mistakes, [extended.written], self.terminal)
        self.workspace.read[self.source.path] = extended.source
        module = _checked(extended.source, self.workspace, self.terminal, extended)
        environment = find(module, extended.name)
        if environment is None:
            raise Failed(f"`{text}` is no composition expression")
        return environment.expression

    def goals(self, text: str) -> tuple[Type, ...]:
        """The types that a goal names, as they would be read in the file; mistakes are
        reported and end the command."""
        report = Report()
        written = parse_goals(text, report, GOAL) or ()
        roots, _ = resolve(
            [self.source], self.workspace.library(), Report.aside(), parse
        )
        elaborator = Elaborator(report)
        found = tuple(elaborator.type(roots[0], one, {}, {}) for one in written)
        known = [*self.workspace.known(), Source(GOAL, text, ".")]
        report_all(report.diagnostics, known, self.terminal)
        if not found or any(map(mentions_unknown, found)):
            raise Failed
        return found


def open_scope(argument: str, terminal: Terminal) -> Opened:
    """Check what PATH names; a folder stands for all modules in it together."""
    workspace = Workspace()
    source: Source | None
    folder = source_path(argument)
    if Path(folder).is_dir():
        source = _together(folder)
        workspace.read[source.path] = source
    else:
        source = workspace.open(argument)
    if source is None:
        report_all(workspace.report.diagnostics, workspace.known(), terminal)
        raise Failed
    terminal.progress("checking …")
    return Opened(source, _checked(source, workspace, terminal), workspace, terminal)


def _together(folder: str) -> Source:
    """A module that uses every module of a folder."""
    below = sources_below(folder)
    if not below:
        raise Usage(f"there is no .races file below `{folder}`")
    lines = []
    for path in below:
        relative = PurePosixPath(Path(path).relative_to(folder).as_posix())
        where = f' from "{relative}"' if len(relative.parts) > 1 else ""
        lines.append(f"use {relative.stem}{where}\n")
    directory = Path(folder).as_posix()
    return Source(f"{directory}/(all modules)", "".join(lines), directory)


def _checked(
    source: Source,
    workspace: Workspace,
    terminal: Terminal,
    extended: Extended | None = None,
) -> TypedModule:
    result = analyse([source], workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    known = workspace.known()
    if extended is not None:
        found, known = extended.moved(found), [*known, extended.written]
    report_all(found, known, terminal)
    return result.program.modules[0]


__all__: Sequence[str] = ["Opened", "open_scope"]

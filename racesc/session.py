"""One environment of one file, compiled into a temporary folder and run in a child
process: what `sample`, `grade` and `play` work with."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from racesc.child import Child, ChildFailure
from racesc.diagnostics import Diagnostic
from racesc.failures import SolverFiles, mistake_of
from racesc.source import Source
from racesc.terminal import Failed, Terminal, Usage
from racesc.typed import Program, TypedEnvironment, TypedModule, TypedPackage
from racesc.workspace import Workspace, together

TEMPORARY = "racesc_session"  # the package's name; nobody sees it


@dataclass
class Session:
    """A running environment. What its solvers do wrong is reported, and ends the
    command with ``Failed``."""

    environment: TypedEnvironment
    child: Child
    files: SolverFiles
    sources: list[Source]
    terminal: Terminal

    def generate(self, seed: int, level: int, split: str = "train") -> dict[str, Any]:
        """One problem."""
        return next(self.generate_several(seed, level, split, 1))

    def generate_several(
        self, seed: int, level: int, split: str, count: int
    ) -> Iterator[dict[str, Any]]:
        """Problems of consecutive seeds."""
        yield from self._ask(
            "generate", seed=seed, level=level, split=split, count=count
        )

    def grade(self, problem: dict[str, Any], reply: str) -> dict[str, Any]:
        """The verdict on a reply."""
        verdict: dict[str, Any] = next(self._ask("grade", problem=problem, reply=reply))
        return verdict

    def gold(self, problem: dict[str, Any]) -> str:
        """The right answer to a problem, written as its prompt asks."""
        reply: str = next(self._ask("gold", problem=problem))
        return reply.removeprefix("<answer>").removesuffix("</answer>")

    def _ask(self, do: str, **request: Any) -> Iterator[Any]:
        try:
            yield from self.child.stream(do, env=self.environment.name, **request)
        except ChildFailure as failure:
            if failure.error == "ValueError" and failure.place is None:
                raise Usage(failure.text) from None
            mistake = mistake_of(failure, self.environment, self.files)
            self.terminal.report([mistake.diagnostic()], self.sources)
            raise Failed from None


def check_draw(seed: int, level: int) -> None:
    """Refuse a seed or a level that no problem has."""
    if seed < 0:
        raise Usage(f"a seed is a whole number from 0 on, not {seed}")
    if not 1 <= level <= 10:
        raise Usage(f"a level is a whole number of 1..10, not {level}")


def report_all(
    found: Sequence[Diagnostic], sources: Sequence[Source], terminal: Terminal
) -> None:
    """Print diagnostics and give up where one is an error."""
    terminal.report(found, sources)
    if any(each.severity == "error" for each in found):
        raise Failed


def find(module: TypedModule, name: str) -> TypedEnvironment | None:
    """An environment that the module declares or uses, by its bare or full name."""
    for environment in (*module.environments, *module.scope):
        if name in (environment.name, environment.qualified):
            return environment
    return None


def written(packages: dict[str, str], folder: str | Path) -> Path:
    """Write one package for a child; the folder to import."""
    root = Path(folder)
    for path, text in packages.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    # The import package is the only folder that holds `_runtime`.
    return next(root.glob("*/*/_runtime")).parent


def package_of(
    environments: Sequence[TypedEnvironment], program: Program
) -> dict[str, str]:
    """The files of a package of these environments, under the temporary name."""
    from racesc.emit.package import emit_package

    first = environments[0].span
    package = TypedPackage(TEMPORARY, "0", "", tuple(environments), (), (), first)
    return emit_package(package, program)


def typed_module(argument: str, terminal: Terminal) -> TypedModule:
    """A file, checked."""
    return _checked(argument, terminal)[2]


def _checked(
    argument: str, terminal: Terminal
) -> tuple[Workspace, Source, TypedModule, Program]:
    from racesc.pipeline import analyse

    workspace = Workspace()
    source = workspace.open(argument)
    if source is None:
        report_all(workspace.report.diagnostics, workspace.known(), terminal)
        raise Failed
    result = analyse([source], workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    report_all(found, workspace.known(), terminal)
    return workspace, source, result.program.modules[0], result.program


def typed(
    argument: str, env: str, terminal: Terminal
) -> tuple[Workspace, Program, TypedEnvironment]:
    """The environment that PATH and ENV name, checked; diagnostics are printed and
    end the command where there is an error."""
    workspace, source, module, program = _checked(argument, terminal)
    environment = find(module, env)
    if environment is None:
        program, environment = _expression(source, env, workspace, terminal)
    if environment.node is None:
        reason = f": {environment.undrawable}" if environment.undrawable else ""
        raise Failed(f"`{environment.name}` cannot be drawn{reason}")
    return workspace, program, environment


def _expression(
    source: Source, text: str, workspace: Workspace, terminal: Terminal
) -> tuple[Program, TypedEnvironment]:
    """A composition expression over what a file declares and uses."""
    from racesc.expression import with_expression
    from racesc.pipeline import analyse

    extended = with_expression(source, text)
    report_all(extended.mistakes, [extended.written], terminal)
    workspace.read[source.path] = extended.source
    result = analyse([extended.source], workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    known = [*workspace.known(), extended.written]
    report_all(extended.moved(found), known, terminal)
    environment = find(result.program.modules[0], extended.name)
    if environment is None:
        raise Failed(f"`{text}` is no composition expression")
    return result.program, environment


@contextmanager
def open_session(argument: str, env: str, terminal: Terminal) -> Iterator[Session]:
    """Compile and start an environment; everything is cleaned up behind it."""
    workspace, program, environment = typed(argument, env, terminal)
    files = SolverFiles(program, workspace.read.values())
    with tempfile.TemporaryDirectory(prefix="racesc-") as folder:
        package = written(package_of([environment], program), folder)
        with Child(package) as child:
            sources = [*workspace.known(), *files.sources()]
            yield Session(environment, child, files, sources, terminal)

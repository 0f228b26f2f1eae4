"""`racesc test [PATH…]`: does every environment keep its promises?"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from racesc.errors.words import counted
from racesc.terminal import Terminal, Usage

if TYPE_CHECKING:
    from racesc.trial.settings import Outcome, Settings
    from racesc.typed import Program, TypedEnvironment
    from racesc.workspace import Workspace

PROSE = """\
Run every environment of .races files against its declaration: examples and laws hold;
results lie inside the codomain at the edges of every parameter and at random; samplers
stay inside the types; verifiers accept the solver's answers; answers read back as they
are shown; nothing depends on the hash seed or changes its arguments; right replies earn
1 and junk earns 0. Solvers run in a child process, each call under a deadline. Without
a PATH: every .races file below the current folder."""
EXAMPLES = """\
examples:
  racesc test
  racesc test puzzles.races --env second_digit -v
  racesc test lists --random 500        a module of the library, more thoroughly
  racesc test puzzles.races --json      for programs"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `test`."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a .races file, a folder or a module"
    )
    parser.add_argument(
        "--env",
        action="append",
        default=[],
        metavar="NAME",
        help="only this environment (may be given several times)",
    )
    parser.add_argument(
        "--random",
        type=int,
        default=60,
        metavar="N",
        help="random inputs for each environment (60)",
    )
    parser.add_argument(
        "--deadline",
        type=float,
        default=5.0,
        metavar="SECONDS",
        help="for one call of a solver (5)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def report_json(
    outcomes: Sequence[Outcome], diagnostics: list[dict[str, Any]]
) -> dict[str, Any]:
    """The documented shape: every environment, and one diagnostic for each failure."""
    failed = sum(bool(outcome.mistakes) for outcome in outcomes)
    return {
        "environments": [
            {
                "name": outcome.environment.name,
                "module": outcome.environment.module,
                "calls": outcome.calls,
                "problems": outcome.problems,
                "failures": [mistake.code for mistake in outcome.mistakes],
            }
            for outcome in outcomes
        ],
        "passed": len(outcomes) - failed,
        "failed": failed,
        "diagnostics": diagnostics,
    }


def summary(outcomes: Sequence[Outcome]) -> str:
    """The last line."""
    failed = sum(bool(outcome.mistakes) for outcome in outcomes)
    calls = sum(outcome.calls for outcome in outcomes)
    problems = sum(outcome.problems for outcome in outcomes)
    tried = f"{calls:,} calls, {problems:,} problems"
    if failed:
        return f"{failed} of {counted(len(outcomes), 'environment')} failed ({tried})"
    return f"{counted(len(outcomes), 'environment')} passed ({tried})"


def chosen(
    environments: Sequence[TypedEnvironment], names: Sequence[str]
) -> list[TypedEnvironment]:
    """Those that --env asks for, or all."""
    return [
        environment
        for environment in environments
        if not names or environment.name in names or environment.qualified in names
    ]


def trials(
    program: Program,
    names: Sequence[str],
    settings: Settings,
    workspace: Workspace,
    terminal: Terminal,
) -> list[Outcome]:
    """Try every environment of the program's modules, printing failures as they come."""
    from racesc.child import Child
    from racesc.failures import SolverFiles
    from racesc.session import package_of, written
    from racesc.trial.package import trial_package
    from racesc.trial.run import Trial

    files = SolverFiles(program, workspace.read.values())
    sources = [*workspace.known(), *files.sources()]
    outcomes: list[Outcome] = []
    for module in program.modules:
        wanted = chosen(module.environments, names)
        held, laws = trial_package(wanted)
        if not held:
            continue
        terminal.progress(f"{module.name}: compiling")
        with tempfile.TemporaryDirectory(prefix="racesc-") as folder:
            package = written(package_of(held, program), folder)
            with Child(package, 1) as child, Child(package, 2) as other:
                trial = Trial(child, other, files, laws, settings, terminal.progress)
                for environment in wanted:
                    outcome = trial.run(environment)
                    outcomes.append(outcome)
                    show(outcome, sources, terminal)
    terminal.clear_progress()
    return outcomes


def show(outcome: Outcome, sources: Sequence[Any], terminal: Terminal) -> None:
    """What became of an environment, as soon as it is known."""
    if terminal.output_format != "json":
        found = [mistake.diagnostic() for mistake in outcome.mistakes]
        terminal.report(found, sources)
    if terminal.verbose and not outcome.mistakes:
        name = outcome.environment.qualified
        terminal.note(f"ok  {name}  {outcome.calls} calls")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Test; 1 where something does not hold."""
    from racesc.diagnostics import as_json
    from racesc.pipeline import analyse
    from racesc.session import report_all
    from racesc.trial.settings import Settings
    from racesc.workspace import Workspace, together

    if options.random < 0 or options.deadline <= 0:
        raise Usage("--random and --deadline take positive numbers")
    workspace = Workspace()
    sources = workspace.open_all(options.paths)
    result = analyse(sources, workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    report_all(found, workspace.known(), terminal)
    known = [one for module in result.program.modules for one in module.environments]
    for name in options.env:
        if not chosen(known, [name]):
            raise Usage(f"no environment `{name}` is declared here")
    settings = Settings(random=options.random, seconds=options.deadline)
    if options.json:
        terminal.output_format = "json"
    outcomes = trials(result.program, options.env, settings, workspace, terminal)
    if terminal.output_format == "json":
        texts = {source.path: source for source in workspace.known()}
        diagnostics = [
            as_json(mistake.diagnostic(), texts)
            for outcome in outcomes
            for mistake in outcome.mistakes
        ]
        terminal.print_json(report_json(outcomes, diagnostics))
    else:
        terminal.print(summary(outcomes))
    return 1 if any(outcome.mistakes for outcome in outcomes) else 0

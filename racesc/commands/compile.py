"""`racesc compile PATH… -o DIR`: write Python packages, all of them or none."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from racesc.child import Child, ChildFailure
from racesc.commands.audit import add_bench_options, chooser_of
from racesc.errors.words import counted
from racesc.failures import SolverFiles, mistake_of
from racesc.files import CannotWrite, Written, write_packages
from racesc.session import written
from racesc.terminal import Failed, Terminal, Usage
from racesc.typed import Program, TypedModule, TypedPackage
from racesc.workspace import Workspace, together

if TYPE_CHECKING:
    from racesc.emit.suites import SuiteContent
    from racesc.suites.choose import Chooser

SAMPLE_LEVELS = (1, 3, 5)  # of the problems in a README, with seeds 0, 1, 2
SUITE_LEVEL = 3  # of those of a suite's composites

PROSE = """\
Compile .races files into Python packages that need nothing but Python 3.11. A file's
`package` declarations say which; a file without one becomes a package of its name.
Nothing is written where there is an error, or over a folder that racesc did not
write."""
EXAMPLES = """\
examples:
  racesc compile puzzles.races -o out              write out/puzzles/
  racesc compile puzzles.races -o out --check      fail where out/ is not up to date"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `compile`."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a .races file or a folder of them"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="where packages go"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail where files would change",
    )
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="NAME",
        help="add the adapter for a framework (may be given several times)",
    )
    add_bench_options(parser)


def outcome(written: Written, destination: str) -> list[str]:
    """What happened, a line for each package."""
    lines = [f"wrote {destination}/{name}" for name in written.written]
    lines += [f"{destination}/{name} is up to date" for name in written.unchanged]
    return lines


def samples(
    package: TypedPackage, program: Program, workspace: Workspace, terminal: Terminal
) -> dict[str, list[dict[str, Any]]]:
    """Problems of each environment, for the README, drawn by the package itself."""
    from racesc.emit.package import emit_package

    files = SolverFiles(program, workspace.read.values())
    drawn: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory(prefix="racesc-") as folder:
        with Child(written(emit_package(package, program), folder)) as child:
            for environment in package.environments:
                terminal.progress(f"drawing samples of {environment.name}")
                try:
                    drawn[environment.name] = [
                        child.ask(
                            "generate",
                            env=environment.name,
                            seed=seed,
                            level=level,
                            split="train",
                        )
                        for seed, level in enumerate(SAMPLE_LEVELS)
                    ]
                except ChildFailure as failure:
                    workspace.report.add(
                        mistake_of(failure, environment, files).diagnostic()
                    )
    return drawn


def suite_samples(
    package: TypedPackage, held: Sequence[SuiteContent], program: Program
) -> dict[str, list[dict[str, Any]]]:
    """A problem of some composites of each suite, by their ids, drawn likewise. They
    were measured before: one that fails now is left out."""
    from racesc.emit.package import emit_package

    few = [replace(one, composites=one.shown) for one in held]
    if not few:
        return {}
    drawn: dict[str, list[dict[str, Any]]] = {}
    bare = replace(package, environments=())
    with tempfile.TemporaryDirectory(prefix="racesc-") as folder:
        with Child(written(emit_package(bare, program, suites=few), folder)) as child:
            for composite in (one for suite in few for one in suite.composites):
                low, high = composite.facts.get("levels", (1, 10))
                level = min(max(SUITE_LEVEL, low), high)
                request = {"env": composite.id, "seed": 0, "level": level}
                try:
                    problem = child.ask("generate", split="train", **request)
                except ChildFailure:
                    continue
                drawn[composite.id] = [problem]
    return drawn


def compiled(
    program: Program,
    targets: tuple[str, ...],
    workspace: Workspace,
    terminal: Terminal,
    chooser: Chooser | None = None,
) -> dict[str, str]:
    """All packages of a checked program: path -> text. What solvers do wrong while
    samples are drawn goes to the workspace's report, and so does a suite that nothing
    is in. ``chooser`` chooses the suites' composites."""
    from racesc.emit.package import emit_package

    packages: dict[str, str] = {}
    for module in program.modules:
        for package in module.packages:
            wanted = tuple(dict.fromkeys((*package.targets, *targets)))
            shown = samples(package, program, workspace, terminal)
            held = suites(package, module, workspace, terminal, chooser)
            shown |= suite_samples(package, held, program)
            packages.update(emit_package(package, program, wanted, shown, held))
    terminal.clear_progress()
    return packages


def suites(
    package: TypedPackage,
    module: TypedModule,
    workspace: Workspace,
    terminal: Terminal,
    chooser: Chooser | None,
) -> list[SuiteContent]:
    """The suites that a package includes, chosen; a note says where one holds fewer
    composites than it was to."""
    from racesc.commands.audit_suite import suite_of
    from racesc.suites.empty import Empty

    found: list[SuiteContent] = []
    for name in package.suites:
        suite = suite_of(module, name)
        if suite is None or chooser is None:
            continue
        try:
            chosen = chooser.choose(suite)
        except Empty as nothing:
            workspace.report.add(nothing.mistake.diagnostic())
            continue
        for shortfall in chosen.funnel.shortfalls():
            terminal.note(f"suite `{name}`: {shortfall}")
        found.append(chosen.content())
    return found


def check_targets(names: Sequence[str]) -> None:
    """Refuse a --target that there is not."""
    from racesc.emit.targets import available

    for name in names:
        if name not in available():
            known = ", ".join(available()) or "none yet"
            raise Usage(f"there is no target `{name}`; the targets are: {known}")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Compile; 1 where the program has errors or --check found differences."""
    from racesc.pipeline import analyse

    check_targets(options.target)
    workspace = Workspace()
    sources = workspace.open_all(options.paths)
    result = analyse(sources, workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    packages: dict[str, str] = {}
    if not any(each.severity == "error" for each in found):
        targets = tuple(options.target)
        chooser = chooser_of(options, result.program, terminal)
        packages = compiled(result.program, targets, workspace, terminal, chooser)
        found = together(workspace.report.diagnostics, result.diagnostics)
    terminal.report(found, workspace.known())
    errors = sum(each.severity == "error" for each in found)
    if errors:
        terminal.note(f"{counted(errors, 'error')}, nothing written")
        return 1
    try:
        done = write_packages(options.output, packages, check=options.check)
    except CannotWrite as problem:
        raise Usage(str(problem)) from None
    if done.differing:
        for path in done.differing:
            terminal.print(f"would change {options.output}/{path}")
        raise Failed(f"{counted(len(done.differing), 'file')} not up to date")
    for line in outcome(done, options.output.rstrip("/") or options.output):
        terminal.print(line)
    return 0

"""`racesc audit PATH`: is an environment worth training on?"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from racesc.terminal import Failed, Terminal, Usage, bar

if TYPE_CHECKING:
    from racesc.audit.bench import Bench
    from racesc.audit.store import Store
    from racesc.child import Child, ChildFailure
    from racesc.suites.choose import Chooser
    from racesc.typed import Program, TypedEnvironment
    from racesc.workspace import Workspace

PROSE = """\
Measure environments on instances of the compiled package: the guess floor (what the
best constant answer earns), how often the answer changes when one value on the way to
it does, how often the answer stands in the prompt, the share of right orders of SORT
and SELECT, different instances, the longest prompt, and the time for an instance and
for a verdict. With --suite: how a suite was chosen, from all legal composites to those
that were kept, and the figures of some of them by level. What was measured before is remembered until something changes."""
EXAMPLES = """\
examples:
  racesc audit lists                          every environment of a module
  racesc audit puzzles.races --env both --level 1..10
  racesc audit puzzles.races --suite train    how many composites are left, and why
  racesc audit puzzles.races --json           for programs"""
LEVELS = (1, 5, 10)
DRAWS = 100
SUITE_DRAWS = 32


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `audit`."""
    parser.add_argument(
        "path", metavar="PATH", help="a .races file, or a module of the library"
    )
    parser.add_argument(
        "--env",
        action="append",
        default=[],
        metavar="NAME",
        help="only this environment (may be given several times)",
    )
    parser.add_argument("--suite", metavar="S", help="a suite that PATH declares")
    parser.add_argument(
        "--level",
        metavar="L",
        help="a level, or a range such as 1..10 (1, 5 and 10)",
    )
    parser.add_argument(
        "--draws",
        type=int,
        metavar="N",
        help=f"instances of an environment at a level ({DRAWS}), or of each of a suite's"
        f" composites ({SUITE_DRAWS})",
    )
    add_bench_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")


def add_bench_options(parser: argparse.ArgumentParser) -> None:
    """How measuring is done, for every command that measures."""
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes (one for each core)"
    )
    parser.add_argument(
        "--cache", metavar="DIR", help="where figures are kept (the user's cache)"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="measure anew, and keep nothing"
    )


def chooser_of(
    options: argparse.Namespace, program: Program, terminal: Terminal
) -> Chooser:
    """What chooses suites, as the options say."""
    from racesc.audit.bench import cores
    from racesc.suites.choose import Chooser

    if options.workers is not None and options.workers < 1:
        raise Usage(f"--workers takes a number from 1 on, not {options.workers}")
    workers = options.workers or cores()
    return Chooser(program, workers, cache_folder(options), terminal.progress)


def levels_of(text: str | None) -> tuple[int, ...]:
    """`3` and `1..10` as levels."""
    if text is None:
        return LEVELS
    low, dots, high = text.partition("..")
    try:
        ends = int(low), int(high if dots else low)
    except ValueError:
        raise Usage(f"--level takes a level or a range of levels, not {text}") from None
    if not 1 <= ends[0] <= ends[1] <= 10:
        raise Usage(f"a level is a whole number of 1..10, not {text}")
    return tuple(range(ends[0], ends[1] + 1))


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Measure and print; 1 where an environment cannot be measured."""
    from racesc.pipeline import analyse
    from racesc.session import report_all
    from racesc.workspace import Workspace, together

    levels = levels_of(options.level)
    if options.draws is None:
        options.draws = DRAWS if options.suite is None else SUITE_DRAWS
    if options.draws < 2:
        raise Usage(f"--draws takes a number from 2 on, not {options.draws}")
    if options.workers is not None and options.workers < 1:
        raise Usage(f"--workers takes a number from 1 on, not {options.workers}")
    workspace = Workspace()
    source = workspace.open(options.path)
    sources = [] if source is None else [source]
    result = analyse(sources, workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    report_all(found, workspace.known(), terminal)
    if options.suite is not None:
        from racesc.commands.audit_suite import audit_suite

        if options.env:
            raise Usage("`--env` and `--suite` ask for different things: give one")
        return audit_suite(options, result.program, workspace, terminal)
    wanted = chosen(result.program, options.env, terminal)
    audit = Audit(options, result.program, workspace, terminal)
    measured = audit.environments(wanted, levels)
    if options.json:
        rows = [
            {"name": one.name, "level": level, **figures}
            for one, level, figures in measured
        ]
        terminal.print_json({"environments": rows})
    else:
        show(measured, terminal)
    return 1 if audit.failed else 0


def chosen(
    program: Program, names: Sequence[str], terminal: Terminal
) -> list[TypedEnvironment]:
    """The environments to measure: those that --env names, or all."""
    known = [one for module in program.modules for one in module.environments]
    for name in names:
        if not any(name in (one.name, one.qualified) for one in known):
            raise Usage(f"no environment `{name}` is declared here")
    wanted = []
    for one in known:
        if names and not {one.name, one.qualified}.intersection(names):
            continue
        if one.node is None:
            reason = f": {one.undrawable}" if one.undrawable else ""
            terminal.note(f"`{one.name}` cannot be drawn{reason}")
        else:
            wanted.append(one)
    if not wanted:
        suites = [suite.name for module in program.modules for suite in module.suites]
        hint = f"; suites have `--suite {suites[0]}`" if suites else ""
        raise Failed(f"there is no environment to measure{hint}")
    return wanted


class Audit:
    """One run: what was asked for, and what came of it."""

    def __init__(
        self,
        options: argparse.Namespace,
        program: Program,
        workspace: Workspace,
        terminal: Terminal,
    ) -> None:
        from racesc.audit.bench import cores
        from racesc.failures import SolverFiles

        self.draws: int = options.draws
        self.workers: int = options.workers or cores()
        self.folder = cache_folder(options)
        self.program = program
        self.files = SolverFiles(program, workspace.read.values())
        self.sources = [*workspace.known(), *self.files.sources()]
        self.terminal = terminal
        self.failed = False

    def environments(
        self, wanted: Sequence[TypedEnvironment], levels: Sequence[int]
    ) -> list[tuple[TypedEnvironment, int, dict[str, Any]]]:
        """Every environment at every level, with its figures."""
        from racesc.audit.bench import Bench
        from racesc.audit.store import Store, content_key
        from racesc.session import package_of, written

        files = package_of(wanted, self.program)
        key = content_key(files, str(self.draws))
        with (
            tempfile.TemporaryDirectory(prefix="racesc-") as folder,
            Store(self.folder, key) as store,
        ):
            package = written(files, folder)
            with Bench(package, self.workers) as bench:
                return list(self._figures(wanted, levels, bench, store))

    def _figures(
        self,
        wanted: Sequence[TypedEnvironment],
        levels: Sequence[int],
        bench: Bench,
        store: Store,
    ) -> Iterator[tuple[TypedEnvironment, int, dict[str, Any]]]:
        from racesc.child import ChildFailure

        jobs = [(one, level) for one in wanted for level in levels]
        missing = [job for job in jobs if place(*job) not in store]

        def ask(
            child: Child, job: tuple[TypedEnvironment, int]
        ) -> dict[str, Any] | ChildFailure:
            one, level = job
            try:
                request = {"env": one.name, "level": level, "draws": self.draws}
                figures: dict[str, Any] = child.ask(
                    "measure", seconds=120, what="environment", **request
                )
                return figures
            except ChildFailure as failure:
                return failure

        broken: set[str] = set()
        for count, (job, reply) in enumerate(bench.run(ask, missing), 1):
            done = f"{bar(count, len(missing))} {count} of {len(missing)}"
            self.terminal.progress(f"{done}  {job[0].name}")
            if isinstance(reply, ChildFailure):
                self._blame(job[0], reply, broken)
            else:
                store[place(*job)] = reply
        self.terminal.clear_progress()
        for job in jobs:
            if place(*job) in store:
                yield (*job, store[place(*job)])

    def _blame(
        self, environment: TypedEnvironment, failure: ChildFailure, broken: set[str]
    ) -> None:
        """Report what a solver did, once for each environment."""
        from racesc.failures import mistake_of

        self.failed = True
        if environment.name not in broken:
            broken.add(environment.name)
            mistake = mistake_of(failure, environment, self.files)
            self.terminal.report([mistake.diagnostic()], self.sources)


def cache_folder(options: argparse.Namespace) -> Path | None:
    """Where figures are kept."""
    from racesc.audit.store import default_folder

    if options.no_cache:
        return None
    return Path(options.cache) if options.cache else default_folder()


def place(environment: TypedEnvironment, level: int) -> str:
    """The key of one environment at one level."""
    return f"{environment.qualified} {level}"


def show(
    measured: Sequence[tuple[TypedEnvironment, int, dict[str, Any]]],
    terminal: Terminal,
) -> None:
    """The table."""
    from racesc.audit.figures import COLUMNS, Figures, cells, table

    rows = []
    before = ""
    for one, level, figures in measured:
        name = "" if one.name == before else one.name
        before = one.name
        rows.append([name, str(level), *cells(Figures.from_json(figures))])
    text = table(("environment", "level", *COLUMNS), rows)
    head, _, body = text.partition("\n")
    terminal.print(terminal.style(head, "bold"))
    terminal.print(body)

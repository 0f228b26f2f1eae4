"""`racesc audit PATH --suite S`: how a suite was chosen."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from racesc.commands.audit import LEVELS, cache_folder, chooser_of, levels_of
from racesc.terminal import Failed, Terminal, Usage

if TYPE_CHECKING:
    from racesc.audit.figures import Figures
    from racesc.suites.chosen import Chosen
    from racesc.suites.suite import Suite
    from racesc.typed import Program, TypedModule
    from racesc.workspace import Workspace

SHOWN = 3  # composites shown from either end
MEASURED = 20  # composites whose figures are measured by level


def suite_of(module: TypedModule, name: str) -> Suite | None:
    """A suite that a module declares or includes, by its bare or full name."""
    for suite in module.suites:
        if name in (suite.name, f"{suite.module}.{suite.name}"):
            found: Suite = suite
            return found
    return None


def audit_suite(
    options: argparse.Namespace,
    program: Program,
    workspace: Workspace,
    terminal: Terminal,
) -> int:
    """Choose the suite, and print its funnel."""
    from racesc.suites.empty import Empty

    modules = program.modules
    suite = suite_of(modules[0], options.suite) if modules else None
    if suite is None:
        known = ", ".join(one.name for one in modules[0].suites) or "none"
        raise Usage(f"no suite `{options.suite}` is declared here; there are: {known}")
    chooser = chooser_of(options, program, terminal)
    try:
        chosen = chooser.choose(suite)
    except Empty as nothing:
        terminal.report([nothing.mistake.diagnostic()], workspace.known())
        raise Failed from None
    levels = by_level(chosen, levels_within(suite, options.level), options, program)
    terminal.clear_progress()
    if options.json:
        terminal.print_json(document(chosen, levels))
    else:
        show(chosen, levels, terminal)
    return 0


@dataclass(frozen=True)
class AtLevel:
    """The figures of so many of a suite's composites at one level."""

    level: int
    composites: int
    figures: Figures


def by_level(
    chosen: Chosen,
    levels: Sequence[int],
    options: argparse.Namespace,
    program: Program,
) -> list[AtLevel]:
    """The figures of some of the composites, from all over the suite, at each level;
    composites that fail at a level are left out there."""
    from racesc.audit.bench import Bench, cores
    from racesc.audit.figures import Figures, mean
    from racesc.audit.store import Store, content_key
    from racesc.child import Child, ChildFailure
    from racesc.emit.package import emit_package
    from racesc.emit.suites import SuiteContent
    from racesc.session import TEMPORARY, written
    from racesc.typed import TypedPackage

    suite, whole = chosen.suite, chosen.composites
    some = whole[:: -(-len(whole) // MEASURED)]
    package = TypedPackage(TEMPORARY, "0", "", (), (), (), suite.span)
    files = emit_package(package, program, suites=[SuiteContent(suite.name, some)])

    def ask(child: Child, job: tuple[str, int]) -> dict[str, Any] | None:
        try:
            request = {"env": job[0], "level": job[1], "draws": options.draws}
            found: dict[str, Any] = child.ask(
                "measure", seconds=120, what="environment", **request
            )
            return found
        except ChildFailure:
            return None

    jobs = [(one.id, level) for level in levels for one in some]
    with (
        tempfile.TemporaryDirectory(prefix="racesc-") as folder,
        Store(cache_folder(options), content_key(files, str(options.draws))) as store,
        Bench(written(files, folder), options.workers or cores()) as bench,
    ):
        missing = [job for job in jobs if "{} {}".format(*job) not in store]
        for (name, level), reply in bench.run(ask, missing):
            store[f"{name} {level}"] = reply
        found = []
        for level in levels:
            replies = [store[f"{one.id} {level}"] for one in some]
            figures = [Figures.from_json(reply) for reply in replies if reply]
            if figures:
                found.append(AtLevel(level, len(figures), mean(figures)))
    return found


def levels_within(suite: Suite, asked: str | None) -> tuple[int, ...]:
    """The levels that are asked for; the suite must have them."""
    low, high = suite.levels
    if asked is None:
        return tuple(sorted({min(max(level, low), high) for level in LEVELS}))
    levels = levels_of(asked)
    if levels[0] < low or levels[-1] > high:
        raise Usage(f"suite `{suite.name}` has the levels {low}..{high}, not {asked}")
    return levels


def document(chosen: Chosen, levels: Sequence[AtLevel]) -> dict[str, Any]:
    """The documented shape: the funnel, figures by level, and every composite with
    those it was chosen by, in the form of environments."""
    suite = chosen.suite
    return {
        "suite": suite.name,
        "asked": suite.to_json(),
        "funnel": chosen.funnel.to_json(),
        "laws": chosen.laws.to_json(),
        "levels": [
            {
                "level": one.level,
                "composites": one.composites,
                **one.figures.to_json(),
            }
            for one in levels
        ],
        "environments": [
            {
                "name": one.id,
                "level": suite.level,
                **one.facts["figures"],
                "generate_us": None,
                "grade_us": None,
                "expression": one.expression,
                "signature": one.signature,
                "rank": one.facts["rank"],
                "size": one.facts["size"],
                "depth": one.facts["depth"],
            }
            for one in chosen.composites
        ],
    }


def show(chosen: Chosen, levels: Sequence[AtLevel], terminal: Terminal) -> None:
    """The funnel, figures by level, and the composites that are hardest and easiest to
    guess."""
    from racesc.audit.figures import COLUMNS, cells, share, table

    suite = chosen.suite
    count = len(chosen.laws.forbidden)
    title = f"suite {suite.name}: {len(suite.environments)} base environments,"
    terminal.print(terminal.style(f"{title} {count} forbidden pairs", "bold"))
    terminal.print(chosen.funnel.text())
    terminal.print()
    title = f"{levels[0].composites} of them by level: means, and the longest prompt"
    terminal.print(terminal.style(title, "bold"))
    by = [[str(one.level), *cells(one.figures)[:-1]] for one in levels]
    terminal.print(table(("level", *COLUMNS[:-1]), by))
    ranked = sorted(chosen.composites, key=lambda one: one.facts["figures"]["guess"])
    ends: Sequence[Any] = ranked
    if len(ranked) > 2 * SHOWN:
        ends = [*ranked[:SHOWN], *ranked[-SHOWN:]]
    rows = []
    for one in ends:
        figures = one.facts["figures"]
        rows.append(
            [
                one.expression,
                share(figures["guess"]),
                share(figures["sensitivity"]),
                share(figures["ambiguity"]),
            ]
        )
    terminal.print()
    terminal.print(table(("composite", "guess", "sens.", "ambig."), rows))

"""`racesc audit PATH --suite S`: how a suite was chosen."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from racesc.commands.audit import chooser_of
from racesc.terminal import Failed, Terminal, Usage

if TYPE_CHECKING:
    from racesc.suites.choose import Chosen
    from racesc.suites.suite import Suite
    from racesc.typed import Program, TypedModule
    from racesc.workspace import Workspace

SHOWN = 3  # composites shown from either end


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
    from racesc.suites.choose import Empty

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
    terminal.clear_progress()
    if options.json:
        terminal.print_json(document(chosen))
    else:
        show(chosen, terminal)
    return 0


def document(chosen: Chosen) -> dict[str, Any]:
    """The documented shape: the funnel, and every composite with its figures in the
    form of environments."""
    suite = chosen.suite
    return {
        "suite": suite.name,
        "asked": suite.to_json(),
        "funnel": chosen.funnel.to_json(),
        "laws": chosen.laws.to_json(),
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


def show(chosen: Chosen, terminal: Terminal) -> None:
    """The funnel, and the composites that are hardest and easiest to guess."""
    from racesc.audit.figures import share, table

    suite = chosen.suite
    count = len(chosen.laws.forbidden)
    title = f"suite {suite.name}: {len(suite.environments)} base environments,"
    terminal.print(terminal.style(f"{title} {count} forbidden pairs", "bold"))
    terminal.print(chosen.funnel.text())
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

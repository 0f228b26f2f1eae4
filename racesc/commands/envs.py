"""`racesc envs [MODULE]`: the environments of the library, a module or a file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from racesc.terminal import Terminal
from racesc.typed import TypedEnvironment

PROSE = """\
List environments with their signatures: of the whole standard library, of one of its
modules, or of a .races file."""
EXAMPLES = """\
examples:
  racesc envs                    the standard library
  racesc envs lists              one module of it
  racesc envs puzzles.races      a file of yours
  racesc envs --json             for programs"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `envs`."""
    parser.add_argument(
        "module", nargs="?", metavar="MODULE", help="a module's name or a .races file"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def entry(environment: TypedEnvironment) -> dict[str, Any]:
    """An environment in the documented JSON shape."""
    from racesc.show_types import signature_text

    return {
        "name": environment.name,
        "module": environment.module,
        "signature": signature_text(environment.signature),
        "doc": environment.doc,
        "tags": list(environment.tags),
        "relational": environment.relational,
        "expression": environment.expression,
        "base": environment.base is not None,
        "sampleable": environment.sampleable,
    }


def listing(entries: Sequence[dict[str, Any]], terminal: Terminal) -> list[str]:
    """Entries to read, grouped by module."""
    lines: list[str] = []
    module = None
    for one in entries:
        if one["module"] != module:
            module = one["module"]
            lines += ([""] if lines else []) + [terminal.style(module, "bold", "cyan")]
        name = terminal.style(one["name"], "bold")
        mark = terminal.style("  many right answers", "dim")
        lines.append(f"  {name}{one['signature']}{mark if one['relational'] else ''}")
        if one["doc"]:
            first = one["doc"].strip().split("\n")[0]
            lines.append(f"      {terminal.style(first, 'dim')}")
    return lines


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the list."""
    from racesc.files import library_modules
    from racesc.pipeline import analyse
    from racesc.session import report_all
    from racesc.workspace import Workspace, together

    workspace = Workspace()
    names = library_modules() if options.module is None else [options.module]
    sources = workspace.open_all(names)
    result = analyse(sources, workspace.library())
    found = together(workspace.report.diagnostics, result.diagnostics)
    report_all(found, workspace.known(), terminal)
    entries = [
        entry(environment)
        for module in result.program.modules
        for environment in module.environments
    ]
    if options.json:
        terminal.print_json(entries)
    else:
        for line in listing(entries, terminal):
            terminal.print(line)
        terminal.note(f"{len(entries)} environments")
    return 0

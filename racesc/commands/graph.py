"""`racesc graph PATH [ENV]`: what feeds what, as text, Mermaid or JSON."""

from __future__ import annotations

import argparse
from pathlib import Path

from racesc.files import source_path
from racesc.terminal import Terminal, Usage

PROSE = """\
Draw the composition graph of an environment: inputs, steps and operators, and which
parameter each result is fed to. Without ENV: every composite that the file declares;
of a library (a folder, a module without composites, or with --library): which
environments feed which, and those that nothing feeds or that feed nothing."""
EXAMPLES = """\
examples:
  racesc graph puzzles.races
  racesc graph puzzles.races both --format mermaid
  racesc graph lists 'to_digits >> sort >> reverse' --format json
  racesc graph lists --library
  racesc graph stdlib_envs --format json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `graph`."""
    parser.add_argument(
        "path",
        metavar="PATH",
        help="a .races file, a module of the library, or a folder of modules",
    )
    parser.add_argument(
        "env",
        nargs="?",
        metavar="ENV",
        help="an environment, or a composition expression",
    )
    parser.add_argument(
        "--library",
        action="store_true",
        help="what feeds what among the environments that PATH declares and uses",
    )
    parser.add_argument(
        "--format",
        choices=("text", "mermaid", "json"),
        default="text",
        help="how to draw it (text)",
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print graphs."""
    from racesc import graph
    from racesc.session import typed, typed_module

    if options.library or Path(source_path(options.path)).is_dir():
        if options.env is not None:
            raise Usage("the graph of a library is not that of one environment")
        return run_library(options, terminal)
    if options.env is None:
        module = typed_module(options.path, terminal)
        chosen = [one for one in module.environments if one.base is None]
        if not chosen:
            return run_library(options, terminal)
    else:
        chosen = [typed(options.path, options.env, terminal)[2]]
    if options.format == "json":
        documents = [graph.to_json(one) for one in chosen]
        terminal.print_json(documents if options.env is None else documents[0])
        return 0
    draw = graph.mermaid if options.format == "mermaid" else graph.text
    for number, environment in enumerate(chosen):
        if options.env is None:
            comment = "%% " if options.format == "mermaid" else ""
            title = f"{comment}{environment.name} = {environment.expression}"
            terminal.print(("\n" if number else "") + terminal.style(title, "bold"))
        terminal.print(draw(environment))
    return 0


def run_library(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print what feeds what in a library."""
    from racesc.space import reach
    from racesc.space.opened import open_scope

    found = reach.reach(open_scope(options.path, terminal).scope)
    if options.format == "json":
        terminal.print_json(found.to_json())
    elif options.format == "mermaid":
        terminal.print(reach.mermaid(found))
    else:
        for line in reach.text(found):
            terminal.print(line)
    return 0

"""`racesc graph PATH [ENV]`: what feeds what, as text, Mermaid or JSON."""

from __future__ import annotations

import argparse

from racesc.terminal import Terminal

PROSE = """\
Draw the composition graph of an environment: inputs, steps and operators, and which
parameter each result is fed to. Without ENV: every composite that the file declares."""
EXAMPLES = """\
examples:
  racesc graph puzzles.races
  racesc graph puzzles.races both --format mermaid
  racesc graph lists 'to_digits >> sort >> reverse' --format json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `graph`."""
    parser.add_argument(
        "path", metavar="PATH", help="a .races file, or a module of the library"
    )
    parser.add_argument(
        "env",
        nargs="?",
        metavar="ENV",
        help="an environment, or a composition expression",
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

    if options.env is None:
        module = typed_module(options.path, terminal)
        chosen = [one for one in module.environments if one.base is None]
        chosen = chosen or list(module.environments)
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

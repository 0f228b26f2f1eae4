"""`racesc explain-type PATH EXPR`: the derivation of a composition's type."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from racesc.terminal import Failed, Terminal

if TYPE_CHECKING:
    from racesc.derivation import Derivation
    from racesc.source import Source
    from racesc.workspace import Workspace

PROSE = """\
Print how the type of a composition is derived: one rule on a line, what it rests on
below it. The rules are those of docs/type-system.md."""
EXAMPLES = """\
examples:
  racesc explain-type lists 'to_digits >> sort >> kth_largest(k: 2)'
  racesc explain-type puzzles.races second_digit
  racesc explain-type puzzles.races 'second_digit >> is_prime' --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `explain-type`."""
    parser.add_argument("path", metavar="PATH", help="a .races file or a module's name")
    parser.add_argument(
        "expression", metavar="EXPR", help="a composition, or a composite's name"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="one document: rule, judgement and premises, nested",
    )


def explained(
    source: Source, text: str, workspace: Workspace, terminal: Terminal
) -> Derivation:
    """The derivation of an expression over what a file declares and uses."""
    from racesc.derivation import derive
    from racesc.expression import with_expression
    from racesc.session import report_all
    from racesc.syntax import CompositeDeclaration
    from racesc.watch import watch
    from racesc.workspace import together

    seen = watch([source], workspace.library())
    name = text.strip()
    extended = None
    meant = seen.roots[0].environment(name)
    if meant is not None and isinstance(meant[1], CompositeDeclaration):
        owner, name = meant[0], meant[1].name.text
    else:
        extended = with_expression(source, text)
        report_all(extended.mistakes, [extended.written], terminal)
        workspace.read[source.path] = extended.source
        seen = watch([extended.source], workspace.library())
        owner, name = seen.roots[0], extended.name
    found = together(workspace.report.diagnostics, seen.report.diagnostics)
    known = workspace.known()
    if extended is not None:
        found, known = extended.moved(found), [*known, extended.written]
    report_all(found, known, terminal)
    derivation = None
    if name in owner.environments:
        derivation = derive(seen.checker, owner, name)
    if derivation is None:
        raise Failed(f"`{text}` is no composition expression")
    return derivation


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the tree."""
    from racesc.session import report_all
    from racesc.workspace import Workspace

    workspace = Workspace()
    source = workspace.open(options.path)
    if source is None:
        report_all(workspace.report.diagnostics, workspace.known(), terminal)
        raise Failed
    derivation = explained(source, options.expression, workspace, terminal)
    if options.json:
        terminal.print_json(derivation.to_json())
        return 0
    for line in derivation.lines():
        terminal.print(line)
    return 0

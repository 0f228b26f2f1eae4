"""`racesc rank PATH EXPR`: where a composition stands in the space."""

from __future__ import annotations

import argparse

from racesc.commands.show import lines
from racesc.space.options import add_selection, selection
from racesc.terminal import Failed, Terminal

PROSE = """\
Find the place of a composition in the space, as `show` and `enumerate` count it. Any
expression that means a counted composition will do: names of composites are opened,
and PARALLEL's parts may stand in any order."""
EXAMPLES = """\
examples:
  racesc rank lists 'to_digits >> sort'
  racesc rank stdlib_envs 'SORT(to_digits >> sort >> reverse)' --size 3 --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `rank`."""
    add_selection(parser)
    parser.add_argument("expression", metavar="EXPR", help="a composition expression")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the rank."""
    from racesc.diagnostics import Report
    from racesc.parse import parse_expression
    from racesc.space import terms
    from racesc.space.opened import open_scope
    from racesc.space.reading import Reader
    from racesc.space.space import Space

    chosen = selection(options, terminal)
    opened = open_scope(options.path, terminal)
    terminal.progress("counting …")
    space = Space(opened.scope, chosen)
    reader = Reader(space.steps)
    written = parse_expression(options.expression, Report())
    term = None if written is None else reader.read(written)
    if term is None:
        # Names of composites, aliases in types: the checker knows what they mean.
        canonical = opened.canonical(options.expression)
        written = parse_expression(canonical, Report())
        term = None if written is None else reader.read(written)
        if term is None:
            raise Failed(
                f"`{canonical}` is legal, but the counted space leaves it out: it has"
                " no policies, fixed arguments, blocks, options or other types at heads"
            )
    rank = space.rank(term)
    if rank is None:
        size, depth = terms.size(term), terms.depth(term)
        raise Failed(
            f"`{space.expression(term)}` (size {size}, depth {depth}) is not in this"
            " selection"
        )
    entry = space.shown(rank, term)
    if options.json:
        terminal.print_json(entry.to_json())
        return 0
    for line in lines(entry, terminal):
        terminal.print(line)
    return 0

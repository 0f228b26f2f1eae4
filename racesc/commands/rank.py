"""`racesc rank PATH EXPR`: where a composition stands in the space."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from racesc.commands.show import lines
from racesc.space.options import add_selection, open_chosen, selection
from racesc.space.selection import EVERY
from racesc.terminal import Failed, Terminal

if TYPE_CHECKING:
    from racesc.space.space import Space
    from racesc.space.terms import Term

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


def operators(term: Term) -> set[str]:
    """The operators in a composition."""
    from racesc.space import terms

    if term[0] in "bu":
        return set()
    return {terms.operator(term)}.union(*map(operators, term[1]))


def missing(space: Space, term: Term) -> str:
    """Why a selection has not a composition that is legal."""
    from racesc.space import terms

    size, depth, operator = terms.size(term), terms.depth(term), terms.operator(term)
    asked = space.selection
    found = f"`{space.expression(term)}` is not in this selection"
    if size not in space.sizes:
        return f"{found}: its size is {size} (`--size {size}`)"
    if not asked.depths[0] <= depth <= asked.depths[1]:
        return f"{found}: its depth is {depth} (`--depth {depth}`)"
    used = [name for name in EVERY if name in operators(term)]
    if not set(used) <= set(asked.operators):
        return f"{found}: it uses {', '.join(used)} (`--using {','.join(used)}`)"
    if asked.goals:
        return f"{found}: `--goal` asks for another codomain"
    return f"{found}: it is no {operator} in canonical form"


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the rank."""
    from racesc.diagnostics import Report
    from racesc.parse import parse_expression
    from racesc.space.reading import Reader
    from racesc.space.space import Space

    chosen = selection(options)
    opened, chosen = open_chosen(options, chosen, terminal)
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
                " no policies, fixed arguments, blocks, options, other types at heads, or"
                " chains in MAP and the like"
            )
    rank = space.rank(term)
    if rank is None:
        raise Failed(missing(space, term))
    entry = space.shown(rank, term)
    if options.json:
        terminal.print_json(entry.to_json())
        return 0
    for line in lines(entry, terminal):
        terminal.print(line)
    return 0

"""`racesc show PATH --rank K`: the composition with a rank."""

from __future__ import annotations

import argparse
from typing import Any

from racesc.space.options import add_selection, open_chosen, selection
from racesc.terminal import Failed, Terminal

PROSE = """\
Show the composition that stands at a place of the space. The place depends on the
selection: give the same options as to `count` or `enumerate`."""
EXAMPLES = """\
examples:
  racesc show lists --rank 1000
  racesc show stdlib_envs --size 5 --rank 123456789 --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `show`."""
    add_selection(parser)
    parser.add_argument(
        "--rank", type=int, required=True, metavar="K", help="the place, from 0 on"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def lines(entry: Any, terminal: Terminal) -> list[str]:
    """An entry to read."""
    return [
        terminal.style(entry.expression, "bold"),
        f"  {entry.signature}",
        f"  rank {entry.rank:,}, size {entry.size}, depth {entry.depth}, id {entry.id}",
    ]


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the composition."""
    from racesc.space.space import Space

    chosen = selection(options)
    opened, chosen = open_chosen(options, chosen, terminal)
    terminal.progress("counting …")
    space = Space(opened.scope, chosen)
    if not 0 <= options.rank < space.total:
        raise Failed(
            f"there is no rank {options.rank}: this selection has {space.total:,}"
            " compositions, counted from 0"
        )
    entry = space.entry(options.rank)
    if options.json:
        terminal.print_json(entry.to_json())
        return 0
    for line in lines(entry, terminal):
        terminal.print(line)
    return 0

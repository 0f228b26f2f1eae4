"""`racesc count PATH`: how many legal compositions there are, exactly."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from racesc.collecting import uncollected
from racesc.space.options import add_selection, open_chosen, selection
from racesc.space.selection import OPERATORS
from racesc.terminal import Terminal, Usage

PROSE = """\
Count the legal compositions of a scope exactly, without enumerating them: those that
`check` accepts, in canonical form, with nothing fixed and no policies. They are made
with SEQUENTIAL, PARALLEL, SORT and SELECT, or with what `--using` names. Results are
split by size (base environments in each), by the operator on top and by codomain
(refinements dropped)."""
EXAMPLES = """\
examples:
  racesc count lists
  racesc count puzzles.races --size 2..5 --using SEQUENTIAL,SORT
  racesc count lists --using SEQUENTIAL,MAP,FOLD
  racesc count stdlib_envs --size 3 --by operator --json
  racesc count lists --goal 'Int in 0..100'
  racesc count stdlib_envs --size 2..5 --coarse"""
KINDS = ("size", "operator", "codomain")
ROWS = 20  # of one kind that are shown; `--json` and `--by codomain` have all of them


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `count`."""
    add_selection(parser)
    parser.add_argument(
        "--by",
        metavar="KINDS",
        help=f"how to split the number, separated by commas ({','.join(KINDS)})",
    )
    parser.add_argument(
        "--coarse",
        action="store_true",
        help="count at least so many, in less time: types are widened, which leaves "
        "some out; says which share of a small size is missing",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def kinds(text: str | None) -> tuple[str, ...]:
    """How the number is to be split."""
    if text is None:
        return KINDS
    chosen = [word.strip() for word in text.split(",")]
    for word in chosen:
        if word not in KINDS:
            raise Usage(f"`--by` takes some of {', '.join(KINDS)}, not `{word}`")
    return tuple(chosen)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the counts."""
    from racesc.space.coarse import missing
    from racesc.space.space import Space

    split = kinds(options.by)
    chosen = replace(selection(options), coarse=options.coarse)
    if options.coarse and not set(chosen.operators) <= set(OPERATORS):
        raise Usage(
            f"`--coarse` knows {', '.join(OPERATORS)} alone: leave the other operators"
            " out of `--using`, or `--coarse`"
        )
    opened, chosen = open_chosen(options, chosen, terminal)
    terminal.progress("counting …")
    with uncollected():
        space = Space(opened.scope, chosen)
        document = summary(space, split)
        if options.coarse:
            measured = missing(opened.scope, chosen)
            document["coarse"] = measured.to_json()
    if options.json:
        terminal.print_json(document)
        return 0
    least = "at least " if options.coarse else ""
    number = terminal.style(f"{document['total']:,}", "bold")
    terminal.print(f"{least}{number} compositions")
    if options.coarse:
        terminal.print(
            f"coarse: of size {measured.size} it has {measured.counted:,} of "
            f"{measured.exact:,}, so {measured.share:.2%} are missing there"
        )
    for kind in split:
        rows = document[f"by_{kind}"]
        more = len(rows) - ROWS if options.by is None else 0
        if more > 0:
            rows = dict(list(rows.items())[:ROWS])
        width = max((len(name) for name in rows), default=0)
        numbers = max((len(f"{number:,}") for number in rows.values()), default=0)
        terminal.print()
        terminal.print(terminal.style(f"by {kind}", "bold", "cyan"))
        for name, number in rows.items():
            terminal.print(f"  {name:<{width}}  {number:>{numbers},}")
        if more > 0:
            terminal.print(f"  and {more:,} more, which `--by {kind}` shows")
    return 0


def summary(space: Any, split: tuple[str, ...] = KINDS) -> dict[str, Any]:
    """The counts in the documented shape."""
    by_size = {str(size): 0 for size in space.sizes}
    by_operator: dict[str, int] = {}
    for (size, operator), count in space.counts().items():
        by_size[str(size)] += count
        by_operator[operator] = by_operator.get(operator, 0) + count
    document: dict[str, Any] = {"total": space.total}
    if "size" in split:
        document["by_size"] = by_size
    if "operator" in split:
        document["by_operator"] = by_operator
    if "codomain" in split:
        document["by_codomain"] = space.by_codomain()
    return document

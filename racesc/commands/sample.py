"""`racesc sample PATH ENV`: problems as a person would read them."""

from __future__ import annotations

import argparse
from typing import Any

from racesc.session import check_draw, open_session
from racesc.terminal import Terminal, Usage

PROSE = """\
Show problems of an environment. PATH is a .races file or a module of the library; ENV
is the name of an environment in it, or any composition expression over what it declares
and uses."""
EXAMPLES = """\
examples:
  racesc sample lists kth_largest
  racesc sample puzzles.races both -n 1 --seed 7 --level 10
  racesc sample lists 'to_digits >> sort >> kth_largest(k: 2)'
  racesc sample lists 'SORT(to_digits >> sort >> kth_largest)' --json | head -1"""


def add_selection(parser: argparse.ArgumentParser) -> None:
    """PATH and ENV, as several commands take them."""
    parser.add_argument(
        "path", metavar="PATH", help="a .races file, or a module of the library"
    )
    parser.add_argument(
        "env", metavar="ENV", help="an environment, or a composition expression"
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `sample`."""
    add_selection(parser)
    parser.add_argument(
        "-n", "--count", type=int, default=3, metavar="N", help="how many (3)"
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="the first seed (0)"
    )
    parser.add_argument(
        "--level", type=int, default=5, metavar="L", help="difficulty 1..10 (5)"
    )
    parser.add_argument(
        "--split",
        choices=("train", "validation", "test"),
        default="train",
        help="which split to draw from (train)",
    )
    parser.add_argument(
        "--json", action="store_true", help="one JSON object on a line for each"
    )


def page(name: str, problem: dict[str, Any], answer: str, terminal: Terminal) -> str:
    """A problem with its answer, to read."""
    title = f"── {name}  seed {problem['seed']}  level {problem['level']}"
    return "\n".join(
        [
            terminal.style(title, "bold"),
            problem["prompt"],
            "",
            terminal.style("answer: ", "dim") + answer,
            "",
        ]
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print problems."""
    if options.count < 0:
        raise Usage(f"-n takes a number from 0 on, not {options.count}")
    check_draw(options.seed, options.level)
    with open_session(options.path, options.env, terminal) as session:
        if options.json:
            for problem in session.generate_several(
                options.seed, options.level, options.split, options.count
            ):
                terminal.print_json(problem)
            return 0
        for seed in range(options.seed, options.seed + options.count):
            problem = session.generate(seed, options.level, options.split)
            answer = session.gold(problem)
            terminal.print(page(options.env, problem, answer, terminal))
    return 0

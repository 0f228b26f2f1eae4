"""The selection options that `count`, `enumerate`, `show` and `rank` share."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from racesc.space.selection import ANY_DEPTH, EVERY, FURTHER, OPERATORS, Selection
from racesc.terminal import Terminal, Usage

if TYPE_CHECKING:
    from racesc.space.opened import Opened

MOST_SIZE = 12  # counts stay exact beyond, but nobody waits for them
DEFAULT_SIZES = (2, 4)


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options, and PATH before them."""
    parser.add_argument(
        "path",
        metavar="PATH",
        help="a .races file, a module of the library, or a folder of modules",
    )
    group = parser.add_argument_group("which compositions")
    group.add_argument(
        "--size",
        metavar="A..B",
        help="how many base environments in each "
        f"({DEFAULT_SIZES[0]}..{DEFAULT_SIZES[1]})",
    )
    group.add_argument("--depth", metavar="A..B", help="how deep operators nest (any)")
    group.add_argument(
        "--using",
        metavar="OPS",
        help=f"operators, separated by commas ({','.join(OPERATORS)}; "
        f"also {', '.join(FURTHER)})",
    )
    group.add_argument(
        "--goal",
        metavar="TYPE",
        help="only those whose result fits: `Int | List[Int]`, or a type that PATH "
        "declares or uses",
    )


def selection(options: argparse.Namespace) -> Selection:
    """What the options ask for, but for goals: their types may be the file's own."""
    low, high = _range(options.size, "--size", DEFAULT_SIZES)
    if low > high:
        raise Usage(f"`--size {options.size}` is an empty range: write {high}..{low}")
    if not 1 <= low <= high <= MOST_SIZE:
        raise Usage(f"`--size` lies in 1..{MOST_SIZE}, not {options.size}")
    depths = _range(options.depth, "--depth", (0, ANY_DEPTH))
    if depths[0] > depths[1]:
        low, high = depths
        raise Usage(f"`--depth {options.depth}` is an empty range: write {high}..{low}")
    return Selection((low, high), depths, _operators(options.using))


def open_chosen(
    options: argparse.Namespace, chosen: Selection, terminal: Terminal
) -> tuple[Opened, Selection]:
    """The scope that PATH names, and the selection with its goals."""
    from racesc.space.opened import open_scope

    found = open_scope(options.path, terminal)
    if options.goal is None:
        return found, chosen
    chosen = replace(chosen, goals=found.goals(options.goal))
    if chosen.uneven_goal() is not None and "PARALLEL" in chosen.operators:
        raise Usage(
            "a free-standing PARALLEL is a multiset, so it has no first part: leave "
            "PARALLEL out (--using), or give one goal per length, all parts alike"
        )
    return found, chosen


def _range(text: str | None, option: str, default: tuple[int, int]) -> tuple[int, int]:
    if text is None:
        return default
    match = re.fullmatch(r"\s*(\d{1,4})\s*(?:\.\.\s*(\d{1,4})\s*)?", text, re.ASCII)
    if match is None:
        raise Usage(f"`{option}` takes a number or a range such as `2..5`")
    low = int(match[1])
    return low, low if match[2] is None else int(match[2])


def _operators(text: str | None) -> tuple[str, ...]:
    if text is None:
        return OPERATORS
    names = [name.upper() for name in re.split(r"[\s,]+", text.strip()) if name]
    for name in names:
        if name not in EVERY:
            raise Usage(f"`--using` takes some of {', '.join(EVERY)}, not `{name}`")
    return tuple(name for name in EVERY if name in names)

"""Whether the types of a shape carry so many bits, as a function of their vectors.

The same as ``information.carries`` for regular types (``regular.py``), compiled once for
a shape: a budget asks it of every value that is fed or answered.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import ceil
from typing import Any

from racesc.runtime.instances import graphs, grids, words
from racesc.runtime.limits import LETTERS
from racesc.runtime.types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
)
from racesc.space.information import counted
from racesc.space.regular import odd_code
from racesc.space.vectors import Part, Vector, source

Check = Callable[[Vector], bool]


def rich(layout: Part, bits: float, asked: Check) -> Check:
    """The function for one shape; ``asked`` answers for types that are not regular, and
    for all of them where they cannot be made of vectors."""
    least = ceil(2**bits)
    try:
        code = f"{_values(layout, least)} >= {least}"
    except _Unwritten:
        return asked
    made: Check = eval(
        source(f"lambda v: asked(v) if {odd_code(layout)} else {code}"),
        {
            "asked": asked,
            "words": _words,
            "grids": _grids,
            "graphs": _graphs,
            "rats": _rats,
        },
    )
    return made


class _Unwritten(Exception):
    """A type whose values the vector alone does not tell."""


def _values(part: Part, least: int) -> str:
    """Python source for how many values there are: right as long as there are fewer
    than ``least``, and at least that many otherwise."""
    type_, at = part.type, part.start
    inside = [_values(child, least) for child in part.children]
    low, high = _above(at), _below(at + 1)
    if isinstance(type_, Int):
        zero = f"(v[{at + 2}] and v[{at}] <= 0 <= v[{at + 1}])"
        return f"({high} - {low} + 1 - {zero})"
    if isinstance(type_, Rat):
        return f"rats(v[{at}], v[{at + 1}], v[{at + 2}], {least})"
    if isinstance(type_, Str):
        letters = f"({len(LETTERS)} if v[{at + 2}] is None else len(v[{at + 2}]))"
        return f"words({letters}, {low}, {high}, {least}, False, False)"
    if isinstance(type_, List):
        flags = f"v[{at + 2}], v[{at + 3}]"
        return f"words({inside[0]}, {low}, {high}, {least}, {flags})"
    if isinstance(type_, Set):
        return f"words({inside[0]}, {low}, {high}, {least}, True, True)"
    if isinstance(type_, Matrix):
        sides = f"({low}, {high}), ({_above(at + 2)}, {_below(at + 3)})"
        return f"grids({inside[0]}, {sides}, {least})"
    if isinstance(type_, Graph):
        weights = inside[0] if inside else "1"
        return f"graphs({weights}, ({low}, {high}), {type_.directed}, {least})"
    if isinstance(type_, Labels):
        return f"len(v[{at}])"
    if isinstance(type_, Tuple):
        return f"({' * '.join(inside)})" if inside else "1"
    if isinstance(type_, Newtype) and not type_.arguments:
        return str(counted(type_.body, least))
    if isinstance(type_, Bool):
        return "2"
    raise _Unwritten


def _above(at: int) -> str:
    """The first whole number from an end on, which may be a fraction."""
    return f"-(-v[{at}] // 1)"


def _below(at: int) -> str:
    return f"v[{at}] // 1"


def _words(
    letters: int, low: int, high: int, least: int, apart: bool, unordered: bool
) -> int:
    if high >= 1:
        # Already those of one length are no fewer than the letters.
        if letters >= least + (high if apart else 0):
            return least
        # Nor fewer than those of two letters.
        if letters > 1 and not (apart or unordered) and high >= least.bit_length():
            return least
    return words(letters, low, high, least, apart, unordered)


def _grids(items: int, rows: tuple[int, int], cols: tuple[int, int], least: int) -> int:
    if items >= least and rows[1] >= 1 and cols[1] >= 1:
        return least
    return grids(items, rows, cols, least)


def _graphs(weights: int, nodes: tuple[int, int], directed: bool, least: int) -> int:
    if weights >= least and nodes[1] >= 2:
        return least
    return graphs(weights, nodes, directed, least)


@cache
def _rats(low: Any, high: Any, nonzero: bool, least: int) -> int:
    return counted(Rat(low, high, nonzero), least)


__all__ = ["rich"]

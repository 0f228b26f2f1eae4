"""Small base environments, with their solvers, for tests of the runtime."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from math import gcd as greatest_divisor
from typing import Any

from racesc.runtime.base import Base, Level, Parameter
from racesc.runtime.bounds import LEVEL, hi, lo, size, value
from racesc.runtime.types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Rat,
    Set,
    Str,
    Tuple,
    Var,
)

A = Var("a")
DIGIT = {"a": Int(0, 9)}
NUMBER = {"a": Int(-99, 99)}
ORD = (("a", ("Ord",)),)


def base(
    name: str,
    parameters: dict[str, Any],
    codomain: Any,
    describe: str,
    solve: Any,
    **more: Any,
) -> Base:
    """A declaration in one line."""
    listed = tuple(Parameter(*one) for one in parameters.items())
    return Base(f"toys.{name}", listed, codomain, describe, solve, **more)


to_digits = base(
    "to_digits",
    {"n": Int(10, 10**12)},
    List(Int(0, 9), (2, 13)),
    "Write down the list of the decimal digits of {n}, from left to right.",
    lambda n: [int(digit) for digit in str(n)],
    levels=(Level("n", False, 100 * 10**LEVEL),),
)
digit_sum = base(
    "digit_sum",
    {"n": Int(0, 10**12)},
    Int(0, 117),
    "Add up the decimal digits of {n}.",
    lambda n: sum(map(int, str(n))),
    levels=(Level("n", False, 10**LEVEL),),
)
digit_product = base(
    "digit_product",
    {"n": Int(0, 10**12)},
    Int(0, 9**13),
    "Multiply the decimal digits of {n} with each other.",
    lambda n: eval("*".join(str(n))),
    levels=(Level("n", False, 10**LEVEL),),
)
sort = base(
    "sort",
    {"items": List(A, (0, 50))},
    List(A, (size("items"), size("items")), sorted=True),
    "Sort {items} in ascending order, keeping repeated items.",
    sorted,
    levels=(Level("items", True, 2 * LEVEL + 2),),
    classes=ORD,
)
reverse = base(
    "reverse",
    {"items": List(A, (0, 50))},
    List(A, (size("items"), size("items"))),
    "Write {items} in reverse order, from the last item to the first.",
    lambda items: items[::-1],
    levels=(Level("items", True, 2 * LEVEL + 2),),
)
kth_largest = base(
    "kth_largest",
    {"items": List(A, (1, 50)), "k": Int(1, size("items"))},
    A,
    "Find the {k:ordinal} largest item of {items}.",
    lambda items, k: sorted(items)[len(items) - k],
    levels=(Level("items", True, 2 * LEVEL + 2),),
    classes=ORD,
)
max_item = base(
    "max_item",
    {"items": List(A, (1, 50))},
    A,
    "Find the largest item of {items}.",
    max,
    levels=(Level("items", True, 2 * LEVEL + 2),),
    classes=ORD,
)
length = base(
    "length",
    {"items": List(A, (0, 50))},
    Int(size("items"), size("items")),
    "Count the items of {items}.",
    len,
)
rotate = base(
    "rotate",
    {"items": List(A, (1, 50)), "shift": Int(0, 9)},
    List(A, (size("items"), size("items"))),
    "Rotate {items} to the left {shift} times, each time moving the first item to the"
    " end.",
    lambda items, shift: items[shift % len(items) :] + items[: shift % len(items)],
    levels=(Level("items", True, LEVEL + 2),),
)
totals = base(
    "totals",
    {"items": List(Int(-9999, 9999), (0, 50))},
    List(Int(), (size("items"), size("items"))),
    "Write down the running totals of {items}.",
    lambda items: list(accumulate(items)),
    levels=(Level("items", True, LEVEL + 2),),
)
scale = base(
    "scale",
    {"items": List(Int(), (0, 50)), "by": Int(2, 9)},
    List(Int(), (size("items"), size("items"))),
    "Multiply each number of {items} by {by}.",
    lambda items, by: [by * item for item in items],
)
keep_even = base(
    "keep_even",
    {"items": List(Int(), (0, 50))},
    List(Int(lo("items"), hi("items")), (0, size("items"))),
    "Keep only the even numbers of {items}, in their order.",
    lambda items: [item for item in items if item % 2 == 0],
)
gcd = base(
    "gcd",
    {"a": Int(0, 10**13), "b": Int(0, 10**13)},
    Int(0, 10**13),
    "Find the greatest common divisor of {a} and {b} (0 where both are 0).",
    greatest_divisor,
    levels=(Level("a", False, 10**LEVEL), Level("b", False, 10**LEVEL)),
)
add = base(
    "add",
    {"a": Int(-(10**6), 10**6), "b": Int(-(10**6), 10**6)},
    Int(value("a") + value("b"), value("a") + value("b")),
    "Add {b} to {a}.",
    lambda a, b: a + b,
)
double = base(
    "double",
    {"n": Int(-(10**6), 10**6)},
    Int(2 * value("n"), 2 * value("n")),
    "Double {n}.",
    lambda n: 2 * n,
)
square = base("square", {"n": Int()}, Int(0, None), "Square {n}.", lambda n: n * n)
halve = base(
    "halve",
    {"n": Int(0, 10**6)},
    Int(0, value("n")),
    "Divide {n} by 2, leaving out the remainder.",
    lambda n: n // 2,
)
divide = base(
    "divide",
    {"n": Int(0, 10**6), "by": Int(2, 9)},
    Tuple((Int(0, 10**6), Int(0, 8))),
    "Divide {n} by {by}; give the quotient and the remainder.",
    lambda n, by: divmod(n, by),
)
is_even = base(
    "is_even",
    {"n": Int(-(10**6), 10**6)},
    Bool(),
    "Tell whether {n} is even.",
    lambda n: n % 2 == 0,
)
split_sum = base(
    "split_sum",
    {"n": Int(4, 1000)},
    Tuple((Int(2, 998), Int(2, 998))),
    "Write {n} as a sum of two whole numbers, each at least 2.",
    lambda n: (2, n - 2),
    verify=lambda answer, n: answer[0] + answer[1] == n,
)
shout = base(
    "shout",
    {"text": Str((0, 60))},
    Str((0, 60)),
    "Write {text} in capital letters.",
    lambda text: "".join(c.upper() if len(c.upper()) == 1 else c for c in text),
    levels=(Level("text", True, 3 * LEVEL),),
)
count_letter = base(
    "count_letter",
    {"text": Str((1, 60), "<>ab"), "letter": Str((1, 1), "<>ab")},
    Int(0, size("text")),
    "Count how often {letter} occurs in {text}.",
    lambda text, letter: text.count(letter),
)
edges = base(
    "edges",
    {"g": Graph((2, 8))},
    Int(0, 28),
    "Count the edges of {g}.",
    lambda g: len(g[1]),
)
complement = base(
    "complement",
    {"g": Graph((2, 6))},
    Graph((2, 6)),
    "Give the graph with the nodes of {g} that joins exactly the pairs of nodes that"
    " are not joined there.",
    lambda g: (
        g[0],
        [
            (u, v)
            for u in range(1, g[0] + 1)
            for v in range(u + 1, g[0] + 1)
            if (u, v) not in g[1]
        ],
    ),
)
mean = base(
    "mean",
    {"items": List(Int(-99, 99), (1, 9))},
    Rat(-99, 99),
    "Find the mean of {items} as a fraction in lowest terms.",
    lambda items: Fraction(sum(items), len(items)),
)
distinct_items = base(
    "distinct_items",
    {"items": List(Int(0, 9), (0, 12))},
    Set(Int(0, 9), (0, 10)),
    "Give the set of the items of {items}.",
    frozenset,
)
transpose = base(
    "transpose",
    {"m": Matrix(Int(0, 9), (1, 4), (1, 4))},
    Matrix(Int(0, 9), (1, 4), (1, 4)),
    "Turn the rows of this grid into columns:{m:grid}Write the new grid.",
    lambda m: [list(row) for row in zip(*m, strict=True)],
)
heading = base(
    "heading",
    {"turns": Int(0, 99)},
    Labels(("east", "north", "south", "west")),
    "Face north and turn right {turns} times by 90 degrees. Where do you look?",
    lambda turns: ("north", "east", "south", "west")[turns % 4],
)

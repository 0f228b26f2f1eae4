"""Formatting: the law that reading gives the tree back, and how things are laid out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from syntax_trees import expressions, goals, modules, types

from racesc import syntax as tree
from racesc.diagnostics import Report
from racesc.format import WIDTH, format_expression, format_module, format_type, one_line
from racesc.parse import parse, parse_expression, parse_goals, parse_type
from racesc.source import Source


def read(text: str) -> tree.Module:
    report = Report()
    module = parse(Source("module.races", text), report)
    assert report.diagnostics == (), text
    return module


# ── laws ──────────────────────────────────────────────────────────────────────


@settings(deadline=None, max_examples=60)
@given(modules)
def test_reading_a_formatted_module_gives_the_module(module: tree.Module) -> None:
    text = format_module(module)
    assert read(text) == module
    assert format_module(read(text)) == text


@settings(deadline=None, max_examples=50)
@given(expressions)
def test_reading_a_formatted_expression_gives_it_back(expression: Any) -> None:
    report = Report()
    for text in (format_expression(expression), one_line(expression)):
        assert parse_expression(text, report) == expression
    assert report.diagnostics == ()


@settings(deadline=None, max_examples=50)
@given(types)
def test_reading_a_formatted_type_gives_it_back(type_: Any) -> None:
    assert parse_type(format_type(type_), Report()) == type_


@settings(deadline=None, max_examples=50)
@given(goals)
def test_reading_a_formatted_goal_gives_it_back(goal: Any) -> None:
    assert parse_goals(format_type(goal), Report()) == (goal,)


# ── layout ────────────────────────────────────────────────────────────────────

CANONICAL = """\
use lists (sort, Numbers)
use puzzles from "../shared/puzzles.races"

type Digit = Int in 0..9
newtype Poly = List[Int in -9..9] len 1..6

## The k-th largest item of a list.
##
## Repeated items count each time.
env kth_largest[a: Ord + Eq](items: List[a] len 1..50, k: Int in 1..len(items)) -> a {
  describe "Find the {{ k | ordinal }} largest item of {{ items }}."
  solve    find
  level    items len <= 4 * level
  law      sort >> kth_largest == kth_largest
  example  ([3, 1, 2], 1) => 3
  tags     lists, order
}

env rotate_left[a](
  items: List[a] len 1..50,
  shift: Int in 0..1000,
) -> List[a] len len(items) {
  describe "Rotate {{ items }} to the left {{ shift }} times."
}

env bare() -> Int {}

env short = sort >> kth_largest(items: _, k: 2) as canonical
env same = PARALLEL(short, MAP(double)(xs), reward: all)

env long_chain =
  to_digits
  >> sort
  >> PARALLEL(reverse, kth_largest(k: 2), another_environment, yet_another_one)
  >> FOLD(add, from: 0)

env long_operation = PARALLEL(
  the_first_environment >> the_second_environment,
  the_first_environment
    >> the_second_environment
    >> the_third_environment
    >> the_fourth_environment,
  reward: all,
)

env long_use = environment(
  first: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  second: {true, false},
  third: "a text that is long",
)

## Steps may use any earlier result.
env digit_gcd(n: Int in 10..99999) -> Int = SEQUENTIAL(reward: last) {
  s = digit_sum(n)
  p = PARALLEL(
    digit_product(n),
    SEQUENTIAL {
      q = other(n)
      q
    },
  )
  gcd(s, p)
}

suite train {
  from  numbers, lists except lists.first
  using SEQUENTIAL, PARALLEL
  size  2..5
  depth 2
  goal  Int in 0..9 | List[Int]
  require guess <= 0.2, ambiguity <= 1/3, distinct_answers >= 50
  mix   SEQUENTIAL 60%, PARALLEL 40%
  take  10_000 seed 7
  disjoint from heldout by base
  split train 80%, test 20%
}

package digit_suite {
  version "0.1.0"
  include train, lists.sort
  target  verifiers, verl
}
"""


def test_canonical_text_stays_as_it_is() -> None:
    text = CANONICAL.replace("distinct_answers", "answers")
    assert format_module(read(text)) == text
    assert max(map(len, text.splitlines())) <= WIDTH


def test_free_form_text_becomes_canonical() -> None:
    text = "\ufefftype  Digit=Int in 0 .. 9# a comment\r\nenv f : ( n :\tDigit , ) ->\nInt=a>>b"
    assert format_module(read(text)) == (
        "type Digit = Int in 0..9\n\nenv f(n: Digit) -> Int = a >> b\n"
    )


def test_an_empty_module_is_an_empty_text() -> None:
    assert format_module(tree.Module("empty", ())) == ""


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Int in (0)..((n + 1) * 2)", "Int in 0..(n + 1) * 2"),
        ("Int in -10^12..10^12", "Int in -10^12..10^12"),
        ("Int in (-2)^2..-2^2", "Int in (-2)^2..-2^2"),
        ("Int in (a ^ b) ^ c..a ^ (b ^ c)", "Int in (a^b)^c..a^b^c"),
        ("Int in a - (b - c)..(a - b) - c", "Int in a - (b - c)..a - b - c"),
        ("Int in 0 - 5..-(a * b)", "Int in 0 - 5..0 - a * b"),
        (
            "Int in min(min(a, b), c)..max(len(x),1,)",
            "Int in min(a, b, c)..max(len(x), 1)",
        ),
        ("List[Int] len 3..3 distinct", "List[Int] len 3 distinct"),
        ("Str len (n + 1)..9", "Str len n + 1..9"),
        ("Matrix[Int] rows 1.. cols 1..5", "Matrix[Int] rows 1.. cols 1..5"),
        ("Matrix[Int] rows 1..cols ( m )", "Matrix[Int] rows 1..cols(m)"),
        ('(Int,a , "x"|"y",)', '(Int, a, "x" | "y")'),
        (r'Str over "\u0041\n\u200b"', r'Str over "A\n\u200b"'),
    ],
)
def test_types(text: str, canonical: str) -> None:
    report = Report()
    type_ = parse_type(text, report)
    assert report.diagnostics == ()
    assert type_ is not None
    assert format_type(type_) == canonical


def test_explicit_operators_are_not_chains() -> None:
    chain = parse_expression("a >> b >> c", Report())
    operation = parse_expression("SEQUENTIAL(a, b, c)", Report())
    assert isinstance(chain, tree.Chain)
    assert isinstance(operation, tree.Operation)
    assert format_expression(chain) == "a >> b >> c"
    assert format_expression(operation) == "SEQUENTIAL(a, b, c)"


def test_a_block_that_stands_alone_fits_on_one_line() -> None:
    text = "SEQUENTIAL(reward: last) { s = f(n) gcd(s, s) }"
    expression = parse_expression(text, Report())
    assert expression is not None
    assert format_expression(expression) == text

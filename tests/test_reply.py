"""Replies: where the answer stands, and which spellings of it are read.

Each case of semantics.md section 3 is one line here; a refusal says why.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racesc.runtime.readers import read, readings
from racesc.runtime.reply import Payload, extract, split
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
    Type,
    Var,
)
from racesc.runtime.unreadable import Unreadable

INT = Int()
WINDS = Labels(("east", "north", "north east", "south"))


def refused(text: str, type: Type) -> bool:
    return isinstance(read(text, type), Unreadable)


# ── where the answer stands ──


@pytest.mark.parametrize(
    ("reply", "payload"),
    [
        ("<answer>12</answer>", "12"),
        ("So <answer> 12\n</answer> it is.", "12"),
        ("<ANSWER>12</Answer>", "12"),
        # The last complete pair counts.
        ("<answer>12</answer> no, <answer>13</answer>", "13"),
        ("<answer>12</answer> no, <ANSWER>13</ANSWER>", "13"),
        ("<answer>12<answer>13</answer>", "13"),
        ("<answer>12</answer> and <answer>13", "12"),
        ("<answer>12</answer></answer>", "12"),
        ("</answer><answer>12</answer>", "12"),
        ("<answer>12</answer> a < b", "12"),
        ("a < b, c <d> <answer>12</answer>", "12"),
        ("<answer>a < b</answer>", "a < b"),
        # An opened one runs to the end.
        ("<answer>12", "12"),
        ("<answer>1 <answer>12\n", "12"),
        # Marks within a code fence are marks.
        ("```\n<answer>12</answer>\n```", "12"),
        # What stands before the last `</think>` is not said.
        ("<think>x</think><answer>12</answer>", "12"),
        ("x</think><answer>12</answer>", "12"),
        ("<think>a<think>b</think>c</think><answer>12</answer>", "12"),
        ("<think>a<think>b</think> <answer>12</answer>", "12"),
        ("<THINK>x</THINK> <answer>12</answer>", "12"),
        ("<think><answer>1</answer></think> <answer>12</answer>", "12"),
        ("<answer>12</answer><think>hm <answer>13</answer>", "12"),
        ("<think>x</think><answer>12<think>hm", "12"),
        # Without a tag: the last box.
        (r"so $\boxed{12}$.", "12"),
        (r"\boxed{12} or rather \boxed{13}", "13"),
        (r"\boxed{\boxed{12}}", r"\boxed{12}"),
        (r"\boxed{12} and \boxed{13", "12"),
        (r"\boxed{\frac{3}{4}}", r"\frac{3}{4}"),
        (r"\boxed{\{1, 2\}}", r"\{1, 2\}"),
        (r"<think>\boxed{1}</think> \boxed{12}", "12"),
        # Without a box: a last line.
        ("It adds up.\nAnswer: 12", "12"),
        ("**Answer:** 12\n", "12"),
        ("**Answer: 12**", "12"),
        ("**Final answer**: 12", "12"),
        ("answer: 12 or 13", "12 or 13"),
        ("Answer: 1\nAnswer: 12", "12"),
        ("## Answer: 12", "12"),
    ],
)
def test_extract(reply: str, payload: str) -> None:
    assert extract(reply) == Payload(payload)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("", "no answer found"),
        ("12", "no answer found"),
        ("Answer: 12\nI hope this helps.", "no answer found"),
        ("</answer>", "no answer found"),
        # Attributes make it another mark.
        ("<answer foo>12</answer>", "no answer found"),
        ("<answers>12</answers>", "no answer found"),
        # The long s and the Kelvin sign are no ASCII letters.
        ("<an\u017fwer>12</an\u017fwer>", "no answer found"),
        ("<answer></answer>", "the answer is empty"),
        ("<answer>  \n\u00a0</answer>", "the answer is empty"),
        ("<answer>12</answer><answer></answer>", "the answer is empty"),
        ("<answer>" * 3, "the answer is empty"),
        (r"\boxed{}", "the answer is empty"),
        ("Answer:", "the answer is empty"),
        (
            "<think><answer>12</answer></think> done",
            "the only answer is inside the thinking",
        ),
        ("<think>x <answer>12</answer>", "the only answer is inside the thinking"),
        (
            "<answer>12<think>x</think></answer>",
            "the only answer is inside the thinking",
        ),
        ("<answer>12</answer></think>", "the only answer is inside the thinking"),
        ("<think>Answer: 12", "no answer found"),
        (r"<think>\boxed{12}</think>", "no answer found"),
    ],
)
def test_no_answer(reply: str, reason: str) -> None:
    assert extract(reply) == Payload(None, reason)


@given(st.text(alphabet="<>/ \n12", max_size=30), st.text("x \n", max_size=5000))
def test_short_and_long_replies_are_treated_alike(said: str, before: str) -> None:
    for reply in (
        f"{said}<answer>12</answer>{before}",
        f"<answer>7</answer>{said}<think>{before}</think>{said}<answer>12</answer>",
    ):
        assert extract(reply) == extract("x" * 5000 + reply)


# ── integers ──

TWELVE = [
    "12",
    " 12 ",
    "\n12\n",
    "\u00a012\u00a0",
    "12.",
    "12.0",
    "12.00",
    "+12",
    "0012",
    "$12$",
    "$$12$$",
    r"\(12\)",
    r"\[12\]",
    r"\boxed{12}",
    r"$\boxed{12}$",
    r"\text{12}",
    r"\mathbf{12}",
    "**12**",
    "*12*",
    "__12__",
    "`12`",
    "``12``",
    "```\n12\n```",
    "```python\n12\n```",
    "```12```",
    '"12"',
    "'12'",
    "\u201c12\u201d",
    "= 12",
    "x = 12",
    "x = y = 12",
    "$x = 12$",
    "The answer is 12",
    "The answer is 12.",
    "The answer is: 12",
    "The answer is **12**.",
    "The answer is $\\boxed{12}$.",
    "The answer is:\n12",
    "So, the final answer is 12",
    "Answer: 12",
    "**Answer:** 12",
    "**Answer: 12**",
    "**Answer**: **12**",
    "The largest item is 12",
    "\uff11\uff12",
    "1.2e1",
    "1.2E+1",
    "120e-1",
]


@pytest.mark.parametrize("text", TWELVE)
def test_twelve(text: str) -> None:
    value = read(text, INT)
    assert value == 12
    assert value.__class__ is int


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234),
        ("-1,234,567.0", -1234567),
        ("$1{,}234$", 1234),
        (r"$1\,234$", 1234),
        (r"-1\,234\,567", -1234567),
        ("1\u202f234", 1234),
        ("\u221212", -12),
        ("-12", -12),
        ("\uff0d\uff11\uff12", -12),
        ("-0", 0),
        ("0e999", 0),
        ("9" * 400, int("9" * 400)),
        ("1e399", 10**399),
        ("The answer is -12", -12),
    ],
)
def test_other_integers(text: str, value: int) -> None:
    assert read(text, INT) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("12 or 13", "two candidates"),
        ("12, 13", "two candidates"),
        ("12\n\n13", "two candidates"),
        ("12\n12", "said twice, like two candidates"),
        ("1 2", "two candidates"),
        ("**12** **13**", "two candidates"),
        ("`12` or `13`", "two candidates"),
        ("$12$ or $13$", "two candidates"),
        (r"\(12\) or \(13\)", "two candidates"),
        (r"\boxed{12}\boxed{13}", "two candidates"),
        ("12 = 12", "an equation between two values"),
        ("5 + 7 = 12", "an expression to be evaluated"),
        ("10 + 2", "an expression to be evaluated"),
        ("3*4", "an expression to be evaluated"),
        ("12/1", "an expression to be evaluated"),
        ("2^3", "an expression to be evaluated"),
        ("1.2 \\times 10^1", "an expression to be evaluated"),
        ("not 12", "denied"),
        ("The answer is not 12", "denied"),
        ("The answer is not: 12", "denied"),
        ("The answer isn't: 12", "denied"),
        ("wrong answer: 12", "denied"),
        ("minus: 12", "another number"),
        ("The answer is between 12 and 13", "a range"),
        ("between 12 and 13", "a range"),
        ("at least 12", "a bound"),
        ("at least: 12", "a bound"),
        ("x > 12", "a bound"),
        ("x != 12", "denied"),
        ("about 12", "no exact value"),
        ("~12", "no exact value"),
        ("12 apples", "more than a number"),
        ("12%", "another number"),
        ("12 (twelve)", "more than a number"),
        ("twelve", "no digits"),
        ("12,34", "commas where no thousands are"),
        ("1,2345", "commas where no thousands are"),
        ("0,123", "a decimal comma"),
        ("1.234,0", "a decimal comma"),
        ("1 234", "spaces within"),
        ("1_000", "Python's spelling of digits"),
        ("0x10", "no decimal digits"),
        ("1e400", "more digits than the cap"),
        ("1e999999999", "more digits than the cap"),
        ("1" * 401, "more digits than the cap"),
        ("0" * 5000 + "12", "more digits than the cap"),
        ("12.5", "another number"),
        ("1.2e0", "another number"),
        ("1e-1", "another number"),
        ("1/2", "no whole number"),
        ("\u00bd", "no digits"),
        ("\u00b9\u00b2", "superscripts"),
        ("-  12", "a bullet or a minus"),
        ("- 12", "a bullet or a minus"),
        ("--12", "two signs"),
        ("+-12", "two signs"),
        ("\u201312", "a dash is no minus"),
        ("\u0661\u0662", "digits of another script"),
        ("1\u0662", "scripts mixed"),
        ("\uff112", "scripts mixed"),
        ("\U0001d7cf\U0001d7d0", "mathematical letters"),
        ("12..", "two full stops"),
        (".0", "no digits before the point"),
        ("12.0.0", "two points"),
        ("NaN", "no number"),
        ("inf", "no number"),
        ("-Infinity", "no number"),
        ("True", "a truth value"),
        ("None", "nothing"),
        ("[12]", "a list"),
        ("(12)", "a list"),
        ("{12}", "a set"),
        ('{"answer": 12}', "an object"),
        ("**12", "markup left open"),
        ("$12", "markup left open"),
        ('"12', "a quote left open"),
        ("12\0", "more than a number"),
        ("\u200f12", "a mark that cannot be seen"),
        ("\ud80012", "half a character"),
        ("int('12')", "an expression to be evaluated"),
        ("1, 234", "two candidates"),
        (r"1\,23", "no thousands"),
        ("0\u202f123", "no thousands"),
        ("1\u202f234\\,567", "two ways at once"),
        ("x = 12, y = 13", "two candidates"),
        ("f(3) = 12", "an expression"),
        ("true: 12", "two candidates"),
    ],
)
def test_no_integer(text: str, why: str) -> None:
    assert refused(text, INT), why


# ── fractions, truth values, words ──


@pytest.mark.parametrize(
    "text",
    [
        "3/4",
        "6/8",
        "3 / 4",
        "0.75",
        ".75",
        "75e-2",
        "+3/4",
        r"\frac{3}{4}",
        r"\dfrac{6}{8}",
        r"\frac34",
        r"\tfrac 6 8",
        r"$\frac{3}{4}$",
        r"\boxed{\frac{3}{4}}",
        "**3/4**",
        "The answer is 3/4.",
        '"3/4"',
        "x = 3/4",
        "\uff13\uff0f\uff14",
    ],
)
def test_three_quarters(text: str) -> None:
    value = read(text, Rat())
    assert value == Fraction(3, 4)
    assert value.__class__ is Fraction


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", Fraction(5)),
        ("-3/4", Fraction(-3, 4)),
        ("\u22123/4", Fraction(-3, 4)),
        (r"-\frac{3}{4}", Fraction(-3, 4)),
        (r"\frac{-3}{4}", Fraction(-3, 4)),
        ("1,234.5", Fraction(2469, 2)),
    ],
)
def test_other_fractions(text: str, value: Fraction) -> None:
    read_value = read(text, Rat())
    assert read_value == value
    assert read_value.__class__ is Fraction


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3/0", "no number"),
        ("0/0", "no number"),
        ("3/-4", "a sign within"),
        (r"-\frac{-3}{4}", "two signs"),
        ("1 1/2", "a mixed number may be a product"),
        ("3/4/5", "an expression"),
        ("75%", "not how a fraction is asked for"),
        ("0.333...", "no exact value"),
        ("\u00be", "no digits"),
        ("3,4", "a decimal comma"),
        ("3:4", "a ratio"),
        ("[3, 4]", "a list"),
        ("1/" + "9" * 401, "more digits than the cap"),
        ("1e-9999", "more digits than the cap"),
        (".", "no digits"),
        ("nan", "no number"),
    ],
)
def test_no_fraction(text: str, why: str) -> None:
    assert refused(text, Rat()), why


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("True", True),
        ("YES", True),
        ("yes.", True),
        ("false", False),
        ("No", False),
        ("**False**", False),
        (r"\text{true}", True),
        ("`true`", True),
        ('"true"', True),
        ("The answer is true.", True),
        ("The answer is: no", False),
        ("Answer: **Yes**", True),
    ],
)
def test_truth(text: str, value: bool) -> None:
    assert read(text, Bool()) is value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1", "a number"),
        ("0", "a number"),
        ("t", "no word for it"),
        ("not true", "denied"),
        ("true or false", "two candidates"),
        ("yes, it is false", "two candidates"),
        ("No: yes", "two candidates"),
        ("true false", "two candidates"),
        ("[true]", "a list"),
        ("none", "no word for it"),
        ("ye\u017f", "another script"),
    ],
)
def test_no_truth(text: str, why: str) -> None:
    assert refused(text, Bool()), why


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("north", "north"),
        ('"north"', "north"),
        ("'north'", "north"),
        ("North.", "north"),
        ("**NORTH EAST**", "north east"),
        ("The direction is north", "north"),
        ("`south`", "south"),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert read(text, WINDS) == label


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("west", "none of them"),
        ("north or south", "two candidates"),
        ("north, not: south", "two candidates"),
        ("north is south", "two candidates"),
        ("nort", "none of them"),
        ("[north]", "a list"),
        ("", "nothing"),
    ],
)
def test_no_label(text: str, why: str) -> None:
    assert refused(text, WINDS), why


def test_labels_that_differ_in_case_alone_are_told_apart() -> None:
    type = Labels(("A", "a"))
    assert read("A", type) == "A"
    assert read("a", type) == "a"
    assert read("The answer is a", Labels(("Aa", "aA"))) != "Aa"


# ── texts ──


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"abc"', "abc"),
        ('  "abc"\n', "abc"),
        ('""', ""),
        ('" a "', " a "),
        (r'"a\"b\\c\nd\u00e9\ud83d\ude00"', 'a"b\\c\nd\u00e9\U0001f600'),
        (r'"\u003c/answer>"', "</answer>"),
        (r'"\x41"', "A"),  # no JSON, but Python's spelling
        ('"a\nb"', "a\nb"),
        ("abc", "abc"),
        (" a b ", "a b"),
        ("it's", "it's"),
        ("**a, b**", "a, b"),
        ("`abc`", "abc"),
        ("```\nabc\n```", "abc"),
        ("```\na\nb\n```", "a\nb"),
        ('```\n"```"\n```', "```"),
        ("```\na\n```\nb\n```", "```\na\n```\nb\n```"),
        (r"\text{abc}", "abc"),
        (r"\boxed{abc}", "abc"),
        ("$abc$", "abc"),
        ('`"abc"`', "abc"),
        ('**"abc"**', "abc"),
        ('**"a*b**"**', "a*b**"),
        ('`"`"`', "`"),
        ('**"a"** or **"b"**', '**"a"** or **"b"**'),
        ('The answer is "abc".', "abc"),
        ("The answer is abc", "abc"),
        ("The answer is: abc", "abc"),
        ('= "abc"', "abc"),
        ('s = "abc"', "abc"),
        # What a plain text may well hold stays.
        ("x = y", "x = y"),
        ("a: b", "a: b"),
        ("abc.", "abc."),
        ("'abc'", "'abc'"),
        ("[1, 2]", "[1, 2]"),
        ("**a** b **c**", "**a** b **c**"),
        ('"a" or "b"', '"a" or "b"'),
        ('"a', '"a'),
        ("NaN", "NaN"),
        ("12", "12"),
    ],
)
def test_text(text: str, value: str) -> None:
    assert read(text, Str()) == value


@pytest.mark.parametrize(
    ("text", "alphabet", "value"),
    [
        # An alphabet tells wrapping from text.
        ("'abc'", "abc", "abc"),
        ("abc.", "abc", "abc"),
        ("abc.", "abc.", "abc."),
        ("x = abc", "abc", "abc"),
        ("The word is abc.", "abc", "abc"),
        ("**ab**", "*ab", "**ab**"),
        ("`ab`", "ab", "ab"),
        ("xyz.", "abc", "xyz."),
        ("a b", "ab", "a b"),
        ("ab", "", "ab"),
    ],
)
def test_text_over_an_alphabet(text: str, alphabet: str, value: str) -> None:
    assert read(text, Str(alphabet=alphabet)) == value


def test_a_text_without_quotes_may_have_been_wrapped_or_not() -> None:
    assert readings("**a**", Str()) == ("a", "**a**")
    assert readings("abc.", Str()) == ("abc.", "abc")
    assert readings("'abc'", Newtype("m.Word", Str())) == ("'abc'", "abc")
    assert readings("x = abc.", Str()) == ("x = abc.", "x = abc", "abc")
    # In quotes there is no doubt, nor for any other type.
    assert readings('"**a**"', Str()) == ("**a**",)
    assert readings("", Str()) == ()
    assert readings("**12**", INT) == (12,)
    assert readings("12 or 13", INT) == ()


def test_text_length() -> None:
    assert read("a" * 100_000, Str()) == "a" * 100_000
    assert refused("a" * 100_001, Str())
    assert refused('"' + "a" * 100_001 + '"', Str())


# ── lists ──

ONE_TWO = [
    "[1, 2]",
    "[1,2]",
    "[ 1 , 2 ]",
    "[1, 2,]",
    "(1, 2)",
    "1, 2",
    "1,2",
    "1, 2,",
    "1 2",
    "[1 2]",
    "1\n2",
    "1,\n2",
    "[\n  1,\n  2\n]",
    "\n1\n\n2\n",
    "- 1\n- 2",
    "* 1\n* 2",
    "\u2022 1\n\u2022 2",
    "1. 1\n2. 2",
    "1) 1\n2) 2",
    "[1.0, 2.0]",
    "[1., 2]",
    '["1", "2"]',
    "['1', '2']",
    "[**1**, `2`]",
    "1, 2.",
    "[1, 2].",
    "**[1, 2]**",
    "`[1, 2]`",
    "```\n[1, 2]\n```",
    "```json\n[1, 2]\n```",
    "$[1, 2]$",
    r"\boxed{[1, 2]}",
    r"\[ [1, 2] \]",
    r"\left[1, 2\right]",
    r"[1,\ 2]",
    r"$[1,\,2]$",
    "items = [1, 2]",
    "The answer is [1, 2].",
    "The sorted list is: 1, 2",
    "**Answer:** [1, 2]",
    '"[1, 2]"',
    "[+1, 02]",
    "[\uff11, \uff12]",
    "\t1\t2\r\n",
]


@pytest.mark.parametrize("text", ONE_TWO)
def test_one_two(text: str) -> None:
    value = read(text, List(INT))
    assert value == [1, 2]
    assert [item.__class__ for item in value] == [int, int]


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("[]", List(INT), []),
        ("( )", List(INT), []),
        ("12", List(INT), [12]),
        ("[-1, \u22122]", List(INT), [-1, -2]),
        ("-1\n-2", List(INT), [-1, -2]),
        ("- 12", List(INT), [12]),
        # In a list a comma always separates.
        ("1,234", List(INT), [1, 234]),
        ("[1,234]", List(INT), [1, 234]),
        ("[true, No, YES]", List(Bool()), [True, False, True]),
        ("[3/4, 0.5]", List(Rat()), [Fraction(3, 4), Fraction(1, 2)]),
        ("3/4 1", List(Rat()), [Fraction(3, 4), Fraction(1)]),
        (r"[\frac{3}{4}, 1]", List(Rat()), [Fraction(3, 4), Fraction(1)]),
        ("north, north east", List(WINDS), ["north", "north east"]),
        ('["a", "b, c"]', List(Str()), ["a", "b, c"]),
        ('**["*", "b"]**', List(Str()), ["*", "b"]),
        ("['a', \"it's\"]", List(Str()), ["a", "it's"]),
        (r"['it\'s', '\x41']", List(Str()), ["it's", "A"]),
        ("[a, b]", List(Str()), ["a", "b"]),
        ("a, it's", List(Str()), ["a", "it's"]),
        ("a b", List(Str()), ["a", "b"]),
        ('"a b" c', List(Str()), ["a b", "c"]),
        ("a b\nc", List(Str()), ["a b", "c"]),
        ("- a, b\n- c", List(Str()), ["a, b", "c"]),
        ('["a", ""]', List(Str()), ["a", ""]),
        ('[""]', List(Str()), [""]),
        ('["[", "("]', List(Str()), ["[", "("]),
        ('["a\nb"]', List(Str()), ["a\nb"]),
        ("x = 1, y = 2", List(Str()), ["x = 1", "y = 2"]),
        ("[[1, 2], []]", List(List(INT)), [[1, 2], []]),
        ("[1, 2], [3]", List(List(INT)), [[1, 2], [3]]),
        ("[1, 2] [3]", List(List(INT)), [[1, 2], [3]]),
        ("[1, 2]\n[3]", List(List(INT)), [[1, 2], [3]]),
        ("1 2\n3", List(List(INT)), [[1, 2], [3]]),
        ("1, 2\n3, 4", List(List(INT)), [[1, 2], [3, 4]]),
        ("- 1, 2\n- 3", List(List(INT)), [[1, 2], [3]]),
        ("[[]]", List(List(INT)), [[]]),
        ('[["a"], ["b", "c"]]', List(List(Str())), [["a"], ["b", "c"]]),
        ("[(1, 2), (3, 4)]", List(Tuple((INT, INT))), [(1, 2), (3, 4)]),
        ("1 2\n3 4", List(Tuple((INT, INT))), [(1, 2), (3, 4)]),
        ("[{1, 2}, [3]]", List(Set(INT)), [frozenset({1, 2}), frozenset({3})]),
        ("[1]", Newtype("m.Poly", List(INT)), [1]),
        ("[[1], [2]]", List(Newtype("m.Poly", List(INT))), [[1], [2]]),
    ],
)
def test_other_lists(text: str, type: Type, value: Any) -> None:
    assert read(text, type) == value


@pytest.mark.parametrize(
    ("text", "type", "why"),
    [
        ("", List(INT), "nothing; [] is the empty list"),
        ("empty", List(INT), "no list"),
        ("[1,, 2]", List(INT), "an item is missing"),
        ("[,]", List(INT), "an item is missing"),
        ("[, 1]", List(INT), "an item is missing"),
        ("[1, 2", List(INT), "a bracket left open"),
        ("1, 2]", List(INT), "a bracket never opened"),
        ("[1, 2)", List(INT), "brackets that do not match"),
        ("[[1, 2]]", List(INT), "a nested list for a flat one"),
        ("((1, 2))", List(INT), "a nested list for a flat one"),
        ("[[1], [2]]", List(INT), "a nested list for a flat one"),
        ("[1, 2]", List(List(INT)), "a flat list for a nested one"),
        ("1 2", List(List(INT)), "a flat list for a nested one"),
        ("[1, [2]]", List(List(INT)), "a flat list for a nested one"),
        ("[[[1]]]", List(List(INT)), "too deep"),
        ("[1, 2] or [2, 1]", List(INT), "two candidates"),
        ("[1, 2] [1, 2]", List(INT), "two candidates"),
        ("[1, 2]\n\n[2, 1]", List(INT), "two candidates"),
        ("not [1, 2]", List(INT), "denied"),
        ("The answer is not [1, 2]", List(INT), "denied"),
        ("1, 2 or 3", List(INT), "two candidates"),
        ("1\n- 2", List(INT), "bullets on some lines only"),
        ("1. 1\n3. 2", List(INT), "bullets out of order"),
        ("[1, 2.5]", List(INT), "an item of another type"),
        ("[1, true]", List(INT), "an item of another type"),
        ("[1, x = 2]", List(INT), "no lead-ins within a list"),
        ("{1, 2}", List(INT), "a set is no list"),
        ("[1, NaN]", List(INT), "no number"),
        ("[1; 2]", List(INT), "no separator"),
        ("1, 2\n3, 4", List(INT), "rows"),
        ("range(1, 3)", List(INT), "an expression to be evaluated"),
        ("[1] + [2]", List(INT), "an expression to be evaluated"),
        ("[1] * 2", List(INT), "an expression to be evaluated"),
        ("[1, ..., 3]", List(INT), "items left out"),
        ("1, " * 10_000 + "1", List(INT), "too many items"),
        ("1 " * 10_001, List(INT), "too many items"),
        ("[" + "1,\n" * 10_001 + "]", List(INT), "too many items"),
        ("**[1]** or **[2]**", List(INT), "two candidates"),
        ('["a]', List(Str()), "a quote left open"),
        ("['a\", 'b']", List(Str()), "a quote left open"),
        ('["a" "b", "c"]', List(Str()), "two texts in one place"),
        ("[[a], [b]]", List(Str()), "a nested list for a flat one"),
        ('[["a"]]', List(Str()), "a nested list for a flat one"),
        ('The answer is not ["a"]', List(Str()), "denied"),
    ],
)
def test_no_list(text: str, type: Type, why: str) -> None:
    assert refused(text, type), why


def test_many_items() -> None:
    assert read("1, " * 9_999 + "1", List(INT)) == [1] * 10_000
    assert read("[" + "1," * 10_000 + "]", List(INT)) == [1] * 10_000


# ── sets, tuples, grids, graphs ──


@pytest.mark.parametrize(
    "text",
    [
        "{1, 2}",
        "{2, 1}",
        "{1, 2, 2}",
        "[1, 2]",
        "(1, 2)",
        "1, 2",
        "1 2",
        "- 1\n- 2",
        "{1.0, 2}",
        r"\{1, 2\}",
        r"$\{1, 2\}$",
        r"\{1,\, 2\}",
        r"\boxed{\{1, 2\}}",
        r"\left\{1, 2\right\}",
        "frozenset({1, 2})",
        "set([1, 2])",
        "**{1, 2}**",
        "The set is {1, 2}.",
    ],
)
def test_set(text: str) -> None:
    value = read(text, Set(INT))
    assert value == frozenset({1, 2})
    assert value.__class__ is frozenset


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "set()", "frozenset()", r"\{\}", "{ }"]
    + ["∅", r"$\emptyset$", r"\(\varnothing\)", "The set is ∅."],
)
def test_empty_set(text: str) -> None:
    assert read(text, Set(INT)) == frozenset()


@pytest.mark.parametrize(
    ("text", "type", "why"),
    [
        ("", Set(INT), "nothing"),
        ("{1, 2", Set(INT), "a brace left open"),
        ("{{1}, {2}}", Set(INT), "a nested set for a flat one"),
        ("{1: 2}", Set(INT), "an object"),
        ("{1, 2} or {1}", Set(INT), "two candidates"),
        ("{1, 2, 3}", Set(INT, (0, 2)), "more items than there can be"),
        ("{1, 20}", Set(Int(0, 9)), "checked before it is hashed"),
        ("{-1, 2}", Set(Newtype("m.N", Int(0, None))), "checked before it is hashed"),
        (
            "{" + ", ".join(str(n * (2**61 - 1)) for n in range(9_000)) + "}",
            Set(INT),
            "all hash to 0",
        ),
        (
            "{" + ", ".join(f"{n * (2**61 - 1)}/3" for n in range(9_000)) + "}",
            Set(Rat()),
            "all hash to 0",
        ),
    ],
)
def test_no_set(text: str, type: Type, why: str) -> None:
    assert refused(text, type), why


def test_sets_of_other_things() -> None:
    assert read('{"a", "b, c"}', Set(Str())) == frozenset({"a", "b, c"})
    assert read("{(1, a), (2, b)}", Set(Tuple((INT, Str())))) == {(1, "a"), (2, "b")}
    assert read("[[1, 2], [3, 4]]", Set(Tuple((INT, INT)))) == {(1, 2), (3, 4)}
    many = "{" + ", ".join(map(str, range(9_000))) + "}"
    assert read(many, Set(INT)) == frozenset(range(9_000))


@pytest.mark.parametrize(
    ("text", "types", "value"),
    [
        ("(3, 4)", (INT, INT), (3, 4)),
        ("[3, 4]", (INT, INT), (3, 4)),
        ("3, 4", (INT, INT), (3, 4)),
        ("3 4", (INT, INT), (3, 4)),
        ("3\n4", (INT, INT), (3, 4)),
        ("x, y = 3, 4", (INT, INT), (3, 4)),
        ("The answer is (3, 4).", (INT, INT), (3, 4)),
        (r"\boxed{(3, 4)}", (INT, INT), (3, 4)),
        ("(3,)", (INT,), (3,)),
        ('(1, "a, b")', (INT, Str()), (1, "a, b")),
        ("(1, a)", (INT, Str()), (1, "a")),
        ("([1, 2], 3)", (List(INT), INT), ([1, 2], 3)),
        ("[1, 2], 3", (List(INT), INT), ([1, 2], 3)),
        ("1, 2\n3", (List(INT), INT), ([1, 2], 3)),
        ("((1, 2), true)", (Tuple((INT, INT)), Bool()), ((1, 2), True)),
        ("(1, (2, 3))", (INT, Tuple((INT, INT))), (1, (2, 3))),
    ],
)
def test_tuple(text: str, types: tuple[Type, ...], value: Any) -> None:
    assert read(text, Tuple(types)) == value


@pytest.mark.parametrize(
    ("text", "types", "why"),
    [
        ("(3)", (INT, INT), "too few"),
        ("(3, 4, 5)", (INT, INT), "too many"),
        ("3 or 4", (INT, INT), "two candidates"),
        ("(3, 4) or (4, 3)", (INT, INT), "two candidates"),
        ("(3, 4) (4, 3)", (INT, INT), "two candidates"),
        ("((3, 4))", (INT, INT), "a nested one for a flat one"),
        ("(3, true)", (INT, INT), "another type"),
        ("(1, 2, 3)", (List(INT), INT), "whose is the 2?"),
        ("", (INT, INT), "nothing"),
    ],
)
def test_no_tuple(text: str, types: tuple[Type, ...], why: str) -> None:
    assert refused(text, Tuple(types)), why


@pytest.mark.parametrize(
    "text",
    [
        "[[1, 2], [3, 4]]",
        "[[1,2],[3,4]]",
        "((1, 2), (3, 4))",
        "[1, 2], [3, 4]",
        "[1, 2]\n[3, 4]",
        "1 2\n3 4",
        "1, 2\n3, 4",
        "[1 2]\n[3 4]",
        "[[1 2]\n [3 4]]",
        "[[1, 2],\n [3, 4]]",
        "[\n  [1, 2],\n  [3, 4],\n]",
        "```\n1 2\n3 4\n```",
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
        r"$\begin{bmatrix}1&2\\3&4\\\end{bmatrix}$",
        r"\left[\begin{array}{cc}1 & 2 \\ 3 & 4\end{array}\right]",
        "The grid is:\n1 2\n3 4",
    ],
)
def test_matrix(text: str) -> None:
    assert read(text, Matrix(INT)) == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 2", [[1, 2]]),
        ("[[1, 2]]", [[1, 2]]),
        ("1\n2", [[1], [2]]),
        ("[[1], [2]]", [[1], [2]]),
        ("-1 2\n-3 4", [[-1, 2], [-3, 4]]),
    ],
)
def test_narrow_matrix(text: str, value: Any) -> None:
    assert read(text, Matrix(INT)) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("[]", "a grid has a row"),
        ("[[]]", "a grid has a column"),
        ("[[1, 2], [3]]", "ragged"),
        ("1 2\n3", "ragged"),
        ("[1, 2]", "a flat list for a grid"),
        ("[[[1]]]", "too deep"),
        ("[[1, 2], 3]", "not all of them rows"),
        (r"\begin{pmatrix} 1 & 2", "left open"),
        ("[[1, 2], [3, x]]", "another type"),
    ],
)
def test_no_matrix(text: str, why: str) -> None:
    assert refused(text, Matrix(INT)), why


PLAIN = Graph()
ARROWS = Graph(directed=True)


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("graph(3, [(1, 2), (2, 3)])", PLAIN, (3, [(1, 2), (2, 3)])),
        ("graph(3, [(3, 2), (2, 1)])", PLAIN, (3, [(1, 2), (2, 3)])),
        ("[3, [[1, 2], [2, 3]]]", PLAIN, (3, [(1, 2), (2, 3)])),
        ("(3, [(1, 2), (2, 3)])", PLAIN, (3, [(1, 2), (2, 3)])),
        ("3, [(1, 2), (2, 3)]", PLAIN, (3, [(1, 2), (2, 3)])),
        ("Graph(3, {(1, 2), {2, 3}})", PLAIN, (3, [(1, 2), (2, 3)])),
        ("`graph(3, [(1,2),(2,3)])`.", PLAIN, (3, [(1, 2), (2, 3)])),
        ("The graph is graph(2, [])", PLAIN, (2, [])),
        ("G = graph(2, [])", PLAIN, (2, [])),
        ("digraph: digraph(2, [(2, 1)])", ARROWS, (2, [(2, 1)])),
        ("graph(0, [])", PLAIN, (0, [])),
        ("digraph(2, [(2, 1)])", ARROWS, (2, [(2, 1)])),
        ("graph(2, [(2, 1), (1, 2)])", ARROWS, (2, [(1, 2), (2, 1)])),
        ("[2, [[2, 1]]]", ARROWS, (2, [(2, 1)])),
        ("graph(2, [(2, 1, 5)])", Graph(weight=INT), (2, [(1, 2, 5)])),
        ('[2, [[1, 2, "1/2"]]]', Graph(weight=Rat()), (2, [(1, 2, Fraction(1, 2))])),
    ],
)
def test_graph(text: str, type: Type, value: Any) -> None:
    assert read(text, type) == value


@pytest.mark.parametrize(
    ("text", "type", "why"),
    [
        ("", PLAIN, "nothing"),
        ("3", PLAIN, "no edges"),
        ("graph(3)", PLAIN, "no edges"),
        ("graph(3, [1, 2])", PLAIN, "no edges"),
        ("graph(3, [(1, 1)])", PLAIN, "a loop"),
        ("graph(3, [(1, 4)])", PLAIN, "no such node"),
        ("graph(3, [(0, 1)])", PLAIN, "no such node"),
        ("graph(3, [(1, 2), (2, 1)])", PLAIN, "an edge twice"),
        ("digraph(3, [(1, 2), (1, 2)])", ARROWS, "an edge twice"),
        ("digraph(3, [(1, 2)])", PLAIN, "a directed graph for an undirected one"),
        ("graph(3, [(1, 2, 3)])", PLAIN, "a weight"),
        ("graph(3, [(1, 2)])", Graph(weight=INT), "no weight"),
        ("graph(-1, [])", PLAIN, "no such number of nodes"),
        ("graph(3, [(1, 2)]) or graph(3, [])", PLAIN, "two candidates"),
        ("graph[3, []]", PLAIN, "no such spelling"),
    ],
)
def test_no_graph(text: str, type: Type, why: str) -> None:
    assert refused(text, type), why


def test_a_type_variable_has_no_reader() -> None:
    for type in (Var("a"), List(Var("a")), Newtype("m.N", Var("a"))):
        assert refused("[1]", type)


# ── parts ──

STEPS = ["1", "2", "3"]
PARTS = ["a", "b"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[4, [1, 2], 7]", ["4", "[1, 2]", "7"]),
        ("(4, [1, 2], 7)", ["4", "[1, 2]", "7"]),
        ('[4, "a, b]", 7,]', ["4", '"a, b]"', "7"]),
        ("```json\n[4, [1, 2], 7]\n```", ["4", "[1, 2]", "7"]),
        ("The answers are [4, [1, 2], 7].", ["4", "[1, 2]", "7"]),
        ("**Answer:** [4, 5, 7]", ["4", "5", "7"]),
        ("4, [1, 2], 7", ["4", "[1, 2]", "7"]),
        ("4\n[1, 2]\n7", ["4", "[1, 2]", "7"]),
        ("4\n1, 2\n7", ["4", "1, 2", "7"]),
        ("- 4\n- [1, 2]\n- 7", ["4", "[1, 2]", "7"]),
        ("4 5 7", ["4", "5", "7"]),
        (r"$\left[4, [1, 2], 7\right]$", ["4", "[1, 2]", "7"]),
        (r"\left(4, 1\right), [2], \left(7, 1\right)", ["(4, 1)", "[2]", "(7, 1)"]),
        (r"\left[", ["[", None, None]),
        (r"[4,\ 5,\ 7]", ["4", "5", "7"]),
        ("Step 1: 4\nStep 2: 5\nStep 3: 7", ["4", "5", "7"]),
        ("step 1 - 4\nstep 2 - 5\nstep 3 - 7", ["4", "5", "7"]),
        ("**Step 1:** 4\n**Step 2:** 5\n**Step 3:** 7", ["4", "5", "7"]),
        ("- Step 1: 4\n- Step 2: 5\n- Step 3: 7", ["4", "5", "7"]),
        ("Step 1 (s): 4\nStep 2 (p): 5\nStep 3: 7", ["4", "5", "7"]),
        ("Step 1 = 4\nStep 2 = 5\nStep 3 = -7", ["4", "5", "-7"]),
        ("Results:\n\nStep 1: 4\nStep 2: 5\nStep 3: 7", ["4", "5", "7"]),
        ("1. 4\n2. 5\n3. 7", ["4", "5", "7"]),
        ("1: 4\n2: 5\n3: 7", ["4", "5", "7"]),
        ("1) 4\n2) 5\n3) 7", ["4", "5", "7"]),
        ("(1) 4\n(2) 5\n(3) 7", ["4", "5", "7"]),
        ("Step 1:\n4\nStep 2:\n1\n2\nStep 3: 7", ["4", "1\n2", "7"]),
        ("Step 1:\n1. 4\n2. 5\nStep 2: 6\nStep 3: 7", ["1. 4\n2. 5", "6", "7"]),
        ("Step 1: (a) 4\n(b) 5\nStep 2: 6\nStep 3: 7", ["(a) 4\n(b) 5", "6", "7"]),
        (
            "Step 1:\nStep 1.1: 4\nStep 1.2: 5\nStep 2: 6\nStep 3: 7",
            ["Step 1.1: 4\nStep 1.2: 5", "6", "7"],
        ),
        # Missing parts.
        ("[4, 5]", ["4", "5", None]),
        ("[]", [None, None, None]),
        ("4", ["4", None, None]),
        ("-4", ["-4", None, None]),
        ("Step 1: 4\nStep 3: 7", ["4", None, "7"]),
        ("Step 1: 4\nStep 2:\nStep 3: 7", ["4", None, "7"]),
        # A part that is not readable is kept for its reader to say so.
        ("[4, 5 or 6, 7]", ["4", "5 or 6", "7"]),
        # Numbers with a full stop are no labels.
        ("-1.\n-2.\n-3.", ["-1.", "-2.", "-3."]),
        ("1.\n2.\n3.", ["1.", "2.", "3."]),
        ("1.5\n2.5\n3.5", ["1.5", "2.5", "3.5"]),
    ],
)
def test_split_steps(text: str, parts: list[str | None]) -> None:
    assert split(text, 3, STEPS) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("(a) 12\n(b) 13", ["12", "13"]),
        ("a) 12\nb) 13", ["12", "13"]),
        ("a: 12\nb: 13", ["12", "13"]),
        ("a. 12\nb. 13", ["12", "13"]),
        ("A: 12\nB: 13", ["12", "13"]),
        ("Part a: 12\nPart b: 13", ["12", "13"]),
        ("Part (a): 12\nPart (b): 13", ["12", "13"]),
        ("**(a)** 12\n**(b)** 13", ["12", "13"]),
        ("(b) 13\n(a) 12", ["12", "13"]),
        ("(a) (1, 2)\n(b) [3]", ["(1, 2)", "[3]"]),
        ("(a)\nStep 1: 4\nStep 2: 5\n(b) 13", ["Step 1: 4\nStep 2: 5", "13"]),
        ("(a)\n1. 4\n2. 5\n(b) 13", ["1. 4\n2. 5", "13"]),
        ("(b) 13", [None, "13"]),
        ("(1, 2)", ["1", "2"]),
        ("(1, 2), (3, 4)", ["(1, 2)", "(3, 4)"]),
        ("a: x\ny: z\nb: 13", ["x\ny: z", "13"]),
        ('["(a) 1\\n(b) 2", 3]', ['"(a) 1\\n(b) 2"', "3"]),
    ],
)
def test_split_parts(text: str, parts: list[str | None]) -> None:
    assert split(text, 2, PARTS) == parts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("[4, 5, 6, 7]", "a surplus part"),
        ("4, 5, 6, 7", "a surplus part"),
        ("4\n5\n6\n7", "a surplus part"),
        ("Step 1: 4\nStep 2: 5\nStep 3: 6\nStep 4: 7", "a surplus part"),
        ("1. 4\n2. 5\n3. 6\n4. 7", "a surplus part"),
        ("Step 1: 4\nStep 1: 5", "one part twice"),
        ("9\nStep 1: 4\nStep 2: 5\nStep 3: 6", "a value without a label"),
        ("[4, [5, 6]", "a bracket left open"),
        ('[4, "5, 6]', "a quote left open"),
        ("[4,, 5]", "an empty part"),
    ],
)
def test_no_split(text: str, why: str) -> None:
    assert split(text, 3, STEPS) is None, why


def test_split_a_lone_part() -> None:
    assert split("[4]", 1, ["1"]) == ["4"]
    assert split("[[4, 5]]", 1, ["1"]) == ["[4, 5]"]
    assert split("[4, 5]", 1, ["1"]) == ["[4, 5]"]
    assert split("4", 1, ["1"]) == ["4"]
    assert split("Step 1: 4", 1, ["1"]) == ["4"]


def test_split_by_nested_labels() -> None:
    labels = ["2.1", "2.2"]
    assert split("Step 2.1: 4\nStep 2.2: 5", 2, labels) == ["4", "5"]
    assert split("Step 1: 4\nStep 2: 5", 2, labels) == ["4", "5"]
    assert split("Step 2.1: 4\nStep 2.2: 5\nStep 2.3: 6", 2, labels) is None
    assert split("Step a.1: 4\nStep a.2: 5", 2, ["a.1", "a.2"]) == ["4", "5"]
    assert split("(a) 4\n(b) 5", 2, ["1.a", "1.b"]) == ["4", "5"]
    assert split("(a) 4\n(b) 5\n(c) 6", 2, PARTS) is None
    assert split("4, 5", 2, []) == ["4", "5"]

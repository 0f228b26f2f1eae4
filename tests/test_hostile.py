"""Replies made to break, stall or cheat the grader: all are read, none is believed.

Nothing here measures time: what is not linear does not finish.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racesc.runtime import text
from racesc.runtime.readers import read, readings
from racesc.runtime.reply import extract, split
from racesc.runtime.spelling import inside, pieces, plain_items
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
)
from racesc.runtime.unreadable import Unreadable

INT = Int()
TYPES: tuple[Type, ...] = (
    INT,
    Rat(),
    Bool(),
    Str(),
    Str(alphabet="01"),
    Labels(("east", "north east", "the")),
    List(INT),
    List(Str()),
    List(List(INT)),
    List(List(List(Rat()))),
    Set(INT),
    Set(Tuple((INT, Str()))),
    Matrix(INT),
    Matrix(Str()),
    Tuple((INT, List(Str()))),
    List(Tuple((Bool(), Rat()))),
    Graph(),
    Graph(directed=True, weight=Rat()),
    Newtype("m.Poly", List(INT)),
)
LABELS: tuple[list[str], ...] = (["1", "2", "3"], ["a", "b"], ["2.1", "2.2"], [])


def is_a(value: Any, type: Type) -> bool:
    """Whether a value is of exactly the type's kind throughout."""
    if isinstance(type, Newtype):
        return is_a(value, type.body)
    if isinstance(type, Int):
        return value.__class__ is int and abs(value) < 10**400
    if isinstance(type, Rat):
        return value.__class__ is Fraction
    if isinstance(type, Bool):
        return value is True or value is False
    if isinstance(type, Str):
        return value.__class__ is str and len(value) <= 100_000
    if isinstance(type, Labels):
        return value in type.labels
    if isinstance(type, List):
        whole = value.__class__ is list and len(value) <= 10_000
        return whole and all(is_a(item, type.item) for item in value)
    if isinstance(type, Set):
        whole = value.__class__ is frozenset and len(value) <= 10_000
        return whole and all(is_a(item, type.item) for item in value)
    if isinstance(type, Matrix):
        widths = {len(row) for row in value}
        return (
            is_a(value, List(List(type.item))) and len(widths) == 1 and 0 not in widths
        )
    if isinstance(type, Tuple):
        whole = value.__class__ is tuple and len(value) == len(type.items)
        return whole and all(map(is_a, value, type.items))
    assert isinstance(type, Graph)
    count, edges = value
    return is_a(count, INT) and edges == sorted(edges) and edges.__class__ is list


def check(reply: str, type: Type) -> None:
    """A reply is read without an error, and to a value of the type if to any."""
    value = read(reply, type)
    if isinstance(value, Unreadable):
        assert value.reason
        assert readings(reply, type) == ()
    else:
        assert is_a(value, type), value
        assert readings(reply, type)[0] == value
        json.dumps(text.encode(value, type))
        text.show(value, type)


# ── any text at all ──

ANY = st.text(alphabet=st.characters(codec=None), max_size=40)
SYNTAX = st.text(
    alphabet="<>/answerthinkx \n\t[](){},;:.=+-−*_`$\\\"'0123456789eE/|&١２\u200f\ud800\0",
    max_size=40,
)
WORDS = st.lists(
    st.sampled_from(
        "<answer> </answer> <think> </think> \\boxed{ } 12 3/4 true \"a\" 'b' [ ] ( ) { "
        "} , - ** ` ``` $ \\( \\) Answer: is = . graph( digraph( \\frac{ \n (a) Step 1: "
        "north the 1. * \\text{ \\begin{matrix} & \\\\ set(".split(" ")
    ),
    max_size=12,
).map(lambda words: " ".join(words))
WILD = st.one_of(
    ANY, SYNTAX, WORDS, st.binary(max_size=30).map(lambda b: b.decode("latin-1"))
)


@settings(max_examples=150, deadline=None)
@given(WILD)
def test_every_reader_takes_any_text(reply: str) -> None:
    for type in TYPES:
        check(reply, type)


@settings(max_examples=150, deadline=None)
@given(WILD)
def test_extract_and_split_take_any_text(reply: str) -> None:
    for said in (reply, f"<answer>{reply}", f"{reply}<answer>12</answer>"):
        payload = extract(said)
        assert (payload.text is None) == bool(payload.reason)
        assert payload.text is None or payload.text.strip() == payload.text != ""
        assert extract(said) == extract(said)
    for labels in LABELS:
        for count in (1, 2, 3):
            if not labels or len(labels) == count:
                parts = split(reply, count, labels)
                assert parts is None or len(parts) == count
                assert parts is None or "" not in parts


LISTS = st.lists(
    st.sampled_from(
        ("1", " 2 ", "a b", "[1, 2]", "(3)", '"x, y"', "'z'", "[[4]]", "it's")
    )
    | st.text(alphabet="1a, '\"[]()\n", max_size=4),
    max_size=4,
).map(lambda items: ",".join(items))


@settings(max_examples=300, deadline=None)
@given(LISTS, st.sampled_from(("[{}]", "({})", "[ {}\n]", "[{})", "[[1], {}]")))
def test_what_is_plain_to_see_is_what_is_there(items: str, brackets: str) -> None:
    reply = brackets.format(items)
    plain = plain_items(reply)
    if plain is not None:
        held = inside(reply)
        assert held is not None
        cut = pieces(held.strip(), bare=False)
        assert cut == (plain, "commas")


@settings(max_examples=200, deadline=None)
@given(WILD, st.sampled_from(TYPES))
def test_what_was_read_reads_back(reply: str, type: Type) -> None:
    value = read(reply, type)
    if not isinstance(value, Unreadable):
        assert read(text.show(value, type), type) == value


@settings(max_examples=200, deadline=None)
@given(st.integers(-100, 100), st.integers(-100, 100), st.data())
def test_two_numbers_are_never_one(one: int, other: int, data: Any) -> None:
    joint = data.draw(
        st.sampled_from(
            (" or ", ", ", "; ", "\n", " and ", " = ", " / ", "-", " - ", " + ", "..")
        )
    )
    wrap = data.draw(
        st.sampled_from(
            ("{}{}{}", "**{}**{}**{}**", "${}${}${}$", "`{}`{}`{}`", "[{}{}{}]")
            + (r"\boxed{{{}}}{}\boxed{{{}}}", "The answer is {}{}{}.", '"{}{}{}"')
        )
    )
    assert isinstance(read(wrap.format(one, joint, other), INT), Unreadable)


# ── big ones ──


def _big(n: int) -> dict[str, str]:
    return {
        "digits": "1" * n,
        "zeros": "0" * n + "12",
        "zeros behind": "12." + "0" * n,
        "exponents": "1e" * (n // 2),
        "thousands": "1" + ",000" * (n // 4),
        "signs": "-" * n + "1",
        "spaces": " " * n + "x" + " " * n,
        "spaces inside": "1" + " " * n + "2",
        "lines": "1\n" * (n // 2),
        "blank lines": "1" + "\n" * n + "2",
        "commas": "," * n,
        "items": "1, " * (n // 3) + "1",
        "listed items": "[" + "1, " * (n // 3) + "1]",
        "bullets": "- 1\n" * (n // 4),
        "numbered": "".join(f"{k}. {k}\n" for k in range(1, n // 12)),
        "open brackets": "[" * n,
        "closed brackets": "]" * n,
        "nested": "[" * (n // 2) + "]" * (n // 2),
        "nested 12": "[" * (n // 2) + "12" + "]" * (n // 2),
        "parentheses": "(" * (n // 2) + "1" + ")" * (n // 2),
        "braces": "{" * (n // 2) + "}" * (n // 2),
        "flat brackets": "[1]" * (n // 3),
        "rows": "[" + "[1], " * (n // 5) + "[1]]",
        "ragged rows": "1 2\n" * (n // 8) + "1\n",
        "open lists": "[1, " * (n // 4),
        "quotes": '"' * n,
        "single quotes": "'" * n,
        "open quotes": ' "' * (n // 2),
        "open single quotes": "['" + "a, '" * (n // 4),
        "backslashes": "\\" * n,
        "quoted backslashes": '"' + "\\" * n + '"',
        "quoted escapes": '"' + "\\x41" * (n // 4) + '"',
        "bad escapes": '"' + "\\q" * (n // 2) + '"',
        "high escapes": '"' + "\\Uffffffff" * (n // 10) + '"',
        "texts": "[" + '"a", ' * (n // 5) + '"a"]',
        "stars": "*" * n,
        "bold": "**" * (n // 4) + "12" + "**" * (n // 4),
        "backticks": "`" * n,
        "fences": "```\n" * (n // 4),
        "dollars": "$" * n,
        "boxes": "\\boxed{" * (n // 7),
        "closed boxes": "\\boxed{" * (n // 8) + "12" + "}" * (n // 8),
        "many boxes": "\\boxed{1}" * (n // 9),
        "texts in texts": "\\text{" * (n // 7) + "}" * (n // 7),
        "open latex": "\\(" * (n // 2),
        "fractions": "\\frac{" * (n // 6),
        "matrix": "\\begin{matrix}" + "1 & " * (n // 4),
        "matrices": "\\begin{matrix}" * (n // 14) + "\\end{matrix}",
        "equations": "x = " * (n // 4) + "12",
        "is": "The answer is " * (n // 14) + "12",
        "words": "word " * (n // 5),
        "colons": ":" * n,
        "letters": "a" * n + " is 12",
        "tags": "<answer>" * (n // 8),
        "closing tags": "</answer>" * (n // 9),
        "pairs": "<answer>1</answer>" * (n // 18),
        "thinking": "<think>" * (n // 7),
        "thoughts": "<think></think>" * (n // 15),
        "less": "<" * n,
        "open tags": "<answer" * (n // 7),
        "mixed case": "<aNsWeR>" * (n // 8),
        "edges": "graph(9, [" + "(1, 2), " * (n // 8) + "(1, 2)])",
        "graphs": "graph(" * (n // 6),
        "sets": "set(" * (n // 4) + ")" * (n // 4),
        "lefts": "\\left" * (n // 5),
        "lefts and rights": "\\left\\right" * (n // 11),
        "carriage returns": "1\r" * (n // 2),
        "line separators": "1\x0b\x1c\u2028" * (n // 4),
        "steps": "Step 1: 4\n" * (n // 10),
        "labels": "(a) 4\n" * (n // 6),
        "deep labels": "1." * (n // 2),
        "marks": "\u200f" * n,
        "surrogates": "\ud800" * n,
        "nul": "\0" * n,
        "wide digits": "\uff11" * n,
        "arabic digits": "\u0661" * n,
        "minuses": "\u2212" * n,
        "same hash": "{" + ", ".join(str(k * (2**61 - 1)) for k in range(9_000)) + "}",
        "same hash bare": " ".join(str(k * (2**61 - 1)) for k in range(9_000)),
    }


LARGE = _big(12_000)
HUGE = _big(150_000)


@pytest.mark.parametrize("name", LARGE)
def test_every_reader_takes_large_texts(name: str) -> None:
    for type in TYPES:
        value = read(LARGE[name], type)
        assert isinstance(value, Unreadable) or is_a(value, type)


@pytest.mark.parametrize("name", HUGE)
def test_readers_stay_linear(name: str) -> None:
    for type in (INT, Str(), List(Set(INT)), Tuple((Str(), Matrix(Rat())))):
        value = read(HUGE[name], type)
        assert isinstance(value, Unreadable) or is_a(value, type)


@pytest.mark.parametrize("name", HUGE)
def test_extract_and_split_stay_linear(name: str) -> None:
    said = HUGE[name]
    for reply in (said, f"<answer>{said}", f"<answer>1</answer>{said}"):
        payload = extract(reply)
        assert (payload.text is None) == bool(payload.reason)
    split(said, 3, LABELS[0])
    split(said, 2, LABELS[1])


def test_a_payload_beyond_the_cap_is_refused_unread() -> None:
    for type in TYPES:
        assert isinstance(read("[" * 1_000_001, type), Unreadable)
    assert split("[" * 1_000_001, 2, ["a", "b"]) is None


def test_what_latex_leaves_empty_is_no_answer() -> None:
    for type in (List(INT), Set(INT), Matrix(INT), Tuple((INT, INT)), Graph()):
        for reply in (r"\left", r"\left\right", r"$\left\right$", r"\left ."):
            assert isinstance(read(reply, type), Unreadable)
            assert isinstance(read(f"[{reply}]", List(type)), Unreadable)


def test_a_million_characters() -> None:
    assert extract("<answer>" * 125_000).text is None
    assert extract("<" * 1_000_000).text is None
    assert extract("\\boxed{" * 150_000).text is None
    assert extract("x" * 1_000_000 + "<answer>12</answer>").text == "12"
    assert extract("<answer>12</answer>" + "x" * 1_000_000).text == "12"
    assert extract("<answer>12</answer>" + "<" * 1_000_000).text == "12"


@pytest.mark.parametrize(
    "reply",
    [
        "inf",
        "nan",
        "1e400",
        "9" * 5_000,
        "__import__('os').system('true')",
        "[x for x in range(10**9)]",
        "10**10**10",
        "True",
        "float('inf')",
        "{'__class__': 1}",
        "%s%s%s",
        "{0.__class__}",
        "<answer>",
        "null",
        "undefined",
    ],
)
def test_nothing_is_run_or_believed(reply: str) -> None:
    for type in (INT, Rat(), List(INT), Set(INT), Matrix(INT), Graph()):
        assert isinstance(read(reply, type), Unreadable)

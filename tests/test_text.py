"""Values as text: printing, JSON, words, examples, and that everything reads back."""

from __future__ import annotations

import ast
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from racesc.runtime import readers, text
from racesc.runtime.bounds import lo, size
from racesc.runtime.reply import extract, split
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

I = Int()  # noqa: E741

# ── types and their values ──

TRICKY = (
    "",
    " ",
    " a ",
    "a b",
    '"x"',
    "'x'",
    "it's",
    'say "hi"',
    'it\'s "both"',
    "back\\slash",
    "\\",
    "line\nbreak",
    "tab\t",
    "nul\0",
    "[1, 2]",
    '["a", "b"]',
    '{"a": 1}',
    "(1)",
    "a, b",
    ",",
    "]",
    "a < b",
    "<b>",
    "**a**",
    "`a`",
    "$a$",
    "= a",
    "a.",
    "The answer is a",
    "12",
    "true",
    "Step 1: a",
    "- a",
    "\u00e9\u4e2d\U0001f600",
    "\u2028",
    "\u200f",
    "\x7f",
    "\ufeff",
    "\\u003c",
    "\\n",
)

# A pair of surrogates that stand for one character is one character to JSON.
TEXTS = st.one_of(
    st.sampled_from(TRICKY),
    st.text(alphabet="ab ,'\"\\[](){}<>\n\t*`$=.:-", max_size=8),
    st.text(alphabet=st.characters(max_codepoint=0xD7FF), max_size=6),
    st.text(alphabet=st.characters(min_codepoint=0xE000), max_size=6),
)
INTS = st.one_of(
    st.integers(-20, 20), st.integers(-(10**399), 10**399), st.sampled_from((0, -1))
)
RATS = st.one_of(st.fractions(max_denominator=12), st.fractions(max_denominator=10**30))
LABELS = Labels(("North", "it's", "north east", "x = 1", "yes"))

SCALARS: st.SearchStrategy[Type] = st.sampled_from(
    (Int(), Rat(), Bool(), Str(), LABELS, Newtype("m.Word", Str()))
)
SET_ITEMS: st.SearchStrategy[Type] = st.one_of(
    st.sampled_from((Int(), Rat(), Bool(), Str(), LABELS)),
    st.sampled_from((Tuple((Int(), Str())), Tuple((Rat(), Str(), Int())))),
)


def _larger(items: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    return st.one_of(
        items.map(List),
        SET_ITEMS.map(Set),
        st.one_of(SCALARS, items).map(Matrix),
        st.lists(items, min_size=1, max_size=3).map(lambda x: Tuple(tuple(x))),
        items.map(lambda item: Newtype("m.New", List(item))),
        st.builds(
            Graph,
            directed=st.booleans(),
            weight=st.one_of(st.none(), SCALARS),
        ),
    )


TYPES: st.SearchStrategy[Type] = st.recursive(SCALARS, _larger, max_leaves=4)


def values(type: Type) -> st.SearchStrategy[Any]:
    """Values of a type, refinements aside."""
    if isinstance(type, Int):
        return INTS
    if isinstance(type, Rat):
        return RATS
    if isinstance(type, Bool):
        return st.booleans()
    if isinstance(type, Str):
        return TEXTS
    if isinstance(type, Labels):
        return st.sampled_from(type.labels)
    if isinstance(type, List):
        return st.lists(values(type.item), max_size=4)
    if isinstance(type, Set):
        return st.frozensets(values(type.item), max_size=4)
    if isinstance(type, Tuple):
        return st.tuples(*map(values, type.items))
    if isinstance(type, Newtype):
        return values(type.body)
    if isinstance(type, Matrix):
        item = values(type.item)
        return st.integers(1, 3).flatmap(
            lambda width: st.lists(
                st.lists(item, min_size=width, max_size=width), min_size=1, max_size=3
            )
        )
    assert isinstance(type, Graph)
    return st.integers(0, 4).flatmap(lambda count: graphs(count, type))


@st.composite
def graphs(draw: Any, count: int, type: Graph) -> Any:
    pairs = [
        (u, v)
        for u in range(1, count + 1)
        for v in range(1, count + 1)
        if u != v and (type.directed or u < v)
    ]
    edges = [pair for pair in pairs if draw(st.booleans())]
    if type.weight is not None:
        weight = values(type.weight)
        return (count, [(*pair, draw(weight)) for pair in edges])
    return (count, edges)


TYPED = TYPES.flatmap(lambda type: st.tuples(st.just(type), values(type)))


def same(left: Any, right: Any) -> bool:
    """Equal, and of the same kinds throughout."""
    if left.__class__ is not right.__class__:
        return False
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, frozenset):
        return same(sorted(left), sorted(right))
    return bool(left == right)


def body(type: Type) -> Type:
    return body(type.body) if isinstance(type, Newtype) else type


# ── reading back ──


@settings(max_examples=250, deadline=None)
@given(TYPED)
def test_every_value_reads_back_however_it_is_written(typed: Any) -> None:
    type, value = typed
    encoded = text.encode(value, type)
    spellings = [
        text.show(value, type),
        json.dumps(encoded),
        json.dumps(encoded, ensure_ascii=False),
        json.dumps(encoded, indent=2),
        json.dumps(encoded, separators=(",", ":")),
    ]
    if not isinstance(body(type), Str):
        # A bare text has its own tests below.
        spellings.append(str(encoded))
    for spelling in spellings:
        read = readers.read(spelling, type)
        assert same(read, value), (spelling, read)


@settings(max_examples=100, deadline=None)
@given(TYPED)
def test_the_canonical_spelling_survives_tags_and_wrapping(typed: Any) -> None:
    type, value = typed
    shown = text.show(value, type)
    for reply in (
        f"<answer>{shown}</answer>",
        f"Thus.\n<answer>\n{shown}\n</answer> Done.",
        f"<think>[1]</think><answer>```json\n{shown}\n```</answer>",
        f"<answer>**{shown}**</answer>",
        f"<answer>$${shown}$$",
        f"<answer>The answer is {shown}</answer>",
        f"<answer>The answer is: {shown}.</answer>",
    ):
        payload = extract(reply).text
        assert payload is not None
        assert same(readers.read(payload, type), value), reply


@settings(max_examples=100, deadline=None)
@given(st.lists(TYPED, min_size=2, max_size=4))
def test_every_part_of_a_composite_reads_back(typed: Any) -> None:
    encoded = [text.encode(value, type) for type, value in typed]
    for spelling in (
        json.dumps(encoded),
        json.dumps(encoded, indent=1),
        str(encoded),
        f"({', '.join(text.show(value, type) for type, value in typed)})",
        "\n".join(
            f"Step {k}: {text.show(value, type)}"
            for k, (type, value) in enumerate(typed, 1)
        ),
    ):
        labels = [str(k) for k in range(1, len(typed) + 1)]
        parts = split(spelling, len(typed), labels)
        assert parts is not None, spelling
        for (type, value), part in zip(typed, parts, strict=True):
            assert part is not None
            assert same(readers.read(part, type), value), (spelling, part)


@settings(max_examples=100, deadline=None)
@given(TYPED)
def test_json_and_back(typed: Any) -> None:
    type, value = typed
    encoded = text.encode(value, type)
    again = json.loads(json.dumps(encoded))
    assert again == encoded
    assert same(text.decode(again, type), value)


@given(TEXTS)
def test_a_bare_text_is_one_of_the_readings_of_itself(value: str) -> None:
    # No spelling but the JSON string can carry spaces at the ends, nor a JSON string.
    assume(value.strip() == value != "")
    readings = readers.readings(value, Str())
    if value[0] == '"' and readings != (value,) and value not in readings:
        assert value[-1] in '".'
    else:
        assert value in readings


@pytest.mark.parametrize(
    "value", ["abc", "a b", "it's", "a, b", "[1, 2]", "a < b", "3", "a.", "- a", "'x'"]
)
def test_a_bare_plain_text_reads_as_itself(value: str) -> None:
    assert readers.read(value, Str()) == value


def test_a_text_with_tags_is_shown_so_that_it_can_be_answered() -> None:
    value = "a</answer><ANSWER>b<think>c"
    shown = text.show(value, Str())
    assert shown == '"a\\u003c/answer>\\u003cANSWER>b\\u003cthink>c"'
    assert extract(f"<answer>{shown}</answer>").text == shown
    assert readers.read(shown, Str()) == value


# ── printing ──


@pytest.mark.parametrize(
    ("value", "type", "shown"),
    [
        (-3, I, "-3"),
        (Fraction(6, 8), Rat(), "3/4"),
        (Fraction(5), Rat(), "5"),
        (True, Bool(), "true"),
        ("abc", Str(), '"abc"'),
        ('a"b\\', Str(), '"a\\"b\\\\"'),
        ("\u00e9\u4e2d", Str(), '"\u00e9\u4e2d"'),
        ("\n\0\x7f\u200f\ud800", Str(), '"\\n\\u0000\\u007f\\u200f\\ud800"'),
        ("\U000e0041", Str(), '"\\udb40\\udc41"'),
        ("north", Labels(("north", "south")), '"north"'),
        ([3, 1, 2], List(I), "[3, 1, 2]"),
        ([], List(I), "[]"),
        (frozenset({10, 9, -1}), Set(I), "{-1, 9, 10}"),
        (frozenset(), Set(I), "{}"),
        ([[1, 2], [3, 4]], Matrix(I), "[[1, 2], [3, 4]]"),
        ((1, "a"), Tuple((I, Str())), '(1, "a")'),
        ((1,), Tuple((I,)), "(1,)"),
        ((4, [(1, 2), (2, 3)]), Graph(), "graph(4, [(1, 2), (2, 3)])"),
        ((2, [(2, 1)]), Graph(directed=True), "digraph(2, [(2, 1)])"),
        ((2, [(1, 2, Fraction(1, 2))]), Graph(weight=Rat()), "graph(2, [(1, 2, 1/2)])"),
        ([1], Newtype("m.Poly", List(I)), "[1]"),
    ],
)
def test_show(value: Any, type: Type, shown: str) -> None:
    assert text.show(value, type) == shown


@pytest.mark.parametrize(
    ("value", "type", "encoded"),
    [
        (Fraction(3, 4), Rat(), "3/4"),
        (frozenset({2, 1}), Set(I), [1, 2]),
        ((1, (True, "a")), Tuple((I, Tuple((Bool(), Str())))), [1, [True, "a"]]),
        ((3, [(1, 2)]), Graph(), [3, [[1, 2]]]),
        ([[Fraction(1)]], Matrix(Rat()), [["1"]]),
    ],
)
def test_encode(value: Any, type: Type, encoded: Any) -> None:
    assert text.encode(value, type) == encoded


@given(st.frozensets(TEXTS, max_size=6))
def test_a_set_is_shown_in_order(value: frozenset[str]) -> None:
    shown = text.show(value, Set(Str()))
    assert shown == "{" + text.show(sorted(value), List(Str()))[1:-1] + "}"


def test_a_variable_has_no_values() -> None:
    for function in (text.show, text.encode, text.decode):
        with pytest.raises(TypeError):
            function(1, Var("a"))
    with pytest.raises(TypeError):
        text.sample_answer(Var("a"))


# ── words ──


@pytest.mark.parametrize(
    ("type", "noun", "form"),
    [
        (I, "number", "a whole number"),
        (Rat(), "fraction", "a whole number or a fraction"),
        (Bool(), "truth value", "true or false"),
        (Str(), "text", "a text in double quotes"),
        (Labels(("n", "s")), "word", 'one of "n" or "s"'),
        (Labels(("e", "n", "s")), "word", 'one of "e", "n" or "s"'),
        (List(I), "list", "a list of whole numbers"),
        (Set(Str()), "set", "a set of texts in double quotes in braces"),
        (Matrix(I), "grid", "a grid of whole numbers, as a list of its rows"),
        (Graph(), "graph", "a graph written graph(number of nodes, [(u, v), ...])"),
        (
            Graph(directed=True, weight=I),
            "graph",
            "a graph written digraph(number of nodes, [(u, v, weight), ...])",
        ),
        (
            Tuple((I, List(Bool()))),
            "pair",
            "a pair of a whole number and a list of truth values (true or false)",
        ),
        (
            List(Tuple((I, I, I))),
            "list",
            "a list of triples, each of a whole number, a whole number and "
            "a whole number",
        ),
        (Tuple((I,) * 4), "tuple", "a tuple of " + "a whole number, " * 2),
        (Newtype("m.Poly", List(I)), "list", "a list of whole numbers"),
    ],
)
def test_words(type: Type, noun: str, form: str) -> None:
    assert text.noun(type) == noun
    assert text.form(type).startswith(form)


@given(TYPES)
def test_every_type_has_words(type: Type) -> None:
    assert text.noun(type)
    assert text.form(type)


# ── examples ──


@settings(max_examples=100, deadline=None)
@given(TYPED, st.integers(0, 50))
def test_an_example_is_never_the_answer(typed: Any, salt: int) -> None:
    type, value = typed
    assume(not isinstance(body(type), Labels))
    example = text.sample_answer(type, (value,), salt)
    assert example != value
    assert same(example, text.sample_answer(type, (value,), salt))
    assert same(readers.read(text.show(example, type), type), example)


@pytest.mark.parametrize(
    ("type", "example"),
    [
        (I, 42),
        (Int(0, 9), 7),
        (Int(1000, None), 1000),
        (Int(None, -100), -100),
        (Int(lo("items"), None), 42),
        (Rat(0, 1), Fraction(3, 4)),
        (Str(), "abc"),
        (Str((2, 3), "01"), "010"),
        (List(I), [3, 1, 2]),
        (List(I, (4, 4), sorted=True), [5, 7, 12, 42]),
        (List(I, (5, size("items"))), [42, 7, 12, 5, 30]),
        (List(Int(0, 1), (3, 3)), [1, 0, 1]),
        (Labels(("north", "south")), "north"),
        (Matrix(I), [[42, 7], [12, 5]]),
        (Set(I), frozenset({42, 7, 12})),
        (Graph(), (4, [(1, 2), (2, 3), (3, 4)])),
    ],
)
def test_examples(type: Type, example: Any) -> None:
    assert same(text.sample_answer(type), example)


def test_examples_vary_with_the_salt_and_fit_the_type() -> None:
    seen = {text.sample_answer(Int(0, 9), (4,), salt) for salt in range(30)}
    assert seen == {0, 1, 2, 3, 5, 6, 7, 8, 9}


def test_an_example_leaves_the_type_rather_than_be_the_answer() -> None:
    assert text.sample_answer(Int(5, 5), (5,)) != 5
    assert text.sample_answer(List(Int(1, 1), (1, 1)), ([1],)) != [1]
    assert text.sample_answer(Labels(("a", "b")), ("a",)) == "b"


def test_a_shown_value_is_python_or_json_to_other_tools() -> None:
    value = ([1, -2], "a'b")
    type = Tuple((List(I), Str()))
    assert ast.literal_eval(text.show(value, type)) == value

"""Reading modules: every form of the language, every mistake, any text at all."""

from __future__ import annotations

import json
import logging
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syntax_trees import modules

from racesc import syntax as tree
from racesc.diagnostics import Diagnostic, Report, render
from racesc.format import format_expression, format_module, format_type
from racesc.parse import (
    ALWAYS_WORDS,
    grammar_text,
    parse,
    parse_expression,
    parse_goals,
    parse_type,
)
from racesc.source import Source

ROOT = Path(__file__).parent.parent


def read(text: str, path: str = "module.races") -> tuple[tree.Module, list[Diagnostic]]:
    report = Report()
    module = parse(Source(path, text), report)
    return module, list(report.diagnostics)


def whole(text: str) -> Any:
    """The only declaration of a text without mistakes."""
    module, diagnostics = read(text)
    assert diagnostics == []
    (declaration,) = module.declarations
    return declaration


def names(module: tree.Module) -> list[str]:
    return [
        each.module.text if isinstance(each, tree.ImportDeclaration) else each.name.text
        for each in module.declarations
    ]


# ── the grammar ───────────────────────────────────────────────────────────────


class Words:
    always_accept = tuple(ALWAYS_WORDS)

    def process(self, stream: Any) -> Any:
        return stream


def test_the_grammar_has_no_conflict(caplog: pytest.LogCaptureFixture) -> None:
    from lark import Lark, logger

    level = logger.level
    logger.addHandler(caplog.handler)
    try:
        logger.setLevel(logging.DEBUG)
        starts = ["declarations", "expression", "type", "goals"]
        Lark(grammar_text(), parser="lalr", start=starts, postlex=Words(), debug=True)
    finally:
        logger.setLevel(level)
        logger.removeHandler(caplog.handler)
    assert "onflict" not in caplog.text
    assert "Unused" not in caplog.text


def test_the_grammar_is_strict() -> None:
    pytest.importorskip("interegular")
    from lark import Lark

    starts = ["declarations", "expression", "type", "goals"]
    Lark(grammar_text(), parser="lalr", start=starts, postlex=Words(), strict=True)


def test_no_state_mistakes_a_name_for_a_word() -> None:
    """Where a NAME and a contextual word are both possible, the lexer takes the word;
    so the grammar has to take that word as a name there."""
    from racesc.parse import _parser, _symbols

    parser, _ = _parser()
    symbols = _symbols(parser)
    reserved = {word for word in ALWAYS_WORDS if word.isupper()}
    clauses = "describe solve sample verify plant witnesses level law example tags"
    as_names = {*clauses.split(), "true", "false"}
    table: Any = parser.parser.parser._parse_table  # type: ignore[attr-defined]
    states = 0
    for actions in table.states.values():
        if "NAME" in actions:
            states += 1
            words = {
                symbols[each] for each in actions.keys() & symbols.keys() - reserved
            }
            assert {word for word in words if word.islower()} <= as_names
    assert states > 20


@pytest.mark.parametrize("word", sorted(set("describe level tags size by all".split())))
def test_a_contextual_word_begins_a_step(word: str) -> None:
    declaration = whole(
        f"env f = SEQUENTIAL {{ a {word} = b {word} {word}(k: {word}) >> {word} x.y"
        f" {word}[Int] {word} PARALLEL({word}, {word}.{word}, {word}: 1) }}"
    )
    assert len(declaration.value.statements) == 8


# ── what reads ────────────────────────────────────────────────────────────────

LANGUAGE = r"""
# numbers.races: comments start with '#', documentation with '##'
type Digit  = Int in 0..9                    # an alias
type Bag[a] = List[a] len 1..20
newtype Poly = List[Int in -9..9] len 1..6   # nominal

## The sum of the decimal digits of a number.
env digit_sum(n: Int in 0..10^12) -> Int in 0..117 {
  describe "Add up the decimal digits of {{ n }}."
  level    n <= 10^level
  example  (2048) => 14
}
env split_sum(n: Int in 4..1000) -> (Int in 2..998, Int in 2..998) {
  describe "Write {{ n }} as a sum of two whole numbers, each at least 2."
  sample   round_number
  verify   is_split
  witnesses all_splits
  tags     numbers, level
}
env keep_even(items: List[Int] len 0..50)
    -> List[Int in lo(items)..hi(items)] len 0..len(items) {
  law      keep_even >> keep_even == keep_even
  level    items len <= 4 * level
  example  ([3, 4, 6,],) => [4, 6]
}
env second_digit2 = to_digits >> lists.sort >> kth_largest(items: _, k: 2)
env which_steps = SELECT(second_digit, distractors: 3)
env sorted_words = sort[Str len 1..8] >> split_sum as canonical >> gcd
env checked : (n: Int in 10..10^6) -> Int in 0..9 = second_digit
env checked2(n: Int in 10..10^6) -> Int in 0..9 = second_digit
env digit_gcd(n: Int in 10..99999, graph: Graph nodes 2..8) = SEQUENTIAL(reward: last) {
  s = digit_sum(n)
  ys = MAP(double)(xs: s)
  FOLD(add, from: 0)(ys) >> f(graph, graph(3, [(1, 2)]), {"a"}, -3/4, true) >> digit_sum()
}
suite train {
  from  numbers, lists except lists.first
  using SEQUENTIAL, PARALLEL
  size  2..5
  goal  Int | List[Int] len 1..5 | "a"
  require guess <= 0.2, sensitivity >= 0.5, ambiguity <= 1/3
  mix   SEQUENTIAL 60%, PARALLEL 40%
  take  10_000 seed 7
  disjoint from heldout by base
}
package digit_suite { version "0.1.0" include train target verifiers, verl }
"""


def test_the_language_reads() -> None:
    module, diagnostics = read(LANGUAGE)
    assert diagnostics == []
    assert len(module.declarations) == 14
    assert module.name == "module"
    for ending in ("\r\n", "\n\t"):
        assert read("\ufeff" + LANGUAGE.replace("\n", ending))[0] == module


@pytest.mark.parametrize(
    "path", sorted((ROOT / "stdlib_envs").glob("*.races")), ids=lambda path: path.stem
)
def test_the_standard_library_reads_and_stays_itself(path: Path) -> None:
    module, diagnostics = read(path.read_text(encoding="utf-8"), str(path))
    assert diagnostics == []
    assert read(format_module(module), str(path)) == (module, [])


def test_places_cover_what_was_written() -> None:
    text = "env f(n: Int in (1)..9) = SEQUENTIAL(a >> b(k: 2), MAP(c)(xs))"
    declaration = whole("# comment\n" + text)
    source = "# comment\n" + text

    def at(node: Any) -> str:
        return source[node.span.start : node.span.end]

    assert at(declaration) == text
    assert at(declaration.name) == "f"
    (parameter,) = declaration.parameters
    assert at(parameter) == "n: Int in (1)..9"
    assert at(parameter.type.refinements[0].low) == "(1)"
    chain, mapped = declaration.value.parts
    assert at(chain) == "a >> b(k: 2)"
    assert at(chain.steps[1].arguments[0]) == "k: 2"
    assert source[chain.steps[1].name_span.start : chain.steps[1].name_span.end] == "b"
    assert at(mapped) == "MAP(c)(xs)"


def test_doc_comments_belong_to_the_next_declaration() -> None:
    module, diagnostics = read(
        "## of nothing\n\n## of f\n##\n##  indented  \n# plain\n\nenv f = a ## not of g\n"
        "env g = SEQUENTIAL {\n  ## ignored\n  a }\n### no doc\nenv h = a"
    )
    assert diagnostics == []
    assert [each.doc for each in module.declarations] == ["of f\n\n indented", "", ""]


def test_contextual_words_are_names_elsewhere() -> None:
    text = (
        "env take(size: Int, level: Int in 0..size, lo: Int in lo..level) = SEQUENTIAL {\n"
        "  goal = level(size: size, from_: level, seed: 3)\n"
        "  min(goal, graph) >> all >> FOLD(sample, from: 0, seed: seed)\n}"
    )
    declaration = whole(text)
    assert declaration.name.text == "take"
    assert format_module(tree.Module("", (declaration,))).startswith(
        "env take(size: Int"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10_000", 10_000),
        ("-3", -3),
        ("3/4", Fraction(3, 4)),
        ("-6/8", Fraction(-3, 4)),
        ("4/2", Fraction(2)),
        ("true", True),
        (r'"a\"\u00e9\ud83d\ude00\n"', 'a"é😀\n'),
    ],
)
def test_literals(text: str, value: object) -> None:
    use = parse_expression(f"f(k: {text})", Report())
    assert isinstance(use, tree.Use) and use.arguments
    assert use.arguments[0].value == tree.Literal(value)  # type: ignore[arg-type]


def test_open_ranges_and_sizes() -> None:
    type_ = parse_type("Matrix[Int] rows 1.. cols 2..rows(m) distinct", Report())
    assert isinstance(type_, tree.NamedType)
    rows, cols, flag = type_.refinements
    assert rows == tree.RangeRefinement("rows", tree.BoundNumber(1), None)
    high = tree.BoundOf("rows", "m")
    assert cols == tree.RangeRefinement("cols", tree.BoundNumber(2), high)
    assert flag == tree.FlagRefinement("distinct")


def test_minus_signs() -> None:
    type_ = parse_type("Int in -10^2..-5", Report())
    assert isinstance(type_, tree.NamedType)
    (range_,) = type_.refinements
    assert isinstance(range_, tree.RangeRefinement)
    power = tree.BoundOperation("^", tree.BoundNumber(10), tree.BoundNumber(2))
    assert range_.low == tree.BoundOperation("-", tree.BoundNumber(0), power)
    assert range_.high == tree.BoundNumber(-5)


def test_goals_for_the_command_line() -> None:
    goals = parse_goals("Int in 0..9 | List[Int]", Report())
    assert goals is not None
    assert list(map(format_type, goals)) == ["Int in 0..9", "List[Int]"]


# ── mistakes ──────────────────────────────────────────────────────────────────

ENV = 'env f(n: Int) -> Int { describe "x" '


@pytest.mark.parametrize(
    ("text", "marked", "message", "help"),
    [
        ("type A Int", "Int", "expected `=` or `[`, found `Int`", "write `=` before"),
        ("type a = Int", "a", "a name that begins with a capital", "`A`"),
        ("env f(n: Int) Int {}", "Int", "expected `->` or `=`, found `Int`", "`->`"),
        ("env f(n: Int) {}", "{", "expected `->` or `=`, found `{`", "say what it ret"),
        ("env f(n Int) -> Int {}", "Int", "expected `:`, found `Int`", "write `:`"),
        ("env f(n: Int -> Int {}", "->", "`(` is not closed", ""),
        ("env f(in: Int) -> Int {}", "in", "`in` is a reserved word", "in_value"),
        ("env f = class", "class", "`class` is a reserved word", "class_value"),
        ("env f = PARALLEL(a, b]", "]", "expected `)`, found `]`", ""),
        ("env f = PARALLEL(a b)", "b", "expected `)`, `,`, `:` or `>>`", "write `,`"),
        ("env f = a)", ")", "`)` closes nothing", ""),
        ("env f = a >>", "", "expected a step, found the end of the file", ""),
        ("env f = a -> b", "->", "found `->`", "steps are joined by `>>`"),
        ("env f = (a >> b)", "(", "expected a step, found `(`", "takes no brackets"),
        ("env f = g(k = 2)", "=", "expected `)`, `,` or `:`, found `=`", "write `:`"),
        ("env f = g(0.5)", ".", "found `.`", "write a fraction"),
        ("env f = g(True)", "True", "expected a value, a name or `_`", "`true`"),
        ("env f = g('x')", "'", "`'` has no meaning here", "double quotes"),
        ("env f = g(3/0)", "3/0", "denominator is 0", ""),
        ('env f = g("abc', '"abc', "the string is not closed", "on the same line"),
        (r'env f = g("a\d")', r"\d", "unknown escape", r"`\\`"),
        ('env f = g("a\tb")', "\t", "control character", r"`\t`"),
        (r'env f = g("\ud800")', r'"\ud800"', "half of a surrogate pair", ""),
        ("env f = a as best", "best", "expected `canonical` or `model`", ""),
        ("env f = SEQUENTIAL { }", "}", "expected a step", "at least one step"),
        ("env f = SEQUENTIAL(a) { b }", "a", "between its braces", ""),
        ("env f = PARALLEL { b }", "{", "expected `(`, found `{`", ""),
        ("type A = (Int)", ")", "expected `,`, found `)`", "at least two parts"),
        ("type A = Str len", "", "expected a range such as `0..9`", ""),
        ('type A = "x" | Int', "Int", "expected a string", "only strings"),
        ("type A = List[Int", "", "`[` is not closed", ""),
        ("env Foo = a", "Foo", "expected a name, found `Foo`", "`foo`"),
        ("env fooBar = a", "fooBar", "not in snake_case", "`foo_bar`"),
        ("evn f = a", "evn", "expected a declaration", "write `env`"),
        (ENV + "descrbe 3 }", "descrbe", "a clause such as `describe`", "`describe`"),
        (ENV + "level n < 3 }", "<", "`<` has no meaning here", "write `<=`"),
        (ENV + "law a = b }", "=", "found `=`", "around `==`"),
        (ENV + "example (3) = 4 }", "=", "expected `=>`, found `=`", "after `=>`"),
        (ENV, "", "`{` is not closed", ""),
        ("suite s { frm a }", "frm", "a clause such as `from`", "write `from`"),
        ("suite s { goal Int in 1.. size 2 }", "2", "found `2`", "upper end"),
        ("suite s { size 2.5 }", "2.5", "", ""),
        ('package p { version "1" version "2" }', 'version "2"', "one version", ""),
        ("env f = a" + "\u00a0>> b", "\u00a0", "U+00A0", "ordinary space"),
        ("type A = Int in 0.." + "9" * 1001, "9" * 1001, "1000 digits", "power"),
    ],
)
def test_a_mistake(text: str, marked: str, message: str, help: str) -> None:
    _, (diagnostic,) = read(text)
    assert diagnostic.code == "syntax-error"
    assert message in diagnostic.message
    assert help in " ".join(diagnostic.helps)
    place = diagnostic.place
    if text != "suite s { size 2.5 }":
        assert text[place.start : place.end] == marked
    assert not diagnostic.message.endswith(".")


def test_an_open_bracket_is_pointed_at() -> None:
    text = 'env f(n: Int) -> Int {\n  describe "x"\n\nenv g = a\n'
    module, (diagnostic,) = read(text)
    assert names(module) == ["g"]
    assert render(diagnostic, {"module.races": Source("module.races", text)}) == (
        "error[syntax-error]: `{` is not closed\n"
        " --> module.races:2:15\n"
        "  |\n"
        "1 | env f(n: Int) -> Int {\n"
        "  |                      - opened here\n"
        '2 |   describe "x"\n'
        "  |               ^ `}` is missing here\n"
        "\n"
    )


def test_all_mistakes_are_reported_and_the_rest_survives() -> None:
    module, diagnostics = read(
        "type A Int\n"
        "env f = a >>\n"
        "\n"
        "  env g = b\n"
        "env h = c d\n"
        "junk here\n"
        "use lists (sort\n"
        "type B = Int\n"
        "env i(\n  type: Int) -> Int {}\n"
        "env j = k  env l = m n\n"
        "env o = p"
    )
    assert names(module) == ["g", "B", "j", "o"]
    assert len(diagnostics) == 6
    assert [(each.word, each.name and each.name.text) for each in module.broken] == [
        ("type", "A"),
        ("env", "f"),
        ("env", "h"),
        ("use", "lists"),
        ("env", "i"),
        ("env", "l"),
    ]


def test_a_declaration_before_a_misspelt_one_is_whole() -> None:
    module, (diagnostic,) = read("env f = a >> b\n\nevn g = c\nenv h = d\n")
    assert names(module) == ["f", "h"]
    assert diagnostic.helps == ("write `env`",)
    assert [(each.word, each.name and each.name.text) for each in module.broken] == [
        ("evn", "g")
    ]


@pytest.mark.parametrize("text", ["", " \n", "# nothing\n## here\n", "\ufeff"])
def test_an_empty_module(text: str) -> None:
    module, (diagnostic,) = read(text)
    assert (module.declarations, diagnostic.code) == ((), "empty-module")


@pytest.mark.parametrize(
    "text",
    [
        "type A = " + "List[" * 65 + "Int" + "]" * 65,
        "type A = " + "(" * 20_000,
        "env f = " + "PARALLEL(" * 10_000 + "a" + ")" * 10_000,
        "env f = g(" + "[" * 20_000 + "]" * 20_000 + ")",
        "type A = Int in 0.." + "1 + " * 20_000 + "1",
        "type A = Int in 0.." + "-" * 20_000 + "1",
        "type A = Int in 0.." + "2^" * 20_000 + "1",
        "type A = Int in 0.." + "(2 + " * 63 + "2" + " + 2" * 63 + ")" * 63,
    ],
    ids=lambda text: text[9:24],
)
def test_too_deep(text: str) -> None:
    module, (diagnostic,) = read(text + "\nenv g = a\n")
    assert diagnostic.code == "too-deep"
    assert names(module) == ["g"]


def test_long_is_not_deep() -> None:
    chain = parse_expression(" >> ".join(["a"] * 5_000), Report())
    assert isinstance(chain, tree.Chain) and len(chain.steps) == 5_000
    deep = "List[" * 63 + "Int in 0..(9)" + "]" * 63
    type_ = parse_type(deep, Report())
    assert type_ is not None
    assert format_type(type_) == deep.replace("(9)", "9")
    nested = "PARALLEL(" * 64 + "a" + ")" * 64
    expression = parse_expression(nested, Report())
    assert expression is not None
    assert (
        format_expression(expression)
        .replace("\n", "")
        .replace(" ", "")
        .replace(",", "")
        == nested
    )
    labels = parse_type(" | ".join(['"a"'] * 2_000), Report())
    assert isinstance(labels, tree.LabelType) and len(labels.labels) == 2_000


@pytest.mark.parametrize("read_one", [parse_expression, parse_type, parse_goals])
def test_what_the_command_line_reads_may_be_wrong(read_one: Any) -> None:
    for text in ("", "  ", "a >> >>", ")", '"', "env f = a", "(" * 1000, "f(3/0)"):
        report = Report()
        assert read_one(text, report, path="<argument>") is None
        (diagnostic,) = report.diagnostics
        assert diagnostic.place.path == "<argument>"


# ── any text ──────────────────────────────────────────────────────────────────

FRAGMENTS = st.one_of(
    st.sampled_from(
        (
            "env type newtype use suite package in len rows over as from except class "
            "describe level law example size goal take seed all _ a f Int List true 0 12 "
            "3.5 ( ) [ ] { } , : ; = == => -> > >> < <= >= | . .. + - * / // % ^ ' # ## "
            '" "a" "\\u12 \\ \n \r\n \t \ufeff \x00 é 日 \ud800 lo( len( min( graph('
        ).split(" ")
    ),
    st.text(max_size=3),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A program with a few stretches removed, doubled or overwritten."""
    text = draw(st.sampled_from([LANGUAGE]) | modules.map(format_module))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 1, 1, 2, 5, 40])))
        middle = draw(FRAGMENTS | st.just(text[start:end] * 2))
        text = text[:start] + middle + text[end:]
    return text


def check_any(text: str) -> None:
    module, diagnostics = read(text)
    assert diagnostics or module.declarations
    for diagnostic in diagnostics:
        for label in diagnostic.labels:
            assert 0 <= label.span.start <= label.span.end <= len(text)
        sources = {"module.races": Source("module.races", text)}
        full = render(diagnostic, sources)
        assert full.encode() and len(full.splitlines()) < 20
        assert render(diagnostic, sources, "concise").count("\n") == 1
        json.loads(render(diagnostic, sources, "json"))
    if not diagnostics:
        assert read(format_module(module))[0] == module


@settings(deadline=None, max_examples=60)
@given(mutated())
def test_mutated_programs(text: str) -> None:
    check_any(text)


@settings(deadline=None, max_examples=60)
@given(st.lists(FRAGMENTS, max_size=30).map(" ".join) | st.text(max_size=40))
def test_any_text(text: str) -> None:
    check_any(text)


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=60))
def test_binary_like_text(data: bytes) -> None:
    check_any(data.decode("latin-1"))

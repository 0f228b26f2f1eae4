"""Diagnostics: sorting, and what each rendering looks like to the byte."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racesc.diagnostics import Diagnostic, Label, Report, as_json, render
from racesc.errors.mistake import Mistake
from racesc.errors.syntax import EmptyModule, SyntaxMistake, TooDeep
from racesc.source import Source, Span

WORDS = """\
use words

env shuffled = to_digits >> sort >> count_words
"""
PATH = "examples/words.races"


def sources(text: str = WORDS, path: str = PATH, **others: str) -> dict[str, Source]:
    files = {path: text, **{f"{name}.races": each for name, each in others.items()}}
    return {name: Source(name, each) for name, each in files.items()}


def label(
    word: str,
    text: str = "",
    primary: bool = False,
    source: str = WORDS,
    path: str = PATH,
) -> Label:
    start = source.index(word)
    return Label(Span(path, start, start + len(word)), text, primary)


MISMATCH = Diagnostic(
    "domain-mismatch",
    "`count_words` cannot take what `sort` returns",
    (
        label("count_words", "takes `Str`", True),
        label("sort", "returns `List[Int in 0..9]`"),
    ),
    ("`sort[a: Ord](items: List[a]) -> List[a]`, here with `a = Int in 0..9`",),
    ("`join_digits : List[Int in 0..9] -> Str` fits between the two steps",),
)


def test_full() -> None:
    assert render(MISMATCH, sources()) == (
        "error[domain-mismatch]: `count_words` cannot take what `sort` returns\n"
        " --> examples/words.races:3:37\n"
        "  |\n"
        "3 | env shuffled = to_digits >> sort >> count_words\n"
        "  |                             ---- returns `List[Int in 0..9]`\n"
        "  |                                     ^^^^^^^^^^^ takes `Str`\n"
        "  |\n"
        "  = note: `sort[a: Ord](items: List[a]) -> List[a]`, here with"
        " `a = Int in 0..9`\n"
        "  = help: `join_digits : List[Int in 0..9] -> Str` fits between the two"
        " steps\n"
        "\n"
    )


def test_concise() -> None:
    assert render(MISMATCH, sources(), "concise") == (
        "examples/words.races:3:37: error[domain-mismatch]: `count_words` cannot take"
        " what `sort` returns\n"
    )


def test_json() -> None:
    document = json.loads(render(MISMATCH, sources(), "json"))
    assert document == as_json(MISMATCH, sources())
    assert (
        list(document)
        == (
            "code severity message path line column end_line end_column labels notes helps"
        ).split()
    )
    assert [document[key] for key in ("path", "line", "column", "end_column")] == [
        PATH,
        3,
        37,
        48,
    ]
    assert document["labels"][1] == {
        "path": PATH,
        "line": 3,
        "column": 29,
        "end_line": 3,
        "end_column": 33,
        "text": "returns `List[Int in 0..9]`",
        "primary": False,
    }


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in render(MISMATCH, sources())
    colored = render(MISMATCH, sources(), color=True)
    assert "\x1b[1;31merror[domain-mismatch]\x1b[0m" in colored
    assert "\x1b[1;31m^^^^^^^^^^^ takes `Str`\x1b[0m" in colored
    assert "\x1b" in render(MISMATCH, sources(), "concise", color=True)
    assert "\x1b" not in render(MISMATCH, sources(), "json", color=True)


def test_several_lines_and_files() -> None:
    text = "type A = B\n" + "\n" * 8 + "type B = A\ntype C = D\n"
    diagnostic = Diagnostic(
        "some-code",
        "several places",
        (
            label("C", "third", source=text),
            label("= A", "second", True, source=text),
            label("B", "first", source=text),
            label("q", source="env q = r", path="other.races"),
        ),
        severity="warning",
    )
    assert render(diagnostic, sources(text, other="env q = r")) == (
        "warning[some-code]: several places\n"
        "  --> examples/words.races:10:8\n"
        "   |\n"
        " 1 | type A = B\n"
        "   |          - first\n"
        "...\n"
        "10 | type B = A\n"
        "   |        ^^^ second\n"
        "11 | type C = D\n"
        "   |      - third\n"
        "  ::: other.races:1:5\n"
        "   |\n"
        " 1 | env q = r\n"
        "   |     -\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("text", "shown", "mark"),
    [
        ("\tenv x = b", "    env x = b", "            ^"),
        ("日本 b", "日本 b", "     ^"),
        ("e\u0301e b", "e\u0301e b", "   ^"),
        ("\x1b[31m b", "␛[31m b", "      ^"),
        ("a\u202e b\r", "a\N{REPLACEMENT CHARACTER} b", "   ^"),
        ("\u3000 b", "   b", "   ^"),
    ],
)
def test_columns_are_those_of_a_terminal(text: str, shown: str, mark: str) -> None:
    diagnostic = Diagnostic("c", "m", (label("b", primary=True, source=text),))
    rows = render(diagnostic, sources(text + "\n")).splitlines()
    assert rows[3:5] == ["1 | " + shown, "  | " + mark]


def test_a_label_over_several_lines_ends_with_the_first() -> None:
    text = "env f = a\n  >> b\n"
    diagnostic = Diagnostic("c", "m", (label("a\n  >> b", "x", True, source=text),))
    assert "  |         ^ x\n" in render(diagnostic, sources(text))


def test_a_place_behind_the_text_is_one_caret() -> None:
    text = "env f ="
    diagnostic = Diagnostic("c", "m", (Label(Span(PATH, 7, 7), "x", True),))
    assert "1 | env f =\n  |        ^ x\n" in render(diagnostic, sources(text))


def test_a_long_line_is_cut_around_the_label() -> None:
    text = "a" * 1000 + " here " + "b" * 1000
    diagnostic = Diagnostic("c", "m", (label("here", "x", True, source=text),))
    rows = render(diagnostic, sources(text)).splitlines()
    assert rows[3].startswith("1 | …a") and rows[3].endswith("b…")
    assert len(rows[3]) < 200
    start = rows[3].index("here")
    assert rows[4] == "  |" + " " * (start - 3) + "^^^^ x"


def test_notes_of_several_lines() -> None:
    diagnostic = Diagnostic("c", "m", (), ("first\nsecond",))
    assert render(diagnostic, {}) == (
        "error[c]: m\n  = note: first\n          second\n\n"
    )


def test_a_source_that_is_not_known() -> None:
    assert render(MISMATCH, {}).splitlines()[1] == " --> examples/words.races"
    assert render(MISMATCH, {}, "concise").startswith("examples/words.races:1:1: ")


def test_a_report_is_sorted_and_has_no_repeats() -> None:
    def one(code: str, path: str, start: int, severity: str = "error") -> Diagnostic:
        place = Label(Span(path, start, start + 1), primary=True)
        return Diagnostic(code, "m", (place,), severity=severity)

    report = Report()
    assert not report.has_errors
    report.add(one("b", "y", 0, "warning"))
    assert not report.has_errors
    for code, path, start in [
        ("b", "x", 5),
        ("a", "x", 5),
        ("c", "x", 0),
        ("b", "x", 5),
    ]:
        report.add(one(code, path, start))
    assert report.has_errors
    found = [
        (each.place.path, each.place.start, each.code) for each in report.diagnostics
    ]
    assert found == [("x", 0, "c"), ("x", 5, "a"), ("x", 5, "b"), ("y", 0, "b")]


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4),
)
def test_any_places_in_any_text(text: str, places: list[tuple[int, int]]) -> None:
    labels = tuple(
        Label(Span(PATH, min(*ends, len(text)), min(max(ends), len(text))), "x")
        for ends in places
    )
    diagnostic = Diagnostic("c", "m", labels)
    shown = render(diagnostic, sources(text))
    assert shown.count(" x\n") == len(labels)
    shown.encode()


def test_mistakes_are_facts_that_word_themselves() -> None:
    span = Span(PATH, 0, 3)
    mistakes: list[Mistake] = [
        SyntaxMistake(span, "expected `=`", "here", Span(PATH, 4, 5), "opened"),
        TooDeep(span, 64),
        TooDeep(span, 128, "operators"),
        EmptyModule(span),
    ]
    for mistake in mistakes:
        diagnostic = mistake.diagnostic()
        assert diagnostic.code == mistake.code
        assert diagnostic.place == span
        assert diagnostic.message[0] in "`bet" and not diagnostic.message.endswith(".")
        with pytest.raises(FrozenInstanceError):
            mistake.span = span  # type: ignore[attr-defined]
        page = Path(__file__).parent.parent / f"racesc/explanations/{mistake.code}.md"
        assert page.read_text(encoding="utf-8").startswith(f"# {mistake.code}\n")


@pytest.mark.parametrize("code", ["syntax-error", "too-deep", "empty-module"])
def test_an_explanation_shows_a_wrong_and_a_right_text(code: str) -> None:
    from racesc.parse import parse

    page = Path(__file__).parent.parent / f"racesc/explanations/{code}.md"
    wrong, right = page.read_text(encoding="utf-8").split("```races\n")[1:]
    for text, codes in ((wrong, [code]), (right, [])):
        report = Report()
        parse(Source("page.races", text.split("```")[0]), report)
        assert [each.code for each in report.diagnostics] == codes

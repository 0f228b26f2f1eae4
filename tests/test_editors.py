"""What is kept for editors agrees with the grammar and with the compiler."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from racesc.editor import complete
from racesc.editor.hover import OPERATORS
from racesc.editor.rename import RESERVED
from racesc.operators import RULES
from racesc.parse import grammar_text

FOLDER = Path(__file__).resolve().parent.parent / "editors" / "vscode"
GRAMMAR = json.loads((FOLDER / "syntaxes" / "races.tmLanguage.json").read_text())
SOURCE = re.sub(r"^//.*$|\s//\s.*$", "", grammar_text(), flags=re.MULTILINE)

# The words that the grammar writes as strings, and those of its words with a look ahead.
WORDS = sorted(
    {*re.findall(r'"([A-Za-z]+)"', SOURCE)}
    | {
        word
        for group in re.findall(r"/\(\?:([a-z|]+)\)\(\?", SOURCE)
        for word in group.split("|")
    }
)
# Words that are coloured only beside what they belong to: a text with each.
BESIDE = {
    "all": "take all",
    "base": "disjoint from s by base",
    "by": "disjoint from s by base",
    "canonical": "a as canonical",
    "composite": "disjoint from s by composite",
    "model": "a as model",
    "seed": "take 10 seed 7",
}


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """(scope, pattern) pairs of the rules that colour words, in order."""
    for group in ("declarations", "clauses", "words", "values", "names"):
        for rule in GRAMMAR["repository"][group]["patterns"]:
            # Oniguruma knows `(?<=^|x)`, Python wants it apart.
            text = rule["match"].replace("(?<=^|[{}\\s])", "(?:(?<=[{}\\s])|^)")
            yield rule.get("name", "keyword.declaration.races"), re.compile(text)


def scope_of(word: str, text: str) -> str:
    """What the first rule that matches a word in a text calls it."""
    start = re.search(rf"\b{word}\b", text)
    assert start is not None
    for scope, pattern in patterns():
        for match in pattern.finditer(text):
            if match.start() == start.start() and match.end() >= start.end():
                return scope
    return ""


def inner(rule: Any) -> Iterator[str]:
    if isinstance(rule, dict):
        for key, value in rule.items():
            if key in ("match", "begin", "end"):
                yield value
            else:
                yield from inner(value)
    elif isinstance(rule, list):
        for each in rule:
            yield from inner(each)


def test_every_pattern_is_a_regular_expression() -> None:
    for text in inner(GRAMMAR):
        re.compile(text.replace("(?<=^|[{}\\s])", "(?:(?<=[{}\\s])|^)"))


def test_the_words_of_the_grammar_are_found() -> None:
    assert {"env", "newtype", "witnesses", "SEQUENTIAL", "digraph", "lo"} <= {*WORDS}
    assert len(WORDS) > 60


@pytest.mark.parametrize("word", WORDS)
def test_every_keyword_is_coloured(word: str) -> None:
    text = BESIDE.get(word, f"{word} (x)" if word.islower() else f"{word}(x)")
    scopes = {scope_of(word, text), scope_of(word, f"  {word} x")}
    kinds = ("keyword.", "storage.", "support.", "constant.language", "invalid.")
    assert any(scope.startswith(kinds) for scope in scopes), scopes


def test_the_operators_are_all_known() -> None:
    (rule,) = [
        rule
        for rule in GRAMMAR["repository"]["words"]["patterns"]
        if rule["name"] == "support.function.operator.races"
    ]
    assert set(re.findall(r"[A-Z]{2,}", rule["match"])) == set(RULES)
    assert set(OPERATORS) == set(RULES)


def clauses(name: str) -> set[str]:
    """The words that begin a clause of a rule in the grammar."""
    (body,) = re.findall(rf"^{name}: ((?:.|\n )*)", SOURCE, re.MULTILINE)
    words: set[str] = set()
    for rule in re.findall(r"\w+", body):
        (inside,) = re.findall(rf"^{rule}: (.*)", SOURCE, re.MULTILINE)
        first = re.match(r'\(?((?:"\w+"(?: \| )?)+)', inside)
        assert first is not None, rule
        words |= set(re.findall(r'"(\w+)"', first[1]))
    return words


def test_completion_knows_the_clauses() -> None:
    assert set(complete.CLAUSES) == clauses("_clause")
    assert set(complete.SUITE_CLAUSES) == clauses("_suite_clause")
    assert set(complete.PACKAGE_CLAUSES) == clauses("_package_clause")
    assert set(complete.DECLARATIONS) <= RESERVED


def test_the_extension_says_what_it_needs() -> None:
    package = json.loads((FOLDER / "package.json").read_text())
    assert package["contributes"]["grammars"][0]["scopeName"] == GRAMMAR["scopeName"]
    for entry in (
        package["main"],
        package["contributes"]["grammars"][0]["path"],
        package["contributes"]["languages"][0]["configuration"],
    ):
        assert (FOLDER / entry).is_file()
    settings = package["contributes"]["configuration"]["properties"]
    assert settings["races.command"]["default"] == ["racesc", "lsp"]
    json.loads((FOLDER / "language-configuration.json").read_text())

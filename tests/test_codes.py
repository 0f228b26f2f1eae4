"""Each error code is one thing in four places: classes, a page, cases, and the output.

The classes are in `racesc/errors/`, the pages in `racesc/explanations/`, the cases in
`tests/cases/errors/`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from case_files import analysed, case_paths, cases_of

import racesc.errors
from racesc.commands.explain import PAGES, summary
from racesc.errors.mistake import Mistake

# What only a mistake of racesc's own can raise, or what depends on the clock.
WITHOUT_CASE = {"gold-refused", "solver-timeout", "unreadable-answer"}
LANGUAGE = """
syntax-error unknown-name duplicate-name unknown-module import-cycle cyclic-environment
unknown-type wrong-arity unknown-parameter ambiguous-port domain-mismatch
refinement-violation unsatisfied-constraint signature-mismatch relational-step
invalid-bound unbounded-sample empty-type template-error unused-parameter missing-solver
solver-arity solver-import example-failed not-sortable no-distractors law-failed
empty-enumeration invalid-option
""".split()


def _classes() -> dict[str, list[type[Mistake]]]:
    """The classes of each code."""
    for module in pkgutil.iter_modules(racesc.errors.__path__):
        importlib.import_module(f"racesc.errors.{module.name}")
    found: dict[str, list[type[Mistake]]] = {}
    waiting = list(Mistake.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        found.setdefault(one.code, []).append(one)
    return found


CODES = sorted(_classes())
PAGE_PATHS = sorted(PAGES.glob("*.md"))


def test_the_codes_of_the_language_have_classes() -> None:
    assert set(LANGUAGE) <= set(CODES)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert [path.stem for path in PAGE_PATHS] == CODES


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    cases = {path.stem for path in case_paths("errors")}
    assert cases == set(CODES) - WITHOUT_CASE


@pytest.mark.parametrize("code", CODES)
def test_classes_are_frozen_and_say_what_they_are(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    for one in _classes()[code]:
        assert one.__dataclass_params__.frozen  # type: ignore[attr-defined]
        assert one.__doc__ and not one.__doc__.startswith(f"{one.__name__}(")


@pytest.mark.parametrize("path", PAGE_PATHS, ids=lambda path: path.stem)
def test_a_page_has_a_heading_a_summary_and_examples(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.stem}\n\n")
    assert 20 < len(summary(text)) <= 100
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings in (["Wrong", "Right"], ["Example", "Cure"], ["Cure"])


def _example(path: Path, title: str) -> dict[str, str]:
    """The files of a section of a page."""
    text = path.read_text(encoding="utf-8")
    part = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert part is not None
    blocks = re.findall(r"^```(races|python)\n(.*?)^```$", part[1], re.S | re.M)
    return {"main.py" if kind == "python" else "main.races": t for kind, t in blocks}


TAUGHT = [path for path in PAGE_PATHS if "\n## Wrong\n" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", TAUGHT, ids=lambda path: path.stem)
def test_the_wrong_example_is_wrong_and_the_right_one_right(path: Path) -> None:
    wrong, _ = analysed(_example(path, "Wrong"), "main.races")
    assert [each.code for each in wrong.diagnostics] == [path.stem]
    right, _ = analysed(_example(path, "Right"), "main.races")
    assert right.diagnostics == ()


MESSAGES = sorted(
    {
        (path.stem, line)
        for path in case_paths("errors")
        for case in cases_of(path)
        for line in re.findall(r"^error\[[a-z-]+\]: (.*)$", case.expected, re.MULTILINE)
    }
)


@pytest.mark.parametrize(("code", "message"), MESSAGES)
def test_messages_begin_small_and_end_without_a_full_stop(
    code: str, message: str
) -> None:
    words = re.match(r"`|[a-z]|[A-Z]{3,}\b|U\+", message)
    assert words, f"{code}: {message}"
    assert not message.endswith("."), f"{code}: {message}"

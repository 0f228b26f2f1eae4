"""Every rule of `docs/type-system.md` has code and cases, and every case a rule."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from case_files import case_paths, cases_of

from racesc.operators import RULES as OPERATORS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "type-system.md").read_text(encoding="utf-8")


def rules() -> dict[str, str]:
    """The page's rules: name to text."""
    parts = re.split(r"^### RULE (\w+)\n", PAGE, flags=re.MULTILINE)
    texts = [re.split(r"^## ", text, flags=re.MULTILINE)[0] for text in parts[2::2]]
    return dict(zip(parts[1::2], texts, strict=True))


def named_code(text: str) -> list[tuple[str, list[str]]]:
    """The files that a rule names, each with the functions named after it."""
    found: list[tuple[str, list[str]]] = []
    for sentence in re.findall(r"Code: ([^\n]*)", text):
        for word in re.findall(r"`([^`]+)`", sentence):
            if "/" in word:
                found.append((word, []))
            else:
                found[-1][1].append(word)
    return found


def defined(path: Path) -> set[str]:
    """The functions and methods of a Python file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}


RULES = rules()


def test_the_page_has_rules() -> None:
    assert len(RULES) >= 18


@pytest.mark.parametrize("name", RULES)
def test_a_rule_names_code_that_exists(name: str) -> None:
    code = named_code(RULES[name])
    assert code, f"RULE {name} does not say where its code is"
    for file, functions in code:
        assert (ROOT / file).is_file(), f"RULE {name}: there is no {file}"
        missing = set(functions) - defined(ROOT / file)
        assert not missing, f"RULE {name}: {file} does not define {missing}"


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_an_accepted_and_a_refused_case(name: str) -> None:
    paths = [path for path in case_paths("rules") if path.stem == name]
    assert paths, f"RULE {name} has no tests/cases/rules/{name}.md"
    expected = [case.expected for case in cases_of(paths[0])]
    assert any(re.search(r"^\w+ : .*->", text, re.MULTILINE) for text in expected)
    assert any(re.search(r"^error\[", text, re.MULTILINE) for text in expected)


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.stem for path in case_paths("rules")} == set(RULES)


def test_every_operator_has_a_rule_that_names_its_file() -> None:
    for operator, rule in OPERATORS.items():
        file = f"racesc/operators/{operator.lower()}.py"
        assert rule.__module__ == f"racesc.operators.{operator.lower()}"
        assert file in [path for path, _ in named_code(RULES[operator])]
        assert (rule.__doc__ or "").startswith(f"{operator}: ")

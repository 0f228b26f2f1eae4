"""Derivations as trees, and signatures as the commands print them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from racesc.cli import main
from racesc.derivation import Derivation, derive
from racesc.files import STANDARD_LIBRARY
from racesc.library import Library
from racesc.source import Source
from racesc.watch import Watched, watch

ROOT = Path(__file__).resolve().parent.parent
RACES = """
env digits(n: Int in 10..9999) -> List[Int in 0..9] len 2..4 {
  describe "{{ n }}"
}
env sort[a: Ord](items: List[a] len 0..50) -> List[a] len len(items) sorted {
  describe "{{ items }}"
}
env nth[a](items: List[a] len 1..50, k: Int in 1..len(items)) -> a {
  describe "{{ items }} {{ k }}"
}
env add(x: Int, y: Int) -> Int in x + y..x + y {
  describe "{{ x }} {{ y }}"
}
env small(n: Int) -> Bool { describe "{{ n }}" }

env second = digits >> sort >> nth(k: 2)
env both = PARALLEL(second, digits >> nth) >> add
env ordered = SORT(digits >> sort >> sort)
env chosen = digits >> MAP(BRANCH(small, add(y: 1), add(y: 2)))
env named(n: Int in 10..99) = SEQUENTIAL {
  d = digits(n)
  nth(d, 1)
}
env narrow(n: Int in 10..99) -> Int in 0..20 = digits >> nth(k: 1)
env used = digits >> nth(k: 1) >> add(y: 20) >> FANOUT(small, ITERATE(small_step, times: 2))
env onwards = narrow >> add(y: 1)
env small_step(n: Int) -> Int in n..n { describe "{{ n }}" }
env total = digits >> FOLD(pick, from: 0)
env pick(x: Int, y: Int) -> Int in 0..9 { describe "{{ x }} {{ y }}" }
"""
PYTHON = "".join(
    f"def {name}(*given): ...\n"
    for name in "digits sort nth add small small_step pick".split()
)


@pytest.fixture(scope="module")
def seen() -> Watched:
    source = Source("m.races", RACES, solver_path="m.py", solver_text=PYTHON)
    found = watch([source], Library(lambda path: None, str(STANDARD_LIBRARY)))
    assert found.report.diagnostics == ()
    return found


def tree(seen: Watched, name: str) -> Derivation:
    found = derive(seen.checker, seen.roots[0], name)
    assert found is not None
    return found


def rules(derivation: Derivation) -> Iterator[str]:
    yield derivation.rule
    for premise in derivation.premises:
        yield from rules(premise)


SECOND = """\
SEQUENTIAL  ⊢ digits >> sort >> nth(k: 2) : src Int in 0..9
├─ HEAD  ⊢ digits : src List[Int in 0..9] len 2..4
│  └─ FEASIBLE  n : Int in 10..9999
├─ FEED  List[Int in 0..9] len 2..4 ⊢ sort : List[Int in 0..9] len 2..4 sorted
│  ├─ MATCH  a = Int in 0..9
│  ├─ WITHIN  List[Int in 0..9] len 2..4 <= List[Int in 0..9] len 0..50  (items)
│  └─ CODOMAIN  List[Int in 0..9] len len(items) sorted = List[Int in 0..9] len 2..4 sorted
└─ FEED  List[Int in 0..9] len 2..4 sorted ⊢ nth(k: 2) : Int in 0..9
   ├─ MATCH  a = Int in 0..9
   ├─ WITHIN  List[Int in 0..9] len 2..4 sorted <= List[Int in 0..9] len 1..50  (items)
   └─ WITHIN  2 : Int in 1..len(items)  (k)
"""


def test_a_chain(seen: Watched) -> None:
    assert "".join(f"{line}\n" for line in tree(seen, "second").lines()) == SECOND


def test_chains_inside_operators_stand_together(seen: Watched) -> None:
    parallel, add = tree(seen, "both").premises
    assert [each.rule for each in parallel.premises] == ["SEQUENTIAL", "SEQUENTIAL"]
    assert parallel.premises[0].judgement == (
        "⊢ digits >> sort >> nth(k: 2) : src Int in 0..9"
    )
    assert [each.rule for each in add.premises] == ["WITHIN", "WITHIN", "CODOMAIN"]


def test_a_block_names_what_it_feeds(seen: Watched) -> None:
    block = tree(seen, "named")
    assert block.rule == "BLOCK"
    assert [each.judgement.partition(" ⊢")[0] for each in block.premises] == [
        "n : Int in 10..99",
        "d : List[Int in 0..9] len 2..4",
    ]


def test_an_ascription_is_compared_last(seen: Watched) -> None:
    ascribed = tree(seen, "narrow")
    assert ascribed.judgement == "⊢ narrow : (n: Int in 10..99) -> Int in 0..20"
    assert [each.rule for each in ascribed.premises] == ["SEQUENTIAL", "WITHIN"]
    assert ascribed.premises[1].judgement == "Int in 0..9 <= Int in 0..20"


def test_an_ascribed_composite_is_a_step_of_its_chain(seen: Watched) -> None:
    chain = tree(seen, "onwards")
    assert chain.judgement == "⊢ narrow >> add(y: 1) : src Int in 1..21"
    assert [each.rule for each in chain.premises] == ["ASCRIBE", "FEED"]


@pytest.mark.parametrize(
    ("name", "operators"),
    [
        ("ordered", ["SORT"]),
        ("chosen", ["SEQUENTIAL", "MAP", "BRANCH", "JOIN"]),
        ("used", ["SEQUENTIAL", "FANOUT", "ITERATE"]),
        ("total", ["SEQUENTIAL", "FOLD"]),
    ],
)
def test_operators(seen: Watched, name: str, operators: list[str]) -> None:
    found = list(rules(tree(seen, name)))
    assert [rule for rule in found if rule in operators] == operators


def test_every_rule_is_on_the_page_of_rules(seen: Watched) -> None:
    page = (ROOT / "docs" / "type-system.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^### RULE (\w+)", page, re.MULTILINE))
    for name in seen.roots[0].environments:
        found = derive(seen.checker, seen.roots[0], name)
        if found is not None:
            assert set(rules(found)) <= known


# ── the commands ──────────────────────────────────────────────────────────────


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "m.races").write_text(RACES)
    (tmp_path / "m.py").write_text(PYTHON)
    return str(tmp_path / "m.races")


def test_explain_type_of_a_name_and_of_an_expression(file: str, capsys: Any) -> None:
    assert main(["explain-type", file, "second"]) == 0
    assert capsys.readouterr().out == SECOND
    assert main(["explain-type", file, "digits >> sort >> nth(k: 2)"]) == 0
    assert capsys.readouterr().out == SECOND
    assert main(["explain-type", file, "digits", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "rule": "HEAD",
        "judgement": "⊢ digits : src List[Int in 0..9] len 2..4",
        "premises": [
            {"rule": "FEASIBLE", "judgement": "n : Int in 10..9999", "premises": []}
        ],
    }


def test_explain_type_of_what_is_wrong(file: str, capsys: Any) -> None:
    assert main(["explain-type", file, "second >> sort"]) == 1
    assert "error[domain-mismatch]" in capsys.readouterr().err
    assert main(["explain-type", file, "second >>"]) == 1
    assert "error[syntax-error]" in capsys.readouterr().err


def test_signatures(file: str, capsys: Any) -> None:
    assert main(["check", file, "--show", "signatures"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "second(n: Int in 10..9999) -> Int in 0..9" in lines
    assert (
        "sort[a: Ord](items: List[a] len 0..50) -> List[a] len len(items) sorted"
        in (lines)
    )
    assert main(["check", file, "--show", "signatures", "--output-format=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["diagnostics"] == []
    assert document["signatures"][0] == {
        "path": file,
        "name": "digits",
        "signature": "(n: Int in 10..9999) -> List[Int in 0..9] len 2..4",
    }

"""Suites of MAP, FANOUT, ITERATE, BRANCH and FOLD: read, chosen, compiled and run."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from racesc.cli import main
from racesc.diagnostics import Report
from racesc.parse import parse_expression
from racesc.pipeline import analyse
from racesc.space.reading import Reader
from racesc.space.selection import FURTHER
from racesc.space.space import Space
from racesc.suites.laws import Laws, declared
from racesc.suites.spaces import narrowed, plain_selection
from racesc.suites.suite import Suite
from racesc.workspace import Workspace

RACES = """
use lists (to_digits, sort, reverse, sum_list, partial_sums)

env add(total: Int in 0..999, n: Int in 0..99) -> Int in total..total + n {
  level n <= 10 * level
  describe "Add {{ n }} to {{ total }}."
}
env halve(n: Int in 0..10^6) -> Int in 0..n {
  describe "Halve {{ n }}, rounding down."
}
env even(n: Int in 0..10^6) -> Bool { describe "Is {{ n }} even?" }
env split(n: Int in 0..10^6) -> (Int in 0..999, Int in 0..99) {
  describe "Divide {{ n }} by 100; give quotient and rest, both modulo 1000."
}

suite loops {
  using SEQUENTIAL, PARALLEL, MAP, FANOUT, ITERATE, BRANCH, FOLD
  size 1..4
  require guess <= 0.7, sensitivity >= 0, distinct >= 0.2, leak <= 1, bits >= 2
  mix SEQUENTIAL 40%, MAP 10%, FANOUT 20%, ITERATE 5%, BRANCH 20%, FOLD 5%
  take 40 seed 2
}
package looped { version "1" include loops }
"""
PYTHON = """
def add(total, n):
    return total + n
def halve(n):
    return n // 2
def even(n):
    return n % 2 == 0
def split(n):
    return n // 100 % 1000, n % 100
"""
RUN = """
import json, looped
for name in looped.suite("loops"):
    env = looped.load(name)
    for seed in range(6):
        problem = env.generate(seed, 1 + seed)
        assert env.grade(problem, env.gold(problem)).correct, (name, seed)
        assert not env.grade(problem, "<answer>nothing</answer>").correct
        again = env.generate(seed, 1 + seed)
        assert again.prompt == problem.prompt and again.answer == problem.answer
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("looped")
    (folder / "looped.races").write_text(RACES)
    (folder / "looped.py").write_text(PYTHON)
    return folder


@pytest.fixture(scope="module")
def suite(project: Path) -> Suite:
    workspace = Workspace()
    source = workspace.open(str(project / "looped.races"))
    assert source is not None
    result = analyse([source], workspace.library())
    assert not result.has_errors
    (found,) = result.program.modules[0].suites
    return found


def test_nodes_from_terms_are_what_the_checker_makes(suite: Suite) -> None:
    selection = plain_selection(suite)
    space = Space(suite.environments, selection)
    sources, places = space.steps.source_texts, space.steps.place_texts
    rng = random.Random(4)
    seen: Counter[str] = Counter()
    first = 0
    for (_, operator), count in space.counts().items():
        for _ in range(12):
            term = space.term(first + rng.randrange(count))
            made = suite.workshop.made(term, sources, places)
            typed = suite.workshop.typed(suite.workshop.tree(term, sources, places))
            assert made is not None and typed is not None
            assert repr(made[2]) == repr(typed.node)
            assert made[0] == typed.text == space.expression(term)
            seen[operator] += 1
        first += count
    assert set(FURTHER) <= set(seen)


def test_declared_laws_hold_in_them_too(suite: Suite) -> None:
    free = Space(suite.environments, plain_selection(suite))
    pieces = free.steps.pieces
    part = narrowed(free, Laws(declared(suite.environments, pieces), {}))
    reader = Reader(free.steps)
    for text, left in {
        "MAP(sort) >> MAP(sort)": False,
        "MAP(sort) >> MAP(reverse)": True,
        "MAP(reverse) >> reverse": True,
        "ITERATE(reverse, times: 2)": False,
        "to_digits >> sort >> ITERATE(sort, times: 3)": False,
        "to_digits >> reverse >> FANOUT(sum_list, reverse)": False,
        "to_digits >> FANOUT(reverse, reverse)": True,
    }.items():
        written = parse_expression(text, Report())
        assert written is not None
        term = reader.read(written)
        assert term is not None and free.rank(term) is not None, text
        assert (part.rank(term) is not None) == left, text


def test_a_suite_of_them_is_chosen_compiled_and_graded(
    project: Path, tmp_path: Path, capsys: Any
) -> None:
    path, out = str(project / "looped.races"), str(tmp_path / "out")
    cache = ["--cache", str(project / "cache")]
    assert main(["compile", path, "-o", out, *cache]) == 0
    capsys.readouterr()
    assert main(["audit", path, "--suite", "loops", "--json", *cache]) == 0
    document = json.loads(capsys.readouterr().out)
    kept = {
        name: row["kept"] for name, row in document["funnel"]["by_operator"].items()
    }
    assert set(kept) > {"SEQUENTIAL", "MAP", "FANOUT", "BRANCH"}
    rows = document["environments"]
    texts = " ".join(row["expression"] for row in rows)
    assert all(f"{name}(" in texts for name in FURTHER)
    assert main(["audit", path, "--suite", "loops", "--level", "1..2", *cache]) == 0
    folder = tmp_path / "out" / "looped"
    for command in (["-c", RUN], ["-m", "unittest", "discover", "tests"]):
        done = subprocess.run(
            [sys.executable, *command], cwd=folder, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_its_composites_stand_where_their_ranks_say(project: Path, capsys: Any) -> None:
    path = str(project / "looped.races")
    cache = ["--cache", str(project / "cache")]
    assert main(["audit", path, "--suite", "loops", "--json", *cache]) == 0
    asked = ["--size", "1..4", "--using", "SEQUENTIAL,PARALLEL," + ",".join(FURTHER)]
    for row in json.loads(capsys.readouterr().out)["environments"][::9]:
        assert main(["rank", path, row["expression"], *asked, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["rank"] == row["rank"] and found["id"] == row["name"]
        assert found["signature"] == row["signature"]

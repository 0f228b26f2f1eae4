"""Suites: read, chosen, compiled, and what is said of impossible ones."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from racesc.child import Child
from racesc.cli import main
from racesc.emit.pieces import walk
from racesc.intervals import ground
from racesc.operators.sortable import shuffled
from racesc.pipeline import Result, analyse
from racesc.runtime.brick import Brick
from racesc.runtime.suite import SHARD
from racesc.space.pieces import pieces_of, sources_of
from racesc.suites import laws
from racesc.suites.choose import Chooser, split_of
from racesc.suites.chosen import Chosen, to_remember
from racesc.suites.strata import apportioned
from racesc.suites.suite import DEFAULT_REQUIREMENTS, Suite, number
from racesc.typed import Program
from racesc.workspace import Workspace

HEAD = "use lists (to_digits, sort, reverse, kth_largest, sum_list, partial_sums)\n"
SUITES = (
    HEAD
    + """
suite held {
  from  to_digits, sort, sum_list
  using SEQUENTIAL
  size  2..3
  require sensitivity >= 0.2, guess <= 0.5
  take  3 seed 1
}
suite train {
  from  lists except sum_list
  using SEQUENTIAL, PARALLEL, SORT
  size  2..3
  require guess <= 0.6, ambiguity <= 0.6, bits >= 2
  mix   SEQUENTIAL 60%, PARALLEL 20%, SORT 20%
  take  20 seed 7
  split train 80%, test 20%
  disjoint from held by composite
}
package drills {
  version "1.0.0"
  include train
}
"""
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suites")
    (folder / "drills.races").write_text(SUITES)
    return folder


def analysed(text: str, folder: Path) -> Result:
    path = folder / "given.races"
    path.write_text(text)
    workspace = Workspace()
    source = workspace.open(str(path))
    assert source is not None
    return analyse([source], workspace.library())


def program_of(text: str, folder: Path) -> Program:
    return analysed(text, folder).program


def suites_of(text: str, folder: Path) -> tuple[list[Suite], list[str]]:
    result = analysed(text, folder)
    messages = [f"{one.code}: {one.message}" for one in result.diagnostics]
    return list(result.program.modules[0].suites), messages


def racesc(project: Path, *arguments: str) -> int:
    return main([*arguments, "--cache", str(project / "cache")])


# ── reading ───────────────────────────────────────────────────────────────────


def test_clauses_are_read(tmp_path: Path) -> None:
    (held, train), messages = suites_of(SUITES, tmp_path)
    assert not messages
    assert [one.name for one in held.environments] == ["to_digits", "sort", "sum_list"]
    assert "sum_list" not in [one.name for one in train.environments]
    assert train.operators == ("SEQUENTIAL", "PARALLEL", "SORT")
    assert (train.sizes, train.take, train.seed) == ((2, 3), 20, 7)
    assert train.bits == 2 and train.disjoint == (held, "composite")
    assert "guess <= 0.6" in map(str, train.requirements)
    assert "leak <= 0.5" in map(str, train.requirements)  # a default


@pytest.mark.parametrize(
    ("clauses", "code", "words"),
    [
        ("from nothing", "unknown-name", "nothing"),
        ("from lists except lists.nothing", "unknown-name", "nothing"),
        ("using LOOP", "invalid-option", "LOOP"),
        ("size 4..2", "invalid-option", "size"),
        ("size 0..2", "invalid-option", "size"),
        ("size 2..99", "invalid-option", "size"),
        ("level 0..5", "invalid-option", "level"),
        ("size 2 size 3", "invalid-option", "twice"),
        ("require worth >= 1", "invalid-option", "worth"),
        ("require bits <= 4", "invalid-option", "bits"),
        ("require bits >= 65", "invalid-option", "0..64"),
        ("require guess <= 3", "invalid-option", "share"),
        ("mix SEQUENTIAL 60%", "invalid-option", "60 %"),
        ("from train", "invalid-option", "stands on itself"),
        ("using SEQUENTIAL mix SORT 100%", "invalid-option", "SORT"),
        ("mix SORT 50%, SORT 50%", "invalid-option", "twice"),
        ("split train 90%, test 20%", "invalid-option", "110 %"),
        ("take 0", "invalid-option", "nothing"),
        ("disjoint from other by base", "unknown-name", "other"),
        ("disjoint from train by base", "invalid-option", "circle"),
        ("goal (Int, Bool)", "invalid-option", "PARALLEL"),
        ("from lists except lists", "empty-enumeration", "no base environment"),
    ],
)
def test_mistakes(tmp_path: Path, clauses: str, code: str, words: str) -> None:
    text = f"use lists\nsuite train {{ {clauses} }}\n"
    found, messages = suites_of(text, tmp_path)
    assert not found
    assert len(messages) == 1, messages
    assert messages[0].startswith(f"{code}: ") and words in messages[0]


def test_every_refused_clause_comes_with_a_remedy(tmp_path: Path) -> None:
    clauses = (
        "size 4..2",
        "level 0..5",
        "size 2 size 3",
        "require worth >= 1",
        "require bits <= 4",
        "require bits >= 99",
        "require guess <= 3",
        "mix SEQUENTIAL 60%",
        "mix SORT 50%, SORT 50%",
        "take 0",
        "from lists except lists",
        "from train",
        "goal (Int, Bool)",
        "using LOOP",
    )
    path = tmp_path / "given.races"
    for clause in clauses:
        path.write_text(f"use lists\nsuite train {{ {clause} }}\n")
        workspace = Workspace()
        source = workspace.open(str(path))
        assert source is not None
        (found,) = analyse([source], workspace.library()).diagnostics
        assert found.helps, found.message


def test_the_page_about_suites_says_what_is_so(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "docs" / "suites.md").read_text()
    block = re.search(r"```races\n(.*?)```", text, re.DOTALL)
    assert block is not None
    (_, train), messages = suites_of(block[1], tmp_path)
    assert not messages
    for one in DEFAULT_REQUIREMENTS:
        row = next(line for line in text.splitlines() if f"| `{one.measure}` |" in line)
        sign = "<=" if one.at_most else ">="
        assert f"`{sign} {number(one.threshold)}`" in row
    assert train.requirements[-2:] == tuple(
        one for one in DEFAULT_REQUIREMENTS if one.measure in ("leak", "distinct")
    )


def test_goals_may_be_aliases_of_the_module(tmp_path: Path) -> None:
    text = HEAD + "type Digit = Int in 0..9\nsuite s { goal Digit }\n"
    (suite,), messages = suites_of(text, tmp_path)
    assert not messages and len(suite.goals) == 1


# ── choosing ──────────────────────────────────────────────────────────────────


def test_the_funnel_adds_up(project: Path, capsys: Any) -> None:
    path = str(project / "drills.races")
    assert racesc(project, "audit", path, "--suite", "train", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    funnel = document["funnel"]
    assert funnel["legal"] >= funnel["after_laws"] >= funnel["after_budget"] > 0
    assert funnel["sampled"] == funnel["kept"] + sum(funnel["rejected"].values())
    assert funnel["kept"] == len(document["environments"]) == 20
    kept = {name: row["kept"] for name, row in funnel["by_operator"].items()}
    assert kept == {"SEQUENTIAL": 12, "PARALLEL": 4, "SORT": 4}
    for row in document["environments"]:
        assert row["guess"] <= 0.6 and 2 <= row["size"] <= 3
        assert "sum_list" not in row["expression"]
    forbidden = [tuple(pair[:2]) for pair in document["laws"]["declared"]]
    assert ("reverse", "reverse") in forbidden and ("sort", "sort") in forbidden
    chains = [row["expression"] for row in document["environments"]]
    assert not any("reverse >> reverse" in text for text in chains)


def test_workers_change_nothing(project: Path, capsys: Any) -> None:
    path = str(project / "drills.races")
    outs = []
    for workers in ("1", "3"):
        arguments = ["audit", path, "--suite", "held", "--json", "--no-cache"]
        assert main([*arguments, "--workers", workers]) == 0
        outs.append(re.sub(r'_us": \d+', "", capsys.readouterr().out))
    assert outs[0] == outs[1]


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ("goal Graph nodes 1..5 size 2", ["`goal`", "without `goal` there are"]),
        ("size 2 depth 3", ["with `size 2..4`", "without `depth`", "takes 4 base"]),
        ("size 2 require guess <= 0, distinct >= 0", ["require", "guess <= 0."]),
        (
            "using SEQUENTIAL size 2 require bits >= 60",
            ["none carries 60 bits", "with `bits >= "],
        ),
        (
            "using SORT size 2",
            ["`ambiguity <= 1/3`", "with `ambiguity <= 0.5` there are "],
        ),
    ],
)
def test_impossible_suites_say_what_is_near(
    project: Path, capsys: Any, clauses: str, words: list[str]
) -> None:
    path = project / "none.races"
    head = "use lists (sort, max_item, min_item)\n"
    path.write_text(f"{head}suite s {{ {clauses} }}\n")
    if "guess" in clauses:
        path.write_text(
            'env even(n: Int in 0..99) -> Bool { describe "Is {{ n }} even?" }\n'
            'env flip(b: Bool) -> Bool { describe "Negate {{ b }}." }\n'
            f"suite s {{ using SEQUENTIAL {clauses} }}\n"
        )
        (project / "none.py").write_text(
            "def even(n):\n    return n % 2 == 0\ndef flip(b):\n    return not b\n"
        )
    assert racesc(project, "audit", str(path), "--suite", "s") == 1
    error = capsys.readouterr().err
    assert "empty-enumeration" in error
    for word in words:
        assert word in error, error


def composites(capsys: Any, project: Path, text: str, suite: str) -> list[Any]:
    """The composites of a suite, as `audit --json` has them."""
    path = project / "some.races"
    path.write_text(text)
    assert racesc(project, "audit", str(path), "--suite", suite, "--json") == 0
    found: list[Any] = json.loads(capsys.readouterr().out)["environments"]
    return found


def test_a_rank_is_the_place_among_all_legal_ones(project: Path, capsys: Any) -> None:
    head = "use lists (to_digits, sort, reverse, sum_list)\n"
    suite = "suite s { size 2..3 using SEQUENTIAL, SORT require guess <= 1 take 5 }\n"
    for row in composites(capsys, project, head + suite, "s"):
        options = ["--size", "2..3", "--using", "SEQUENTIAL,SORT"]
        rank = ["--rank", str(row["rank"]), "--json"]
        assert main(["show", str(project / "some.races"), *options, *rank]) == 0
        shown = json.loads(capsys.readouterr().out)
        assert shown["expression"] == row["expression"]
        assert shown["id"] == row["name"] and shown["signature"] == row["signature"]


LEVELLED = """
env low(n: Int in 1..1000) -> Int in 1..n {
  level n <= 30 * level
  describe "Give {{ n }}."
}
env twice(m: Int in 1..60) -> Int in 2..120 { describe "Double {{ m }}." }
suite all { require guess <= 1, distinct >= 0, sensitivity >= 0, leak <= 1 using SEQUENTIAL size 2 }
suite low_levels {
  from low, twice
  require guess <= 1, distinct >= 0, sensitivity >= 0, leak <= 1
  using SEQUENTIAL size 2
  level 1..2
}
package levelled { version "1" include low_levels }
"""
LEVELLED_PY = """
def low(n):
    return n // 2 + 1
def twice(m):
    return 2 * m
"""


def test_levels_make_more_legal(project: Path, tmp_path: Path, capsys: Any) -> None:
    (project / "some.py").write_text(LEVELLED_PY)
    whole = composites(capsys, project, LEVELLED, "all")
    assert [row["expression"] for row in whole] == ["twice >> low", "low >> low"]
    some = composites(capsys, project, LEVELLED, "low_levels")
    assert {row["expression"] for row in some} == {
        "twice >> low",
        "low >> low",
        "low >> twice",
    }
    path, out = str(project / "some.races"), str(tmp_path / "out")
    assert racesc(project, "compile", path, "-o", out) == 0
    code = (
        "import levelled as p\n"
        "for name in p.suite('low_levels'):\n"
        "    e = p.load(name)\n"
        "    assert e.levels == (1, 2) and e.generate(0).level == 2\n"
        "    problems = [e.generate(n, 1 + n % 2) for n in range(50)]\n"
        "    assert all(max(one.inputs.values()) <= 60 for one in problems)\n"
        "    try:\n"
        "        e.generate(0, 3)\n"
        "    except ValueError as error:\n"
        "        assert '1..2' in str(error)\n"
        "    else:\n"
        "        raise AssertionError('level 3')\n"
    )
    folder = tmp_path / "out" / "levelled"
    for command in (["-c", code], ["-m", "unittest", "discover", "tests"]):
        done = subprocess.run(
            [sys.executable, *command], cwd=folder, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_by_base_no_environment_is_shared(project: Path) -> None:
    text = HEAD + (
        "suite held { using SEQUENTIAL size 2 require guess <= 1 take 2 seed 5 }\n"
        "suite s {\n"
        "  size 2..3 require guess <= 1, ambiguity <= 1 mix SELECT 50%, PARALLEL 50%\n"
        "  take 12 disjoint from held by base\n"
        "}\n"
    )
    program = program_of(text, project)
    chooser = Chooser(program, 1, project / "cache")
    used = {}
    for suite in program.modules[0].suites:
        chosen = chooser.choose(suite)
        assert len(chosen.composites) == suite.take
        # Distractors too: the model reads them all the same.
        bricks = (thing for one in chosen.composites for thing in walk(one.node))
        used[suite.name] = {one.base.name for one in bricks if isinstance(one, Brick)}
    assert used["held"] and used["s"] and not used["held"] & used["s"]


def test_choosing_that_was_broken_off_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEAD + (
        "suite s { size 2..3 using SEQUENTIAL, SORT\n"
        "  require guess <= 1/4 take 40 seed 3 }\n"
    )
    program = program_of(text, tmp_path)
    suite = program.modules[0].suites[0]
    asked: set[str] = set()  # some are asked again, where a reply took its time
    stream = Child.stream

    def counted(self: Child, do: str, **request: Any) -> Any:
        if do == "screen":
            asked.update(name for name, _ in request["listed"])
        return stream(self, do, **request)

    def stopping(line: str) -> None:
        if "looked at" in line and len(asked) > 30:
            raise KeyboardInterrupt

    monkeypatch.setattr(Child, "stream", counted)
    with pytest.raises(KeyboardInterrupt):
        Chooser(program, 1, tmp_path / "one", stopping).choose(suite)
    asked.clear()
    resumed = Chooser(program, 1, tmp_path / "one").choose(suite)
    rest = len(asked)
    asked.clear()
    whole = Chooser(program, 2, tmp_path / "other").choose(suite)
    assert rest < len(asked)  # all but what was under way is known
    assert to_remember(resumed) == to_remember(whole)


def test_what_a_mix_cannot_have_is_said(project: Path, capsys: Any) -> None:
    path = project / "some.races"
    path.write_text(
        HEAD
        + "suite s { goal Int using SEQUENTIAL, PARALLEL size 2 require guess <= 1\n"
        + "  mix SEQUENTIAL 50%, PARALLEL 50% take 4 }\n"
        + 'package mixed { version "1" include s }\n'
    )
    said = "0 kept, 2 were wanted of PARALLEL: the suite's other clauses leave none"
    assert racesc(project, "audit", str(path), "--suite", "s") == 0
    assert said in capsys.readouterr().out
    out = str(project / "mixed")
    assert racesc(project, "compile", str(path), "-o", out) == 0
    assert f"suite `s`: {said}" in capsys.readouterr().err


def test_figures_by_level(project: Path, capsys: Any) -> None:
    path = str(project / "drills.races")
    arguments = ["audit", path, "--suite", "held", "--level", "2..3"]
    assert racesc(project, *arguments, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    levels, kept = document["levels"], len(document["environments"])
    assert [row["level"] for row in levels] == [2, 3] and kept >= 2
    assert all(row["composites"] == kept and row["grade_us"] > 0 for row in levels)
    assert racesc(project, *arguments) == 0
    assert f"{kept} of them by level" in capsys.readouterr().out
    assert racesc(project, *arguments, "--env", "sort") == 2
    path = str(project / "some.races")
    Path(path).write_text(LEVELLED)
    (project / "some.py").write_text(LEVELLED_PY)
    assert racesc(project, "audit", path, "--suite", "low_levels", "--level", "5") == 2
    assert "1..2" in capsys.readouterr().err


def test_shares_add_up() -> None:
    mix = {"SEQUENTIAL": 60, "PARALLEL": 10, "SORT": 20, "SELECT": 10}
    for take in range(1, 50):
        shares = apportioned(take, mix)
        assert sum(count or 0 for count in shares.values()) == take
        for name, percent in mix.items():
            assert abs((shares[name] or 0) - take * percent / 100) < 1


def test_splits_keep_their_shares(tmp_path: Path) -> None:
    suite = suites_of(SUITES, tmp_path)[0][1]
    found = [split_of(f"{number:016x}", suite) for number in range(2000)]
    assert 0.75 < found.count("train") / 2000 < 0.85
    assert found.count("train") + found.count("test") == 2000


# ── packages ──────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def package(project: Path) -> Iterator[Any]:
    out = project / "out"
    assert (
        racesc(project, "compile", str(project / "drills.races"), "-o", str(out)) == 0
    )
    sys.path.insert(0, str(out / "drills"))
    try:
        yield importlib.import_module("drills")
    finally:
        sys.path.pop(0)
        for name in [n for n in sys.modules if n.partition(".")[0] == "drills"]:
            del sys.modules[name]


def test_composites_are_loaded_by_their_ids(package: Any) -> None:
    assert package.environments() == () and package.suites() == ("train",)
    ids = package.suite("train")
    assert len(ids) == len(set(ids)) == 20
    for name in ids:
        environment = package.load(name)
        problem = environment.generate(seed=3, level=4)
        assert problem.env == name
        assert environment.grade(problem, environment.gold(problem)).correct
        facts = package.facts(name)
        assert facts["expression"] == environment.expression
        assert facts["figures"]["guess"] <= 0.6
        assert name in package.suite("train", split=facts["split"])
    splits = [package.suite("train", split=name) for name in ("train", "test")]
    assert sorted((*splits[0], *splits[1])) == sorted(ids) and all(splits)
    with pytest.raises(ValueError, match="no split 'dev'; there are t"):
        package.suite("train", split="dev")
    with pytest.raises(ValueError, match="no suite"):
        package.suite("nothing")
    with pytest.raises(ValueError, match="no environment"):
        package.load("nothing")
    with pytest.raises(ValueError, match="no composite"):
        package.facts("nothing")


def test_the_public_functions_last(package: Any) -> None:
    for _ in range(2):  # reading a suite must not hide the function that lists them
        assert package.suites() == ("train",)
        assert package.load(package.suite("train")[0]).generate(0).prompt
        assert callable(package.suite) and callable(package.facts)


def test_a_package_of_suites_passes_its_own_tests(package: Any, project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "unittest", "discover", "tests"],
        cwd=project / "out" / "drills",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_a_composite_is_the_environment_of_its_expression(
    package: Any, project: Path, capsys: Any
) -> None:
    name = package.suite("train")[0]
    environment = package.load(name)
    arguments = ["--json", "-n", "1", "--seed", "5"]
    path = str(project / "drills.races")
    assert main(["sample", path, environment.expression, *arguments]) == 0
    sampled = json.loads(capsys.readouterr().out)
    problem = environment.generate(5)
    assert sampled["prompt"] == problem.prompt
    assert sampled["answer"] == problem.answer


def test_a_row_of_a_data_set_is_graded_later(package: Any) -> None:
    for name in package.suite("train")[:3]:
        problem = package.load(name).generate(seed=11)
        row = json.loads(problem.to_json())
        verdict = package.load(row["env"]).grade(row, package.load(name).gold(problem))
        assert verdict.reward == 1


def test_the_readme_shows_some_composites(package: Any, project: Path) -> None:
    text = (project / "out" / "drills" / "README.md").read_text()
    ids = package.suite("train")
    for name in (ids[0], ids[9], ids[-1]):
        environment = package.load(name)
        assert f"`{environment.expression}`" in text
        assert environment.generate(0, level=3).prompt in text
    assert "| train | 20 | SEQUENTIAL 12, PARALLEL 4, SORT 4 | train " in text


def test_the_manifest_says_how_it_was_chosen(package: Any, project: Path) -> None:
    folder = project / "out" / "drills" / "drills"
    manifest = json.loads((folder / "manifest.json").read_text())
    report = manifest["suites"]["train"]
    assert report["composites"] == report["funnel"]["kept"] == 20
    assert report["asked"]["seed"] == 7
    assert SHARD >= 20
    assert (folder / "suites" / "train" / "000.jsonl").is_file()


def test_compiling_again_changes_nothing(
    package: Any, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = str(project / "drills.races"), str(project / "out")

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("nothing is to be measured again")

    monkeypatch.setattr("racesc.audit.bench.patient", never)
    monkeypatch.setattr("racesc.suites.screened.patient", never)
    assert racesc(project, "compile", path, "-o", out, "--check") == 0


# ── measuring no more than is needed ──────────────────────────────────────────


def chosen_of(text: str, folder: Path) -> Chosen:
    """The suite of a file, its composites measured."""
    program = program_of(text, folder)
    return Chooser(program, 2, None).choose(program.modules[0].suites[0])


def test_few_instances_decide_where_one_more_would_change_nothing(
    tmp_path: Path,
) -> None:
    chosen = chosen_of(
        HEAD + "suite s { size 2..3 using SEQUENTIAL, PARALLEL, SORT\n"
        "  require guess <= 1/4, bits >= 2 take 60 seed 3 }\n",
        tmp_path,
    )
    limits = {one.measure: float(one.limit) for one in chosen.suite.requirements}
    draws: Counter[tuple[bool, int]] = Counter()
    for one in chosen.composites:
        figures = one.facts["figures"]
        ordered = figures["ambiguity"] is not None
        draws[ordered, figures["draws"]] += 1
        assert figures["draws"] in ((4, 8, 12) if ordered else (12, 32)), one
        if figures["draws"] == 12 and not ordered:
            assert figures["guess"] + 1 / 12 <= limits["guess"], one
            assert figures["leak"] + 1 / 12 <= limits["leak"], one
            assert figures["distinct"] - 1 / 12 >= limits["distinct"], one
            if figures["sensitivity"] is not None:
                assert figures["sensitivity"] - 1 / 12 >= limits["sensitivity"], one
    assert draws[False, 12] and draws[False, 32] and draws[True, 4], draws


def test_laws_looked_for_in_stages_are_those_of_all_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "use lists\nuse bits\n"
    text += "suite s { size 2 using SEQUENTIAL require guess <= 1 take 5 }\n"
    staged = chosen_of(text, tmp_path).laws
    monkeypatch.setattr(laws, "COUNTS", laws.COUNTS[-1:])
    assert chosen_of(text, tmp_path).laws == staged
    assert staged.mined


def test_pools_are_those_of_the_checker(tmp_path: Path) -> None:
    text = "use lists\nuse bits\nuse bridges\nsuite s { size 2 take 5 }\n"
    suite = program_of(text, tmp_path).modules[0].suites[0]
    workshop = suite.workshop
    types = {ground(s.type, {}) for s in sources_of(pieces_of(suite.environments))}
    looked_at = 0
    for type_ in sorted(types, key=repr):
        wanted = map(shuffled, workshop.judge.takers(workshop.scope, type_))
        found = workshop._takers(type_)
        assert [*map(repr, found)] == [*map(repr, wanted)], type_
        looked_at += bool(found)
    assert looked_at > 20
